"""Exact marginals of many discrete variables: triangulate once, then pass messages over a tree of cliques.

Everything is conditioned on a batch axis (the maturity grid). It stands last in every table: sums over binary variables
then add long rows instead of pairs, which numpy does several times faster. Source: Lauritzen and Spiegelhalter (1988);
elimination by least weighted fill-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dijipilot.domain.assessment.mastery_model import FloatArray


@dataclass(frozen=True, slots=True)
class Clique:
    """A table over `variables` (ascending). parent: index of the clique its message goes to, None at a root.

    summed_axes: axes of its table that the parent does not share; own_shape and parent_shape lay the message out for
    itself and for the parent, with -1 for the batch axis.
    """

    variables: tuple[int, ...]
    parent: int | None
    summed_axes: tuple[int, ...] = ()
    own_shape: tuple[int, ...] = ()
    parent_shape: tuple[int, ...] = ()


class JunctionTree:
    """The cliques of a set of variables and scopes; children stand before their parents."""

    def __init__(self, cardinalities: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> None:
        self.cardinalities = tuple(cardinalities)
        found = _maximal(_eliminate(self.cardinalities, scopes))
        self.cliques = _link(found, self.cardinalities)
        self._size_order = sorted(range(len(self.cliques)), key=self.table_size)

    def table_size(self, clique: int) -> int:
        """Return the number of entries of a clique's table for one point of the batch axis."""
        return int(
            np.prod([self.cardinalities[variable] for variable in self.cliques[clique].variables], dtype=np.int64)
        )

    def home_of(self, scope: Sequence[int]) -> int:
        """Return the smallest clique that holds all variables of the scope. Raises KeyError when none does."""
        wanted = set(scope)
        for clique in self._size_order:
            if wanted.issubset(self.cliques[clique].variables):
                return clique
        raise KeyError(tuple(scope))

    def shape_of(self, clique: int, batch: int) -> tuple[int, ...]:
        """Return the shape of a clique's table."""
        return (*(self.cardinalities[variable] for variable in self.cliques[clique].variables), batch)

    def laid_out(self, table: FloatArray, scope: Sequence[int], clique: int) -> FloatArray:
        """Return a table over (*scope, batch) as a view that multiplies a clique's table by broadcasting."""
        order = sorted(range(len(scope)), key=lambda axis: scope[axis])
        moved = np.transpose(table, (*order, len(order)))
        members = set(scope)
        shape = [self.cardinalities[v] if v in members else 1 for v in self.cliques[clique].variables]
        return moved.reshape((*shape, table.shape[-1]))

    def calibrate(
        self, tables: Sequence[FloatArray], batch_log_prior: FloatArray
    ) -> tuple[list[FloatArray], FloatArray]:
        """Return the joint of batch point and variables of each clique, and the log evidence of each batch point.

        tables: one a clique, (*cardinalities, batch), all entries positive. Each returned table sums to 1.
        batch_log_prior and the log evidence (prior included): float64 (batch,).
        """
        beliefs, messages, log_evidence = self._collect(tables, batch_log_prior.copy())
        shifted = np.exp(log_evidence - log_evidence.max())
        posterior = shifted / shifted.sum()
        for index in range(len(self.cliques) - 1, -1, -1):
            clique = self.cliques[index]
            if clique.parent is None:
                beliefs[index] = beliefs[index] * (posterior / _by_batch(beliefs[index]).sum(axis=0))
                continue
            incoming = self._shared_with_child(beliefs[clique.parent], clique)
            beliefs[index] = beliefs[index] * (incoming / messages[index]).reshape(clique.own_shape)
        return beliefs, log_evidence

    def _collect(
        self, tables: Sequence[FloatArray], log_evidence: FloatArray
    ) -> tuple[list[FloatArray], list[FloatArray], FloatArray]:
        """Pass messages towards the roots; parents take them scaled to a maximum of 1 for every batch point."""
        products = list(tables)
        messages: list[FloatArray] = []
        for index, clique in enumerate(self.cliques):
            product = products[index]
            if clique.parent is None:
                log_evidence = log_evidence + np.log(_by_batch(product).sum(axis=0))
                messages.append(np.ones((1, product.shape[-1])))
                continue
            message = _by_batch(product.sum(axis=clique.summed_axes))
            scale = message.max(axis=0)
            log_evidence = log_evidence + np.log(scale)
            messages.append(message)
            products[clique.parent] = products[clique.parent] * (message / scale).reshape(clique.parent_shape)
        return products, messages, log_evidence

    def _shared_with_child(self, parent_belief: FloatArray, child: Clique) -> FloatArray:
        """Return the parent's belief summed down to what it shares with the child, (shared entries, batch)."""
        axes = tuple(axis for axis, size in enumerate(child.parent_shape) if size == 1)
        return _by_batch(np.asarray(parent_belief.sum(axis=axes)))


