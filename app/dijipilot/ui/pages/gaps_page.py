"""The gap analysis: one picture of everything, each program from near, and a table with the same numbers."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QMenu, QTabBar, QVBoxLayout, QWidget

from dijipilot.domain.gap_changes import compare_gaps
from dijipilot.domain.gaps_in_reach import without_locked
from dijipilot.services.events import AnswerGiven, AssessmentFinished, FactsChanged, LessonProgressed, LicensesChanged
from dijipilot.ui.dates import date_text, moment_text
from dijipilot.ui.gap_words import ShownGaps, changes_text, headline_text, totals_text, value_meaning
from dijipilot.ui.pages.gap_exports import GapExports
from dijipilot.ui.pages.gap_views import GapViews
from dijipilot.ui.pages.locked_hiding import HideLockedBox
from dijipilot.ui.pages.page import Crumb, PageContext
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.gap_moments import GapMoments
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.map_legend import MapLegend
from dijipilot.ui.widgets.program_panel import Reasons
from dijipilot.ui.widgets.side_by_side import SideBySide

HIDES_LOCKED = "gaps.hides_locked"
"""Key of the profile's setting that keeps whether locked skills are hidden."""

_ROOM_FOR_BUTTONS = 66


class GapsPage(WidePage):
    """The place is the number of the mission seen from near, "" for the whole picture."""

    refreshes_on: ClassVar[tuple[type, ...]] = (
        AnswerGiven,
        AssessmentFinished,
        LessonProgressed,
        FactsChanged,
        LicensesChanged,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown: ShownGaps | None = None
        self._near = ""
        self._has_locked = False
        self.exports = GapExports(context, self)
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return the mission seen from near."""
        return self._near

    def restore(self, place: str) -> None:
        """Show the program of this mission from near, or the whole picture."""
        self._near = place
        if self._shown is not None and not self.is_stale:
            self._show_place()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Return the way to a program seen from near."""
        program = self._shown.analysis.program_of(self._near) if self._shown is not None else None
        if program is None:
            return super().crumbs()
        return Crumb(self.title, "gaps"), Crumb(f"{program.number}  {program.title}")

    def first_focus(self) -> QWidget:
        """Return the map or the rows of a program: arrow keys work at once."""
        return self._empty if self._shown is None else self._views.focus_target()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Print what is shown, where anything is."""
        return {"print": self.exports.print_preview} if self._shown is not None else {}

    # Build, lay out, connect

    def _build(self) -> None:
        colors = self.context.theme.colors
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
        self._headline = label("", "lead", self._full)
        self._headline.setObjectName("gapHeadline")
        self._legend = MapLegend(colors, self._full)
        self._legend.setObjectName("gapLegend")
        self._tabs = QTabBar(self._full)
        self._tabs.setObjectName("gapTabs")
        self._tabs.setAccessibleName(self.tr("Gap analysis as map or table"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._moments = GapMoments(self._full)
        self._hiding = HideLockedBox(self, HIDES_LOCKED, "gapsHideLockedBox", self._full)
        self._views = GapViews(self.context.theme, self._full)
        self._build_buttons()

    def _build_buttons(self) -> None:
        self._buttons = QWidget(self)
        self._roadmap_button = button(
            self.tr("Open my &roadmap"),
            "openRoadmapButton",
            lambda: self.page_requested.emit("roadmap"),
            self._buttons,
            "primary",
        )
        self._save_button = button(self.tr("Print or sa&ve"), "saveGapsButton", lambda: None, self._buttons)
        menu = QMenu(self._save_button)
        for text, name, on_chosen in self.exports.choices():
            menu.addAction(text, on_chosen).setObjectName(name)
        self._save_button.setMenu(menu)

    def _lay_out(self) -> None:
        row = FlowLayout(self._buttons)
        row.addWidget(self._roadmap_button)
        row.addWidget(self._save_button)
        self.column.removeWidget(self.heading)
        self.column.addWidget(SideBySide(self.heading, self._buttons, (1, 0), _ROOM_FOR_BUTTONS, self.content))
        for text in (self.tr("Map"), self.tr("Table")):
            self._tabs.addTab(text)
        tools = FlowLayout(spacing=16)
        tools.addWidget(self._tabs)
        tools.addWidget(self._hiding)
        tools.add_gap()
        for each in self._moments.widgets:
            tools.addWidget(each)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._headline)
        column.addWidget(self._legend)
        column.addLayout(tools)
        column.addWidget(self._views, 1)
        self.column.addWidget(self._empty, 1)
        self.column.addWidget(self._full, 1)
        self.column.setSpacing(8)

    def _connect(self) -> None:
        self._views.page_requested.connect(self.page_requested)
        self._views.mission_ringed.connect(self._show_where_one_is)
        self._views.mission_chosen.connect(self._on_mission_chosen)
        self._tabs.currentChanged.connect(lambda _: self._show_place())
        self._moments.chosen.connect(self.mark_stale)
        self._hiding.chosen.connect(self.mark_stale)
        self.exports.notice_raised.connect(self.notice_raised)
        self.context.theme.changed.connect(self._on_theme_changed)

    # Refresh

    def refresh(self) -> None:
        """Show the analysis of the moment chosen: one object for map, table, paper and files."""
        has_evidence = self.context.academy.standings.current(self.context.profile_id).has_evidence
        if has_evidence:
            self._offer_moments()
        self._shown = self._look_up() if has_evidence else None
        self.exports.shown = self._shown
        self._empty.setVisible(self._shown is None)
        self._full.setVisible(self._shown is not None)
        self._buttons.setVisible(self._shown is not None)
        if self._shown is not None:
            self._show_analysis(self._shown)
            self._show_place()

    def _offer_moments(self) -> None:
        history = self.context.academy.assess.history(self.context.profile_id)
        finished = [(each.id, each.finished_at) for each in history if each.finished_at is not None]
        days = [date_text(moment) for _, moment in finished]
        self._moments.offer(
            [
                (identity, day if days.count(day) == 1 else moment_text(moment))
                for (identity, moment), day in zip(finished, days, strict=True)
            ]
        )

    def _look_up(self) -> ShownGaps:
        plan, profile, moments = self.context.academy.plan, self.context.profile_id, self._moments
        then = plan.gaps_as_shown(profile, moments.shown) if moments.shown else None
        analysis = then or plan.gaps(profile)
        self._has_locked = analysis.totals.locked > 0
        hides = self._has_locked and self._hiding.hides
        analysis = without_locked(analysis) if hides else analysis
        before = plan.gaps_as_shown(profile, moments.before) if moments.before else None
        changes = compare_gaps(before, analysis) if before is not None else None
        return ShownGaps(
            analysis, changes, moments.words_before if changes else "", moments.words_shown if then else "", hides
        )

    def _show_analysis(self, shown: ShownGaps) -> None:
        colors, analysis = self.context.theme.colors, shown.analysis
        # Who compares wants to know what changed; together the two would push the picture away.
        compared = changes_text(analysis, shown.changes, shown.since) if shown.changes is not None else ""
        self._headline.setText(compared or headline_text(analysis))
        self._headline.setToolTip("" if compared else value_meaning())
        self._legend.show_counts(analysis.totals, colors, compares=shown.changes is not None)
        self._legend.setAccessibleName(totals_text(analysis))
        self._views.show_analysis(shown)

    def _show_place(self) -> None:
        """Show the map, the table or a program, whichever it is."""
        if self._shown is None:
            return
        program = self._shown.analysis.program_of(self._near)
        if program is None:
            self._near = ""
            if self._tabs.currentIndex():
                self._views.show_table()
            else:
                self._views.show_map()
        else:
            can_contest = self._moments.shown is None
            self._views.show_program(program, self._near, self._reasons(), can_contest=can_contest)
        # From near, the numbers of the whole and its legend would only push the program away.
        for each in (self._headline, self._legend, self._tabs):
            each.setVisible(program is None)
        self._hiding.setVisible(program is None and self._has_locked)
        self._moments.set_visible(program is None)
        self.crumbs_changed.emit()

    def _reasons(self) -> Reasons:
        """Return who tells the reasons: those of today, or of the assessment shown."""
        academy, profile = self.context.academy, self.context.profile_id
        if self._moments.shown is None:
            return lambda skill: academy.standings.reasons(profile, skill)
        result = academy.assess.result(profile, self._moments.shown)
        told = result.reasons if result is not None else {}
        return lambda skill: told.get(skill, ())

    # Slots

    def _on_theme_changed(self) -> None:
        self._views.size_columns()
        self.mark_stale()

    def _show_where_one_is(self) -> None:
        """Scroll to the mission ringed while it is walked to: at large text the page is longer than the window."""
        gap_map = self._views.map
        if not gap_map.hasFocus():
            return
        place = gap_map.current_box().toRect()
        center = gap_map.mapTo(self.content.parentWidget() or self.content, place.center())
        self.scroll_area.ensureVisible(center.x(), center.y(), 40, place.height() + 60)

    def _on_mission_chosen(self, number: str) -> None:
        self._near = number
