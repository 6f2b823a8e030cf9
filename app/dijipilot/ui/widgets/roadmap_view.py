"""The tree in which the roadmap is seen: ticks in the left margin, rows to drag, branches that stay as they were."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from dijipilot.ui.models.roadmap_cells import KEY_ROLE, RoadmapColumn
from dijipilot.ui.models.roadmap_filter import RoadmapFilter
from dijipilot.ui.widgets.tables import dress_view

_INDENT = 18


class RoadmapView(QTreeView):
    """Remembers by key which branches are open: rows come and go, what the learner opened stays."""

    def __init__(self, model: RoadmapFilter, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = model
        self._open: set[str] = set()
        dress_view(self, model, "roadmapTable", accessible_name, has_branches=True)
        # The ticks stand in one line at the left whatever the rank of a row, as on paper.
        self.setTreePosition(RoadmapColumn.TITLE)
        self.setIndentation(_INDENT)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.expanded.connect(lambda index: self._open.add(self.key_at(index)))
        self.collapsed.connect(lambda index: self._open.discard(self.key_at(index)))

    def key_at(self, index: QModelIndex) -> str:
        """Return the key of a row, "" for none."""
        return str(index.siblingAtColumn(0).data(KEY_ROLE) or "")

    def open_keys(self) -> list[str]:
        """Return the keys of the branches that are open."""
        return sorted(self._open)

    def open_again(self, keys: Collection[str] | None = None) -> None:
        """Open the branches of these keys, else those that were open before rows came and went."""
        if keys is not None:
            self._open = set(keys)
        for key in sorted(self._open):
            index = self._filter.index_of(key)
            if index.isValid() and not self.isExpanded(index):
                self.expand(index)

    def top_key(self) -> str:
        """Return the key of the uppermost row in sight."""
        return self.key_at(self.indexAt(QPoint(0, 1)))

    def scroll_to_top(self, key: str) -> None:
        """Scroll so that this row is the uppermost in sight, as far as there are rows below it."""
        index = self._filter.index_of(key)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar, whichever cell of the row was clicked last."""
        index = self.currentIndex().siblingAtColumn(RoadmapColumn.POSITION)
        if event.key() != Qt.Key.Key_Space or not index.isValid():
            super().keyPressEvent(event)
            return
        is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        value = Qt.CheckState.Unchecked if is_ticked else Qt.CheckState.Checked
        self._filter.setData(index, value.value, Qt.ItemDataRole.CheckStateRole)
