"""A list beside its detail where there is room, else above it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

ROOM_FOR_TWO = 96
"""Characters across, below which the two stand one above the other; so it answers to larger text too."""

_LINES = 11


class TurningSplitter(QSplitter):
    """Holds two widgets, the first a little less than twice as wide as the second."""

    def __init__(self, first: QWidget, second: QWidget, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(object_name)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12)
        self.addWidget(first)
        self.addWidget(second)
        self._pair = (first, second)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the room for two has come or gone."""
        super().resizeEvent(event)
        has_room = event.size().width() >= ROOM_FOR_TWO * self.fontMetrics().averageCharWidth()
        wanted = Qt.Orientation.Horizontal if has_room else Qt.Orientation.Vertical
        for each in self._pair:
            each.setMinimumHeight(0 if has_room else _LINES * self.fontMetrics().height())
        if wanted is not self.orientation():
            self.setOrientation(wanted)
            self._share()

    def _share(self) -> None:
        self.setSizes([660, 320] if self.orientation() is Qt.Orientation.Horizontal else [320, 320])
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
