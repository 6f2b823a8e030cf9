"""The rows of the gap analysis in the order the learner wants."""

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt

from dijipilot.ui.models.gap_table_model import GapTableModel, Index, Row


class GapSort(QSortFilterProxyModel):
    """The same rows, sorted within each program, mission and so on by the column that was pressed."""

    def __init__(self, model: GapTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(Qt.ItemDataRole.UserRole)

    def row_at(self, index: Index) -> Row | None:
        """Return what stands in a row, None for no row."""
        return self._model.row_at(self.mapToSource(index))

    def index_of_program(self, number: str) -> QModelIndex:
        """Return the row of a program, an invalid index where there is none."""
        return self.mapFromSource(self._model.index_of_program(number))

    def index_of_mission(self, number: str) -> QModelIndex:
        """Return the row of a mission, an invalid index where there is none."""
        return self.mapFromSource(self._model.index_of_mission(number))
