"""Keeps the rows of a tree that hold all the words typed, whatever their case and accents, and the way to them."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from dijipilot.content.folding import fold


class WordFilter(QSortFilterProxyModel):
    """Rows stay in the order of the model; what lies below a match stays too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    @property
    def is_filtering(self) -> bool:
        """Whether words were given."""
        return bool(self._words)

    def filter_by(self, text: str) -> None:
        """Keep what holds all these words; "" keeps everything."""
        self.beginFilterChange()
        self._words = fold(text).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        """Tell whether the first column holds all the words."""
        return self.holds_words(fold(str(self.sourceModel().index(row, 0, parent).data() or "")))

    def holds_words(self, folded: str) -> bool:
        """Tell whether a folded text holds all the words."""
        return all(word in folded for word in self._words)
