"""What happens in a lesson is kept, counted once and found again."""

import pytest

from dijipilot.domain.ids import SkillId
from dijipilot.domain.progress import LessonProgress
from dijipilot.errors import UsageProblem
from dijipilot.services.events import LessonProgressed
from tests.services.conftest import Desk

BUYER, COSTS, MARGIN = SkillId("niche.buyer"), SkillId("price.cost-stack"), SkillId("price.margin")


def test_ticks_are_kept_and_can_be_taken_off(desk: Desk) -> None:
    desk.learn.tick_step(desk.learner, BUYER, "s1", True)
    desk.learn.tick_step(desk.learner, BUYER, "s2", True)
    desk.learn.tick_step(desk.learner, BUYER, "s1", False)
    desk.learn.tick_box(desk.learner, BUYER, "b2", True)

    progress = desk.learn.progress_of(desk.learner, BUYER)
    assert progress.ticked_steps == {"s2"}
    assert progress.ticked_boxes == {"b2"}
    assert desk.told == [LessonProgressed(desk.learner, BUYER)] * 4


def test_ticking_what_is_ticked_adds_nothing(desk: Desk) -> None:
    desk.learn.tick_step(desk.learner, BUYER, "s1", True)
    desk.learn.tick_step(desk.learner, BUYER, "s1", True)
    desk.learn.tick_box(desk.learner, BUYER, "b1", False)

    assert len(desk.told) == 1
    assert desk.plan.undo(desk.learner) is not None
    assert desk.plan.undo(desk.learner) is None


def test_a_step_that_the_lesson_does_not_have_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match="no step or box “s9”"):
        desk.learn.tick_step(desk.learner, BUYER, "s9", True)
    with pytest.raises(UsageProblem, match="still being written"):
        desk.learn.tick_step(desk.learner, MARGIN, "s1", True)
    with pytest.raises(UsageProblem, match="no lesson nothing"):
        desk.learn.finish(desk.learner, SkillId("nothing"))


def test_a_check_is_passed_when_every_latest_answer_is_right(desk: Desk) -> None:
    answer = desk.learn.answer_check
    first = answer(desk.learner, BUYER, "q1", "right")
    wrong = answer(desk.learner, BUYER, "q2", "wrong")
    last = answer(desk.learner, BUYER, "q2", "right")

    assert (first.is_right, first.is_passed) == (True, False)
    assert (wrong.is_right, wrong.is_passed, wrong.explanation) == (False, False, "Because it is not so.")
    assert (last.is_right, last.is_passed) == (True, True)
    assert desk.learn.progress_of(desk.learner, BUYER).has_passed_check


def test_a_later_wrong_answer_does_not_take_a_pass_away(desk: Desk) -> None:
    for question in ("q1", "q2"):
        desk.learn.answer_check(desk.learner, BUYER, question, "right")

    again = desk.learn.answer_check(desk.learner, BUYER, "q1", "wrong")

    assert not again.is_passed
    assert desk.learn.progress_of(desk.learner, BUYER).has_passed_check
    with pytest.raises(UsageProblem, match="no option “maybe”"):
        desk.learn.answer_check(desk.learner, BUYER, "q1", "maybe")


def test_a_lesson_is_finished_once_and_can_be_reopened(desk: Desk) -> None:
    desk.learn.finish(desk.learner, BUYER)
    desk.learn.finish(desk.learner, BUYER)
    assert desk.learn.progress_of(desk.learner, BUYER).is_done
    assert len(desk.told) == 1

    desk.learn.reopen(desk.learner, BUYER)

    assert not desk.learn.progress_of(desk.learner, BUYER).is_done


def test_a_lesson_where_nothing_happened_has_empty_progress(desk: Desk) -> None:
    assert desk.learn.progress_of(desk.learner, BUYER) == LessonProgress(BUYER)
    assert desk.learn.progress(desk.learner) == {}


def test_looking_again_at_the_lesson_last_used_adds_nothing(desk: Desk) -> None:
    for skill in (BUYER, BUYER, COSTS, BUYER):
        desk.learn.open_lesson(desk.learner, skill)

    assert desk.told == [LessonProgressed(desk.learner, skill) for skill in (BUYER, COSTS, BUYER)]


def test_resuming_continues_the_lesson_last_worked_on(desk: Desk) -> None:
    desk.learn.tick_step(desk.learner, COSTS, "s1", True)
    desk.learn.tick_step(desk.learner, BUYER, "s1", True)
    desk.learn.tick_step(desk.learner, BUYER, "s2", True)

    place = desk.learn.resume(desk.learner)

    assert place is not None
    assert (place.skill, place.number, place.steps_done, place.steps) == (BUYER, "1.1.1.1", 2, 3)


def test_resuming_goes_on_with_the_first_ready_lesson_that_is_written(desk: Desk) -> None:
    desk.learn.finish(desk.learner, COSTS)

    place = desk.learn.resume(desk.learner)

    assert place is not None
    assert place.skill == BUYER, "the margin comes first and is ready, but still being written"
    assert place.steps_done == 0


def test_there_is_nothing_to_resume_when_all_is_done(desk: Desk) -> None:
    for skill in desk.pack.curriculum.skills:
        desk.learn.finish(desk.learner, skill)

    assert desk.learn.resume(desk.learner) is None


def test_the_latest_text_of_a_note_counts_and_an_empty_one_removes_it(desk: Desk) -> None:
    desk.learn.save_note(desk.learner, BUYER, "Ask my sister")
    desk.learn.save_note(desk.learner, BUYER, "Ask my sister")
    desk.learn.save_note(desk.learner, COSTS, "Postage!")
    assert len(desk.told) == 2
    assert desk.learn.notes(desk.learner) == {BUYER: "Ask my sister", COSTS: "Postage!"}

    desk.learn.save_note(desk.learner, BUYER, "")

    assert desk.learn.note(desk.learner, BUYER) == ""
    assert desk.learn.notes(desk.learner) == {COSTS: "Postage!"}
