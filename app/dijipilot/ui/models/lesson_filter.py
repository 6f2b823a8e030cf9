"""Keeps the lessons of one kind, such as those bookmarked, that hold the words typed, and the way to them."""

from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from dijipilot.content.folding import fold
from dijipilot.ui.models.curriculum_tree_model import BOOKMARK_ROLE, STATUS_ROLE
from dijipilot.ui.models.word_filter import WordFilter

_Index = QModelIndex | QPersistentModelIndex


class LessonKind(StrEnum):
    """Which lessons to keep. All but ALL and BOOKMARKED are icons of a lesson's status, one for each."""

    ALL = ""
    BOOKMARKED = "bookmarked"
    TODO = "todo"
    STARTED = "started"
    DONE = "done"
    LOCKED = "lock"
    DRAFTING = "drafting"


class LessonFilter(WordFilter):
    """With a kind chosen, only lessons count, and the words may stand in the title of anything above them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = LessonKind.ALL

    @property
    def is_filtering(self) -> bool:
        """Whether words were given or a kind was chosen."""
        return super().is_filtering or self._kind is not LessonKind.ALL

    def keep(self, kind: LessonKind) -> None:
        """Keep lessons of this kind."""
        self.beginFilterChange()
        self._kind = kind
        # What lies below a match is of another kind now and then.
        self.setAutoAcceptChildRows(kind is LessonKind.ALL)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        """Tell whether a row is of the kind and its title, or one above it, holds all the words."""
        if self._kind is LessonKind.ALL:
            return super().filterAcceptsRow(row, parent)
        index = self.sourceModel().index(row, 0, parent)
        return self._is_of_kind(index) and any(self.holds_words(text) for text in _titles(index))

    def _is_of_kind(self, index: QModelIndex) -> bool:
        status = index.data(STATUS_ROLE)
        if status is None:
            return False
        return bool(index.data(BOOKMARK_ROLE)) if self._kind is LessonKind.BOOKMARKED else status == self._kind.value


def _titles(index: QModelIndex) -> list[str]:
    """Return the titles of a row and of all above it, folded."""
    titles = []
    while index.isValid():
        titles.append(fold(str(index.data() or "")))
        index = index.parent()
    return titles
