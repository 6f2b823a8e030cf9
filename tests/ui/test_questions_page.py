"""Questions to an instructor, out by file and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.questions_page import QuestionsPage
from tests.ui.conftest import settle
from tests.ui.finding import find
from tests.ui.sample_learner import LESSON

Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> QuestionsPage:
    """Return the page, about to ask about a lesson."""
    shown = go(f"questions:{LESSON}")
    assert isinstance(shown, QuestionsPage)
    return shown


def labels(page: Page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_question_is_kept_and_listed_first(page: QuestionsPage, qtbot: QtBot) -> None:
    find(page, QPlainTextEdit, "questionField").setPlainText("Who pays whom?")

    find(page, QPushButton, "askButton").click()
    settle(page, qtbot)

    assert page.context.academy.questions.all(page.context.profile_id)[-1].asked.text == "Who pays whom?"
    qtbot.waitUntil(lambda: "My questions (2)" in labels(page))
    assert find(page, QPlainTextEdit, "questionField").toPlainText() == ""


def test_a_question_needs_a_lesson_and_words(page: QuestionsPage) -> None:
    ask, field = find(page, QPushButton, "askButton"), find(page, QPlainTextEdit, "questionField")
    assert not ask.isEnabled()

    field.setPlainText("Why?")
    assert ask.isEnabled()
    page._picker.pick("")

    assert not ask.isEnabled()


def test_what_was_typed_and_not_asked_is_still_there_later(page: QuestionsPage, go: Go, window: MainWindow) -> None:
    find(page, QPlainTextEdit, "questionField").setPlainText("Half a question")
    go("home")
    assert window.profile is not None

    window.use_profile(window.profile, f"questions:{LESSON}")

    again = window.pages.page
    assert again is not None
    assert again is not page
    assert find(again, QPlainTextEdit, "questionField").toPlainText() == "Half a question"


def test_questions_go_out_and_answers_come_back(
    page: QuestionsPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    outgoing, incoming = tmp_path / "ada.djquestions", tmp_path / "ada.djanswers"
    questions = page.context.academy.questions

    page._on_export_file_chosen(outgoing)
    assert "Questions exported: 1" in window.notice_bar.text
    asked = questions.read(outgoing).questions[0].question
    questions.answer(outgoing, {asked.id: "Yes, per shop."}, "Mara", incoming)
    page._on_import_file_chosen(incoming)
    settle(page, qtbot)

    qtbot.waitUntil(lambda: "Yes, per shop." in labels(page) and "✓ Answered" in labels(page))


def test_a_file_that_is_none_is_told(page: QuestionsPage, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "photo.djanswers"
    file.write_bytes(b"\x89PNG")

    page._on_import_file_chosen(file)

    assert window.notice_bar.text
    assert window.notice_bar.property("tone") == "bad"
