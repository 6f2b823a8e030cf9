"""Two things beside each other where there is room, else one below the other."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

GAP_BESIDE, GAP_BELOW = 16, 16


class SideBySide(QWidget):
    """Turns when it is narrower than so many characters, so it also answers to larger text."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        stretches: tuple[int, int],
        characters: int,
        parent: QWidget | None = None,
        gap: int = GAP_BESIDE,
    ) -> None:
        super().__init__(parent)
        self._characters = characters
        self._gap = gap
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._box.addWidget(left, stretches[0])
        self._box.addWidget(right, stretches[1])

    @property
    def is_beside(self) -> bool:
        """Whether there is room for both side by side."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room for it has come or gone."""
        super().resizeEvent(event)
        has_room = event.size().width() >= self._characters * self.fontMetrics().averageCharWidth()
        if has_room != self.is_beside:
            direction = QBoxLayout.Direction
            self._box.setDirection(direction.LeftToRight if has_room else direction.TopToBottom)
            self._box.setSpacing(self._gap if has_room else GAP_BELOW)
