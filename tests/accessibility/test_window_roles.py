"""What screen readers are told of our own widgets, seen from inside: these tests need no desktop."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.domain.skill_state import Counts
from dijipilot.ui.accessible_roles import install_roles
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.theme import LIGHT
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.labels import Heading, label
from dijipilot.ui.widgets.lesson_picker import LessonPicker
from dijipilot.ui.widgets.mastery_bar import MasteryBar
from tests.ui.conftest import OpenWindow, filled_home, first_opened, learner_paths, open_window, paths, theme, window

# Fixtures of the interface tests, used here under the same names.
__all__ = ["filled_home", "first_opened", "learner_paths", "open_window", "paths", "theme", "window"]


@pytest.fixture(scope="module")
def _roles(qapp: QApplication) -> None:
    assert qapp is not None
    install_roles()


def role_and_name(widget: QWidget) -> tuple[QAccessible.Role, str]:
    """Return what a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.role(), interface.text(QAccessible.Text.Name)


def filled_bar() -> MasteryBar:
    """Return a bar with something in it."""
    bar = MasteryBar()
    bar.show_counts(Counts(mastered=3, missing=1), LIGHT)
    return bar


@pytest.mark.usefixtures("_roles")
def test_our_own_widgets_say_what_they_are(qtbot: QtBot) -> None:
    heading, part, chart, bar = Heading("My gaps"), label("In this mission", "subtitle"), GapMap(), filled_bar()
    for widget in (heading, part, chart, bar):
        qtbot.addWidget(widget)

    assert role_and_name(heading) == (QAccessible.Role.Heading, "My gaps")
    assert role_and_name(part) == (QAccessible.Role.Heading, "In this mission")
    assert role_and_name(chart) == (QAccessible.Role.Chart, chart.accessibleName())
    assert role_and_name(bar) == (QAccessible.Role.Chart, "Mastered: 3, Missing: 1")


@pytest.mark.usefixtures("_roles")
def test_a_heading_that_changes_is_read_as_it_stands_now(qtbot: QtBot) -> None:
    part = label("Before", "subtitle")
    qtbot.addWidget(part)
    part.setText("After")

    assert role_and_name(part)[1] == "After"


@pytest.mark.usefixtures("_roles")
def test_what_qt_knows_stays_what_it_is(qtbot: QtBot) -> None:
    plain = QLabel("words")
    qtbot.addWidget(plain)

    assert role_and_name(plain) == (QAccessible.Role.StaticText, "words")


def test_the_field_of_the_lesson_picker_has_the_name_of_the_picker(qtbot: QtBot) -> None:
    picker = LessonPicker([("skill", "1.1.1.1  First")])
    qtbot.addWidget(picker)

    picker.setAccessibleName("About which lesson")

    field = picker.lineEdit()
    assert field is not None
    assert field.accessibleName() == "About which lesson"


def test_an_entry_of_the_rail_that_is_pointed_at_leads_to_its_place(window: MainWindow, qtbot: QtBot) -> None:
    # A screen reader selects an entry; it does not move the cursor, as keys and clicks do.
    window.go_to("home")
    rail = window.rail.list
    row = next(row for row in range(rail.count()) if rail.item(row).text() == "Library")

    rail.clearSelection()
    rail.item(row).setSelected(True)

    qtbot.waitUntil(lambda: window.pages.target().startswith("library"))
    assert rail.currentRow() == row


def test_the_first_place_is_the_one_asked_for_and_no_other(open_window: OpenWindow) -> None:
    window = open_window()

    window._on_name_given("Mara", "home")

    assert window.findChild(QWidget, "homePage") is not None
    assert window.findChild(QWidget, "settingsPage") is None
