"""What stands in each cell of the roadmap: words, marks, colors; never a color without a word or a shape."""

from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.roadmap import RoadmapItem, Status
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.icons import icon
from dijipilot.ui.models.roadmap_nodes import RollUp, Row
from dijipilot.ui.roadmap_words import ICON_BY_STATUS, readiness_word, status_color, status_word
from dijipilot.ui.tally_words import done_text
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.state_mark import locked_word

KEY_ROLE = Qt.ItemDataRole.UserRole + 1
"""Role under which a row tells its key."""

_CONTEXT = "roadmap cells"
_SETTLED = (Status.DONE, Status.SKIPPED)
_CHECK_BY_STATUS = {Status.DONE: Qt.CheckState.Checked, Status.IN_PROGRESS: Qt.CheckState.PartiallyChecked}


class RoadmapColumn(IntEnum):
    """What stands where."""

    POSITION = 0
    TITLE = 1
    PROGRAM = 2
    TIME = 3
    STATUS = 4
    READINESS = 5


class RoadmapCells(QObject):
    """Answers what Qt asks of one row."""

    def __init__(self, curriculum: Curriculum, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program_titles = {program.number: program.title for program in curriculum.programs}
        self._colors = colors
        self._icons: dict[Status, QIcon] = {}

    def recolor(self, colors: Colors) -> None:
        """Use these colors from now on."""
        self._colors, self._icons = colors, {}

    def heading(self, column: RoadmapColumn) -> str:
        """Return what a column is called."""
        return (
            self.tr("No."),
            self.tr("Lesson"),
            self.tr("Program"),
            self.tr("Time left"),
            self.tr("Status"),
            self.tr("Start"),
        )[column]

    def data(self, row: Row, column: RoadmapColumn, role: int) -> object:
        """Return what a cell shows in a role, None where it shows nothing."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.detail or self._words(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                # An empty cell would be silent: there too one hears which row it is.
                words = "" if column is RoadmapColumn.POSITION else self._words(row, column)
                if column is RoadmapColumn.TITLE and _is_locked(row):
                    words = f"{words}, {locked_word()}"
                return words or self._spoken(row)
            case Qt.ItemDataRole.CheckStateRole if column is RoadmapColumn.POSITION:
                return _check_state(row)
            case Qt.ItemDataRole.DecorationRole if column is RoadmapColumn.TITLE and _is_locked(row):
                return icon("lock", self._colors.muted)
            case Qt.ItemDataRole.DecorationRole if column is RoadmapColumn.STATUS:
                return self._icon(_status(row))
            case Qt.ItemDataRole.FontRole if column is RoadmapColumn.TITLE:
                return _font(row)
            case Qt.ItemDataRole.ForegroundRole:
                return self._color(row, column)
        return row.key if role == KEY_ROLE else None

    def _words(self, row: Row, column: RoadmapColumn) -> str:
        if row.roll_up is not None:
            return _group_words(row, row.roll_up, column)
        if row.step is not None or row.item is None:
            status = _status(row)
            words = status_word(status) if status is not None else ""
            return {RoadmapColumn.TITLE: row.title, RoadmapColumn.STATUS: words}.get(column, "")
        return self._lesson_words(row.item, column)

    def _lesson_words(self, item: RoadmapItem, column: RoadmapColumn) -> str:
        return {
            RoadmapColumn.POSITION: str(item.position),
            RoadmapColumn.TITLE: item.title,
            RoadmapColumn.PROGRAM: self._program_titles.get(item.program, item.program),
            RoadmapColumn.TIME: minutes_text(item.minutes) if item.status.is_ahead else "",
            RoadmapColumn.STATUS: status_word(item.status),
            RoadmapColumn.READINESS: readiness_word(item),
        }[column]

    def _spoken(self, row: Row) -> str:
        parts = [self._words(row, each) for each in (RoadmapColumn.POSITION, RoadmapColumn.TITLE, RoadmapColumn.STATUS)]
        if row.step is not None:
            parts[1] = QCoreApplication.translate(_CONTEXT, "Step: {text}").format(text=row.title)
        parts.append(locked_word() if _is_locked(row) else "")
        return ", ".join(part for part in parts if part)

    def _icon(self, status: Status | None) -> QIcon | None:
        if status is None:
            return None
        if status not in self._icons:
            self._icons[status] = icon(ICON_BY_STATUS[status], status_color(status, self._colors))
        return self._icons[status]

    def _color(self, row: Row, column: RoadmapColumn) -> QColor | None:
        if row.item is None or row.step is not None:
            return QColor(self._colors.muted) if row.step is not None and row.step.is_ticked else None
        if column is RoadmapColumn.STATUS:
            return QColor(status_color(row.item.status, self._colors))
        return QColor(self._colors.muted) if row.item.status in _SETTLED else None


def _is_locked(row: Row) -> bool:
    return row.step is None and row.item is not None and row.item.locked


def _status(row: Row) -> Status | None:
    if row.step is not None:
        return Status.DONE if row.step.is_ticked else Status.TODO
    return row.item.status if row.item is not None else None


def _check_state(row: Row) -> Qt.CheckState:
    if row.roll_up is not None:
        tally = row.roll_up.tally
        # A tick says that all of it is done, what is locked too: ticking marks that as well.
        if tally.is_complete and not tally.locked:
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if tally.done else Qt.CheckState.Unchecked
    status = _status(row)
    return _CHECK_BY_STATUS.get(status, Qt.CheckState.Unchecked) if status is not None else Qt.CheckState.Unchecked


def _font(row: Row) -> QFont | None:
    font = QFont()
    if row.roll_up is not None:
        font.setBold(True)
    elif row.step is None and row.item is not None and row.item.status is Status.SKIPPED:
        font.setStrikeOut(True)
    else:
        return None
    return font


def _group_words(row: Row, roll_up: RollUp, column: RoadmapColumn) -> str:
    if column is RoadmapColumn.TITLE:
        return row.title
    if column is RoadmapColumn.STATUS:
        return done_text(roll_up.tally)
    if column is RoadmapColumn.TIME and roll_up.minutes:
        return minutes_text(roll_up.minutes)
    return ""
