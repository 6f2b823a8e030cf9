"""Tab leads through every page and dialog: to each control once a round, and Shift+Tab the same way back."""

import gc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.failures import FailureDialog
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from tests.ui.conftest import filled_home, go
from tests.ui.finding import find
from tests.ui.test_every_page import TARGETS, controls, one_window, window

# Fixtures of the interface tests, used here under the same names.
__all__ = ["filled_home", "go", "one_window", "window"]

MOST_STEPS = 400
BACKWARDS = Qt.KeyboardModifier.ShiftModifier
EXCEPTIONS = {
    # From the options straight to Next; what leads away comes last.
    "nextQuestionButton -> previousQuestionButton",
    "nextQuestionButton -> stopAssessmentButton",
}
"""Steps that lead back within a line, and why."""

Go = Callable[[str], Page]


def round_by_tab(first: QWidget, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    """Press Tab until it comes back to where it began; return what had the focus, in order."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    start = focused()
    seen = [start]
    for _ in range(MOST_STEPS):
        QTest.keyClick(focused(), Qt.Key.Key_Tab, modifiers)
        if focused() is start:
            return seen
        if focused() is not seen[-1]:
            assert focused() not in seen, f"Tab is caught at {focused().objectName()}"
            # A text with links is one stop for each of them.
            seen.append(focused())
    raise AssertionError("Tab never comes back")


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def stands_for(there: list[QWidget], stop: QWidget) -> bool:
    """Tell whether a round led to a control, to what takes the focus for it, or to another one of its group."""
    group = stop.group() if isinstance(stop, QAbstractButton) else None
    members: list[QWidget | None] = [stop, stop.focusProxy(), *(group.buttons() if group is not None else ())]
    return any(member in there for member in members)


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says of a control; of tabs it says each tab, of a plain button its words."""
    if isinstance(widget, QTabBar):
        return widget.tabText(widget.currentIndex())
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


def tab_stops(root: QWidget) -> list[QWidget]:
    """Return what can be used now and is to be reached by Tab."""
    return [
        each
        for each in controls(root)
        if each.isVisible() and each.isEnabled()
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize("target", TARGETS)
def test_tab_reaches_every_control_of_a_page_once_a_round_and_leads_back(
    target: str, window: MainWindow, go: Go
) -> None:
    go(target)
    stops = tab_stops(window)

    there = round_by_tab(stops[0])
    back = round_by_tab(stops[0], BACKWARDS)

    assert [each.objectName() for each in stops if not stands_for(there, each)] == []
    assert [each.objectName() for each in there if not name_of(each)] == []
    assert back == [there[0], *reversed(there[1:])]


@pytest.mark.parametrize("target", TARGETS)
def test_no_button_is_out_of_reach_of_the_keyboard(target: str, window: MainWindow, go: Go) -> None:
    go(target)

    buttons = [each for each in controls(window) if isinstance(each, QAbstractButton) and each.isVisible()]

    # Once one of a group was chosen or had the focus, Qt lets Tab stop there alone; arrows lead to the others.
    in_reach: list[QWidget] = [each for each in buttons if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [each.objectName() for each in buttons if not stands_for(in_reach, each)] == []


def test_tab_reaches_every_control_of_the_dialog_of_a_failure(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = FailureDialog("details", tmp_path)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    stops = tab_stops(dialog)

    there = round_by_tab(stops[0])

    assert [each.objectName() for each in stops if not stands_for(there, each)] == []
    assert [each.objectName() for each in there if not name_of(each)] == []


def steps_back(there: list[QWidget]) -> list[str]:
    """Return the steps of a round that lead up, or back within a line, by the places of what holds both ends."""
    return [
        f"{before.objectName()} -> {after.objectName()}"
        for before, after in pairwise([*there, there[0]])
        if is_before(after, before)
        if f"{before.objectName()} -> {after.objectName()}" not in EXCEPTIONS
    ]


def is_before(one: QWidget, other: QWidget) -> bool:
    """Tell whether a widget stands above another, or left of it in the same line.

    What is compared are the panes that hold them, the largest that do not hold both: a pane is walked through
    before the one beside it.
    """
    lines = [lineage(one), lineage(other)]
    common = next((each for each in lines[0] if each in lines[1]), None)
    assert common is not None
    if common in (one, other):
        # What holds a control stands before it.
        return common is one
    first, second = (QRect(line[line.index(common) - 1].geometry()) for line in lines)
    if first.bottom() <= second.top() or second.bottom() <= first.top():
        return first.top() < second.top()
    return first.left() < second.left()


def lineage(widget: QWidget) -> list[QWidget]:
    """Return a widget and what holds it, from the inside out."""
    found = [widget]
    while (parent := found[-1].parentWidget()) is not None and not found[-1].isWindow():
        found.append(parent)
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_tab_goes_down_the_page_and_along_each_line(target: str, window: MainWindow, go: Go) -> None:
    go(target)

    there = round_by_tab(tab_stops(window)[0])

    # A round leads back once: from its end to where it began.
    assert len(steps_back(there)) == 1, steps_back(there)


def test_what_tab_went_through_is_there_after_python_has_tidied_up(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("lesson:fulfillment.order-settings")
    note = find(page, QPlainTextEdit, "noteField")

    round_by_tab(tab_stops(window)[0])
    go("home")
    for _ in range(3):
        gc.collect()

    assert shiboken6.isValid(note)
    go("lesson:fulfillment.status-tracking")
