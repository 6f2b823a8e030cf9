"""What opens on request, in a page or over it: named, in the tab order, and nothing clipped at twice the text size."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.domain.ids import LessonNumber
from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.ui.failures import FailureDialog
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_nodes import Arrangement
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.lesson_term import TermPopover
from dijipilot.ui.widgets.lesson_view import LessonView
from tests.accessibility.test_tab_order import name_of, round_by_tab, stands_for, tab_stops
from tests.ui.clipping import clipped
from tests.ui.conftest import filled_home, first_opened, go, learner_paths, open_window, paths, settle, theme, window
from tests.ui.finding import find

# Fixtures of the interface tests, used here under the same names.
__all__ = ["filled_home", "first_opened", "go", "learner_paths", "open_window", "paths", "theme", "window"]

Go = Callable[[str], Page]
LESSON = "lesson:fulfillment.order-settings"
TERM = GlossaryTerm(
    "term.proof",
    "Proof of delivery",
    "What a carrier records when it hands over a parcel, such as a place, a time and sometimes a signature.",
    "The proof says that the parcel was left with a neighbor on June 3 at 10:40.",
    (LessonNumber("2.5.1.1"), LessonNumber("2.5.1.3")),
    (),
)
"""Longer than most, and explained in two lessons besides the one that is read."""
TITLES = {
    "2.5.1.1": "What is the End-to-End Fulfillment Journey?",
    "2.5.1.3": "Where is My Customer's Order Right Now?",
}


@pytest.fixture
def large_text(theme: Theme) -> Iterator[Theme]:
    """Show text at twice its size; the next test's theme takes the application's font for the usual one."""
    theme.dress(text_percent=200)
    yield theme
    theme.dress(text_percent=100)


@pytest.fixture(autouse=True)
def _every_click_counts(qapp: QApplication) -> Iterator[None]:
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(usual)


def press(page: Page, *names: str) -> None:
    """Press buttons, one after the other."""
    for name in names:
        find(page, QAbstractButton, name).click()


def find_in_page(page: Page) -> None:
    """Open the bar that finds words."""
    page.commands()["find"]()


def show_notes(page: Page) -> None:
    """Open the editor of the note, which is closed where there is no room beside the text."""
    if not find(page, QWidget, "noteField").isVisible():
        page.commands()["notes"]()


def tick_group(page: Page) -> None:
    """Ask to tick all lessons of a program."""
    find(page, QTabBar, "roadmapArrangement").setCurrentIndex(list(Arrangement).index(Arrangement.PROGRAMS))
    view = find(page, QTreeView, "roadmapTable")
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)


def claim_known(page: Page) -> None:
    """Say that one knows the second lesson of the roadmap: one question settles it."""
    view = find(page, QTreeView, "roadmapTable")
    view.setCurrentIndex(view.model().index(3, 0))
    press(page, "roadmapKnowButton")


def answer_two(page: Page) -> None:
    """Answer two questions, then look at the answers."""
    for _ in range(2):
        press(page, "nextQuestionButton")
    press(page, "answersButton")


OPENED: dict[str, tuple[str, Callable[[Page], object]]] = {
    "whether to remove a profile": ("settings", lambda page: press(page, "removeProfileButton")),
    "whether to restore a backup": ("settings", lambda page: press(page, "backUpButton", "restoreButton")),
    "my screen differs": (LESSON, lambda page: press(page, "step1DifferenceButton")),
    "find in the page": (LESSON, find_in_page),
    "the note": (LESSON, show_notes),
    "the question that settles a lesson": (LESSON, lambda page: press(page, "settlingFold")),
    "whether to stop the assessment": ("assessment:begin", lambda page: press(page, "stopAssessmentButton")),
    "the answers given": ("assessment:begin", answer_two),
    "why a lesson is on the roadmap": ("roadmap", lambda page: None),
    "the question that settles a claim": ("roadmap", claim_known),
    "whether to tick a program": ("roadmap", tick_group),
    "why a skill is missing": ("gaps:3.2.1", lambda page: None),
}
"""What opens: the target of the page, and how it is opened there."""


@pytest.mark.parametrize("what", OPENED)
def test_what_opens_in_a_page_is_named_reached_by_tab_and_whole_at_twice_the_text_size(
    what: str, window: MainWindow, go: Go, large_text: Theme, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    target, open_it = OPENED[what]
    page = go(target)
    before = {each.objectName() for each in tab_stops(page)}
    open_it(page)
    settle(page, qtbot)
    stops = tab_stops(window)
    assert what.startswith("why") or {each.objectName() for each in stops} - before, "nothing opened"

    there = round_by_tab(stops[0])

    assert [each.objectName() for each in stops if not stands_for(there, each)] == []
    assert [each.objectName() for each in there if not name_of(each)] == []
    wait_for_no_clipping(window, large_text, qtbot)


def wait_for_no_clipping(root: QWidget, theme: Theme, qtbot: QtBot) -> None:
    """Wait until nothing of a widget is cut off, in dark and in high contrast."""

    def shows_everything() -> None:
        assert clipped(root) == []

    for scheme in (Scheme.DARK, Scheme.HIGH_CONTRAST):
        theme.dress(scheme)
        qtbot.waitUntil(shows_everything)


def test_nothing_of_the_dialog_of_a_failure_is_clipped(large_text: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = FailureDialog("details", tmp_path / "a folder with a long name that does not wrap anywhere" / "logs")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()

    wait_for_no_clipping(dialog, large_text, qtbot)
    # On the smallest screen that is promised.
    assert dialog.minimumSizeHint().width() <= 1280
    assert dialog.minimumSizeHint().height() <= 720


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nothing_of_a_term_explained_is_clipped(go: Go, large_text: Theme, qtbot: QtBot) -> None:
    page = go(LESSON)
    find(page, LessonView, "whatText").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(find(page, LessonView, "whatText"), Qt.Key.Key_Tab)
    QTest.keyClick(find(page, LessonView, "whatText"), Qt.Key.Key_Return)
    popover = find(page, TermPopover)
    assert popover.isVisible()
    popover.hide()

    popover.show_term(TERM, TITLES, QRect(100, 100, 80, 20))
    stops = tab_stops(popover)

    assert len(stops) == len(TERM.lessons)
    assert [each.objectName() for each in stops if not name_of(each)] == []
    wait_for_no_clipping(popover, large_text, qtbot)
    assert popover.height() <= 720
    popover.hide()
