"""A question goes out by file, and its answer comes home once."""

from pathlib import Path

import pytest

from dijipilot.domain.ids import EventId, SkillId
from dijipilot.errors import BadInput, UsageProblem
from dijipilot.services.events import QuestionsChanged
from tests.services.conftest import Desk

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")


def test_a_question_goes_to_the_instructor_and_its_answer_comes_home(
    desk: Desk, other_desk: Desk, tmp_path: Path
) -> None:
    asked = desk.questions.ask(desk.learner, BUYER, "  Ten posts from where?  ")
    desk.questions.ask(desk.learner, COSTS, "Is postage a cost?")
    assert desk.questions.export(desk.learner, tmp_path / "q.djquestions") == 2

    (first, _) = other_desk.questions.read(tmp_path / "q.djquestions").questions
    assert (first.question.text, first.lesson, first.title) == (
        "Ten posts from where?",
        "1.1.1.1",
        "Lesson on niche.buyer",
    )
    answers = {asked.id: "From a forum."}
    other_desk.questions.answer(tmp_path / "q.djquestions", answers, "Mr. Öz", tmp_path / "a.djanswers")

    assert desk.questions.import_(desk.learner, tmp_path / "a.djanswers") == 1
    assert desk.questions.import_(desk.learner, tmp_path / "a.djanswers") == 0
    answered, waiting = desk.questions.all(desk.learner)
    assert (answered.answers[0].text, answered.answers[0].answered_by) == ("From a forum.", "Mr. Öz")
    assert answered.is_answered
    assert not waiting.is_answered
    assert desk.told == [QuestionsChanged(desk.learner)] * 3


def test_only_questions_without_an_answer_go_out_again(desk: Desk, tmp_path: Path) -> None:
    asked = desk.questions.ask(desk.learner, BUYER, "Where?")
    desk.questions.export(desk.learner, tmp_path / "q.djquestions")
    desk.questions.answer(tmp_path / "q.djquestions", {asked.id: "There."}, "Me", tmp_path / "a.djanswers")
    desk.questions.import_(desk.learner, tmp_path / "a.djanswers")
    desk.questions.ask(desk.learner, BUYER, "When?")

    assert desk.questions.export(desk.learner, tmp_path / "q2.djquestions") == 1
    (again,) = desk.questions.read(tmp_path / "q2.djquestions").questions
    assert again.question.text == "When?"


def test_answers_to_the_questions_of_others_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    asked = desk.questions.ask(desk.learner, BUYER, "Where?")
    desk.questions.export(desk.learner, tmp_path / "q.djquestions")
    desk.questions.answer(tmp_path / "q.djquestions", {asked.id: "There."}, "Me", tmp_path / "a.djanswers")

    assert desk.questions.import_(desk.profiles.add("Bora").id, tmp_path / "a.djanswers") == 0


def test_an_answer_to_a_question_that_was_not_asked_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.questions.export(desk.learner, tmp_path / "q.djquestions")

    with pytest.raises(UsageProblem, match="holds no question 7"):
        desk.questions.answer(tmp_path / "q.djquestions", {EventId("7"): "Yes."}, "Me", tmp_path / "a.djanswers")


@pytest.mark.parametrize(("text", "told"), [("  \n", "empty"), ("x" * 10_001, "longer than 10000")])
def test_a_question_has_to_say_something_short(desk: Desk, text: str, told: str) -> None:
    with pytest.raises(UsageProblem, match=told):
        desk.questions.ask(desk.learner, BUYER, text)
    assert desk.questions.all(desk.learner) == ()


def test_a_file_that_is_no_answer_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.questions.export(desk.learner, tmp_path / "q.djquestions")

    with pytest.raises(BadInput, match="dijipilot-answers"):
        desk.questions.import_(desk.learner, tmp_path / "q.djquestions")
