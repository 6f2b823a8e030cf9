"""Room: lines that wrap, lists and details that turn, and pages that need no scrolling sideways at large text."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.turning_splitter import TurningSplitter
from tests.ui.clipping import clipped
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find

Go = Callable[[str], Page]


@pytest.fixture
def large_text(theme: Theme) -> Iterator[Theme]:
    """Show text at twice its size; the next test's theme takes the application's font for the usual one."""
    theme.dress(text_percent=200)
    yield theme
    theme.dress(text_percent=100)


def line_of(words: list[str], far: int | None = None) -> tuple[QWidget, FlowLayout, list[QLabel]]:
    holder = QWidget()
    flow = FlowLayout(holder)
    labels = [QLabel(word, holder) for word in words]
    for number, label in enumerate(labels):
        if number == far:
            flow.add_gap()
        flow.addWidget(label)
    return holder, flow, labels


def test_what_finds_no_room_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    holder, flow, (first, second) = line_of(["one", "two"])
    qtbot.addWidget(holder)
    flow.setGeometry(QRect(0, 0, 400, 100))
    assert first.y() == second.y()
    assert second.x() > first.x()

    flow.setGeometry(QRect(0, 0, first.width() + 4, 100))

    assert second.x() == first.x()
    assert second.y() > first.y()
    assert flow.heightForWidth(first.width() + 4) > flow.heightForWidth(400)
    assert flow.minimumSize().width() == max(first.width(), second.width())


def test_what_comes_after_the_gap_stands_at_the_far_end(qtbot: QtBot) -> None:
    holder, flow, (_, last) = line_of(["one", "two"], far=1)
    qtbot.addWidget(holder)

    flow.setGeometry(QRect(0, 0, 400, 60))

    assert last.geometry().right() == 399


def test_a_line_is_mirrored_where_reading_begins_at_the_right(qtbot: QtBot) -> None:
    holder, flow, (first, second) = line_of(["one", "two"])
    qtbot.addWidget(holder)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    flow.setGeometry(QRect(0, 0, 400, 60))

    assert first.geometry().right() == 399
    assert second.x() < first.x()


def test_a_list_and_its_detail_turn_where_there_is_no_room_for_two(qtbot: QtBot) -> None:
    split = TurningSplitter(QWidget(), QWidget(), "split")
    qtbot.addWidget(split)

    turned = []
    for width in (2000, 400, 2000):
        QCoreApplication.sendEvent(split, QResizeEvent(QSize(width, 600), split.size()))
        turned.append(split.orientation())

    assert turned == [Qt.Orientation.Horizontal, Qt.Orientation.Vertical, Qt.Orientation.Horizontal]


@pytest.mark.parametrize("target", ["assessment", "assessment:new", "result", "gaps", "roadmap"])
def test_twice_the_text_size_needs_no_scrolling_sideways(
    target: str, window: MainWindow, go: Go, large_text: Theme, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    assert large_text.text_percent == 200

    page = go(target)
    settle(page, qtbot)
    area = find(page, QScrollArea, "pageScrollArea")
    content = area.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.width() <= area.viewport().width())

    for split in page.findChildren(QSplitter):
        assert not split.isVisible() or split.orientation() is Qt.Orientation.Vertical


def test_nothing_is_clipped_on_the_very_first_screen(open_window: OpenWindow, large_text: Theme, qtbot: QtBot) -> None:
    window = open_window()

    def shows_everything() -> None:
        assert clipped(window) == []

    for scheme in (Scheme.DARK, Scheme.HIGH_CONTRAST):
        large_text.dress(scheme)
        qtbot.waitUntil(shows_everything)
    assert find(window, QLabel, "pageHeading").width() > window.width() / 3
