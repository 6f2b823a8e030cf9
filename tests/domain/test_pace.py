"""A learner's own pace: breaks and ticks without study do not count, and little is not taken for much."""

from datetime import timedelta

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.pace import LEAST_LESSONS, OwnPace, own_pace
from tests.builders import NOON

STATED = {SkillId(f"skill.{number}"): 20 for number in range(9)}


def study(number: int, *minutes: float, start: float = 0) -> list[LessonEvent]:
    """Return what happens in a lesson: something after each of these minutes, at the end it is done."""
    at = NOON + timedelta(days=number, minutes=start)
    events = [LessonEvent(EventId(f"{number}.0"), at, SkillId(f"skill.{number}"), LessonEventKind.OPENED)]
    for step, spent in enumerate(minutes, start=1):
        at += timedelta(minutes=spent)
        kind = LessonEventKind.DONE if step == len(minutes) else LessonEventKind.STEP_TICKED
        events.append(LessonEvent(EventId(f"{number}.{step}"), at, SkillId(f"skill.{number}"), kind, f"s{step}"))
    return events


def pace_after(*lessons: list[LessonEvent]) -> OwnPace | None:
    return own_pace([event for lesson in lessons for event in lesson], frozenset(), STATED)


def test_a_pace_is_known_from_some_lessons_on() -> None:
    lessons = [study(number, 10, 10) for number in range(LEAST_LESSONS)]

    assert pace_after(*lessons[:-1]) is None
    assert pace_after(*lessons) == OwnPace(1.0, 1.0, LEAST_LESSONS)


def test_the_range_spans_quick_and_slow_lessons() -> None:
    pace = pace_after(study(1, 8, 8), study(2, 12, 12), study(3, 14, 14))

    assert pace is not None
    assert pace.range_of(30) == (25, 40)


def test_one_long_afternoon_among_many_lessons_does_not_make_somebody_slow() -> None:
    usual = [study(number, 10, 10) for number in range(1, 5)]

    pace = pace_after(*usual, study(5, 19, 19, 19))

    assert pace is not None
    assert pace.slow == 1.0


def test_a_break_is_not_study() -> None:
    pace = pace_after(*(study(number, 10, 90, 10) for number in range(3)))

    assert pace == OwnPace(1.0, 1.0, 3)


def test_what_was_only_ticked_off_says_nothing() -> None:
    assert pace_after(*(study(number, 0.5) for number in range(6))) is None


def test_time_in_another_lesson_is_not_counted() -> None:
    lessons = [study(number, 10, 10) for number in range(3)]
    elsewhere = LessonEvent(
        EventId("x"), NOON + timedelta(minutes=5), SkillId("skill.8"), LessonEventKind.STEP_TICKED, "s1"
    )

    assert pace_after(*lessons, [elsewhere]) == OwnPace(0.5, 1.0, 3)


def test_what_was_undone_does_not_count() -> None:
    events = [event for number in range(3) for event in study(number, 10, 10)]

    assert own_pace(events, frozenset({EventId("1.2")}), STATED) is None


def test_no_lesson_takes_less_than_five_minutes() -> None:
    assert OwnPace(0.5, 0.6, 3).range_of(5) == (5, 5)
