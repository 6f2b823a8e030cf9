"""How far one is, in numbers that mean something: skills by stage, gaps closed this week, what lies ahead."""

from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from dijipilot.domain.home_view import ProgressView, StageView
from dijipilot.domain.skill_state import Counts
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import share_text
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.home_hero import GoTo
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.mastery_bar import MasteryBar


class ProgressCard(Card):
    """The numbers are those of the gap analysis and the roadmap."""

    def __init__(self, progress: ProgressView, go: GoTo, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self._bars: list[tuple[MasteryBar, Counts]] = []
        self.column.addLayout(self._figures(progress))
        self.column.addLayout(self._stages(progress, colors))
        self.column.addWidget(
            label(self.tr("Full: mastered. Striped: not settled yet. Empty: missing."), "small", self)
        )
        if progress.locked:
            self.column.addWidget(label(self._left_out(progress), "small", self))
        self.column.addWidget(label(self._week(progress), "", self))
        self.column.addWidget(label(self._ahead(progress), "muted", self))
        if progress.assessed_on:
            self.column.addWidget(label(self._assessed(progress), "muted", self))
        self.column.addLayout(self._links(progress, go))
        self.column.addStretch(1)

    def recolor(self, colors: Colors) -> None:
        """Draw the bars in these colors."""
        for bar, counts in self._bars:
            bar.show_counts(counts, colors)

    def _figures(self, progress: ProgressView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        figure = label(str(progress.mastered), "figure", self, wraps=False)
        figure.setObjectName("masteredFigure")
        words = self.tr("of {all} skills mastered").format(all=progress.applicable)
        figure.setAccessibleName(f"{progress.mastered} {words}")
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(label(words, "strong", self), 1, Qt.AlignmentFlag.AlignBaseline)
        return row

    def _left_out(self, progress: ProgressView) -> str:
        if progress.locked == 1:
            return self.tr("1 more skill needs a lesson that is locked; it does not count here.")
        return self.tr("{count} more skills need lessons that are locked; they do not count here.").format(
            count=progress.locked
        )

    def _stages(self, progress: ProgressView, colors: Colors) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, stage in enumerate(progress.stages):
            counts = _counts(stage)
            bar = MasteryBar(self)
            bar.show_counts(counts, colors)
            self._bars.append((bar, counts))
            grid.addWidget(label(stage.title, "small", self, wraps=False), row, 0)
            grid.addWidget(bar, row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._share(counts), row, 2, Qt.AlignmentFlag.AlignRight)
        return grid

    def _share(self, counts: Counts) -> QWidget:
        words = share_text(counts) if counts.applicable else self.tr("does not apply")
        return label(words, "small", self, wraps=False)

    def _week(self, progress: ProgressView) -> str:
        if not progress.closed_lessons:
            return self.tr("Last seven days: nothing closed yet. The next lesson changes that.")
        minutes = minutes_text(progress.closed_minutes)
        if progress.closed_lessons == 1:
            return self.tr("Last seven days: 1 lesson done, {minutes} of gaps closed").format(minutes=minutes)
        return self.tr("Last seven days: {count} lessons done, {minutes} of gaps closed").format(
            count=progress.closed_lessons, minutes=minutes
        )

    def _ahead(self, progress: ProgressView) -> str:
        done = self.tr("{done} of {planned} lessons done").format(
            done=progress.lessons_done, planned=progress.lessons_planned
        )
        if progress.lessons_locked:
            done = self.tr("{done} and {locked} more locked").format(done=done, locked=progress.lessons_locked)
        hours = minutes_text(progress.minutes_ahead)
        if not progress.weeks_high:
            return self.tr("{done}, about {hours} ahead").format(done=done, hours=hours)
        return self.tr("{done}, about {hours} ahead: {low} to {high} weeks at the hours you named").format(
            done=done, hours=hours, low=progress.weeks_low, high=progress.weeks_high
        )

    def _assessed(self, progress: ProgressView) -> str:
        day = QDate.fromString(progress.assessed_on, Qt.DateFormat.ISODate)
        return self.tr("Last assessment: {date}").format(date=QLocale().toString(day, self.tr("MMMM d, yyyy")))

    def _links(self, progress: ProgressView, go: GoTo) -> FlowLayout:
        row = FlowLayout(spacing=4, line_gap=2)
        row.addWidget(button(self.tr("See my &gaps"), "seeGapsButton", partial(go, "gaps"), self, "quiet"))
        if progress.is_recheck_due:
            row.addWidget(
                button(
                    self.tr("Short re-chec&k (about a minute)"),
                    "recheckButton",
                    partial(go, "assessment:recheck"),
                    self,
                    "quiet",
                )
            )
        return row


def _counts(stage: StageView) -> Counts:
    """Return the numbers of a stage; of what is locked it is all the same whether it is missing or unsettled."""
    return Counts(
        mastered=stage.mastered,
        missing=stage.missing + stage.locked,
        unsettled=stage.unsettled,
        not_applicable=stage.not_applicable,
        locked=stage.locked,
        locked_missing=stage.locked,
    )
