"""How skills move together at fixed maturity and style: moments of each mission, carried on along its prerequisites."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.junction_tree import JunctionTree
from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray
from dijipilot.domain.assessment.structure import Structure

RIDGE = 1e-12
"""Keeps the regression solvable where a prerequisite is all but certain."""


class CovarianceBlock(Struct, frozen=True):
    """Variables whose joint lies in one clique: `own` skills, explained by `given` (skills, then leanings).

    scope: all of them, skills ascending, then leanings; leaning_values: the grid of each leaning.
    """

    given: tuple[int, ...]
    own: tuple[int, ...]
    scope: tuple[int, ...]
    clique: int
    leaning_values: tuple[FloatArray, ...]


class _Group(Struct, frozen=True):
    """Blocks of one shape, computed together.

    blocks: their places among all blocks. states: value of each variable, given first, then own, for every entry of
    the flattened joint, float64 (blocks, entries, variables). given, own: variables, int64 (blocks, count).
    """

    blocks: tuple[int, ...]
    states: FloatArray
    given: IntArray
    own: IntArray


class Blocks:
    """All blocks of a curriculum, in an order in which what explains stands before what is explained."""

    def __init__(self, blocks: Sequence[CovarianceBlock], structure: Structure, tree: JunctionTree) -> None:
        self.blocks = tuple(blocks)
        self.skill_count = structure.skill_count
        self.variable_count = len(structure.cardinalities)
        self._other_axes = [
            tuple(
                axis
                for axis, variable in enumerate(tree.cliques[block.clique].variables)
                if variable not in block.scope
            )
            for block in blocks
        ]
        shapes: dict[tuple[int, int, int], list[int]] = {}
        for place, block in enumerate(blocks):
            shapes.setdefault((len(block.given), len(block.own), len(block.leaning_values)), []).append(place)
        self.groups = tuple(self._group(places) for places in shapes.values())

    def joints(self, beliefs: Sequence[FloatArray]) -> list[FloatArray]:
        """Return the joint of each group's blocks, float64 (blocks, entries, points)."""
        found = []
        for group in self.groups:
            stack = np.empty((*group.states.shape[:2], beliefs[0].shape[-1]))
            for row, place in enumerate(group.blocks):
                belief = beliefs[self.blocks[place].clique]
                other = self._other_axes[place]
                stack[row] = (belief.sum(axis=other) if other else belief).reshape(stack.shape[1:])
            found.append(stack)
        return found

    def means(self, joints: Sequence[FloatArray], weights: FloatArray) -> FloatArray:
        """Return P(mastered | point) of each skill, float64 (points, skills)."""
        result = np.empty((len(weights), self.skill_count))
        for group, joint in zip(self.groups, joints, strict=True):
            states = group.states[:, :, group.given.shape[1] :]
            sums = states.transpose(0, 2, 1) @ joint
            result[:, group.own.reshape(-1)] = sums.reshape(-1, len(weights)).T
        return np.asarray(result / weights[:, np.newaxis])

    def _group(self, places: Sequence[int]) -> _Group:
        blocks = [self.blocks[place] for place in places]
        return _Group(
            tuple(places),
            np.stack([_states(block) for block in blocks]),
            np.array([block.given for block in blocks], dtype=np.int64),
            np.array([block.own for block in blocks], dtype=np.int64),
        )


def covariance_within(blocks: Blocks, joints: Sequence[FloatArray], weights: FloatArray) -> FloatArray:
    """Return the covariance of skills at fixed batch point, averaged over points, float64 (skills, skills)."""
    slopes: list[FloatArray] = [np.empty(0)] * len(blocks.blocks)
    inner: list[FloatArray] = [np.empty(0)] * len(blocks.blocks)
    spreads: list[FloatArray] = [np.empty(0)] * len(blocks.blocks)
    for group, joint in zip(blocks.groups, joints, strict=True):
        moments = _moments(group, joint, weights)
        count = group.given.shape[1]
        base = moments[:, :count, :count] + RIDGE * np.eye(count)
        solved = np.linalg.solve(base, moments[:, :count, count:]).transpose(0, 2, 1)
        for row, place in enumerate(group.blocks):
            slopes[place], inner[place], spreads[place] = solved[row], moments[row, count:, count:], base[row]
    return _carried_on(blocks, slopes, inner, spreads)


def _carried_on(
    blocks: Blocks, slopes: Sequence[FloatArray], inner: Sequence[FloatArray], spreads: Sequence[FloatArray]
) -> FloatArray:
    within = np.zeros((blocks.variable_count, blocks.variable_count))
    seen: set[int] = set()
    for block, slope, own_moments, spread in zip(blocks.blocks, slopes, inner, spreads, strict=True):
        for place, variable in enumerate(block.given):
            if variable >= blocks.skill_count and variable not in seen:
                within[variable, variable] = spread[place, place]
                seen.add(variable)
        first, last = block.own[0], block.own[-1] + 1
        cross = slope @ within[list(block.given)]
        within[first:last] = cross
        within[:, first:last] = cross.T
        within[first:last, first:last] = own_moments
    return within[: blocks.skill_count, : blocks.skill_count]


def _moments(group: _Group, joint: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the covariance of given and own at fixed point, averaged, float64 (blocks, variables, variables)."""
    flat = group.states.transpose(0, 2, 1)
    sums = flat @ joint
    second = (flat * joint.sum(axis=-1)[:, np.newaxis, :]) @ group.states
    return np.asarray(second - (sums / weights) @ sums.transpose(0, 2, 1))


def _states(block: CovarianceBlock) -> FloatArray:
    """Return the value of each variable, given first, then own, for every entry of the joint, (entries, variables)."""
    skills = len(block.scope) - len(block.leaning_values)
    sizes = (*(2,) * skills, *(len(values) for values in block.leaning_values))
    grid = np.indices(sizes).reshape(len(sizes), -1)
    columns = {}
    for axis, variable in enumerate(block.scope):
        values = block.leaning_values[axis - skills] if axis >= skills else np.array([0.0, 1.0])
        columns[variable] = values[grid[axis]]
    return np.stack([columns[variable] for variable in (*block.given, *block.own)], axis=-1)
