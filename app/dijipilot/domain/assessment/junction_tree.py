"""Exact marginals of many discrete variables: triangulate once, then pass messages over a tree of cliques.

Everything is conditioned on a batch axis (points of maturity and response style). It stands last in every table: sums
over binary variables then add long rows instead of pairs, which numpy does several times faster.

Messages towards the root are kept from one set of evidence to the next: only cliques whose evidence changed, and those
between them and the root, are computed anew. Each is computed from its table, its evidence and the messages of its
children in one fixed order, so the result is the same bit by bit, however it was reached. On the way back, points of
the batch at both ends that the evidence has ruled out (together less than NEGLIGIBLE) are left out.

Source: Lauritzen and Spiegelhalter (1988); triangulation.py chooses the cliques.
"""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.triangulation import spanning_forest

NEGLIGIBLE = 8e-7
"""Posterior mass of all batch points left out on the way back together: no marginal is off by more than this."""


class Clique(Struct, frozen=True):
    """A table over `variables` (ascending). parent: index of the clique its message goes to, None at a root.

    summed_axes: axes of its table that the parent does not share; parent_summed_axes: the reverse; own_shape and
    parent_shape lay the message out for itself and for the parent, with -1 for the batch axis.
    """

    variables: tuple[int, ...]
    parent: int | None
    children: tuple[int, ...]
    summed_axes: tuple[int, ...] = ()
    parent_summed_axes: tuple[int, ...] = ()
    own_shape: tuple[int, ...] = ()
    parent_shape: tuple[int, ...] = ()


class Collected(Struct, frozen=True):
    """All messages towards the roots for one set of evidence.

    key_by_clique: what the evidence of each clique was. locals_: table times evidence; products: times the messages of
    the children too, (*cardinalities, batch). messages: sums of the products for the parent, unscaled; scaled: the same
    with a maximum of 1. log_scales: what was divided out below and at each clique, float64 (batch,).
    """

    key_by_clique: Mapping[int, object]
    locals_: tuple[FloatArray, ...]
    products: tuple[FloatArray, ...]
    messages: tuple[FloatArray, ...]
    scaled: tuple[FloatArray, ...]
    log_scales: tuple[FloatArray, ...]


class JunctionTree:
    """Cliques joined to trees; children stand before their parents."""

    def __init__(self, cardinalities: Sequence[int], cliques: Sequence[tuple[int, ...]]) -> None:
        """Take maximal cliques of a triangulated graph; their variables ascend."""
        self.cardinalities = tuple(cardinalities)
        self.cliques = _link(cliques, self.cardinalities)
        self._size_order = sorted(range(len(self.cliques)), key=self.table_size)

    def table_size(self, clique: int) -> int:
        """Return the number of entries of a clique's table for one point of the batch axis."""
        return prod(self.cardinalities[variable] for variable in self.cliques[clique].variables)

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

    def collect(
        self,
        tables: Sequence[FloatArray],
        factors: Mapping[int, tuple[object, Sequence[FloatArray]]],
        known: Collected | None = None,
    ) -> Collected:
        """Return the messages towards the roots.

        tables: one a clique, (*cardinalities, batch), all entries positive. factors: for cliques with evidence, a key
        that tells it from other evidence, and arrays that multiply the table. known: messages of other evidence on the
        same tables; what did not change is taken from there.
        """
        locals_ = list(known.locals_) if known else list(tables)
        products = list(known.products) if known else list(tables)
        messages = list(known.messages) if known else [np.empty(0)] * len(tables)
        scaled = list(known.scaled) if known else [np.empty(0)] * len(tables)
        log_scales = list(known.log_scales) if known else [np.empty(0)] * len(tables)
        before = known.key_by_clique if known else {}
        keys = {clique: key for clique, (key, _) in factors.items()}
        changed = [known is None or keys.get(index) != before.get(index) for index in range(len(tables))]
        for index, clique in enumerate(self.cliques):
            if known is None or keys.get(index) != before.get(index):
                locals_[index] = _times(tables[index], factors[index][1]) if index in factors else tables[index]
            if not changed[index]:
                continue
            incoming = [scaled[child].reshape(self.cliques[child].parent_shape) for child in clique.children]
            products[index] = _times(locals_[index], incoming)
            message = _by_batch(products[index].sum(axis=clique.summed_axes or _all_but_batch(products[index])))
            scale = message.max(axis=0)
            messages[index], scaled[index] = message, message / scale
            log_scales[index] = sum((log_scales[child] for child in clique.children), np.log(scale))
            if clique.parent is not None:
                changed[clique.parent] = True
        return Collected(keys, tuple(locals_), tuple(products), tuple(messages), tuple(scaled), tuple(log_scales))

    def log_evidence(self, collected: Collected) -> FloatArray:
        """Return the log probability of the evidence at each batch point, float64 (batch,)."""
        roots = [index for index, clique in enumerate(self.cliques) if clique.parent is None]
        return np.asarray(sum(collected.log_scales[index] for index in roots))

    def distribute(self, collected: Collected, points: slice, weights: FloatArray) -> list[FloatArray]:
        """Return the joint of batch point and variables of each clique, (*cardinalities, points), each summing to 1.

        points: the batch points to keep; weights: their posterior, float64 (points,).
        """
        beliefs: list[FloatArray] = [np.empty(0)] * len(self.cliques)
        for index in range(len(self.cliques) - 1, -1, -1):
            clique = self.cliques[index]
            product = collected.products[index][..., points]
            message = collected.messages[index][:, points]
            if clique.parent is None:
                beliefs[index] = product * (weights / message[0])
                continue
            shared = _by_batch(beliefs[clique.parent].sum(axis=clique.parent_summed_axes))
            shared /= message
            beliefs[index] = product * shared.reshape(clique.own_shape)
        return beliefs


