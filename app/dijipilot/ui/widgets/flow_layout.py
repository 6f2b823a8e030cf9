"""Things in a line that go on in the next line where the width ends: nothing is cut off at large text."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

_Sized = tuple[QLayoutItem, QSize]


class FlowLayout(QLayout):
    """Lays its widgets out in reading order; those after add_gap go to the far end while one line holds them all."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 10, line_gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._line_gap = line_gap
        self._far_from: int | None = None
        self._sizes: list[_Sized] | None = None
        self._height_by_width: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add_gap(self) -> None:
        """Let what is added from now on stand at the far end."""
        self._far_from = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """Take in an item; Qt calls this for every widget added."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def invalidate(self) -> None:
        """Ask the items anew how large they are; Qt calls this when one of them has changed."""
        self._sizes = None
        self._height_by_width = {}
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Be higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        if width not in self._height_by_width:
            self._height_by_width[width] = self._arrange(QRect(0, 0, width, 0), moves=False)
        return self._height_by_width[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect, moves=True)

    def sizeHint(self) -> QSize:
        """Like best to be one line."""
        sizes = [size for _, size in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Need the width of the widest item."""
        sizes = [size for _, size in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _shown(self) -> list[_Sized]:
        """Return the items that are there with their sizes, asked once until something changes."""
        if self._sizes is None:
            there = [item for item in self._items if not (isinstance(item, QWidgetItem) and item.isEmpty())]
            self._sizes = [(item, item.sizeHint()) for item in there]
        return self._sizes

    def _lines(self, width: int) -> list[list[_Sized]]:
        lines: list[list[_Sized]] = [[]]
        used = 0
        for item, size in self._shown():
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines

    def _arrange(self, rect: QRect, moves: bool) -> int:
        """Go through the lines from the top; return the height of them all."""
        lines = self._lines(rect.width())
        top = rect.top()
        for line in lines:
            height = max((size.height() for _, size in line), default=0)
            if moves:
                self._place(line, QRect(rect.left(), top, rect.width(), height), is_only=len(lines) == 1)
            top += height + self._line_gap
        return max(0, top - self._line_gap - rect.top())

    def _place(self, line: list[_Sized], rect: QRect, is_only: bool) -> None:
        far = self._items[self._far_from :] if self._far_from is not None and is_only else []
        spare = rect.width() - sum(size.width() + self.spacing() for _, size in line) + self.spacing()
        left, is_far = rect.left(), False
        for item, size in line:
            if not is_far and any(item is each for each in far):
                left, is_far = left + max(0, spare), True
            place = QRect(QPoint(left, rect.top() + (rect.height() - size.height()) // 2), size)
            item.setGeometry(self._visual(place, rect))
            left += size.width() + self.spacing()

    def _visual(self, place: QRect, line: QRect) -> QRect:
        """Mirror a place where reading begins at the right."""
        widget = self.parentWidget()
        if widget is None or widget.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return place
        return QRect(QPoint(line.left() + line.right() - place.right(), place.top()), place.size())
