"""A learner's own pace, measured by what they did."""

from datetime import timedelta

import pytest

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId
from dijipilot.domain.study_pace import LEAST_LESSONS, USUAL_PACE, StudyPace, study_pace
from tests.builders import NOON, skill

NAMES = ("shop.one", "shop.two", "shop.three", "shop.four")
MINUTES = {skill(name): 20 for name in NAMES}


def worked_through(name: str, day: int, *minutes: float) -> list[LessonEvent]:
    """Return the events of a lesson opened, worked at after so many minutes each, and finished at the last."""
    at = NOON + timedelta(days=day)
    kinds = [LessonEventKind.OPENED, *[LessonEventKind.STEP_TICKED] * (len(minutes) - 1), LessonEventKind.DONE]
    events = []
    for number, (kind, after) in enumerate(zip(kinds, (0.0, *minutes), strict=True)):
        at += timedelta(minutes=after)
        events.append(LessonEvent(EventId(f"{name}{number}"), at, skill(name), kind, str(number)))
    return events


def test_nobody_is_measured_by_too_few_lessons() -> None:
    events = [event for day, name in enumerate(NAMES[: LEAST_LESSONS - 1]) for event in worked_through(name, day, 20)]

    assert study_pace(events, MINUTES) == USUAL_PACE


def test_somebody_who_takes_twice_the_time_is_told_so() -> None:
    events = [event for day, name in enumerate(NAMES[:3]) for event in worked_through(name, day, 20, 20)]

    pace = study_pace(events, MINUTES)

    assert pace.lessons == 3
    assert pace.low < 2.0 < pace.high
    assert pace.range_of(20)[0] > USUAL_PACE.range_of(20)[1]


def test_a_break_counts_nothing() -> None:
    events = [event for day, name in enumerate(NAMES[:3]) for event in worked_through(name, day, 10, 600, 10)]

    pace = study_pace(events, MINUTES)

    assert pace.low < 1.0 < pace.high < 1.5


def test_a_lesson_only_ticked_off_says_nothing() -> None:
    events = [event for day, name in enumerate(NAMES[:3]) for event in worked_through(name, day, 20)]
    events += worked_through(NAMES[3], 9, 0.2)

    assert study_pace(events, MINUTES).lessons == 3


def test_the_order_of_events_does_not_matter() -> None:
    events = [event for day, name in enumerate(NAMES) for event in worked_through(name, day, 4, 9, 5 + day)]

    assert study_pace(reversed(events), MINUTES) == study_pace(events, MINUTES)


@pytest.mark.parametrize("minutes", [0.2, 1, 7, 25, 90])
def test_a_range_is_whole_minutes_and_never_nothing(minutes: float) -> None:
    low, high = StudyPace(0.8, 1.3, 5).range_of(minutes)

    assert 1 <= low <= high
    assert high >= minutes * 1.3
