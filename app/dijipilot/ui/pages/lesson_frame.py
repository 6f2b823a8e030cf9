"""Puts the text of a lesson and what stands beside it into the room there is."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from dijipilot.ui.pages.page import MARGIN
from dijipilot.ui.theme import READING_RATIO
from dijipilot.ui.widgets.lesson_side import LessonSide
from dijipilot.ui.widgets.lesson_view import LINE_CHARACTERS

_SAMPLE = "The provider charges you when an order is released, and production may start at any moment after that."
_SHARE_BELOW = 0.4
_WIDEST = 16_777_215


def reading_width(font: QFont) -> int:
    """Return how wide a line of comfortable length is; font: that of the application's text."""
    reading = QFont(font)
    reading.setPointSizeF(font.pointSizeF() * READING_RATIO)
    return round(QFontMetricsF(reading).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * LINE_CHARACTERS)


class LessonFrame(QWidget):
    """The side stands beside the text where there is room; elsewhere below it, and only for who asks for it."""

    side_shown = Signal(bool)

    def __init__(self, area: QScrollArea, side: LessonSide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area, self._side = area, side
        self._wanted: bool | None = None
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addStretch(1)
        self._box.addWidget(area, 1000)
        self._box.addWidget(side)
        self._box.addStretch(1)

    @property
    def is_side_shown(self) -> bool:
        """Whether the side is there."""
        return not self._side.isHidden()

    def want_side(self, is_wanted: bool | None) -> None:
        """Show or hide the side; None: wherever there is room for it."""
        self._wanted = is_wanted
        self.arrange()

    def arrange(self) -> None:
        """Share the room; called when the width or the text size has changed."""
        column = reading_width(self.font()) + 2 * MARGIN + self._area.verticalScrollBar().sizeHint().width()
        beside = self._side.width_wanted()
        has_room = self.width() >= column + beside
        is_shown = has_room if self._wanted is None else self._wanted
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if has_room else direction.TopToBottom)
        self._area.setMaximumWidth(column if has_room and is_shown else _WIDEST)
        self._side.setMinimumWidth(beside if has_room else 0)
        self._side.setMaximumWidth(beside if has_room else _WIDEST)
        self._side.setMaximumHeight(_WIDEST if has_room else round(self.height() * _SHARE_BELOW))
        self._side.stand_beside(has_room)
        if is_shown is self._side.isHidden():
            self._side.setVisible(is_shown)
            self.side_shown.emit(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text from the empty ground beside it too."""
        if event.angleDelta().y() and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            QCoreApplication.sendEvent(self._area.verticalScrollBar(), event)
