"""Journey 2: Home says what to continue; knowledge check, note, search, a question asked; the roadmap follows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.domain.roadmap import Status
from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow
from tests.journeys.conftest import Hands
from tests.journeys.test_first_run import academy_of, profile_of

STARTED = SkillId("fulfillment.order-settings")


@pytest.fixture
def back(qtbot: QtBot, qapp: QApplication, learner_paths: UserPaths, open_window: Callable[[], MainWindow]) -> Hands:
    """Return hands at the window of a learner with an assessment behind and a lesson half done."""
    assert learner_paths.database.exists()
    qapp.setDoubleClickInterval(1)
    return Hands(qtbot, open_window)


def text_of(hands: Hands) -> str:
    """Return all the words on the page."""
    return " ".join(label.text() for label in hands.page.findChildren(QLabel) if label.isVisible())


def lesson_text(hands: Hands) -> LessonText:
    """Return the text of the lesson half done."""
    text = academy_of(hands).library.lesson(STARTED)
    assert text is not None
    return text


def test_home_leads_on_where_the_learner_stopped_and_the_lesson_is_finished_by_keyboard(back: Hands) -> None:
    back.window.go_to("home")
    assert "3 of 5 steps" in text_of(back)
    back.tab_to("continueButton")
    back.press(Qt.Key.Key_Return)
    assert back.page.place() == STARTED

    for number in (4, 5):
        back.tab_to(f"step{number}Box")
        back.press(Qt.Key.Key_Space)
    progress = academy_of(back).learn.progress_of(profile_of(back), STARTED)
    assert progress.ticked_steps == {step.id for step in lesson_text(back).steps}

    for number, question in enumerate(lesson_text(back).check, start=1):
        right = next(at for at, option in enumerate(question.options, start=1) if option.is_right)
        back.click(f"check{number}Option{right}")
        back.tab_to(f"check{number}Button")
        back.press(Qt.Key.Key_Return)
    assert academy_of(back).learn.progress_of(profile_of(back), STARTED).has_passed_check

    back.tab_to("finishLessonButton")
    back.press(Qt.Key.Key_Return)
    item = academy_of(back).plan.roadmap(profile_of(back)).item(STARTED)
    assert item is not None
    assert item.status is Status.DONE

    back.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not academy_of(back).learn.progress_of(profile_of(back), STARTED).is_done
    back.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert academy_of(back).learn.progress_of(profile_of(back), STARTED).is_done


def test_a_note_is_kept_found_by_search_and_there_after_a_restart(back: Hands) -> None:
    back.window.go_to(f"lesson:{STARTED}")
    note = back.see("noteField")
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    note.selectAll()
    back.type("Hold orders zebra-long on Fridays")
    back.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = back.see("searchField")
    assert isinstance(field, QLineEdit)
    back.type("zebra")
    results = back.see("searchResults")
    assert isinstance(results, QTreeView)
    back.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is results
    back.press(Qt.Key.Key_Return)
    back.wait_until(lambda: back.page.place() == STARTED)

    back.close_and_open()

    assert back.page.place() == STARTED
    note = back.see("noteField")
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == "Hold orders zebra-long on Fridays"


def test_a_question_is_asked_and_an_unfinished_one_survives_the_night(back: Hands) -> None:
    back.window.go_to(f"lesson:{STARTED}")
    back.click("askAboutLessonButton")
    back.click("questionField")
    back.type("Which hold suits gifts?")
    back.click("askButton")
    asked = [state.asked.text for state in academy_of(back).questions.all(profile_of(back))]
    assert "Which hold suits gifts?" in asked
    back.click("questionField")
    back.type("And what about")

    back.close_and_open()

    field = back.see("questionField")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "And what about"


def answer_to_the_end(hands: Hands) -> None:
    """Choose the first option of every question, by keyboard, until the re-check says what came of it."""
    hands.see("questionPrompt")
    while not hands.sees("recheckOutcome"):
        hands.press(Qt.Key.Key_1)
        hands.press(Qt.Key.Key_Return)


def test_a_verdict_that_is_not_right_is_contested_and_the_roadmap_follows(back: Hands) -> None:
    back.window.go_to("result")
    back.tab_to("skillTable")
    skill = academy_of(back).library.curriculum.skills[0]
    before = academy_of(back).assess.result(profile_of(back))

    back.tab_to("contestVerdictButton")
    back.press(Qt.Key.Key_Space)
    answer_to_the_end(back)

    standing = academy_of(back).standings.current(profile_of(back)).by_skill[skill]
    assert standing.verdict.value.capitalize() in text_of(back)
    assert "The result of the assessment stays as it was taken." in text_of(back)
    back.tab_to("recheckRoadmapButton")
    back.press(Qt.Key.Key_Return)
    assert back.window.pages.target().startswith("roadmap")
    assert academy_of(back).assess.result(profile_of(back)) == before


def test_a_short_recheck_takes_a_minute_and_the_gaps_follow(back: Hands) -> None:
    back.window.go_to("assessment")
    back.tab_to("recheckButton")
    back.press(Qt.Key.Key_Return)

    answer_to_the_end(back)

    back.click("recheckGapsButton")
    assert back.window.pages.target().startswith("gaps")
    assert len(academy_of(back).assess.history(profile_of(back))) == 1
