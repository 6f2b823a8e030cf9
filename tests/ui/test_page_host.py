"""Pages that are not shown are dropped as colors or sizes change, and built anew: nothing is missing then."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.note_field import NoteField
from tests.ui.finding import find
from tests.ui.sample_learner import LESSON, SECOND_LESSON

Go = Callable[[str], Page]


def pages(window: MainWindow) -> list[Page]:
    """Return the pages that there are."""
    return window.pages.findChildren(Page)


def test_the_page_shown_stays_and_the_others_go(window: MainWindow, theme: Theme, go: Go) -> None:
    for target in ("library", "gaps", f"lesson:{LESSON}", "help"):
        go(target)
    shown = window.pages.page

    theme.dress(Scheme.DARK)

    assert pages(window) == [shown]
    assert window.pages.target() == "help"


def test_the_way_back_leads_to_the_same_places(window: MainWindow, theme: Theme, go: Go) -> None:
    for target in ("library:2.5.1", f"lesson:{LESSON}", "help"):
        go(target)

    theme.dress(text_percent=150)

    window.pages.back()
    assert window.pages.target() == f"lesson:{LESSON}"
    window.pages.back()
    assert window.pages.target() == "library:2.5.1"


def test_a_lesson_that_was_left_is_not_opened_on_the_way_to_another(
    window: MainWindow, theme: Theme, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.academy is not None
    opened: list[str] = []
    go(f"lesson:{LESSON}")
    go("home")
    theme.dress(Scheme.DARK)
    monkeypatch.setattr(window.academy.learn, "open_lesson", lambda _, skill: opened.append(skill))

    go(f"lesson:{SECOND_LESSON}")

    assert opened == [SECOND_LESSON]


def test_the_same_look_once_more_drops_nothing(window: MainWindow, theme: Theme, go: Go) -> None:
    go("library")
    go("help")
    before = pages(window)

    theme.dress(Scheme.LIGHT)

    assert pages(window) == before


def test_a_page_that_keeps_its_place_by_itself_has_it_again(window: MainWindow, theme: Theme, go: Go) -> None:
    go("search:refund")
    go("home")

    theme.dress(Scheme.DARK)

    assert find(go("search"), QLineEdit, "searchField").text() == "refund"


def test_what_was_typed_and_is_saved_nowhere_keeps_its_page(window: MainWindow, theme: Theme, go: Go) -> None:
    QTest.keyClicks(find(go("questions"), QPlainTextEdit, "questionField"), "Which one first?")
    QTest.keyClicks(find(go("library"), QLineEdit, "libraryFilterField"), "refund")
    go("home")

    theme.dress(Scheme.DARK)

    assert len(pages(window)) == 3
    assert find(go("questions"), QPlainTextEdit, "questionField").toPlainText() == "Which one first?"
    assert find(go("library"), QLineEdit, "libraryFilterField").text() == "refund"


def test_a_note_is_saved_as_its_page_is_left_and_keeps_nothing(window: MainWindow, theme: Theme, go: Go) -> None:
    QTest.keyClicks(find(go(f"lesson:{LESSON}"), NoteField, "noteField"), "Ask Ben")
    go("home")

    theme.dress(Scheme.DARK)

    assert len(pages(window)) == 1
    assert "Ask Ben" in find(go(f"lesson:{LESSON}"), NoteField, "noteField").toPlainText()


def test_an_answer_that_was_chosen_and_not_given_is_still_chosen(window: MainWindow, theme: Theme, go: Go) -> None:
    box = find(go("assessment:new"), QAbstractButton, "option3")
    is_chosen = not box.isChecked()
    box.click()
    go("home")

    theme.dress(Scheme.DARK)

    assert find(go("assessment"), QAbstractButton, "option3").isChecked() == is_chosen
