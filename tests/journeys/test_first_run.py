"""Journey 1: name, facts, assessment, result, gaps, roadmap, first lesson, tick, next lesson; closed in between."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from dijipilot.domain.ids import SkillId
from tests.journeys.hands import Hands
from tests.journeys.records import (
    academy_of,
    answers_on_disk,
    profile_of,
    prompt_on,
    take_assessment,
    title_of,
)

FIRST_LESSON = SkillId("fulfillment.order-journey")
NEXT_LESSON = SkillId("fulfillment.order-settings")
SCREENS_BEFORE_THE_BREAK = 7

# Said of menus and lists that pop up, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def begin(hands: Hands) -> None:
    """Give a name and start."""
    hands.write("firstNameField", "Mara")
    hands.press("startAssessmentButton")
    hands.see("questionPrompt")


def test_a_new_learner_gets_from_a_name_to_the_gaps(hands: Hands) -> None:
    begin(hands)
    take_assessment(hands, at_most=SCREENS_BEFORE_THE_BREAK)
    frontier = prompt_on(hands)
    hands.step_back()
    assert prompt_on(hands) != frontier
    assert len(answers_on_disk(hands)) == SCREENS_BEFORE_THE_BREAK
    hands.answer([])
    assert len(answers_on_disk(hands)) == SCREENS_BEFORE_THE_BREAK + 1
    assert prompt_on(hands) == frontier

    hands.close_and_open()

    assert prompt_on(hands) == frontier
    take_assessment(hands)
    hands.press("seeResultButton")
    hands.press("seeGapsButton")
    hands.see("gapMap")
    totals = academy_of(hands).plan.gaps(profile_of(hands)).totals
    assert totals.mastered + totals.missing + totals.unsettled + totals.not_applicable == 159

    hands.close_and_open()

    hands.see("gapMap")
    assert academy_of(hands).plan.gaps(profile_of(hands)).totals == totals


def test_the_roadmap_leads_to_lessons_and_the_next_start_to_where_one_was(hands: Hands) -> None:
    begin(hands)
    take_assessment(hands)
    hands.press("seeResultButton")
    hands.press("seeRoadmapButton")
    hands.pick("roadmapFact2", "3 to 5")
    hands.press("roadmapFactDoneButton")
    roadmap = academy_of(hands).plan.roadmap(profile_of(hands))
    assert roadmap.pace is not None
    assert roadmap.pace.weekly_hours == (3, 5)
    assert FIRST_LESSON in {item.skill for item in roadmap.items}

    hands.open("roadmapTable", title_of(hands, FIRST_LESSON))
    assert hands.window.pages.target() == f"lesson:{FIRST_LESSON}"
    hands.press("step1Box")
    assert len(academy_of(hands).learn.progress_of(profile_of(hands), FIRST_LESSON).ticked_steps) == 1
    hands.press("finishLessonButton")
    assert academy_of(hands).learn.progress_of(profile_of(hands), FIRST_LESSON).is_done
    hands.press("bottomNextButton")
    assert hands.page.place() == NEXT_LESSON

    hands.close_and_open()

    assert hands.page.place() == NEXT_LESSON
    hands.press("bottomPreviousButton")
    box = hands.see("step1Box")
    assert isinstance(box, QAbstractButton)
    assert box.isChecked()
