"""Journey 1: name, facts, assessment, result, gaps, roadmap, first lesson, tick, next lesson; closed in between."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from dijipilot.bootstrap import Academy
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.storage import answers
from tests.journeys.conftest import Hands

FACTS = {"sales_channels": 2, "business_model": 1, "monthly_orders": 1, "buyer_markets": 1}
"""Which option is chosen, by its number on screen: Etsy, print on demand, no orders yet, only at home."""

FIRST_LESSON = SkillId("fulfillment.order-journey")
NEXT_LESSON = SkillId("fulfillment.order-settings")
SCREENS_BEFORE_THE_BREAK = 7


def academy_of(hands: Hands) -> Academy:
    """Return what the window works with."""
    assert hands.window.academy is not None
    return hands.window.academy


def profile_of(hands: Hands) -> ProfileId:
    """Return the learner at the window."""
    assert hands.window.profile is not None
    return hands.window.profile.id


def prompt_on(hands: Hands) -> str:
    """Return the question on screen."""
    label = hands.see("questionPrompt")
    assert isinstance(label, QLabel)
    return label.text()


def due(hands: Hands) -> Screen | None:
    """Return the next question by the records on disk, None once the assessment is finished."""
    academy = academy_of(hands)
    if academy.assess.unfinished(profile_of(hands)) is None:
        return None
    return academy.assess.resume_or_begin(profile_of(hands)).screen


def answers_on_disk(hands: Hands) -> list[Answer]:
    """Return the answers of the latest assessment as they are stored."""
    academy = academy_of(hands)
    return answers.answers_of(academy.database, academy.assess.history(profile_of(hands))[-1].id)


def numbers_to_choose(screen: Screen) -> list[int]:
    """Return the options to choose by number: facts as above, none of every other checklist, else the first."""
    if screen.kind is ScreenKind.FACT:
        return [FACTS[screen.id]]
    return [] if screen.allows_many and screen.progress.screens % 2 else [1]


def answer(hands: Hands, screen: Screen, by_keyboard: bool) -> None:
    """Answer the question on screen and see that it is on disk."""
    numbers = numbers_to_choose(screen)
    for number in numbers:
        if by_keyboard:
            hands.press(Qt.Key(Qt.Key.Key_0 + number))
        else:
            hands.click(f"option{number}")
    given = len(answers_on_disk(hands))
    if by_keyboard:
        hands.press(Qt.Key.Key_Return)
    else:
        hands.click("nextQuestionButton")
    stored = answers_on_disk(hands)
    assert len(stored) == given + 1
    assert stored[-1].screen == screen.id
    assert stored[-1].chosen == tuple(screen.options[number - 1].id for number in numbers)


def take_assessment(hands: Hands, by_keyboard: bool, at_most: int = 100) -> None:
    """Answer until the end, or so many questions."""
    for _ in range(at_most):
        screen = due(hands)
        if screen is None:
            return
        answer(hands, screen, by_keyboard)


def test_a_new_learner_gets_from_a_name_to_the_second_lesson(hands: Hands) -> None:
    hands.click("firstNameField")
    hands.type("Mara")
    hands.click("startAssessmentButton")
    take_assessment(hands, by_keyboard=True, at_most=SCREENS_BEFORE_THE_BREAK)
    frontier = prompt_on(hands)
    hands.press(Qt.Key.Key_Backspace)
    assert len(answers_on_disk(hands)) == SCREENS_BEFORE_THE_BREAK
    hands.press(Qt.Key.Key_Return)
    assert len(answers_on_disk(hands)) == SCREENS_BEFORE_THE_BREAK + 1
    assert prompt_on(hands) == frontier

    hands.close_and_open()

    assert prompt_on(hands) == frontier
    take_assessment(hands, by_keyboard=False)
    hands.click("seeResultButton")
    hands.click("seeGapsButton")
    hands.see("gapMap")
    totals = academy_of(hands).plan.gaps(profile_of(hands)).totals
    assert totals.mastered + totals.missing + totals.unsettled + totals.not_applicable == 159

    hands.close_and_open()

    hands.see("gapMap")
    assert academy_of(hands).plan.gaps(profile_of(hands)).totals == totals


def test_the_roadmap_leads_to_lessons_and_the_next_start_to_where_one_was(hands: Hands) -> None:
    hands.click("firstNameField")
    hands.type("Mara")
    hands.click("startAssessmentButton")
    take_assessment(hands, by_keyboard=True)
    hands.press(Qt.Key.Key_Return)
    hands.click("seeRoadmapButton")
    hands.see("roadmapPage")
    roadmap = academy_of(hands).plan.roadmap(profile_of(hands))
    assert FIRST_LESSON in {item.skill for item in roadmap.items}

    hands.window.go_to(f"lesson:{FIRST_LESSON}")
    hands.click("step1Box")
    assert len(academy_of(hands).learn.progress_of(profile_of(hands), FIRST_LESSON).ticked_steps) == 1
    hands.click("finishLessonButton")
    assert academy_of(hands).learn.progress_of(profile_of(hands), FIRST_LESSON).is_done
    hands.click("bottomNextButton")
    assert hands.page.place() == NEXT_LESSON

    hands.close_and_open()

    assert hands.page.place() == NEXT_LESSON
    hands.click("bottomPreviousButton")
    box = hands.see("step1Box")
    assert isinstance(box, QAbstractButton)
    assert box.isChecked()
