"""The roadmap as a checklist of lessons, groups and steps; what changes between two plans is announced row by row."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap import RoadmapItem
from dijipilot.ui.models.roadmap_cells import RoadmapCells, RoadmapColumn
from dijipilot.ui.models.roadmap_nodes import Branch, Row, key_of
from dijipilot.ui.theme import Colors

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MIME_TYPE = "application/x-dijipilot-lesson"


class _Node(Struct, eq=False):
    row: Row
    parent: "_Node | None" = None
    below: list["_Node"] = field(default_factory=list)

    def all_below(self) -> "Iterator[_Node]":
        for each in self.below:
            yield each
            yield from each.all_below()


class RoadmapModel(QAbstractItemModel):
    """Adapts a Roadmap; what is ticked or dropped by hand is passed on, and shows once the plan says so.

    tick_requested(skill, is_ticked), step_tick_requested(skill, step, is_ticked),
    group_tick_requested(key of the group, is_ticked), move_requested(skill, skill it is put before or "" for the end).
    """

    tick_requested = Signal(str, bool)
    step_tick_requested = Signal(str, str, bool)
    group_tick_requested = Signal(str, bool)
    move_requested = Signal(str, str)

    def __init__(self, curriculum: Curriculum, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = RoadmapCells(curriculum, colors)
        self._root = _Node(Row("", ""))
        self._node_by_key: dict[str, _Node] = {}
        self._order: list[SkillId] = []

    # What is shown

    @property
    def items(self) -> tuple[RoadmapItem, ...]:
        """The lessons shown, in study order."""
        items = [node.row.item for node in self._root.all_below() if node.row.item and node.row.step is None]
        return tuple(sorted(items, key=lambda item: item.position))

    def row_at(self, index: Index) -> Row | None:
        """Return what a row shows, None for no row."""
        return self._node(index).row if index.isValid() else None

    def index_of(self, key: str) -> QModelIndex:
        """Return where the row of a key is, an invalid index where there is none."""
        node = self._node_by_key.get(key)
        return self._index_of_node(node) if node is not None else QModelIndex()

    def items_below(self, key: str) -> tuple[RoadmapItem, ...]:
        """Return the lessons of a group."""
        node = self._node_by_key.get(key)
        nodes = node.all_below() if node is not None else ()
        return tuple(each.row.item for each in nodes if each.row.item is not None and each.row.step is None)

    def recolor(self, colors: Colors) -> None:
        """Draw icons and text in these colors."""
        self._cells.recolor(colors)
        for node in self._root.all_below():
            self._announce(node)

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Show another plan: rows leave, come and move one by one, so that the view keeps its place and selection."""
        self._sync(self._root, branches)
        self._order = [item.skill for item in self.items]

    def show_anew(self, branches: Sequence[Branch]) -> None:
        """Show the plan in another arrangement, in which no row stands where it stood."""
        self.beginResetModel()
        self._root, self._node_by_key = _Node(Row("", "")), {}
        for branch in branches:
            self._grow(self._root, len(self._root.below), branch)
        self._order = [item.skill for item in self.items]
        self.endResetModel()

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).below[row])

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the index of the row above, an invalid one for rows of the first rank."""
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self._index_of_node(above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows stand below a row."""
        return 0 if parent.column() > 0 else len(self._node(parent).below)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return len(RoadmapColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return what a column is called."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cells.heading(RoadmapColumn(section))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        return self._cells.data(self._node(index).row, RoadmapColumn(index.column()), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: the first one is ticked; lessons are dragged, groups take them."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        row, flags = self._node(index).row, Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == RoadmapColumn.POSITION:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if row.item is not None and row.step is None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        if row.step is not None:
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsDropEnabled if row.roll_up is not None else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on a tick set or taken away by hand."""
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        is_ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        if row.item is None:
            self.group_tick_requested.emit(row.key, is_ticked)
        elif row.step is not None:
            self.step_tick_requested.emit(row.item.skill, row.step.id, is_ticked)
        else:
            self.tick_requested.emit(row.item.skill, is_ticked)
        return True

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the skill of the lesson that is dragged."""
        row = next((row for each in indexes if (row := self.row_at(each)) is not None), None)
        data = QMimeData()
        data.setData(MIME_TYPE, (row.item.skill if row and row.item else "").encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell whether a lesson can be put there: in its own mission, or anywhere where rows are not by program."""
        node, dragged = self._node(parent), self._node_by_key.get(key_of(_skill_in(data)))
        if dragged is None or (node is not self._root and node.row.roll_up is None):
            return False
        is_in_week = node.row.key.startswith("week:")
        return is_in_week or node is dragged.parent

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Pass on where a lesson was dropped; false, so that the view does not take its row away itself."""
        if self.canDropMimeData(data, action, row, column, parent):
            below = self._node(parent).below
            place = row if 0 <= row <= len(below) else len(below)
            before = below[place].row.item if place < len(below) else self._item_after(below[-1].row.item)
            self.move_requested.emit(_skill_in(data), before.skill if before else "")
        return False

    def skill_following(self, skill: str) -> SkillId | None:
        """Return the lesson that comes next in study order, None after the last."""
        place = self._order.index(SkillId(skill)) + 1
        return self._order[place] if place < len(self._order) else None

    def _item_after(self, item: RoadmapItem | None) -> RoadmapItem | None:
        following = self.skill_following(item.skill) if item is not None else None
        return self._node_by_key[key_of(following)].row.item if following is not None else None

    # Nodes

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else self._root
        assert isinstance(node, _Node)
        return node

    def _index_of_node(self, node: _Node, column: int = 0) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.below.index(node), column, node)

    def _announce(self, node: _Node) -> None:
        self.dataChanged.emit(self._index_of_node(node), self._index_of_node(node, len(RoadmapColumn) - 1))

    def _sync(self, node: _Node, branches: Sequence[Branch]) -> None:
        parent, wanted = self._index_of_node(node), {branch.row.key for branch in branches}
        for place in reversed(range(len(node.below))):
            if node.below[place].row.key not in wanted:
                self.beginRemoveRows(parent, place, place)
                self._forget(node.below.pop(place))
                self.endRemoveRows()
        for place, branch in enumerate(branches):
            self._bring(node, place, branch)
        for child, branch in zip(node.below, branches, strict=True):
            if child.row != branch.row:
                child.row = branch.row
                self._announce(child)
            self._sync(child, branch.below)

    def _bring(self, node: _Node, place: int, branch: Branch) -> None:
        """Have the row of this branch stand here."""
        keys = [child.row.key for child in node.below]
        if place < len(keys) and keys[place] == branch.row.key:
            return
        parent = self._index_of_node(node)
        if branch.row.key not in keys:
            self.beginInsertRows(parent, place, place)
            self._grow(node, place, branch)
            self.endInsertRows()
            return
        present = keys.index(branch.row.key)
        if self.beginMoveRows(parent, present, present, parent, place):
            node.below.insert(place, node.below.pop(present))
            self.endMoveRows()

    def _grow(self, node: _Node, place: int, branch: Branch) -> None:
        grown = _Node(branch.row, node)
        node.below.insert(place, grown)
        self._node_by_key[branch.row.key] = grown
        for number, each in enumerate(branch.below):
            self._grow(grown, number, each)

    def _forget(self, node: _Node) -> None:
        for each in (node, *node.all_below()):
            # A lesson that moved into another group has grown there already.
            if self._node_by_key.get(each.row.key) is each:
                del self._node_by_key[each.row.key]


def _skill_in(data: QMimeData) -> str:
    return bytes(data.data(MIME_TYPE).data()).decode(errors="replace")
