"""Progress in lessons follows from the events that count."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.progress import LessonProgress, lesson_progress
from tests.builders import NOON, lesson_event

BUYER = SkillId("niche.buyer")
Kind = LessonEventKind


def progress_after(*events: LessonEvent, retracted: frozenset[EventId] = frozenset()) -> LessonProgress:
    return lesson_progress(events, retracted)[BUYER]


def test_ticks_can_be_taken_off_again() -> None:
    progress = progress_after(
        lesson_event(1, Kind.STEP_TICKED, detail="s1"),
        lesson_event(2, Kind.STEP_TICKED, detail="s2"),
        lesson_event(3, Kind.STEP_UNTICKED, detail="s1"),
        lesson_event(4, Kind.BOX_TICKED, detail="b1"),
    )

    assert progress.ticked_steps == {"s2"}
    assert progress.ticked_boxes == {"b1"}
    assert progress.last_at == NOON + timedelta(minutes=4)


def test_the_last_answer_to_a_question_counts_and_a_pass_stays() -> None:
    progress = progress_after(
        lesson_event(1, Kind.CHECK_ANSWERED, detail="q1", value="right"),
        lesson_event(2, Kind.CHECK_PASSED),
        lesson_event(3, Kind.CHECK_ANSWERED, detail="q1", value="wrong"),
    )

    assert progress.check_answers == {"q1": "wrong"}
    assert progress.has_passed_check


def test_a_reopened_lesson_is_not_done() -> None:
    done = progress_after(lesson_event(1, Kind.DONE))
    reopened = progress_after(lesson_event(1, Kind.DONE), lesson_event(2, Kind.REOPENED))

    assert (done.is_done, done.done_at) == (True, NOON + timedelta(minutes=1))
    assert (reopened.is_done, reopened.done_at) == (False, None)


def test_what_was_taken_back_does_not_count() -> None:
    ticked, done = lesson_event(1, Kind.STEP_TICKED, detail="s1"), lesson_event(2, Kind.DONE)

    progress = progress_after(ticked, done, retracted=frozenset({done.id}))

    assert progress.ticked_steps == {"s1"}
    assert not progress.is_done


def test_looking_in_is_not_a_start() -> None:
    opened = progress_after(lesson_event(1, Kind.OPENED))

    assert opened.is_opened
    assert not opened.is_started
    assert progress_after(lesson_event(1, Kind.BOX_TICKED, detail="b1")).is_started


def test_lessons_without_events_are_left_out() -> None:
    taken_back = lesson_event(1, Kind.DONE, "niche.demand")

    progress = lesson_progress((lesson_event(2, Kind.OPENED), taken_back), frozenset({taken_back.id}))

    assert tuple(progress) == (BUYER,)


@given(st.data())
def test_the_order_in_which_events_come_does_not_matter(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(list(Kind))), max_size=8))
    events = [
        LessonEvent(EventId(f"e{number}"), NOON + timedelta(minutes=minute), BUYER, kind, "x", "y")
        for number, (minute, kind) in enumerate(kinds)
    ]
    shuffled = data.draw(st.permutations(events))

    assert lesson_progress(shuffled, frozenset()) == lesson_progress(events, frozenset())
