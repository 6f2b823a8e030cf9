"""What an assessment found: counts, every skill with its verdict and reasons, and the assessments before."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from dijipilot.domain.ids import AssessmentId
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.domain.standing import Verdict
from dijipilot.exchange.result_messages import flag_messages, forecast_message, held_out_message
from dijipilot.services.assess import AssessmentResult
from dijipilot.services.events import AnswerGiven, AssessmentFinished
from dijipilot.ui.dates import date_text
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.models.history_model import HistoryColumn, HistoryModel
from dijipilot.ui.models.skill_table_model import Column, SkillFilter, SkillTableModel, rows_of
from dijipilot.ui.pages.assessment_places import MORE_MINUTES, RECHECK, SETTLE
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.widgets.assessment_ends import VerdictLegend
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.combo import LabeledCombo
from dijipilot.ui.widgets.count_tile import CountTile
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.mastery_bar import MasteryBar, count_of
from dijipilot.ui.widgets.reason_panel import ReasonPanel
from dijipilot.ui.widgets.side_by_side import SideBySide
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.state_mark import ALL_STATES, word_of
from dijipilot.ui.widgets.tables import hide_where_narrow, size_columns, table_view
from dijipilot.ui.widgets.turning_splitter import TurningSplitter

if TYPE_CHECKING:
    from dijipilot.domain.standing import Forecast

_NOTHING_YET = "\N{NO-BREAK SPACE}"
_FORECAST_AFTER_MS = 400
"""Keeps the place of a line that is still being computed."""

_ROOM_BY_COLUMN: Mapping[int, int] = {Column.PROGRAM: 100, Column.LIKELIHOOD: 100}
_SHORTEST_TABLE = 200
_ROOM_FOR_TILES = 80
_ROOM_FOR_BUTTONS = 66
_ROOM_FOR_BOTH = 96
_CHARACTERS: Mapping[int, int] = {Column.LESSON: 6, Column.PROGRAM: 24, Column.VERDICT: 12, Column.LIKELIHOOD: 16}

_logger = logging.getLogger(__name__)


class ResultPage(WidePage):
    """The place is the id of an assessment, "" for the latest."""

    refreshes_on: ClassVar[tuple[type, ...]] = (AssessmentFinished, AnswerGiven)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: AssessmentId | None = None
        self._result: AssessmentResult | None = None
        self._is_latest = False
        self._forecast_key: object = None
        self._model = SkillTableModel(context.theme.colors, self)
        self._filter = SkillFilter(self._model, self)
        self._history = HistoryModel(self)
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return which assessment is shown."""
        return self._wanted or ""

    def restore(self, place: str) -> None:
        """Show this assessment."""
        wanted = AssessmentId(place) if place else None
        if wanted != self._wanted:
            self._wanted = wanted
            self.mark_stale()

    def first_focus(self) -> QWidget:
        """Return what there is to do next."""
        return self._empty if self._result is None else self._gaps_button

    # Build, lay out, connect

    def _build(self) -> None:
        colors = self.context.theme.colors
        self.heading.show_text(self.tr("Your result"))
        self._empty = EmptyState(
            self.tr("There is no result yet"),
            self.tr("Take the assessment first: five minutes show which skills you have and which lessons you miss."),
            self.tr("&Start the 5-minute assessment"),
            lambda: self.page_requested.emit("assessment:begin"),
            "startFirstAssessmentButton",
            self,
        )
        self._full = QWidget(self)
        self._lead = label("", "lead", self._full)
        self._lead.setObjectName("resultLead")
        self._about = label("", "muted", self._full)
        self._about.setObjectName("resultAbout")
        self._tiles = {state: CountTile(state, colors, self._full) for state in ALL_STATES}
        self._bar = MasteryBar(self._full)
        self._flags = Card(self._full, tone="accent", gap=4, padding=14)
        self._flag_text = label("", "", self._flags)
        self._flag_text.setObjectName("resultFlags")
        self._flags.column.addWidget(self._flag_text)
        self._build_buttons()
        self._build_tables()

    def _build_buttons(self) -> None:
        """One way on stands out; what makes the result firmer stands beside the sentence that says what it brings."""
        self._ways_on = QWidget(self)
        self._gaps_button = button(
            self.tr("See my &gaps"), "seeGapsButton", lambda: self.page_requested.emit("gaps"), self._ways_on, "primary"
        )
        self._roadmap_button = button(
            self.tr("Open my &roadmap"),
            "seeRoadmapButton",
            lambda: self.page_requested.emit("roadmap"),
            self._ways_on,
            "quiet",
        )
        self._more_button = button(
            self.tr("&Two more minutes of questions"),
            "moreMinutesButton",
            lambda: self.page_requested.emit("assessment:more"),
            self._full,
            "quiet",
        )
        self._recheck_button = button(
            self.tr("Short re-chec&k (about a minute)"),
            "recheckButton",
            lambda: self.page_requested.emit(f"assessment:{RECHECK}"),
            self._full,
            "quiet",
        )
        self._forecast = label(_NOTHING_YET, "muted", self._full)
        self._forecast.setObjectName("moreForecast")
        self._latest_button = button(
            self.tr("Back to the &latest"), "latestResultButton", self._on_latest, self._full, "quiet"
        )

    def _build_tables(self) -> None:
        self._tabs = QTabWidget(self._full)
        self._tabs.setObjectName("resultTabs")
        self._tabs.setAccessibleName(self.tr("Skills and earlier assessments"))
        self._tabs.setDocumentMode(True)
        self._verdict_choice = LabeledCombo(self.tr("&Verdict"), "verdictFilter", self._tabs)
        self._program_choice = LabeledCombo(self.tr("&Program"), "programFilter", self._tabs)
        self._shown = label("", "muted", self._tabs, wraps=False)
        self._shown.setObjectName("skillsShown")
        self._table = table_view(self._filter, "skillTable", self.tr("Skills and verdicts"), self._tabs)
        # What goes where the table gets narrow, the panel and the filter tell too.
        hide_where_narrow(self._table, _ROOM_BY_COLUMN)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(Column.LESSON, Qt.SortOrder.AscendingOrder)
        self._table.setMinimumHeight(_SHORTEST_TABLE)
        self._panel = ReasonPanel(self.context.theme.colors, self._on_open_lesson, self._on_contest, self._tabs)
        self._side = SidePanel(self._panel, "reasonPanel", self.tr("Reasons of the chosen skill"), self._tabs)
        self._history_table = table_view(
            self._history, "historyTable", self.tr("Assessments, latest first"), self._tabs
        )
        self._legend = VerdictLegend(self.context.theme.colors, parent=self._tabs)
        self._held_out = label("", "muted", self._tabs)
        self._held_out.setObjectName("heldOutCheck")

    def _lay_out(self) -> None:
        ways = FlowLayout(self._ways_on)
        for each in (self._roadmap_button, self._gaps_button):
            ways.addWidget(each)
        self.column.removeWidget(self.heading)
        self.column.addWidget(SideBySide(self.heading, self._ways_on, (1, 0), _ROOM_FOR_BUTTONS, self.content))
        firmer = QWidget(self._full)
        firmer_row = FlowLayout(firmer)
        for each in (self._more_button, self._recheck_button, self._latest_button):
            firmer_row.addWidget(each)
        self._tabs.addTab(self._skills_tab(), self.tr("Skills and reasons"))
        self._tabs.addTab(self._history_tab(), self.tr("Earlier assessments"))
        self._tabs.addTab(self._reading_tab(), self.tr("How to read this"))
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        beside = SideBySide(self._forecast, firmer, (1, 0), _ROOM_FOR_BOTH, self._full)
        for part in (self._lead, self._tile_rows(), self._bar, self._flags, beside):
            column.addWidget(part)
        column.addWidget(self._tabs, 1)
        self.column.addWidget(self._empty, 1)
        self.column.addWidget(self._full, 1)
        self.column.setSpacing(8)
        self._size_columns()

    def _tile_rows(self) -> QWidget:
        """Return the tiles as a line of four where there is room, else two and two, else one below the other."""
        first, second, third, fourth = self._tiles.values()
        early = SideBySide(first, second, (1, 1), _ROOM_FOR_TILES // 2, self._full, 12)
        late = SideBySide(third, fourth, (1, 1), _ROOM_FOR_TILES // 2, self._full, 12)
        return SideBySide(early, late, (1, 1), _ROOM_FOR_TILES, self._full, 12)

    def _skills_tab(self) -> QWidget:
        tab = QWidget(self._tabs)
        filters = FlowLayout(spacing=18)
        filters.addWidget(self._verdict_choice)
        filters.addWidget(self._program_choice)
        filters.add_gap()
        filters.addWidget(self._shown)
        split = TurningSplitter(self._table, self._side, "resultSplitter", tab)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(10)
        column.addLayout(filters)
        column.addWidget(split, 1)
        return tab

    def _history_tab(self) -> QWidget:
        tab = QWidget(self._tabs)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(
            label(
                self.tr(
                    "Every assessment is kept as it was shown. In brackets: the difference to the one before. "
                    "Enter or a double click shows one."
                ),
                "muted",
                tab,
            )
        )
        column.addWidget(self._history_table, 1)
        return tab

    def _reading_tab(self) -> QWidget:
        tab = QWidget(self._tabs)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(14)
        for each in (self._about, self._legend, self._held_out):
            column.addWidget(each)
        column.addStretch(1)
        return tab

    def _connect(self) -> None:
        self._verdict_choice.combo.currentIndexChanged.connect(self._on_filter_chosen)
        self._program_choice.combo.currentIndexChanged.connect(self._on_filter_chosen)
        self._table.selectionModel().currentRowChanged.connect(self._on_skill_chosen)
        self._table.activated.connect(lambda _: self._on_open_lesson())
        self._history_table.activated.connect(self._on_assessment_chosen)
        self.context.theme.changed.connect(self._on_theme_changed)

    # Refresh

    def refresh(self) -> None:
        """Show the assessment wanted, else the latest."""
        assess, profile = self.context.academy.assess, self.context.profile_id
        found = assess.result(profile, self._wanted) or assess.result(profile)
        self._result = found if found is not None and found.screens else None
        self._empty.setVisible(self._result is None)
        self._ways_on.setVisible(self._result is not None)
        self._full.setVisible(self._result is not None)
        if self._result is None:
            return
        history = assess.history(profile)
        finished = [each.id for each in history if each.finished_at is not None]
        self._is_latest = not finished or self._result.assessment == finished[-1]
        can_go_on = self._is_latest and bool(finished)
        self._more_button.setVisible(can_go_on)
        self._recheck_button.setVisible(can_go_on and assess.is_recheck_due(profile))
        self._latest_button.setVisible(not self._is_latest)
        self._forecast.setVisible(can_go_on)
        if can_go_on:
            self._forecast_more(self._result)
        self._show_held_out(self._result)
        self._show_counts(self._result)
        self._show_flags(self._result.standing.flags)
        self._model.show_rows(rows_of(self.context.academy.library.curriculum, self._result.standing))
        self._offer_filters()
        self._history.show_history(history)
        self._choose_first_row()

    def _show_counts(self, result: AssessmentResult) -> None:
        colors, standing = self.context.theme.colors, result.standing
        states = [SkillState(each.verdict.value) for each in standing.by_skill.values()]
        counts = Counts(
            mastered=states.count(SkillState.MASTERED),
            missing=states.count(SkillState.MISSING),
            unsettled=states.count(SkillState.UNSETTLED),
            not_applicable=len(standing.not_applicable),
        )
        for state, tile in self._tiles.items():
            tile.show_count(count_of(counts, state), colors)
        self._bar.show_counts(counts, colors)
        when = (
            self.tr("Taken on {date}").format(date=date_text(result.finished_at))
            if result.finished_at
            else self.tr("Not finished yet")
        )
        how_long = self.tr("{count} answered in about {time}").format(
            count=result.screens, time=minutes_text(max(1, round(result.seconds / 60)))
        )
        self._lead.setText(
            self.tr(
                "You can do {mastered} of the {all} skills your shop needs. This is not a grade: it decides which "
                "lessons are proposed to you."
            ).format(mastered=counts.mastered, all=counts.applicable)
        )
        whole = self.tr("{count} skills in all").format(count=counts.applicable + counts.not_applicable)
        self._about.setText("  ·  ".join((when, how_long, whole)))

    def _show_flags(self, flags: tuple[str, ...]) -> None:
        told = [text_of(each) for each in flag_messages(flags)]
        self._flag_text.setText("\n".join(told))
        self._flags.setVisible(bool(told))

    def _show_held_out(self, result: AssessmentResult) -> None:
        check, curriculum = result.held_out, self.context.academy.library.curriculum
        self._held_out.setText(text_of(held_out_message(curriculum, check)) if check else "")
        self._held_out.setVisible(check is not None)

    def _forecast_more(self, result: AssessmentResult) -> None:
        """Tell what two more minutes would settle; computed elsewhere, once for the same answers."""
        key = (result.assessment, result.finished_at, result.screens)
        if key == self._forecast_key:
            return
        self._forecast_key = key
        self._forecast.setText(_NOTHING_YET)
        assess, profile = self.context.academy.assess, self.context.profile_id
        open_skills = result.standing.count(Verdict.UNSETTLED)

        def show(forecast: "Forecast | None") -> None:
            if forecast is not None and self._forecast_key == key:
                self._forecast.setText(text_of(forecast_message(forecast, open_skills)))

        def begin() -> None:
            self.context.tasks.run_task(
                lambda: assess.forecast_more(profile, MORE_MINUTES), self, show, self._on_forecast_failed
            )

        # Once the page stands there: the two at once slow each other down.
        QTimer.singleShot(_FORECAST_AFTER_MS, self, begin)

    def _offer_filters(self) -> None:
        states = [("", self.tr("All"))] + [(state.value, word_of(state)) for state in ALL_STATES]
        programs = self.context.academy.library.curriculum.programs
        titles = [("", self.tr("All"))] + [(str(each.number), f"{each.number}  {each.title}") for each in programs]
        self._verdict_choice.offer(states, self._verdict_choice.value)
        self._program_choice.offer(titles, self._program_choice.value)
        self._apply_filters()

    def _apply_filters(self) -> None:
        self._filter.choose_state(self._verdict_choice.value)
        self._filter.choose_program(self._program_choice.value)
        self._shown.setText(
            self.tr("{shown} of {all} shown").format(shown=self._filter.rowCount(), all=self._model.rowCount())
        )

    def _choose_first_row(self) -> None:
        first = self._filter.index(0, 0)
        self._table.setCurrentIndex(first)
        self._table.scrollTo(first)
        self._side.setVisible(first.isValid())

    # Slots

    def _on_filter_chosen(self) -> None:
        self._apply_filters()
        self._choose_first_row()

    def _on_skill_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        row = self._model.row_at(self._filter.mapToSource(current))
        self._side.setVisible(row is not None)
        if row is None or self._result is None:
            return
        reasons, outlook = self._result.reasons.get(row.skill, ()), self._result.outlooks.get(row.skill)
        title, colors = f"{row.lesson}  {row.title}", self.context.theme.colors
        self._panel.show_skill(title, row.state, row.probability, reasons, outlook, colors)
        self._panel.offer_contest(self._is_latest and outlook is not None)

    def _on_open_lesson(self) -> None:
        row = self._model.row_at(self._filter.mapToSource(self._table.currentIndex()))
        if row is not None:
            self.page_requested.emit(f"lesson:{row.lesson}")

    def _on_contest(self) -> None:
        row = self._model.row_at(self._filter.mapToSource(self._table.currentIndex()))
        if row is not None:
            self.page_requested.emit(f"assessment:{SETTLE}{row.skill}")

    def _on_forecast_failed(self, error: Exception) -> None:
        # The line stays empty: nothing that the learner did is lost.
        self._forecast_key = None
        _logger.info("What more time would settle could not be computed.", exc_info=error)

    def _on_assessment_chosen(self, index: QModelIndex) -> None:
        assessment = self._history.assessment_at(index)
        if assessment is not None:
            self._tabs.setCurrentIndex(0)
            self.page_requested.emit(f"result:{assessment}")

    def _on_latest(self) -> None:
        self.page_requested.emit("result")

    def _on_theme_changed(self) -> None:
        self._model.recolor(self.context.theme.colors)
        self._legend.recolor(self.context.theme.colors)
        self._size_columns()
        self.mark_stale()

    def _size_columns(self) -> None:
        numbers = range(1, len(HistoryColumn))
        size_columns(self._table, Column.TITLE, _CHARACTERS)
        size_columns(self._history_table, HistoryColumn.DATE, dict.fromkeys(numbers, 11))
