"""How fast a learner works through lessons, measured by what they did, and how long something takes at that pace."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import SkillId

LONGEST_WORK = timedelta(minutes=30)
"""Between two things done in a lesson, longer than this was a break and counts nothing."""

LEAST_RATIO = 0.1
"""A lesson done in less than this part of its minutes was ticked off, not worked through: it says nothing of pace."""

LEAST_LESSONS = 3
"""So many lessons have to be measured before they say more than what is usual."""

LEAST_SPREAD = 1.15
"""However even the lessons measured were, the next one may take this many times longer or less."""

_SLOWEST, _FASTEST = 3.0, 0.3


class StudyPace(Struct, frozen=True):
    """Minutes taken for each planned minute of a lesson, at best and at worst; lessons: how many were measured."""

    low: float
    high: float
    lessons: int

    def range_of(self, minutes: float) -> tuple[int, int]:
        """Return how many whole minutes so many planned ones take, at best and at worst; at least 1."""
        return max(1, math.floor(minutes * self.low)), max(1, math.ceil(minutes * self.high))


USUAL_PACE = StudyPace(0.75, 1.25, 0)
"""What is promised to somebody of whom nothing is known."""


def study_pace(events: Iterable[LessonEvent], minutes_by_skill: Mapping[SkillId, int]) -> StudyPace:
    """Return the learner's own pace, or the usual one until enough lessons are done.

    events: those that count, in any order. The middle half of the lessons measured gives the range.
    """
    ratios = sorted(_ratios(events, minutes_by_skill))
    if len(ratios) < LEAST_LESSONS:
        return USUAL_PACE
    middle = _quantile(ratios, 0.5)
    low = min(_quantile(ratios, 0.25), middle / LEAST_SPREAD)
    high = max(_quantile(ratios, 0.75), middle * LEAST_SPREAD)
    return StudyPace(max(low, _FASTEST), min(max(high, _FASTEST), _SLOWEST), len(ratios))


def _ratios(events: Iterable[LessonEvent], minutes_by_skill: Mapping[SkillId, int]) -> list[float]:
    """Return time worked by time planned, of each lesson that is done and was worked through."""
    worked: dict[SkillId, timedelta] = {}
    done: set[SkillId] = set()
    before: LessonEvent | None = None
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if before is not None and before.skill == event.skill and event.at - before.at <= LONGEST_WORK:
            worked[event.skill] = worked.get(event.skill, timedelta()) + (event.at - before.at)
        if event.kind is LessonEventKind.DONE:
            done.add(event.skill)
        before = event
    ratios = [
        worked.get(skill, timedelta()).total_seconds() / 60.0 / minutes_by_skill[skill]
        for skill in done
        if minutes_by_skill.get(skill)
    ]
    return [ratio for ratio in ratios if ratio >= LEAST_RATIO]


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which this share lies, between neighbors in proportion."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
