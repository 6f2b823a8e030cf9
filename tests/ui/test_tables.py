"""Tables at large text: rows wrap and columns give way, so that no cell and no head of a column is cut off."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_list import ROOM_BY_COLUMN
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.theme import Theme
from tests.ui.conftest import settle
from tests.ui.finding import find

Go = Callable[[str], Page]
SLACK = 2
Index = QModelIndex | QPersistentModelIndex

TABLES = {
    "library:2.5.1": "libraryTree",
    "roadmap": "roadmapTable",
    "gaps": "gapTable",
    "gaps:3.2.1": "programTable",
    "result": "skillTable",
}
"""The table of a page, by the target of the page."""


def rows(view: QTreeView, parent: Index | None = None) -> Iterator[QModelIndex]:
    """Yield the rows that are open, from the top."""
    model, above = view.model(), parent or view.rootIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        yield index
        if view.isExpanded(index):
            yield from rows(view, index)


def cut_cells(view: QTreeView) -> list[str]:
    """Return the words of every cell that has less room than they need."""
    columns = [column for column in range(view.model().columnCount()) if not view.isColumnHidden(column)]
    cells = (row.siblingAtColumn(column) for row in rows(view) for column in columns)
    return [f"{cell.column()}: {cell.data()}" for cell in cells if cell.data() and is_cut(view, cell)]


def is_cut(view: QTreeView, cell: Index) -> bool:
    """Tell whether a cell shows less than all its words."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    delegate = view.itemDelegateForIndex(cell)
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, cell)
    option.rect = view.visualRect(cell)
    room = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view)
    margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    wraps = Qt.TextFlag.TextWordWrap if view.wordWrap() else Qt.TextFlag.TextSingleLine
    wanted = option.fontMetrics.boundingRect(QRect(0, 0, room.width() - 2 * margin, 10_000), wraps, str(cell.data()))
    return wanted.width() > room.width() - 2 * margin + SLACK or wanted.height() > room.height() + SLACK


def cut_heads(header: QHeaderView) -> list[str]:
    """Return the heads of columns that are wider than their column."""
    shown = [section for section in range(header.count()) if not header.isSectionHidden(section)]
    return [
        str(header.model().headerData(section, Qt.Orientation.Horizontal))
        for section in shown
        if header.sectionSizeHint(section) > header.sectionSize(section) + SLACK
    ]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("target", TABLES)
def test_no_cell_of_a_table_is_cut_off(
    target: str, percent: int, window: MainWindow, theme: Theme, go: Go, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    theme.dress(text_percent=percent)
    page = go(target)
    if target == "gaps":
        find(page, QTabBar, "gapTabs").setCurrentIndex(1)
    settle(page, qtbot)
    view = find(page, QTreeView, TABLES[target])

    def shows_everything() -> None:
        assert cut_cells(view) == []
        assert cut_heads(view.header()) == []

    assert view.isVisible()
    qtbot.waitUntil(shows_everything)
    theme.dress(text_percent=100)


def test_a_table_has_the_columns_that_there_is_room_for(window: MainWindow, theme: Theme, go: Go, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    view = find(go("roadmap"), QTreeView, TABLES["roadmap"])
    seen = set()

    for width, percent in ((1280, 100), (1280, 200), (1280, 100), (1000, 100), (1900, 100)):
        window.resize(width, 720)
        theme.dress(text_percent=percent)
        qtbot.waitUntil(lambda: columns_of(view) == columns_with_room(view))
        seen.add(tuple(columns_of(view)))

    assert len(seen) >= 3
    theme.dress(text_percent=100)
    # Also where the learner gives the panel beside it more room: nothing around the table changes its size then.
    find(go("roadmap"), QSplitter).setSizes([1, 1900])
    qtbot.waitUntil(lambda: columns_of(view) == columns_with_room(view) == [])


def columns_of(view: QTreeView) -> list[int]:
    return [column for column in ROOM_BY_COLUMN if not view.isColumnHidden(column)]


def columns_with_room(view: QTreeView) -> list[int]:
    """Return the columns that a view of this width should have."""
    characters = view.width() / view.fontMetrics().averageCharWidth()
    return [column for column, room in ROOM_BY_COLUMN.items() if characters >= room]


def test_rows_wrap_anew_when_the_text_grows_and_shrinks_before_ones_eyes(
    window: MainWindow, theme: Theme, go: Go, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    view = find(go("roadmap"), QTreeView, TABLES["roadmap"])

    for percent in (200, 90, 200):
        theme.dress(text_percent=percent)

        qtbot.waitUntil(lambda: cut_cells(view) == [])
        assert view.isVisible()
    theme.dress(text_percent=100)
