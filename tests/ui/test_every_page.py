"""What holds for every page: names for tests and screen readers, and a heading that says where one is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLabel, QScrollBar, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.page_table import PAGES
from dijipilot.ui.pages.page import Page, ScrollPage
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.link_row import LinkRow
from tests.ui.lasting_window import lasting_window

TARGETS = (
    *(entry.name for entry in PAGES),
    "assessment:recheck",
    "assessment:settle:pod.personalization",
    "lesson:fulfillment.order-settings",
    "mission:2.5.1",
    "search:order",
)
Go = Callable[[str], Page]
SLACK = 24
"""Pixels that a row may be taller than its words, beside a taller neighbor."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what can be reached with the keyboard or pressed, but not the insides of compound controls."""
    for widget in root.findChildren(QWidget):
        is_inside = isinstance(widget.parentWidget(), QAbstractSpinBox | QTabBar) or isinstance(widget, QScrollBar)
        is_named_by_qt = widget.objectName().startswith("qt_") or _is_inside_a_field(widget)
        takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if not is_inside and not is_named_by_qt and (takes_focus or isinstance(widget, QAbstractButton)):
            yield widget


def _is_inside_a_field(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    names = ("QLineEdit", "QComboBox", "QAbstractItemView", "QHeaderView", "QTableView", "QTreeView")
    return parent is not None and any(parent.inherits(name) for name in names)


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """Return a window for all tests here: they look, and change nothing."""
    with lasting_window(qapp, filled_home, tmp_path_factory) as (made, _):
        yield made


@pytest.fixture
def window(one_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return that window, open and in front."""
    qtbot.waitUntil(lambda: one_window.academy is not None)
    one_window.activateWindow()
    return one_window


@pytest.mark.parametrize("target", TARGETS)
def test_every_control_has_an_object_name_and_an_accessible_name(target: str, window: MainWindow, go: Go) -> None:
    page = go(target)

    unnamed = [
        f"{type(each).__name__} {each.objectName()!r} {each.accessibleName()!r}"
        for each in controls(window)
        if each.isVisibleTo(window) and not (each.objectName() and each.accessibleName())
    ]

    assert unnamed == []
    assert page.title


@pytest.mark.parametrize("target", TARGETS)
def test_every_label_with_a_mnemonic_has_a_buddy(target: str, window: MainWindow, go: Go) -> None:
    page = go(target)

    lost = [
        label.text()
        for label in page.findChildren(QLabel)
        if "&" in label.text() and "&&" not in label.text() and label.buddy() is None
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]

    assert lost == []


@pytest.mark.parametrize("target", TARGETS)
def test_object_names_of_visible_controls_are_unique_on_a_page(target: str, go: Go) -> None:
    names = [each.objectName() for each in controls(go(target)) if each.isVisible()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("target", TARGETS)
def test_a_page_takes_the_focus_when_it_comes_up(target: str, window: MainWindow, go: Go) -> None:
    page = go(target)

    focused = QApplication.focusWidget()

    assert focused is not None
    assert page is focused or page.isAncestorOf(focused)


@pytest.mark.parametrize("target", TARGETS)
def test_a_page_comes_back_by_its_target(target: str, window: MainWindow, go: Go, qtbot: QtBot) -> None:
    go(target)
    there = window.pages.target()
    go("help")

    window.pages.go_to(there)

    assert window.pages.target() == there


@pytest.mark.parametrize("target", TARGETS)
def test_no_text_leaves_a_gap_below_it(target: str, go: Go, qtbot: QtBot) -> None:
    page = go(target)

    def gaps() -> list[str]:
        shown = [each for each in (*page.findChildren(LessonView), *page.findChildren(LinkRow)) if each.isVisible()]
        return [each.objectName() for each in shown if each.height() > each.heightForWidth(each.width()) + SLACK]

    qtbot.waitUntil(lambda: gaps() == [])


@pytest.mark.parametrize("target", TARGETS)
def test_a_column_does_not_ask_for_much_more_height_than_its_words_need(target: str, go: Go, qtbot: QtBot) -> None:
    page = go(target)

    if isinstance(page, ScrollPage):
        content = page.content
        # Qt reckons wrapped labels as if they were narrow, hence "much".
        qtbot.waitUntil(lambda: content.minimumSizeHint().height() <= 1.5 * content.heightForWidth(content.width()))
