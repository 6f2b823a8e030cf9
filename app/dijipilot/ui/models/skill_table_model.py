"""The skills of a result as a table: lesson, program, verdict and how likely it is that the skill is mastered."""

from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ProgramNumber, SkillId
from dijipilot.domain.skill_state import SkillState
from dijipilot.domain.standing import Standing
from dijipilot.ui.likelihood import likelihood_text, percent_text
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.state_mark import mark_icon, meaning_of, word_of

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    """What stands where."""

    LESSON = 0
    TITLE = 1
    PROGRAM = 2
    VERDICT = 3
    LIKELIHOOD = 4


class SkillRow(Struct, frozen=True):
    """One skill; probability: None where it does not apply."""

    skill: SkillId
    lesson: str
    title: str
    program: ProgramNumber
    program_title: str
    state: SkillState
    probability: float | None


def rows_of(curriculum: Curriculum, standing: Standing) -> tuple[SkillRow, ...]:
    """Return one row for every skill of the curriculum, in order of lesson number."""
    rows = []
    for lesson in curriculum.lessons:
        known = standing.by_skill.get(lesson.skill)
        program = curriculum.program_of(lesson.skill)
        rows.append(
            SkillRow(
                skill=lesson.skill,
                lesson=lesson.number,
                title=lesson.title,
                program=program.number,
                program_title=program.title,
                state=SkillState(known.verdict.value) if known else SkillState.NOT_APPLICABLE,
                probability=known.probability if known else None,
            )
        )
    return tuple(rows)


class SkillTableModel(QAbstractTableModel):
    """Adapts the standing of one assessment."""

    def __init__(self, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SkillRow, ...] = ()
        self._words_by_row: list[dict[Column, str]] = []
        self._icons = _icons(colors)

    def show_rows(self, rows: Sequence[SkillRow]) -> None:
        """Show another result: everything changes."""
        self.beginResetModel()
        self._rows = tuple(rows)
        # Once: a view asks for each of them again and again while it is laid out.
        self._words_by_row = [_words(row) for row in rows]
        self.endResetModel()

    def recolor(self, colors: Colors) -> None:
        """Draw the marks in these colors."""
        self._icons = _icons(colors)
        if self._rows:
            top, bottom = self.index(0, Column.VERDICT), self.index(len(self._rows) - 1, Column.VERDICT)
            self.dataChanged.emit(top, bottom, [Qt.ItemDataRole.DecorationRole])

    def row_at(self, index: Index) -> SkillRow | None:
        """Return the skill of a row, None for no row."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many skills there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        """Return the words above a column."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        words = {
            Column.LESSON: self.tr("Lesson"),
            Column.TITLE: self.tr("Skill"),
            Column.PROGRAM: self.tr("Program"),
            Column.VERDICT: self.tr("Verdict"),
            Column.LIKELIHOOD: self.tr("You can do it"),
        }
        return words[Column(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        """Return what a cell shows, explains or sorts by."""
        if not index.isValid():
            return None
        column = Column(index.column())
        row, words = self._rows[index.row()], self._words_by_row[index.row()][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.DecorationRole and column is Column.VERDICT:
            return self._icons[row.state]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column) or words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words or self.tr("none")
        if role == Qt.ItemDataRole.UserRole:
            # Their lessons have an order of their own, which is that of the rows.
            return index.row() if column is Column.LESSON else self._sort_key(row, column, words)
        return None

    def _tip(self, row: SkillRow, column: Column) -> str:
        if column is Column.VERDICT:
            return meaning_of(row.state)
        return percent_text(row.probability) if column is Column.LIKELIHOOD and row.probability is not None else ""

    def _sort_key(self, row: SkillRow, column: Column, words: str) -> object:
        if column is Column.LIKELIHOOD:
            return -1.0 if row.probability is None else row.probability
        return words


def _words(row: SkillRow) -> dict[Column, str]:
    return {
        Column.LESSON: row.lesson,
        Column.TITLE: row.title,
        Column.PROGRAM: row.program_title,
        Column.VERDICT: word_of(row.state),
        Column.LIKELIHOOD: "" if row.probability is None else likelihood_text(row.probability),
    }


class SkillFilter(QSortFilterProxyModel):
    """Shows the skills of one verdict, of one program, or both; "" shows all."""

    def __init__(self, model: SkillTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._program = ""
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(Qt.ItemDataRole.UserRole)
        self.setSortLocaleAware(True)

    def choose_state(self, state: str) -> None:
        """Show this state alone."""
        if state != self._state:
            self.beginFilterChange()
            self._state = state
            self.endFilterChange()

    def choose_program(self, program: str) -> None:
        """Show this program alone."""
        if program != self._program:
            self.beginFilterChange()
            self._program = program
            self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a row is shown."""
        row = self._model.row_at(self._model.index(source_row, 0))
        if row is None:
            return False
        return (not self._state or row.state == self._state) and (not self._program or row.program == self._program)


def _icons(colors: Colors) -> dict[SkillState, object]:
    return {state: mark_icon(state, colors) for state in SkillState}