def _by_batch(table: FloatArray) -> FloatArray:
    """Return a table as (entries, batch)."""
    return table.reshape(-1, table.shape[-1])


def _eliminate(cardinalities: tuple[int, ...], scopes: Sequence[tuple[int, ...]]) -> list[frozenset[int]]:
    """Return the cliques that eliminating all variables makes, least weighted fill-in first, ties by table size."""
    neighbors: list[set[int]] = [set() for _ in cardinalities]
    for scope in scopes:
        for variable in scope:
            neighbors[variable].update(other for other in scope if other != variable)
    left = set(range(len(cardinalities)))
    costs = {variable: _cost(variable, neighbors, cardinalities) for variable in left}
    cliques: list[frozenset[int]] = []
    while left:
        variable = min(left, key=lambda each: (costs[each], each))
        around = neighbors[variable]
        cliques.append(frozenset({variable, *around}))
        for one in around:
            neighbors[one].update(other for other in around if other != one)
            neighbors[one].discard(variable)
        left.discard(variable)
        touched = set(around).union(*(neighbors[one] for one in around)) if around else set()
        for one in touched & left:
            costs[one] = _cost(one, neighbors, cardinalities)
    return cliques


def _cost(variable: int, neighbors: list[set[int]], cardinalities: tuple[int, ...]) -> tuple[int, int]:
    """Return the weighted fill-in and the size of the table that eliminating the variable would make."""
    around = sorted(neighbors[variable])
    fill = sum(cardinalities[a] * cardinalities[b] for a, b in combinations(around, 2) if b not in neighbors[a])
    size = cardinalities[variable]
    for other in around:
        size *= cardinalities[other]
    return fill, size


def _maximal(cliques: list[frozenset[int]]) -> list[tuple[int, ...]]:
    """Return the cliques that no earlier one contains; in elimination order a later one is never the larger."""
    kept: list[frozenset[int]] = []
    for clique in cliques:
        if not any(clique <= other for other in kept):
            kept.append(clique)
    return [tuple(sorted(clique)) for clique in kept]


def _link(found: list[tuple[int, ...]], cardinalities: tuple[int, ...]) -> tuple[Clique, ...]:
    """Join the cliques to trees of largest separators (Prim) and put children before parents.

    Maximal weight over shared variables gives the running intersection property (Jensen and Jensen, 1994).
    """
    parents: dict[int, int | None] = {}
    visited: list[int] = []
    members = [set(clique) for clique in found]
    left = set(range(len(found)))
    while left:
        best: tuple[int, int, int | None] | None = None
        for candidate in sorted(left):
            for done in visited:
                shared = len(members[candidate] & members[done])
                if shared and (best is None or shared > best[0]):
                    best = (shared, candidate, done)
        chosen, parent = (best[1], best[2]) if best else (min(left), None)
        parents[chosen] = parent
        visited.append(chosen)
        left.discard(chosen)
    order = list(reversed(visited))
    position = {old: new for new, old in enumerate(order)}
    return tuple(_clique(found, old, parents[old], position, cardinalities) for old in order)


def _clique(
    found: list[tuple[int, ...]], old: int, parent: int | None, position: dict[int, int], cardinalities: tuple[int, ...]
) -> Clique:
    variables = found[old]
    if parent is None:
        return Clique(variables, None)
    shared = set(variables) & set(found[parent])
    return Clique(
        variables,
        position[parent],
        tuple(axis for axis, variable in enumerate(variables) if variable not in shared),
        (*(cardinalities[v] if v in shared else 1 for v in variables), -1),
        (*(cardinalities[v] if v in shared else 1 for v in found[parent]), -1),
    )
