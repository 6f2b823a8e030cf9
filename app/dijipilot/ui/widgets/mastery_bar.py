"""How much of a whole is mastered, unsettled, missing and not applicable, as one bar that also reads in gray."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.ui.theme import LIGHT, Colors
from dijipilot.ui.widgets.state_mark import color_of, locked_word, word_of

HEIGHT = 12
_ORDER = (SkillState.MASTERED, SkillState.UNSETTLED, SkillState.MISSING, SkillState.NOT_APPLICABLE)
_PATTERN_BY_STATE = {
    SkillState.MASTERED: Qt.BrushStyle.SolidPattern,
    SkillState.UNSETTLED: Qt.BrushStyle.BDiagPattern,
    SkillState.MISSING: Qt.BrushStyle.NoBrush,
    SkillState.NOT_APPLICABLE: Qt.BrushStyle.Dense7Pattern,
}


class MasteryBar(QWidget):
    """Full, hatched, empty, dotted: the parts of a whole, each as long as its number of skills but for locked gaps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = Counts()
        self._colors = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: Counts, colors: Colors) -> None:
        """Draw these numbers in these colors."""
        self._counts, self._colors = counts, colors
        words = words_of_counts(counts.counted)
        if counts.locked_gaps:
            words = ", ".join(filter(None, (words, f"{locked_word()}: {counts.locked_gaps}")))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Be a slim bar of any width."""
        return QSize(160, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the parts from the side where reading begins."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        paint_bar(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._counts, self._colors)
        painter.end()


def paint_bar(painter: QPainter, box: QRectF, counts: Counts, colors: Colors) -> None:
    """Draw the bar into a box; what is locked is no part of the whole."""
    counts = counts.counted
    outline = QPainterPath()
    outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.fillPath(outline, QColor(colors.sunken))
    whole = sum(count_of(counts, state) for state in _ORDER)
    painter.save()
    painter.setClipPath(outline)
    left = box.left()
    for state in _ORDER if whole else ():
        width = box.width() * count_of(counts, state) / whole
        painter.fillRect(QRectF(left, box.top(), width, box.height()), _brush(state, colors))
        left += width
    painter.restore()
    painter.setPen(QColor(colors.outline))
    painter.drawPath(outline)


def count_of(counts: Counts, state: SkillState) -> int:
    """Return how many skills are in a state."""
    return int(getattr(counts, state.value))


def words_of_counts(counts: Counts) -> str:
    """Return the numbers in words, those that are 0 left out."""
    parts = [f"{word_of(state)}: {count_of(counts, state)}" for state in _ORDER if count_of(counts, state)]
    return ", ".join(parts)


def _brush(state: SkillState, colors: Colors) -> QBrush:
    return QBrush(color_of(state, colors), _PATTERN_BY_STATE[state])