def _times(table: FloatArray, factors: Sequence[FloatArray]) -> FloatArray:
    """Return the product in the order given; the table itself when there are no factors."""
    if not factors:
        return table
    result = table * factors[0]
    for factor in factors[1:]:
        result *= factor
    return result


def _all_but_batch(table: FloatArray) -> tuple[int, ...]:
    return tuple(range(table.ndim - 1))


def _by_batch(table: FloatArray) -> FloatArray:
    """Return a table as (entries, batch)."""
    return table.reshape(-1, table.shape[-1])


def _link(found: Sequence[tuple[int, ...]], cardinalities: tuple[int, ...]) -> tuple[Clique, ...]:
    """Join the cliques to trees of largest separators (Prim), root them in their middle, children before parents.

    Maximal weight over shared variables gives the running intersection property (Jensen and Jensen, 1994).
    """
    neighbors = spanning_forest(found)
    sizes = [prod(cardinalities[variable] for variable in clique) for clique in found]
    order: list[int] = []
    parents: dict[int, int | None] = {}
    for component in _components(neighbors):
        root = min(component, key=lambda each: (_work_from(each, neighbors, sizes), each))
        walk, parent_of = _walk(root, neighbors)
        order.extend(reversed(walk))
        parents.update(parent_of)
    position = {old: new for new, old in enumerate(order)}
    children: dict[int, list[int]] = {old: [] for old in order}
    for old in order:
        parent = parents[old]
        if parent is not None:
            children[parent].append(position[old])
    return tuple(_clique(found, old, parents[old], position, tuple(children[old]), cardinalities) for old in order)


def _components(neighbors: Sequence[Sequence[int]]) -> list[list[int]]:
    seen: set[int] = set()
    found = []
    for start in range(len(neighbors)):
        if start not in seen:
            walk, _ = _walk(start, neighbors)
            seen.update(walk)
            found.append(walk)
    return found


def _walk(root: int, neighbors: Sequence[Sequence[int]]) -> tuple[list[int], dict[int, int | None]]:
    """Return the cliques of a tree from the root outwards, and the parent of each."""
    parents: dict[int, int | None] = {root: None}
    walk = [root]
    for each in walk:
        for other in neighbors[each]:
            if other not in parents:
                parents[other] = each
                walk.append(other)
    return walk, parents


def _work_from(root: int, neighbors: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    """Return how many table entries lie between every clique and this root, all added up: less is faster."""
    walk, parents = _walk(root, neighbors)
    on_the_way: dict[int, int] = {}
    for each in walk:
        parent = parents[each]
        on_the_way[each] = sizes[each] + (on_the_way[parent] if parent is not None else 0)
    return sum(on_the_way.values())


def _clique(
    found: Sequence[tuple[int, ...]],
    old: int,
    parent: int | None,
    position: Mapping[int, int],
    children: tuple[int, ...],
    cardinalities: tuple[int, ...],
) -> Clique:
    variables = found[old]
    if parent is None:
        return Clique(variables, None, children)
    shared = set(variables) & set(found[parent])
    return Clique(
        variables,
        position[parent],
        children,
        tuple(axis for axis, variable in enumerate(variables) if variable not in shared),
        tuple(axis for axis, variable in enumerate(found[parent]) if variable not in shared),
        (*(cardinalities[v] if v in shared else 1 for v in variables), -1),
        (*(cardinalities[v] if v in shared else 1 for v in found[parent]), -1),
    )
