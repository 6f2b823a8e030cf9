"""Lessons are found by number, id and words, the learner's notes among them."""

import pytest

from dijipilot.domain.ids import MissionNumber, SkillId
from dijipilot.errors import UsageProblem
from tests.services.conftest import Desk

BUYER = SkillId("niche.buyer")


def test_lessons_are_read_or_in_preparation(desk: Desk) -> None:
    text = desk.library.lesson(SkillId("niche.buyer"))

    assert text is not None
    assert [step.id for step in text.steps] == ["s1", "s2", "s3"]
    assert desk.library.lesson(SkillId("price.margin")) is None
    assert not desk.library.is_locked(SkillId("price.margin"))


@pytest.mark.parametrize("name", ["1.1.2.2", " 1.1.2.2 ", "1.1.2.2.", "price.margin", "Price.Margin"])
def test_a_lesson_is_found_by_number_or_skill(desk: Desk, name: str) -> None:
    assert desk.library.find(name).skill == "price.margin"


def test_a_lesson_that_is_not_there_is_suggested_where_one_is_near(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match=r"Did you mean price\.margin"):
        desk.library.find("price.margn")
    with pytest.raises(UsageProblem, match="There is no lesson xyzzy"):
        desk.library.find("xyzzy")


def test_questions_and_terms_are_read(desk: Desk) -> None:
    assert [each.id for each in desk.library.questions(MissionNumber("1.1.2"))] == ["question.margin"]
    assert [each.term for each in desk.library.glossary()] == ["niche"]


def test_the_learners_own_notes_are_found_first(desk: Desk) -> None:
    desk.learn.save_note(desk.learner, SkillId("ads.first"), "Ask İpek about the MARGIN of mugs")

    hits = desk.library.search("margin", desk.learner).hits

    assert (hits[0].kind, hits[0].id, hits[0].lesson) == ("note", "ads.first", "2.1.1.1")
    assert hits[0].snippet == "Ask İpek about the **MARGIN** of mugs"
    assert {hit.kind for hit in hits} == {"note", "lesson", "question"}
    assert "note" not in {hit.kind for hit in desk.library.search("margin").hits}
    assert [hit.id for hit in desk.library.search("ipek mug", desk.learner).hits] == ["ads.first"]


def test_another_learners_notes_stay_hidden(desk: Desk) -> None:
    desk.learn.save_note(desk.learner, SkillId("ads.first"), "zebra")

    assert desk.library.search("zebra", desk.profiles.add("Bora").id).hits == ()


def test_a_typing_error_leads_to_a_suggestion(desk: Desk) -> None:
    results = desk.library.search("segmemt", desk.learner)

    assert results.hits == ()
    assert results.suggestion == "segment"


def test_the_number_of_hits_is_limited(desk: Desk) -> None:
    assert len(desk.library.search("lesson", limit=3).hits) == 3


def test_what_is_found_and_what_is_to_do_say_nothing_in_a_log(desk: Desk) -> None:
    hits = desk.library.search("part").hits
    steps = desk.plan.steps(desk.learner, desk.plan.roadmap(desk.learner))[BUYER]
    feedback = desk.learn.answer_check(desk.learner, BUYER, "q1", "right")

    assert hits
    assert {repr(each) for each in (*hits, *steps, feedback)} == {"SearchHit(…)", "StepState(…)", "CheckFeedback(…)"}
