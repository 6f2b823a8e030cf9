"""Keeps the lessons of one kind, or those not locked, that hold the words typed, and the way to them."""

from collections.abc import Iterator
from enum import StrEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

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
        self._hides_locked = False

    @property
    def is_filtering(self) -> bool:
        """Whether words were given or a kind was chosen."""
        return super().is_filtering or self._kind is not LessonKind.ALL

    def keep(self, kind: LessonKind) -> None:
        """Keep lessons of this kind."""
        self.beginFilterChange()
        self._kind = kind
        # What lies below a match is of another kind now and then.
        self.setAutoAcceptChildRows(not self._is_about_lessons)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def hide_locked(self, hides: bool) -> None:
        """Leave out lessons that are locked, or show them again."""
        self.beginFilterChange()
        self._hides_locked = hides
        self.setAutoAcceptChildRows(not self._is_about_lessons)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def hides_a_match(self) -> bool:
        """Tell whether a lesson fits that is not seen because it is locked."""
        return self._hides_locked and any(
            index.data(STATUS_ROLE) == LessonKind.LOCKED.value and self._is_of_kind(index) and self._has_words(index)
            for index in _below(self.sourceModel(), QModelIndex())
        )

    @property
    def _is_about_lessons(self) -> bool:
        return self._kind is not LessonKind.ALL or self._hides_locked

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        """Tell whether a row is of the kind and its title, or one above it, holds all the words."""
        if not self._is_about_lessons:
            return super().filterAcceptsRow(row, parent)
        index = self.sourceModel().index(row, 0, parent)
        is_hidden = self._hides_locked and index.data(STATUS_ROLE) == LessonKind.LOCKED.value
        return not is_hidden and self._is_of_kind(index) and self._has_words(index)

    def _has_words(self, index: QModelIndex) -> bool:
        return any(self.holds_words(text) for text in _titles(index))

    def _is_of_kind(self, index: QModelIndex) -> bool:
        status = index.data(STATUS_ROLE)
        if status is None or self._kind is LessonKind.ALL:
            return status is not None
        return bool(index.data(BOOKMARK_ROLE)) if self._kind is LessonKind.BOOKMARKED else status == self._kind.value


def _below(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    """Yield all rows of a model."""
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from _below(model, index)


def _titles(index: QModelIndex) -> list[str]:
    """Return the titles of a row and of all above it, folded."""
    titles = []
    while index.isValid():
        titles.append(fold(str(index.data() or "")))
        index = index.parent()
    return titles
