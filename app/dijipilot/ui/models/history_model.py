"""Assessments taken so far as a table, latest first: when, how long, and what they found."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dijipilot.domain.ids import AssessmentId
from dijipilot.services.assess import AssessmentSummary
from dijipilot.ui.dates import date_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class HistoryColumn(IntEnum):
    """What stands where."""

    DATE = 0
    SCREENS = 1
    MASTERED = 2
    MISSING = 3
    UNSETTLED = 4
    NOT_APPLICABLE = 5


class HistoryModel(QAbstractTableModel):
    """Adapts the history; each number says how it differs from the finished assessment before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AssessmentSummary, ...] = ()

    def show_history(self, history: Sequence[AssessmentSummary]) -> None:
        """Show these, given oldest first."""
        self.beginResetModel()
        self._rows = tuple(reversed(history))
        self.endResetModel()

    def assessment_at(self, index: Index) -> AssessmentId | None:
        """Return the assessment of a row."""
        return self._rows[index.row()].id if index.isValid() else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many assessments there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HistoryColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        """Return the words above a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != HistoryColumn.DATE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        words = {
            HistoryColumn.DATE: self.tr("Assessment"),
            HistoryColumn.SCREENS: self.tr("Answered"),
            HistoryColumn.MASTERED: self.tr("Mastered"),
            HistoryColumn.MISSING: self.tr("Missing"),
            HistoryColumn.UNSETTLED: self.tr("Unsettled"),
            HistoryColumn.NOT_APPLICABLE: self.tr("Does not apply"),
        }
        return words[HistoryColumn(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        column = HistoryColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is not HistoryColumn.DATE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, number: int, column: HistoryColumn) -> str:
        row = self._rows[number]
        if column is HistoryColumn.DATE:
            if row.finished_at is None:
                return self.tr("{date}, not finished").format(date=date_text(row.started_at))
            return date_text(row.finished_at)
        count = _count(row, column)
        earlier = next((each for each in self._rows[number + 1 :] if each.finished_at is not None), None)
        if earlier is None or row.finished_at is None or column is HistoryColumn.SCREENS:
            return str(count)
        change = count - _count(earlier, column)
        return f"{count} ({change:+d})" if change else str(count)


def _count(row: AssessmentSummary, column: HistoryColumn) -> int:
    return {
        HistoryColumn.SCREENS: row.screens,
        HistoryColumn.MASTERED: row.mastered,
        HistoryColumn.MISSING: row.missing,
        HistoryColumn.UNSETTLED: row.unsettled,
        HistoryColumn.NOT_APPLICABLE: row.not_applicable,
    }[column]
