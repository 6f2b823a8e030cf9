"""The skill graph: what leans on what, in which order it can be studied, and what is wrong with it."""

import heapq
from collections.abc import Mapping, Sequence
from functools import cached_property

from dijipilot.domain.ids import SkillId


class PrerequisiteGraph:
    """Direct prerequisites of every skill, and what follows from them.

    A prerequisite that is not itself a key counts as a skill without prerequisites, so that a graph with a broken
    reference can still be examined; that it is broken is for the validation of the sources to say.
    """

    def __init__(self, prerequisites: Mapping[SkillId, tuple[SkillId, ...]]) -> None:
        self._prerequisites = dict(prerequisites)
        for needs in prerequisites.values():
            for needed in needs:
                self._prerequisites.setdefault(needed, ())

    @cached_property
    def _dependents(self) -> Mapping[SkillId, tuple[SkillId, ...]]:
        found: dict[SkillId, list[SkillId]] = {skill: [] for skill in self._prerequisites}
        for skill, needs in self._prerequisites.items():
            for needed in dict.fromkeys(needs):
                found[needed].append(skill)
        return {skill: tuple(dependents) for skill, dependents in found.items()}

    @cached_property
    def _ancestors(self) -> dict[SkillId, frozenset[SkillId]]:
        return {skill: _reachable(skill, self._prerequisites) for skill in self._prerequisites}

    @cached_property
    def _descendants(self) -> dict[SkillId, frozenset[SkillId]]:
        return {skill: _reachable(skill, self._dependents) for skill in self._prerequisites}

    def prerequisites(self, skill: SkillId) -> tuple[SkillId, ...]:
        """Return the direct prerequisites. Raises KeyError on an unknown skill."""
        return self._prerequisites[skill]

    def dependents(self, skill: SkillId) -> tuple[SkillId, ...]:
        """Return the skills that name this one as a direct prerequisite. Raises KeyError on an unknown skill."""
        return self._dependents[skill]

    def ancestors(self, skill: SkillId) -> frozenset[SkillId]:
        """Return everything the skill leans on, directly or not. Raises KeyError on an unknown skill."""
        return self._ancestors[skill]

    def descendants(self, skill: SkillId) -> frozenset[SkillId]:
        """Return everything that leans on the skill, directly or not. Raises KeyError on an unknown skill."""
        return self._descendants[skill]

    def study_order(self, preferred: Sequence[SkillId]) -> tuple[SkillId, ...]:
        """Return the skills of `preferred` so that each comes after those of its ancestors that are among them.

        Of the skills that could come next, the one that stands first in `preferred` is taken; usually that is the order
        of lesson numbers. An ancestor outside `preferred` still orders those inside. Raises ValueError on a cycle.
        """
        rank = {skill: position for position, skill in enumerate(preferred)}
        waiting_for = {skill: len(self.ancestors(skill) & rank.keys()) for skill in rank}
        ready = [rank[skill] for skill, count in waiting_for.items() if count == 0]
        heapq.heapify(ready)
        order: list[SkillId] = []
        while ready:
            skill = preferred[heapq.heappop(ready)]
            order.append(skill)
            for dependent in self.descendants(skill) & rank.keys():
                waiting_for[dependent] -= 1
                if waiting_for[dependent] == 0:
                    heapq.heappush(ready, rank[dependent])
        if len(order) < len(rank):
            raise ValueError(f"prerequisites form a cycle: {self.find_cycle()}")
        return tuple(order)

    def find_cycle(self) -> tuple[SkillId, ...] | None:
        """Return skills of which each needs the next and the last needs the first, or None where there is no cycle."""
        for start in self._prerequisites:
            if start in self.ancestors(start):
                return self._walk_back_to(start)
        return None

    def _walk_back_to(self, start: SkillId) -> tuple[SkillId, ...]:
        """Return a shortest cycle through a skill that is its own ancestor."""
        paths: list[tuple[SkillId, ...]] = [(start,)]
        seen = {start}
        for path in paths:
            for needed in self._prerequisites[path[-1]]:
                if needed == start:
                    return path
                if needed not in seen:
                    seen.add(needed)
                    paths.append((*path, needed))
        raise ValueError(f"{start} is not part of a cycle")

    def redundant_links(self) -> tuple[tuple[SkillId, SkillId], ...]:
        """Return (skill, prerequisite) pairs where the prerequisite already follows from another one of that skill."""
        return tuple(
            (skill, needed)
            for skill, needs in self._prerequisites.items()
            for needed in needs
            if any(needed in self.ancestors(other) for other in needs if other != needed)
        )


def _reachable(start: SkillId, links: Mapping[SkillId, tuple[SkillId, ...]]) -> frozenset[SkillId]:
    """Return what can be reached from a skill in one step or more; the skill itself only where a cycle leads back."""
    found: set[SkillId] = set()
    waiting = list(links[start])
    while waiting:
        skill = waiting.pop()
        if skill not in found:
            found.add(skill)
            waiting.extend(links[skill])
    return frozenset(found)
