"""What changed on a roadmap since the learner last looked: lessons added, removed and moved."""

from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import SkillId


class ChangeKind(StrEnum):
    """What happened to a lesson of the roadmap."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class RoadmapChange(Struct, frozen=True):
    """One lesson that came, went or stands elsewhere among those that stayed."""

    skill: SkillId
    kind: ChangeKind
    title: str


def compare_orders(before: Sequence[SkillId], after: Sequence[SkillId]) -> tuple[tuple[SkillId, ChangeKind], ...]:
    """Return what changed: first what came and what moved, in the new order, then what went, in the old one.

    Of the lessons in both, as few as possible count as moved: all but a longest run that kept its order.
    """
    was = {skill: place for place, skill in enumerate(before)}
    stayed = [skill for skill in after if skill in was]
    steady = _longest_rising([was[skill] for skill in stayed])
    present = set(after)
    changes: list[tuple[SkillId, ChangeKind]] = []
    for skill in after:
        if skill not in was:
            changes.append((skill, ChangeKind.ADDED))
        elif was[skill] not in steady:
            changes.append((skill, ChangeKind.MOVED))
    changes.extend((skill, ChangeKind.REMOVED) for skill in before if skill not in present)
    return tuple(changes)


def _longest_rising(places: Sequence[int]) -> frozenset[int]:
    """Return the members of one longest rising subsequence (patience sorting); places are all different."""
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        below[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    kept: set[int] = set()
    place_or_none = tops[-1] if tops else None
    while place_or_none is not None:
        kept.add(place_or_none)
        place_or_none = below[place_or_none]
    return frozenset(kept)
