"""The gap analysis as a tree of rows, the table twin of the map: the same numbers from the same object."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct, field
from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QIcon

from dijipilot.domain.gap_changes import Change, GapChanges
from dijipilot.domain.gaps import GapAnalysis, MissionGap, SkillGap, count_of_skill
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import change_word, share_text, value_meaning
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.state_mark import locked_word, mark_icon, word_of

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ARROWS = {Change.ROSE: "▲", Change.FELL: "▼"}


class GapColumn(IntEnum):
    """What stands where."""

    NAME = 0
    MASTERED = 1
    MISSING = 2
    UNSETTLED = 3
    NOT_APPLICABLE = 4
    LOCKED = 5
    MINUTES = 6
    VALUE = 7
    CHANGE = 8
    STATE = 9


_WORDS = (GapColumn.NAME, GapColumn.CHANGE, GapColumn.STATE)
"""Columns of words; the others hold numbers, which stand at the far side."""


class Row(Struct, eq=False):
    """A stage, program, mission or skill; a skill's counts are of itself alone.

    rose, fell: how many of its skills did, since the analysis compared with.
    """

    name: str
    counts: Counts
    parent: "Row | None"
    place: int
    mission: MissionGap | None = None
    skill: SkillGap | None = None
    rose: int = 0
    fell: int = 0
    number: str = ""
    children: "list[Row]" = field(default_factory=list)

    def add(self, name: str, counts: Counts, mission: MissionGap | None = None, skill: SkillGap | None = None) -> "Row":
        """Add a row below this one, and return it."""
        row = Row(name, counts, self, len(self.children), mission, skill)
        self.children.append(row)
        return row


class GapTableModel(QAbstractItemModel):
    """Adapts a GapAnalysis: stage, program, mission, skill."""

    def __init__(self, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Row("", Counts(), None, 0)
        self._icons: dict[tuple[SkillState, bool], QIcon] = {}
        self._colors = colors
        self._changes: GapChanges | None = None

    def show_analysis(self, analysis: GapAnalysis, colors: Colors, changes: GapChanges | None = None) -> None:
        """Show another analysis: everything changes."""
        self.beginResetModel()
        self._colors = colors
        self._icons = {}
        self._changes = changes
        self._root = _tree_of(analysis, changes)
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        """Return what stands in a row, None for no row."""
        return self._row(index) if index.isValid() else None

    def index_of_program(self, number: str) -> QModelIndex:
        """Return the row of a program, an invalid index where there is none."""
        for stage in self._root.children:
            for program in stage.children:
                if program.number == number:
                    return self.createIndex(program.place, 0, program)
        return QModelIndex()

    def index_of_mission(self, number: str) -> QModelIndex:
        """Return the row of a mission, an invalid index where there is none."""
        for stage in self._root.children:
            for program in stage.children:
                for mission in program.children:
                    if mission.mission is not None and mission.mission.number == number:
                        return self.createIndex(mission.place, 0, mission)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the place of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._row(parent).children[row])

    def parent(self, child: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # the other overload is QObject's
        """Return the row above in the tree."""
        above = self._row(child).parent if child.isValid() else None
        if above is None or above.parent is None:
            return QModelIndex()
        return self.createIndex(above.place, 0, above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows lie below a row."""
        return 0 if parent.column() > 0 else len(self._row(parent).children)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return len(GapColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        """Return the words above a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section not in _WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        words = {
            GapColumn.NAME: self.tr("Name"),
            GapColumn.MASTERED: word_of(SkillState.MASTERED),
            GapColumn.MISSING: word_of(SkillState.MISSING),
            GapColumn.UNSETTLED: word_of(SkillState.UNSETTLED),
            GapColumn.NOT_APPLICABLE: word_of(SkillState.NOT_APPLICABLE),
            GapColumn.LOCKED: locked_word(),
            GapColumn.MINUTES: self.tr("To close"),
            GapColumn.VALUE: self.tr("Worth"),
            GapColumn.CHANGE: self.tr("Change"),
            GapColumn.STATE: self.tr("State"),
        }
        tips = {
            GapColumn.MINUTES: self.tr("Minutes of all lessons that are missing or unsettled"),
            GapColumn.VALUE: value_meaning(),
            GapColumn.CHANGE: self.tr("How many skills rose and fell since the assessment compared with"),
        }
        if role == Qt.ItemDataRole.DisplayRole:
            return words[GapColumn(section)]
        return tips.get(GapColumn(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        """Return what a cell shows; UserRole: the bare number."""
        if not index.isValid():
            return None
        row, column = self._row(index), GapColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            # Whoever hears the name alone hears the state with it; who sees it sees the mark.
            if column is GapColumn.NAME and row.skill is not None:
                return f"{row.name}, {_state_words(row)}"
            return self._words(row, column) or "0"
        if role == Qt.ItemDataRole.UserRole:
            return _sort_key(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column is GapColumn.NAME and row.skill is not None:
            return self._icon(row.skill)
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in _WORDS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, row: Row, column: GapColumn) -> str:
        if column is GapColumn.NAME:
            return row.name
        if column is GapColumn.STATE:
            return _state_words(row)
        if column is GapColumn.CHANGE:
            return self._change_words(row)
        number = _number(row.counts, column)
        if not number:
            return ""
        return minutes_text(int(number)) if column is GapColumn.MINUTES else f"{number:g}"

    def _change_words(self, row: Row) -> str:
        if self._changes is None:
            return ""
        if row.skill is None:
            parts = [f"{ARROWS[change]} {count}" for change, count in _moves(row) if count]
            return "   ".join(parts)
        change = self._changes.of(row.skill.skill)
        if change not in ARROWS:
            return change_word(change)
        before = word_of(self._changes.before_by_skill[row.skill.skill])
        return self.tr("{arrow} {change}, was {state}").format(
            arrow=ARROWS[change], change=change_word(change), state=before.lower()
        )

    def _icon(self, skill: SkillGap) -> QIcon:
        key = (skill.state, skill.locked)
        if key not in self._icons:
            self._icons[key] = mark_icon(skill.state, self._colors, skill.locked)
        return self._icons[key]

    def _row(self, index: Index) -> Row:
        row = index.internalPointer() if index.isValid() else self._root
        assert isinstance(row, Row)
        return row


def _tree_of(analysis: GapAnalysis, changes: GapChanges | None) -> Row:
    root = Row("", analysis.totals, None, 0)
    for stage in analysis.stages:
        stage_row = root.add(f"{stage.number}  {stage.title}", stage.counts)
        for program in stage.programs:
            program_row = stage_row.add(f"{program.number}  {program.title}", program.counts)
            program_row.number = program.number
            for mission in program.missions:
                mission_row = program_row.add(f"{mission.number}  {mission.title}", mission.counts, mission)
                for skill in mission.skills:
                    row = mission_row.add(f"{skill.lesson}  {skill.title}", count_of_skill(skill), mission, skill)
                    _count_move(row, changes.of(skill.skill) if changes is not None else Change.NOT_COMPARED)
    return root


def _count_move(row: Row, change: Change) -> None:
    """Count a move of a skill on its own row and on all above it."""
    above: Row | None = row
    while above is not None:
        above.rose += change is Change.ROSE
        above.fell += change is Change.FELL
        above = above.parent


def _sort_key(row: Row, column: GapColumn) -> int | float:
    """Return what a row is sorted by among its like: names by their numbers, which is the order they stand in."""
    if column is GapColumn.NAME:
        return row.place
    return row.rose - row.fell if column is GapColumn.CHANGE else _number(row.counts, column)


def _state_words(row: Row) -> str:
    if row.skill is None:
        return share_text(row.counts)
    words = [word_of(row.skill.state)] + ([locked_word()] if row.skill.locked else [])
    return ", ".join(words)


def _moves(row: Row) -> Iterable[tuple[Change, int]]:
    return (Change.ROSE, row.rose), (Change.FELL, row.fell)


def _number(counts: Counts, column: GapColumn) -> int | float:
    return {
        GapColumn.NAME: 0,
        GapColumn.MASTERED: counts.mastered,
        GapColumn.MISSING: counts.missing,
        GapColumn.UNSETTLED: counts.unsettled,
        GapColumn.NOT_APPLICABLE: counts.not_applicable,
        GapColumn.LOCKED: counts.locked,
        GapColumn.MINUTES: counts.minutes,
        GapColumn.VALUE: counts.value,
        GapColumn.CHANGE: 0,
        GapColumn.STATE: counts.mastered,
    }[column]
