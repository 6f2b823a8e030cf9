"""What a search found, as a tree of groups: lessons, questions, terms, own notes."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from dijipilot.content.search import MATCH_MARK, SearchHit
from dijipilot.ui.icons import icon
from dijipilot.ui.translation import QT_TRANSLATE_NOOP
from dijipilot.ui.widgets.state_mark import locked_word

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The SearchHit of a row, None for a group."""

SNIPPET_ROLE = Qt.ItemDataRole.UserRole + 2

_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("lesson", QT_TRANSLATE_NOOP("search", "Lessons"), "library"),
    ("question", QT_TRANSLATE_NOOP("search", "Questions sellers ask"), "questions"),
    ("glossary", QT_TRANSLATE_NOOP("search", "Terms"), "info"),
    ("note", QT_TRANSLATE_NOOP("search", "My notes"), "note"),
)
_Index = QModelIndex | QPersistentModelIndex


class _Group(Struct, frozen=True, eq=False):
    title: str
    icon: str
    hits: tuple[SearchHit, ...]


class SearchModel(QAbstractItemModel):
    """Two levels; groups without hits are not there. Every search shows other rows, so it resets."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[_Group, ...] = ()

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show these hits, each group in the order given."""
        self.beginResetModel()
        groups = (
            _Group(QCoreApplication.translate("search", title), name, tuple(hit for hit in hits if hit.kind == kind))
            for kind, title, name in _GROUPS
        )
        self._groups = tuple(group for group in groups if group.hits)
        self.endResetModel()

    def hits(self) -> list[SearchHit]:
        """Return all hits shown."""
        return [hit for group in self._groups for hit in group.hits]

    def hit(self, index: _Index) -> SearchHit | None:
        """Return the hit of a row, None for a group."""
        if not index.isValid() or not isinstance(index.internalPointer(), _Group):
            return None
        group: _Group = index.internalPointer()
        return group.hits[index.row()]

    # What Qt asks

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._groups[parent.row()] if parent.isValid() else None)

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        group = index.internalPointer() if index.isValid() else None
        return self.createIndex(self._groups.index(group), 0, None) if isinstance(group, _Group) else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        is_group = self.hit(parent) is None and parent.column() == 0
        return len(self._groups[parent.row()].hits) if is_group else 0

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and self.hit(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hit(index)
        if hit is None:
            return self._group_data(self._groups[index.row()], role)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{hit.lesson}   {hit.title}" if hit.lesson and hit.kind != "glossary" else hit.title
            case Qt.ItemDataRole.AccessibleTextRole:
                locked = locked_word().lower() if hit.locked else ""
                plain = hit.snippet.replace(MATCH_MARK, "")
                return ", ".join(part for part in (hit.title, locked, plain) if part)
            case Qt.ItemDataRole.DecorationRole if hit.locked:
                return icon("lock")
        if role == SNIPPET_ROLE:
            return f"{locked_word()}  ·  {hit.snippet}" if hit.locked else hit.snippet
        return hit if role == HIT_ROLE else None

    def _group_data(self, group: _Group, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{group.title} ({len(group.hits)})"
            case Qt.ItemDataRole.DecorationRole:
                return icon(group.icon)
        return None
