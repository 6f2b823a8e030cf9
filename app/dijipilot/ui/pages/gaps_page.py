"""The gap analysis: as a map to walk through and as a table with the same numbers, with each mission in detail."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget

from dijipilot.domain.gaps import GapAnalysis, MissionGap
from dijipilot.exchange.csv_files import GAP_COLUMNS, gap_rows, write_csv
from dijipilot.services.events import AnswerGiven, AssessmentFinished, FactsChanged, LessonProgressed
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.models.gap_table_model import GapColumn, GapTableModel
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.tasks import Lane
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.map_legend import MapLegend
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.mission_panel import MissionPanel
from dijipilot.ui.widgets.save_dialog import ask_where_to_save
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.tables import size_columns, table_view
from dijipilot.ui.widgets.turning_splitter import TurningSplitter

_SHORTEST = 240
_CHARACTERS: Mapping[int, int] = {
    GapColumn.MASTERED: 8,
    GapColumn.MISSING: 7,
    GapColumn.UNSETTLED: 8,
    GapColumn.NOT_APPLICABLE: 11,
    GapColumn.LOCKED: 6,
    GapColumn.MINUTES: 9,
    GapColumn.VALUE: 6,
}


class GapsPage(WidePage):
    """The place is the number of the mission chosen."""

    refreshes_on: ClassVar[tuple[type, ...]] = (AnswerGiven, AssessmentFinished, LessonProgressed, FactsChanged)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._analysis: GapAnalysis | None = None
        self._wanted = ""
        self._model = GapTableModel(context.theme.colors, self)
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return the mission chosen."""
        current = self._map.current
        return current.number if current is not None and self._analysis is not None else self._wanted

    def restore(self, place: str) -> None:
        """Choose this mission."""
        self._wanted = place or self._wanted
        if self._analysis is not None and place:
            self._map.choose(place)

    def first_focus(self) -> QWidget:
        """Return the map: arrow keys work at once."""
        return self._map if self._analysis is not None else self._empty

    # Build, lay out, connect

    def _build(self) -> None:
        self.heading.show_text(self.tr("My gaps"))
        self._empty = EmptyState(
            self.tr("Nothing is known of your gaps yet"),
            self.tr("Take the assessment first: five minutes show which skills you have and which lessons you miss."),
            self.tr("&Start the 5-minute assessment"),
            lambda: self.page_requested.emit("assessment:begin"),
            "startFirstAssessmentButton",
            self,
        )
        self._full = QWidget(self)
        self._about = label("", "muted", self._full)
        self._about.setObjectName("gapTotals")
        self._legend = MapLegend(self.context.theme.colors, self._full)
        self._tabs = QTabWidget(self._full)
        self._tabs.setObjectName("gapTabs")
        self._tabs.setAccessibleName(self.tr("Gap analysis as map or table"))
        self._tabs.setDocumentMode(True)
        self._map = GapMap(self._tabs)
        self._table = table_view(
            self._model, "gapTable", self.tr("Gap analysis as a table"), self._tabs, has_branches=True
        )
        self._panel = MissionPanel(self._full)
        self._side = SidePanel(self._panel, "missionPanel", self.tr("The chosen mission"), self._full)
        self._roadmap_button = button(
            self.tr("Open my &roadmap"),
            "openRoadmapButton",
            lambda: self.page_requested.emit("roadmap"),
            self._full,
            "primary",
        )
        self._csv_button = button(self.tr("Save as &CSV…"), "saveGapsCsvButton", self._on_save_csv, self._full)
        self._pdf_button = button(self.tr("Save as &PDF…"), "saveGapsPdfButton", self._on_save_pdf, self._full)

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for each in (self._roadmap_button, self._csv_button, self._pdf_button):
            buttons.addWidget(each)
        self._map_area = QScrollArea(self._tabs)
        self._map_area.setWidget(self._map)
        self._map_area.setWidgetResizable(True)
        self._map_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._map_area.setMinimumHeight(_SHORTEST)
        self._tabs.addTab(self._map_area, self.tr("Map"))
        self._tabs.addTab(self._table, self.tr("Table"))
        split = TurningSplitter(self._tabs, self._side, "gapSplitter", self._full)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._about)
        column.addLayout(buttons)
        column.addWidget(self._legend)
        column.addWidget(split, 1)
        self.column.addWidget(self._empty, 1)
        self.column.addWidget(self._full, 1)
        size_columns(self._table, GapColumn.NAME, _CHARACTERS)

    def _connect(self) -> None:
        self._map.mission_chosen.connect(self._on_map_mission_chosen)
        self._map.mission_activated.connect(lambda _: self._panel.focus_first())
        self._table.selectionModel().currentRowChanged.connect(self._on_table_row_chosen)
        self._table.activated.connect(self._on_table_activated)
        # The table names every skill itself and wants the room.
        self._tabs.currentChanged.connect(lambda tab: self._side.setVisible(tab == 0))
        self._panel.lesson_requested.connect(lambda number: self.page_requested.emit(f"lesson:{number}"))
        self.context.theme.changed.connect(self._on_theme_changed)

    # Refresh

    def refresh(self) -> None:
        """Show the analysis as of now: one object for map, table and files."""
        academy, profile = self.context.academy, self.context.profile_id
        has_evidence = academy.standings.current(profile).has_evidence
        self._analysis = academy.plan.gaps(profile) if has_evidence else None
        self._empty.setVisible(self._analysis is None)
        self._full.setVisible(self._analysis is not None)
        if self._analysis is None:
            return
        colors, totals = self.context.theme.colors, self._analysis.totals
        self._about.setText(
            self.tr("{counts}. Closing all gaps takes {time} of lessons.").format(
                counts=words_of_counts(totals), time=minutes_text(totals.minutes)
            )
        )
        self._legend.show_colors(colors, has_locked=totals.locked > 0)
        self._map.show_analysis(self._analysis, colors)
        self._model.show_analysis(self._analysis, colors)
        self._table.expandToDepth(0)
        if not self._map.choose(self._wanted):
            self._map.choose(self._first_mission_to_close())

    def _first_mission_to_close(self) -> str:
        """Return the mission whose gaps are worth most, the first where there are none."""
        assert self._analysis is not None
        missions = [
            mission for stage in self._analysis.stages for program in stage.programs for mission in program.missions
        ]
        return max(missions, key=lambda mission: mission.counts.value).number if missions else ""

    def _show_mission(self, mission: MissionGap) -> None:
        standings, profile = self.context.academy.standings, self.context.profile_id
        self._wanted = mission.number
        self._panel.show_mission(mission, lambda skill: standings.reasons(profile, skill), self.context.theme.colors)
        self._side.verticalScrollBar().setValue(0)

    # Slots

    def _on_theme_changed(self) -> None:
        size_columns(self._table, GapColumn.NAME, _CHARACTERS)
        self.mark_stale()

    def _on_map_mission_chosen(self, _: str) -> None:
        mission = self._map.current
        if mission is not None:
            self._show_mission(mission)
            # Later, because a map just filled has not got its size yet.
            QTimer.singleShot(0, self, self._show_where_one_is)

    def _show_where_one_is(self) -> None:
        place = self._map.current_box()
        center = place.center().toPoint()
        self._map_area.ensureVisible(center.x(), center.y(), 40, round(place.height()) + 30)

    def _on_table_row_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        row = self._model.row_at(current)
        if row is not None and row.mission is not None:
            self._map.choose(row.mission.number)

    def _on_table_activated(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None and row.skill is not None:
            self.page_requested.emit(f"lesson:{row.skill.lesson}")

    def _on_save_csv(self) -> None:
        ask_where_to_save(
            self, self.tr("Save the gap analysis"), self.tr("gaps.csv"), self.tr("Table"), "csv", self.save_csv
        )

    def _on_save_pdf(self) -> None:
        ask_where_to_save(
            self, self.tr("Save the gap analysis"), self.tr("gaps.pdf"), self.tr("PDF"), "pdf", self.save_pdf
        )

    def save_csv(self, file: Path) -> None:
        """Write the analysis shown as a table."""
        analysis = self._analysis
        if analysis is not None:
            self._save(file, lambda: write_csv(file, GAP_COLUMNS, gap_rows(analysis)))

    def save_pdf(self, file: Path) -> None:
        """Write the analysis shown as a report."""
        # Imported here: who prints nothing needs no printing.
        from dijipilot.ui.printing import write_pdf
        from dijipilot.ui.report_html import gap_report

        analysis, name = self._analysis, self.context.profile.name
        if analysis is not None and self.attempt(
            lambda: write_pdf(file, gap_report(analysis, name, datetime.now(UTC)))
        ):
            self.notice_raised.emit(self.tr("Saved as {file}.").format(file=file), "good")

    def _save(self, file: Path, job: Callable[[], None]) -> None:
        done = self.tr("Saved as {file}.").format(file=file)
        self.context.tasks.run_task(
            job,
            self,
            lambda _: self.notice_raised.emit(done, "good"),
            lambda error: self.notice_raised.emit(text_of_error(error), "bad"),
            Lane.COMPUTE,
        )
