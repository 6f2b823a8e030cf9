"""The curriculum as a tree: stage, program, mission, lesson, with how far each lesson is."""

from collections.abc import Mapping

from msgspec import Struct, field
from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_tally import tally_lessons
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.icons import icon
from dijipilot.ui.lesson_status import DONE, LOCKED, LessonStatus, status_of
from dijipilot.ui.tally_words import done_text

TARGET_ROLE = Qt.ItemDataRole.UserRole + 1
"""Where a node leads, such as "mission:2.5.1"; "" for stages and programs."""

NUMBER_ROLE = Qt.ItemDataRole.UserRole + 2

STATUS_ROLE = Qt.ItemDataRole.UserRole + 3
"""The icon of a lesson's status, which tells statuses apart; None for all but lessons."""

BOOKMARK_ROLE = Qt.ItemDataRole.UserRole + 4
"""Whether a lesson is bookmarked."""

TITLE, STATE, MINUTES = range(3)

_Index = QModelIndex | QPersistentModelIndex


class _Node(Struct, eq=False):
    number: str
    title: str
    target: str = ""
    detail: str = ""
    parent: "_Node | None" = None
    lesson: Lesson | None = None
    children: list["_Node"] = field(default_factory=list)

    def add(self, child: "_Node") -> "_Node":
        child.parent = self
        self.children.append(child)
        return child

    def leaves(self) -> "list[_Node]":
        if self.lesson is not None:
            return [self]
        return [leaf for child in self.children for leaf in child.leaves()]

    def lessons(self) -> list[Lesson]:
        return [leaf.lesson for leaf in self.leaves() if leaf.lesson is not None]

    def way_up(self) -> "list[_Node]":
        """Return the nodes above, but for the root, which is no row."""
        above = self.parent
        return [] if above is None or above.parent is None else [above, *above.way_up()]


class CurriculumTreeModel(QAbstractItemModel):
    """The tree never changes; what is recorded of its lessons does."""

    def __init__(self, curriculum: Curriculum, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress: Mapping[SkillId, LessonProgress] = {}
        self._locked: frozenset[SkillId] = frozenset()
        self._bookmarked: frozenset[SkillId] = frozenset()
        self._root = _tree(curriculum)
        self._node_by_skill = {node.lesson.skill: node for node in self._root.leaves() if node.lesson is not None}

    def show_progress(self, progress: Mapping[SkillId, LessonProgress], locked: frozenset[SkillId]) -> None:
        """Show how far each lesson is; only rows that change are announced."""
        before, bookmarked = self._statuses(), self._bookmarked
        self._progress, self._locked = progress, locked
        marked = {skill for skill, each in progress.items() if each.is_bookmarked}
        self._bookmarked = frozenset(marked & self._node_by_skill.keys())
        after = self._statuses()
        for skill in bookmarked ^ self._bookmarked:
            title = self._index_of_node(self._node_by_skill[skill], TITLE)
            self.dataChanged.emit(title, title)
        changed = {node for lesson, node in self._node_by_skill.items() if before[lesson] is not after[lesson]}
        for each in changed | {above for node in changed for above in node.way_up()}:
            index = self._index_of_node(each, STATE)
            self.dataChanged.emit(index, index)

    def index_of(self, number: str) -> QModelIndex:
        """Return the index of a stage, program, mission or lesson; an invalid one where there is none."""
        return self._find(number, QModelIndex())

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        above = self._node(index).parent if index.isValid() else None
        if above is None or above.parent is None:
            return QModelIndex()
        return self._index_of_node(above, 0)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Title"), self.tr("State"), self.tr("Time"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = self._node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(node, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                marked = self.tr(", bookmarked") if self._is_bookmarked(node) else ""
                return f"{node.number} {node.title}{marked}, {self._state(node)}, {self._minutes(node)}"
            case Qt.ItemDataRole.ToolTipRole:
                return node.detail or None
            case Qt.ItemDataRole.DecorationRole if index.column() == STATE and node.lesson is not None:
                return icon(self._status(node.lesson).icon)
            case Qt.ItemDataRole.DecorationRole if index.column() == TITLE and self._is_bookmarked(node):
                return icon("bookmark_on")
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == MINUTES:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._own_data(node, role)

    def _node(self, index: _Index) -> _Node:
        node = index.internalPointer() if index.isValid() else self._root
        assert isinstance(node, _Node)
        return node

    def _own_data(self, node: _Node, role: int) -> object:
        if role == STATUS_ROLE:
            return None if node.lesson is None else self._status(node.lesson).icon
        if role == BOOKMARK_ROLE:
            return self._is_bookmarked(node)
        if role == TARGET_ROLE:
            return node.target
        return node.number if role == NUMBER_ROLE else None

    def _text(self, node: _Node, column: int) -> str:
        if column == TITLE:
            return f"{node.number}   {node.title}"
        return self._state(node) if column == STATE else self._minutes(node)

    def _state(self, node: _Node) -> str:
        if node.lesson is not None:
            return self._status(node.lesson).words
        statuses = [self._status(lesson) for lesson in node.lessons()]
        return done_text(tally_lessons((status is DONE, status is LOCKED) for status in statuses))

    def _minutes(self, node: _Node) -> str:
        return minutes_text(sum(lesson.minutes for lesson in node.lessons()))

    def _status(self, lesson: Lesson) -> LessonStatus:
        return status_of(lesson, self._progress.get(lesson.skill), lesson.skill in self._locked)

    def _is_bookmarked(self, node: _Node) -> bool:
        return node.lesson is not None and node.lesson.skill in self._bookmarked

    def _statuses(self) -> dict[SkillId, LessonStatus]:
        return {
            skill: self._status(node.lesson) for skill, node in self._node_by_skill.items() if node.lesson is not None
        }

    def _index_of_node(self, node: _Node, column: int) -> QModelIndex:
        assert node.parent is not None
        return self.createIndex(node.parent.children.index(node), column, node)

    def _find(self, number: str, parent: QModelIndex) -> QModelIndex:
        for row in range(self.rowCount(parent)):
            index = self.index(row, 0, parent)
            found = self._node(index).number
            if found == number:
                return index
            if number.startswith(f"{found}."):
                return self._find(number, index)
        return QModelIndex()


def _tree(curriculum: Curriculum) -> _Node:
    root = _Node("", "")
    for stage in curriculum.stages:
        stage_node = root.add(_Node(stage.number, stage.title, detail=stage.outcome))
        for program in stage.programs:
            program_node = stage_node.add(_Node(program.number, program.title, detail=program.outcome))
            for mission in program.missions:
                target = f"mission:{mission.number}"
                mission_node = program_node.add(_Node(mission.number, mission.title, target, mission.outcome))
                for lesson in mission.lessons:
                    target = f"lesson:{lesson.skill}"
                    mission_node.add(_Node(lesson.number, lesson.title, target, lesson.can_do, lesson=lesson))
    return root
