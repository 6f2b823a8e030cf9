"""What takes the room of the gap analysis: the map, the table with the same numbers, or one program from near."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTreeView, QVBoxLayout, QWidget

from dijipilot.domain.gaps import GapAnalysis, ProgramGap, worth_most
from dijipilot.ui.gap_words import ShownGaps
from dijipilot.ui.models.gap_sort import GapSort
from dijipilot.ui.models.gap_table_model import GapColumn, GapTableModel
from dijipilot.ui.pages.assessment_places import SETTLE
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.program_panel import ProgramPanel, Reasons
from dijipilot.ui.widgets.tables import keep_room_for_titles, size_columns, table_view

_SHORTEST = 240
_ROOM_FOR_NAMES = 26
_CHARACTERS: Mapping[int, int] = {
    GapColumn.MASTERED: 8,
    GapColumn.MISSING: 7,
    GapColumn.UNSETTLED: 8,
    GapColumn.NOT_APPLICABLE: 11,
    GapColumn.LOCKED: 6,
    GapColumn.MINUTES: 9,
    GapColumn.VALUE: 6,
    GapColumn.CHANGE: 14,
}


class GapViews(QWidget):
    """Shows one of the three. Table and program are built when they are first shown: the page opens with the map.

    Emits page_requested(target), mission_ringed() as one walks through the map, mission_chosen(number) among the rows
    of a program.
    """

    page_requested = Signal(str)
    mission_ringed = Signal()
    mission_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compares = self._has_locked = False
        self._table: QTreeView | None = None
        self._program: ProgramPanel | None = None
        self._model = GapTableModel(theme.colors, self)
        self._rows = GapSort(self._model, self)
        self._rows.sort(GapColumn.NAME, Qt.SortOrder.AscendingOrder)
        self.map = GapMap(self)
        # No stack of widgets: it would ask for the height of the highest, shown or not.
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.map, 1)
        self._shown: QWidget = self.map
        self.map.mission_chosen.connect(lambda _: self.mission_ringed.emit())
        self.map.mission_activated.connect(lambda number: self.page_requested.emit(f"gaps:{number}"))

    def focus_target(self) -> QWidget:
        """Return what the arrow keys move through."""
        return self._shown.table if isinstance(self._shown, ProgramPanel) else self._shown

    def show_analysis(self, shown: ShownGaps) -> None:
        """Show this analysis in all views."""
        colors, analysis = self._theme.colors, shown.analysis
        self._compares, self._has_locked = shown.changes is not None, analysis.totals.locked > 0
        self.map.show_analysis(analysis, colors, shown.changes)
        self._model.show_analysis(analysis, colors, shown.changes)
        if self._table is not None:
            self._fit_table(self._table)
        if self.map.current is None or not self.map.has_been_walked:
            self.map.choose(_best(analysis))

    def show_map(self) -> None:
        """Show the map."""
        self._show(self.map)

    def show_table(self) -> None:
        """Show the table."""
        self._table = self._table or self._build_table()
        self._show(self._table)
        self.size_columns()

    def show_program(self, program: ProgramGap, mission: str, reasons: Reasons, *, can_contest: bool) -> None:
        """Show a program from near with one of its missions chosen."""
        self.map.choose(mission)
        self._program = self._program or self._build_program()
        colors, compares = self._theme.colors, self._compares
        self._program.show_program(program, mission, reasons, colors, can_contest=can_contest, compares=compares)
        self._show(self._program)

    def size_columns(self) -> None:
        """Give the columns the width of their text, as large as it is now."""
        if self._table is not None:
            size_columns(self._table, GapColumn.NAME, _CHARACTERS)
            keep_room_for_titles(self._table, GapColumn.NAME, _ROOM_FOR_NAMES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the numbers be scrolled to where names would be cut up for them."""
        super().resizeEvent(event)
        # Later, because the table gets its own size after what holds it.
        QTimer.singleShot(0, self, self.size_columns)

    def _build_table(self) -> QTreeView:
        table = table_view(self._rows, "gapTable", self.tr("Gap analysis as a table"), self, has_branches=True)
        table.setColumnHidden(GapColumn.STATE, True)
        table.setSortingEnabled(True)
        table.sortByColumn(GapColumn.NAME, Qt.SortOrder.AscendingOrder)
        table.activated.connect(self._on_table_activated)
        self._fit_table(table)
        self._add(table)
        return table

    def _build_program(self) -> ProgramPanel:
        panel = ProgramPanel(self._rows, self._theme.colors, self)
        panel.whole_requested.connect(lambda: self.page_requested.emit("gaps"))
        panel.mission_chosen.connect(self.mission_chosen)
        panel.lesson_requested.connect(lambda number: self.page_requested.emit(f"lesson:{number}"))
        panel.contest_requested.connect(lambda skill: self.page_requested.emit(f"assessment:{SETTLE}{skill}"))
        self._add(panel)
        return panel

    def _add(self, view: QWidget) -> None:
        view.hide()
        # The map knows itself how high it has to be.
        view.setMinimumHeight(_SHORTEST)
        self._column.addWidget(view, 1)

    def _show(self, view: QWidget) -> None:
        if view is not self._shown:
            self._shown.hide()
            self._shown = view
            view.show()

    def _fit_table(self, table: QTreeView) -> None:
        table.setColumnHidden(GapColumn.CHANGE, not self._compares)
        table.setColumnHidden(GapColumn.LOCKED, not self._has_locked)
        table.expandToDepth(0)

    def _on_table_activated(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is None or row.mission is None:
            return
        if row.skill is not None:
            self.page_requested.emit(f"lesson:{row.skill.lesson}")
        else:
            self.page_requested.emit(f"gaps:{row.mission.number}")


def _best(analysis: GapAnalysis) -> str:
    """Return the number of the mission worth most, or of the first."""
    best = worth_most(analysis, 1) or analysis.missions[:1]
    return best[0].number if best else ""
