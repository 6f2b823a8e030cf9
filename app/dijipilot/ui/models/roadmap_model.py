"""The roadmap as a checklist in study order; what changes between two plans is announced row by row."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap import RoadmapItem, Status
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.icons import icon
from dijipilot.ui.roadmap_words import ICON_BY_STATUS, readiness_word, status_word
from dijipilot.ui.theme import Colors

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_SETTLED = (Status.DONE, Status.SKIPPED)
_CHECK_BY_STATUS = {Status.DONE: Qt.CheckState.Checked, Status.IN_PROGRESS: Qt.CheckState.PartiallyChecked}


class RoadmapColumn(IntEnum):
    """What stands where."""

    POSITION = 0
    TITLE = 1
    PROGRAM = 2
    TIME = 3
    STATUS = 4
    READINESS = 5


class RoadmapModel(QAbstractTableModel):
    """Adapts a Roadmap; a check mark set by hand is passed on, and shows once the plan says so."""

    tick_requested = Signal(str, bool)

    def __init__(self, curriculum: Curriculum, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program_titles = {program.number: program.title for program in curriculum.programs}
        self._items: list[RoadmapItem] = []
        self._colors = colors
        self._icons: dict[Status, QIcon] = {}

    @property
    def items(self) -> tuple[RoadmapItem, ...]:
        """The items shown, in study order."""
        return tuple(self._items)

    def recolor(self, colors: Colors) -> None:
        """Draw icons and text in these colors."""
        self._colors, self._icons = colors, {}
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(RoadmapColumn) - 1))

    def item_at(self, index: Index) -> RoadmapItem | None:
        """Return the item of a row, None for no row."""
        return self._items[index.row()] if index.isValid() else None

    def row_of(self, skill: str) -> int:
        """Return the row of a skill, -1 where it is not on the roadmap."""
        return next((row for row, item in enumerate(self._items) if item.skill == skill), -1)

    def show_items(self, items: Sequence[RoadmapItem]) -> None:
        """Show another plan: rows leave, come and move one by one, so that the view keeps its place and selection."""
        wanted = {item.skill for item in items}
        for row in reversed(range(len(self._items))):
            if self._items[row].skill not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._items[row]
                self.endRemoveRows()
        for row, item in enumerate(items):
            self._bring(item, row)
        for row, item in enumerate(items):
            if self._items[row] != item:
                self._items[row] = item
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(RoadmapColumn) - 1))

    def _bring(self, item: RoadmapItem, row: int) -> None:
        """Have the row of this item stand here."""
        if row < len(self._items) and self._items[row].skill == item.skill:
            return
        present = self.row_of(item.skill)
        if present < 0:
            self.beginInsertRows(QModelIndex(), row, row)
            self._items.insert(row, item)
            self.endInsertRows()
        elif self.beginMoveRows(QModelIndex(), present, present, QModelIndex(), row):
            self._items.insert(row, self._items.pop(present))
            self.endMoveRows()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many lessons there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(RoadmapColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: the first one is ticked."""
        usual = super().flags(index)
        if index.isValid() and index.column() == RoadmapColumn.POSITION:
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        """Return the words above a column."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        words = {
            RoadmapColumn.POSITION: self.tr("No."),
            RoadmapColumn.TITLE: self.tr("Lesson"),
            RoadmapColumn.PROGRAM: self.tr("Program"),
            RoadmapColumn.TIME: self.tr("Time"),
            RoadmapColumn.STATUS: self.tr("Status"),
            RoadmapColumn.READINESS: self.tr("Can start"),
        }
        return words[RoadmapColumn(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        item, column = self._items[index.row()], RoadmapColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(item, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item) if column is RoadmapColumn.POSITION else self._words(item, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is RoadmapColumn.POSITION:
            return _CHECK_BY_STATUS.get(item.status, Qt.CheckState.Unchecked)
        if role == Qt.ItemDataRole.DecorationRole and column is RoadmapColumn.STATUS:
            return self._icon(item.status)
        if role == Qt.ItemDataRole.FontRole and item.status is Status.SKIPPED and column is RoadmapColumn.TITLE:
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and (item.status in _SETTLED or not item.ready):
            return QColor(self._colors.muted)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on a tick set or taken away by hand."""
        item = self.item_at(index)
        if item is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick_requested.emit(item.skill, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _words(self, item: RoadmapItem, column: RoadmapColumn) -> str:
        return {
            RoadmapColumn.POSITION: str(item.position),
            RoadmapColumn.TITLE: item.title,
            RoadmapColumn.PROGRAM: self._program_titles.get(item.program, item.program),
            RoadmapColumn.TIME: minutes_text(item.minutes),
            RoadmapColumn.STATUS: status_word(item.status),
            RoadmapColumn.READINESS: readiness_word(item),
        }[column]

    def _spoken(self, item: RoadmapItem) -> str:
        return f"{item.position}, {item.title}, {status_word(item.status)}"

    def _icon(self, status: Status) -> QIcon:
        if status not in self._icons:
            self._icons[status] = icon(ICON_BY_STATUS[status], self._colors.text)
        return self._icons[status]


class RoadmapFilter(QSortFilterProxyModel):
    """Hides what is done or skipped, and other paths, when asked to; keeps the study order."""

    def __init__(self, model: RoadmapModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._hides_settled = False
        self._path = ""
        self.setSourceModel(model)

    def hide_settled(self, hides: bool) -> None:
        """Hide what is done or skipped."""
        self.beginFilterChange()
        self._hides_settled = hides
        self.endFilterChange()

    def choose_path(self, path: str) -> None:
        """Show this path alone, "" for all."""
        self.beginFilterChange()
        self._path = path
        self.endFilterChange()

    def skill_after(self, skill: str, step: int) -> SkillId | None:
        """Return the skill shown so many rows further, None outside."""
        here = self.mapFromSource(self._model.index(self._model.row_of(skill), 0))
        there = self.index(here.row() + step, 0) if here.isValid() else QModelIndex()
        item = self._model.item_at(self.mapToSource(there))
        return item.skill if item is not None else None

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a row is shown."""
        item = self._model.item_at(self._model.index(source_row, 0))
        if item is None:
            return False
        if self._hides_settled and item.status in _SETTLED:
            return False
        return not self._path or item.path == self._path
