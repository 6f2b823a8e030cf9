"""Gives the rows of a tree the height that their words need in the width of their column: Qt measures one line."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from dijipilot.ui.theme import space

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 4
"""Of a cell at its sides, in the style sheet."""


class WrappingDelegate(QStyledItemDelegate):
    """Works for the tree that is its parent."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a cell, with so many lines as its column needs."""
        view = self.parent()
        if isinstance(view, QTreeView) and view.wordWrap():
            room = view.columnWidth(index.column()) - 2 * space(_PADDING)
            if index.column() == view.treePosition() or (view.treePosition() < 0 and index.column() == 0):
                room -= view.indentation() * _depth(view, index)
            # Qt wraps in the width of a place that has a height.
            option.rect = QRect(0, 0, max(room, 1), 1)
        return super().sizeHint(option, index)


def _depth(view: QTreeView, index: _Index) -> int:
    """Return how often a row is set in."""
    depth, above, root = int(view.rootIsDecorated()), index.parent(), view.rootIndex()
    while above.isValid() and above != root:
        depth, above = depth + 1, above.parent()
    return depth
