"""How long things take: weeks, from the hours a week; minutes, from how fast lessons went so far. Both are ranges."""

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta

from msgspec import Struct

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, OptionId, SkillId
from dijipilot.domain.shop_facts import WEEKLY_HOURS, FactAnswers

HOURS_BY_OPTION: Mapping[OptionId, tuple[float, float]] = {
    OptionId("up_to_2"): (1.0, 2.0),
    OptionId("from_3_to_5"): (3.0, 5.0),
    OptionId("from_6_to_10"): (6.0, 10.0),
    OptionId("more_than_10"): (10.0, 15.0),
}
"""Fewest and most hours a week that an answer stands for."""

LONGEST_BREAK = timedelta(minutes=20)
"""Who does nothing in a lesson for longer than this was away from it."""

LEAST_LESSONS = 3
"""Lessons worked through before anything is said of a learner's own pace."""

_LEAST_SHARE = 0.2
"""Of a lesson's minutes: what was ticked off faster than this was not worked through here."""

_FASTEST, _SLOWEST = 0.5, 3.0
_MINUTES_STEP = 5


class Pace(Struct, frozen=True):
    """Hours a week, fewest and most, and the whole weeks it takes at best and at worst."""

    weekly_hours: tuple[float, float]
    weeks_low: int
    weeks_high: int


def pace_of(minutes: int, facts: FactAnswers) -> Pace | None:
    """Return the pace for so many minutes of lessons, or None where the weekly hours are not known."""
    for option in sorted(facts.get(WEEKLY_HOURS, frozenset())):
        if option in HOURS_BY_OPTION:
            fewest, most = HOURS_BY_OPTION[option]
            return Pace((fewest, most), math.ceil(minutes / 60 / most), math.ceil(minutes / 60 / fewest))
    return None


class OwnPace(Struct, frozen=True):
    """How a learner's own minutes compare with those that lessons state: the quick and the slow end, as factors."""

    quick: float
    slow: float
    lessons: int

    def range_of(self, minutes: int) -> tuple[int, int]:
        """Return what so many stated minutes take this learner, from and to, in steps of five minutes."""
        low = max(_MINUTES_STEP, _MINUTES_STEP * round(minutes * self.quick / _MINUTES_STEP))
        high = max(low, _MINUTES_STEP * round(minutes * self.slow / _MINUTES_STEP))
        return low, high


def own_pace(
    events: Iterable[LessonEvent], retracted: frozenset[EventId], minutes_by_skill: Mapping[SkillId, int]
) -> OwnPace | None:
    """Return a learner's own pace, None until enough lessons were worked through.

    The time of a lesson is that between one thing done in it and the next, breaks left out, up to when it was finished.
    The range is that of the middle half of the lessons: one long afternoon does not make somebody slow.
    """
    seconds_by_skill: dict[SkillId, float] = {}
    shares: dict[SkillId, float] = {}
    latest: LessonEvent | None = None
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if event.id in retracted or event.skill not in minutes_by_skill:
            continue
        if latest is not None and latest.skill == event.skill and event.at - latest.at <= LONGEST_BREAK:
            spent = (event.at - latest.at).total_seconds()
            seconds_by_skill[event.skill] = seconds_by_skill.get(event.skill, 0.0) + spent
        latest = event
        if event.kind is LessonEventKind.DONE:
            stated = 60 * max(1, minutes_by_skill[event.skill])
            shares[event.skill] = seconds_by_skill.get(event.skill, 0.0) / stated
    counting = sorted(share for share in shares.values() if share >= _LEAST_SHARE)
    if len(counting) < LEAST_LESSONS:
        return None
    edge = len(counting) // 4
    quick, slow = (min(max(share, _FASTEST), _SLOWEST) for share in (counting[edge], counting[-1 - edge]))
    return OwnPace(quick, slow, len(counting))
