"""One program of the gap analysis from near: its missions and skills as rows, and the reasons of the one chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.gaps import ProgramGap
from dijipilot.domain.ids import SkillId
from dijipilot.domain.standing import Reason
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import share_words, value_text
from dijipilot.ui.models.gap_sort import GapSort
from dijipilot.ui.models.gap_table_model import GapColumn
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.mastery_bar import MasteryBar
from dijipilot.ui.widgets.mission_panel import MissionPanel
from dijipilot.ui.widgets.reason_panel import ReasonPanel
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.tables import hide_where_narrow, size_columns, table_view
from dijipilot.ui.widgets.turning_splitter import TurningSplitter

Reasons = Callable[[SkillId], Sequence[Reason]]

_COUNTS = (
    GapColumn.MASTERED,
    GapColumn.MISSING,
    GapColumn.UNSETTLED,
    GapColumn.NOT_APPLICABLE,
    GapColumn.LOCKED,
)
_ROOM_BY_COLUMN = {int(GapColumn.MINUTES): 48, int(GapColumn.VALUE): 56}
_CHARACTERS = {
    int(GapColumn.STATE): 11,
    int(GapColumn.MINUTES): 9,
    int(GapColumn.VALUE): 5,
    int(GapColumn.CHANGE): 24,
}


class ProgramPanel(QWidget):
    """Emits whole_requested, mission_chosen(number), lesson_requested(number) and contest_requested(skill)."""

    whole_requested = Signal()
    mission_chosen = Signal(str)
    lesson_requested = Signal(str)
    contest_requested = Signal(str)

    def __init__(self, rows: GapSort, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._colors = colors
        self._reasons: Reasons = lambda _: ()
        self._can_contest = False
        self._build(colors)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.table.activated.connect(self._on_row_activated)
        self._missions.lesson_requested.connect(self.lesson_requested)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.whole_requested)

    def _build(self, colors: Colors) -> None:
        self._back = button(self.tr("‹  &Whole map"), "wholeMapButton", self.whole_requested.emit, self)
        self._back.setAccessibleName(self.tr("Back to the whole map"))
        self._title = label("", "subtitle", self)
        self._title.setObjectName("programTitle")
        self._about = label("", "muted", self)
        self._about.setObjectName("programAbout")
        self._bar = MasteryBar(self)
        self.table = table_view(
            self._rows, "programTable", self.tr("Missions and skills of the program"), self, has_branches=True
        )
        for count in _COUNTS:
            self.table.setColumnHidden(count, True)
        # Numbers go where there is no room for names: the detail has them too.
        hide_where_narrow(self.table, _ROOM_BY_COLUMN)
        self.table.header().moveSection(GapColumn.STATE, 1)
        self._missions = MissionPanel(self)
        self._skill = ReasonPanel(colors, self._on_lesson, self._on_contest, self)
        self._detail = QWidget(self)
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._missions)
        column.addWidget(self._skill)
        self._side = SidePanel(self._detail, "missionPanel", self.tr("The chosen mission or skill"), self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addWidget(self._bar)
        column.addWidget(TurningSplitter(self.table, self._side, "gapSplitter", self), 1)

    def show_program(
        self, program: ProgramGap, mission: str, reasons: Reasons, colors: Colors, *, can_contest: bool, compares: bool
    ) -> None:
        """Show a program with one of its missions chosen; everything below it is to be seen at once."""
        self._reasons, self._colors, self._can_contest = reasons, colors, can_contest
        self._title.setText(f"{program.number}  {program.title}")
        counts = program.counts
        parts = share_words(counts)
        if counts.minutes:
            parts += [self.tr("{time} to close").format(time=minutes_text(counts.minutes)), value_text(counts.value)]
        self._about.setText("  ·  ".join(parts))
        self._bar.show_counts(counts, colors)
        self.table.setRootIndex(self._rows.index_of_program(program.number))
        self.table.expandAll()
        self.table.setColumnHidden(GapColumn.CHANGE, not compares)
        size_columns(self.table, GapColumn.NAME, _CHARACTERS)
        chosen = self._rows.index_of_mission(mission)
        self.table.setCurrentIndex(chosen)
        self._show(chosen)

    def _show(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is None or row.mission is None:
            return
        self._missions.setVisible(row.skill is None)
        self._skill.setVisible(row.skill is not None)
        if row.skill is None:
            self._missions.show_mission(row.mission, self._reasons, self._colors)
        else:
            gap, title = row.skill, f"{row.skill.lesson}  {row.skill.title}"
            reasons = self._reasons(gap.skill)
            self._skill.show_skill(title, gap.state, gap.probability, reasons, None, self._colors, gap.locked)
            self._skill.offer_contest(self._can_contest and gap.probability is not None)
        self._side.verticalScrollBar().setValue(0)
        self.mission_chosen.emit(row.mission.number)

    def _on_row_chosen(self, current: QModelIndex, _: QModelIndex) -> None:
        self._show(current)

    def _on_row_activated(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index)
        if row is not None and row.skill is not None:
            self.lesson_requested.emit(row.skill.lesson)

    def _on_lesson(self) -> None:
        row = self._rows.row_at(self.table.currentIndex())
        if row is not None and row.skill is not None:
            self.lesson_requested.emit(row.skill.lesson)

    def _on_contest(self) -> None:
        row = self._rows.row_at(self.table.currentIndex())
        if row is not None and row.skill is not None:
            self.contest_requested.emit(row.skill.skill)
