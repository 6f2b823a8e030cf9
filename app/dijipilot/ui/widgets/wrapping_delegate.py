"""Gives the rows of a tree the height that their words need in the width of their column: Qt measures one line."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from dijipilot.ui.theme import space

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 4
"""Of a cell at its sides, in the style sheet."""
TITLES = "columnOfTitles"
"""Property of a view: the column whose width decides whether its rows wrap."""
_EDGE, _MARK = 16, 28
"""Room at both sides of the words, and for an icon or a box to tick beside them."""
ONE_LINE = 10_000
"""Width in which nothing wraps."""


class WrappingDelegate(QStyledItemDelegate):
    """Works for the tree that is its parent.

    A tree asks for every cell several times while it is laid out, and measuring one asks the model for a dozen things:
    what was found is kept for the same words in the same room.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._size_by_cell: dict[tuple[object, ...], QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a cell, with so many lines as its column needs."""
        view, column = self._view, index.column()
        if not view.wordWrap():
            return super().sizeHint(option, index)
        room = view.columnWidth(column) - 2 * space(_PADDING)
        if column == view.treePosition() or (view.treePosition() < 0 and column == 0):
            room -= view.indentation() * _depth(view, index)
        words = str(index.data() or "")
        if view.fontMetrics().horizontalAdvance(words) + space(_EDGE + 2 * _MARK) < room:
            # One line, whatever the words: as high as any other.
            words, room = "", ONE_LINE
        cell = (words, room, column, view.font().pointSizeF())
        found = self._size_by_cell.get(cell)
        if found is None:
            # Qt wraps in the width of a place that has a height.
            option.rect = QRect(0, 0, max(room, 1), 1)
            found = self._size_by_cell[cell] = super().sizeHint(option, index)
        return found


class IconAtTheEnd(WrappingDelegate):
    """Keeps titles in line: an icon stands behind them."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Put the icon at the other end of the cell."""
        super().initStyleOption(option, index)
        option.decorationPosition = QStyleOptionViewItem.Position.Right


class RowWrapping(QObject):
    """Has the rows of a tree wrap while the widest title has no room in its column.

    Otherwise all rows have one height, and Qt need not measure each of them, several times for each layout.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self._widest_by_points: dict[float, int] = {}
        # Later: while a page is laid out, a column has several widths, and of the last one nothing is told.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._choose)
        view.header().sectionResized.connect(self._on_section_resized)
        model = view.model()
        for changed in (model.modelReset, model.rowsInserted):
            changed.connect(self._on_rows_changed)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let rows be of one height while they are dressed: Qt lays them out at each of many steps of that."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._view.setUniformRowHeights(True)
            self._soon.start()
        return False

    def _on_section_resized(self, section: int) -> None:
        if section == self._view.property(TITLES):
            self._soon.start()

    def _on_rows_changed(self) -> None:
        self._widest_by_points = {}
        self._soon.start()

    def _choose(self) -> None:
        view = self._view
        wraps = view.columnWidth(view.property(TITLES)) < self._widest()
        if wraps != view.wordWrap() or wraps == view.uniformRowHeights():
            view.setWordWrap(wraps)
            view.setUniformRowHeights(not wraps)
        if wraps:
            view.scheduleDelayedItemsLayout()

    def _widest(self) -> int:
        """Return the width of the widest title with what its row is set in by, in pixels."""
        points = self._view.font().pointSizeF()
        if points not in self._widest_by_points:
            self._widest_by_points[points] = self._widest_below(self._view.rootIndex(), 1)
        return self._widest_by_points[points]

    def _widest_below(self, above: _Index, depth: int) -> int:
        view, column = self._view, self._view.property(TITLES)
        model, metrics, widest = view.model(), view.fontMetrics(), 0
        set_in = view.indentation() * depth if view.rootIsDecorated() else 0
        for row in range(model.rowCount(above)):
            title = model.index(row, column, above)
            needed = metrics.horizontalAdvance(str(title.data() or "")) + set_in + _beside_words(title)
            widest = max(widest, needed, self._widest_below(model.index(row, 0, above), depth + 1))
        return widest


def _beside_words(title: _Index) -> int:
    """Return the room that a cell needs besides its words, in pixels."""
    marks = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.CheckStateRole)
    return space(_EDGE + _MARK * sum(title.data(mark) is not None for mark in marks))


def _depth(view: QTreeView, index: _Index) -> int:
    """Return how often a row is set in."""
    depth, above, root = int(view.rootIsDecorated()), index.parent(), view.rootIndex()
    while above.isValid() and above != root:
        depth, above = depth + 1, above.parent()
    return depth
