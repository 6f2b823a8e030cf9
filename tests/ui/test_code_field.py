"""A code is shown in groups while it is typed, and the field never gets in the way of whoever types."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.widgets.code_field import CodeField
from dijipilot.ui.widgets.code_groups import in_groups, is_code_being_typed, typed_groups
from tests.ui.finding import find

PRINTED = "1K62M-RAA57-Z25PQ-ENSJ1-6WH00"
# Said of a window that is made higher, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MAIL = f"Dear customer,\n\nyour code is {PRINTED}.\n\nBest regards"


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """Return what holds the field and a button below it."""
    made = QWidget()
    made.resize(600, 300)
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(CodeField(made))
    column.addWidget(QPushButton("Next", made))
    made.show()
    return made


@pytest.fixture
def field(holder: QWidget) -> CodeField:
    """Return the field, which has the focus."""
    found = find(holder, CodeField)
    found.setFocus()
    return found


def place_cursor(field: CodeField, place: int) -> None:
    """Put the cursor before a character."""
    cursor = field.textCursor()
    cursor.setPosition(place)
    field.setTextCursor(cursor)


def marked(field: CodeField) -> str:
    """Return the text with a bar where the cursor is."""
    place = field.textCursor().position()
    return f"{field.text[:place]}|{field.text[place:]}"


@pytest.mark.parametrize(
    "typed",
    [
        PRINTED,
        PRINTED.replace("-", ""),
        PRINTED.replace("-", " ").lower(),
        PRINTED.replace("-", " - "),
    ],
)
def test_a_code_is_shown_as_on_the_card_however_it_is_typed(field: CodeField, typed: str) -> None:
    QTest.keyClicks(field, typed)

    assert marked(field) == f"{PRINTED}|"


def test_a_dash_comes_with_the_sixth_symbol_so_that_one_can_be_typed_too(field: CodeField) -> None:
    shown = []
    for key in "1k62m-r":
        QTest.keyClicks(field, key)
        shown.append(field.text)

    assert shown == ["1", "1K", "1K6", "1K62", "1K62M", "1K62M-", "1K62M-R"]


def test_going_back_takes_a_symbol_at_a_time_and_brings_nothing_back(field: CodeField) -> None:
    QTest.keyClicks(field, "1k62mr")
    shown = []
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        shown.append(field.text)

    assert shown == ["1K62M-", "1K62M", "1K62"]


def test_correcting_in_the_middle_moves_neither_cursor_nor_dashes(field: CodeField) -> None:
    QTest.keyClicks(field, PRINTED)
    place_cursor(field, 8)

    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert marked(field) == "1K62M-R|A57-Z25PQ-ENSJ1-6WH00"
    QTest.keyClicks(field, "b")

    assert marked(field) == "1K62M-RB|A57-Z25PQ-ENSJ1-6WH00"


def test_groups_that_somebody_made_differently_are_left_to_be_compared(field: CodeField) -> None:
    QTest.keyClicks(field, "1K62-RAA57-Z25")

    assert field.text == "1K62-RAA57-Z25"


def test_one_undo_takes_back_a_symbol_and_its_dash_and_the_next_goes_on(field: CodeField) -> None:
    QTest.keyClicks(field, "1k62m")
    QTest.keyClicks(field, "r")
    shown = []
    for _ in range(2):
        field.undo()
        shown.append(field.text)

    assert shown == ["1K62M", ""]


def test_a_mail_is_shown_as_it_was_pasted_and_in_more_lines(field: CodeField) -> None:
    low = field.height()
    data = QMimeData()
    data.setText(MAIL)

    field.insertFromMimeData(data)

    assert field.text == MAIL
    assert field.height() > 2 * low


@pytest.mark.parametrize("dash", ["", " ", "–", "—", " - "])
def test_a_code_that_was_pasted_is_shown_in_groups(field: CodeField, dash: str) -> None:
    data = QMimeData()
    data.setText(f" {PRINTED.lower().replace('-', dash)} ")

    field.insertFromMimeData(data)

    assert field.text == PRINTED


def test_pasting_over_what_stands_there_replaces_it(field: CodeField) -> None:
    QTest.keyClicks(field, "1k62m raa")
    field.selectAll()
    data = QMimeData()
    data.setText(PRINTED)

    field.insertFromMimeData(data)

    assert field.text == PRINTED


def test_a_file_that_was_copied_is_taken_as_a_file(field: CodeField, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "room4.DJLICENSE"))])
    assert field.canInsertFromMimeData(data)

    with qtbot.waitSignal(field.file_given) as given_file:
        field.insertFromMimeData(data)

    assert given_file.args == [tmp_path / "room4.DJLICENSE"]
    assert field.text == ""


def test_enter_submits_and_tab_goes_on(field: CodeField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "1k62m")

    with qtbot.waitSignal(field.submitted):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Tab)

    assert field.text == "1K62M"
    assert isinstance(QApplication.focusWidget(), QPushButton)


def test_a_selection_that_is_typed_over_begins_anew(field: CodeField) -> None:
    QTest.keyClicks(field, PRINTED)
    field.selectAll()

    QTest.keyClicks(field, "1k62mr")

    assert marked(field) == "1K62M-R|"


def test_letters_that_no_code_has_stay_to_be_told_of(field: CodeField) -> None:
    # Not by keys: QTest knows those of one keyboard alone.
    event = QInputMethodEvent()
    event.setCommitString("1ouil ßı")
    QApplication.sendEvent(field, event)

    assert field.text == "1OUIL-ßI"


@pytest.mark.parametrize("cursor_at", range(0, 30, 7))
def test_typing_anywhere_keeps_every_other_symbol(field: CodeField, cursor_at: int) -> None:
    QTest.keyClicks(field, PRINTED)
    place_cursor(field, min(cursor_at, len(field.text)))

    QTest.keyClicks(field, "x")

    assert field.text.replace("X", "", 1).replace("-", "") == PRINTED.replace("-", "")
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "X"


@given(st.text(alphabet="0123456789ABCXYZ -–", max_size=40))
def test_grouping_changes_no_symbol_and_is_stable(text: str) -> None:
    grouped = in_groups(text)

    def symbols(shown: str) -> str:
        return "".join(letter for letter in shown if letter.isalnum())

    assert symbols(grouped) == symbols(text)
    assert in_groups(grouped) == grouped


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    is_code_being_typed(text)
    typed_groups(text)


def test_the_groups_of_a_whole_code_are_known_and_of_nothing_else() -> None:
    assert typed_groups(PRINTED.lower()) == tuple(PRINTED.split("-"))
    assert typed_groups(PRINTED[:-1]) == ()
    assert typed_groups(MAIL) == ()
