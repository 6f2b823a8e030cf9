"""How much of a whole is done, as a ring with the number in it; the words beside it say what is counted."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_SIDE_EMS = 4.4
_LINE_SHARE = 0.11
_TOP = 90 * 16
_WHOLE = 360 * 16
"""Angles are sixteenths of a degree, as Qt wants them; the ring begins at the top and goes as clocks do."""


class ProgressRing(QWidget):
    """Draws itself in the colors of the palette; its accessible name says the numbers in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._whole = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Not for the keyboard, but for screen readers that walk through everything.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def percent(self) -> int:
        """The number in the middle: never 100 before all is done, never 0 once something is."""
        if not self._whole:
            return 0
        rounded = round(100 * self._done / self._whole)
        return min(max(rounded, 1 if self._done else 0), 100 if self._done == self._whole else 99)

    def show_progress(self, done: int, whole: int, words: str) -> None:
        """Show so much of a whole; words: the same in a sentence, such as "3 of 5 steps done".

        Raises ValueError unless 0 <= done <= whole.
        """
        if not 0 <= done <= whole:
            raise ValueError(f"{done} of {whole} is no part of a whole.")
        self._done, self._whole = done, whole
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Be as large as the text asks for."""
        side = round(self.fontMetrics().height() * _SIDE_EMS)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Never cut off the number."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring, and the share of it that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        line = side * _LINE_SHARE
        ring = QRectF(0, 0, side, side).adjusted(line, line, -line, -line)
        ring.moveCenter(QRectF(self.rect()).center())
        self._draw_arc(painter, ring, line, self.palette().color(QPalette.ColorRole.Midlight), _WHOLE)
        if self._whole and self._done:
            forward = -1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else 1
            turn = round(_WHOLE * self._done / self._whole)
            self._draw_arc(painter, ring, line, self.palette().color(QPalette.ColorRole.Accent), forward * turn)
        self._draw_number(painter, ring)
        painter.end()

    def _draw_arc(self, painter: QPainter, ring: QRectF, line: float, color: QColor, turn: int) -> None:
        cap = Qt.PenCapStyle.FlatCap if abs(turn) >= _WHOLE else Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(color, line, Qt.PenStyle.SolidLine, cap))
        painter.drawArc(ring, _TOP, turn)

    def _draw_number(self, painter: QPainter, ring: QRectF) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        text = self.locale().toString(self.percent) + self.locale().percent()
        room = ring.width() * 0.74
        if (wanted := QFontMetricsF(font).horizontalAdvance(text)) > room:
            font.setPointSizeF(font.pointSizeF() * room / wanted)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, text)
