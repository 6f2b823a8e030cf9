"""What the marks of the map mean, in words, and how many skills there are of each."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dijipilot.domain.gap_changes import Change
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.ui.gap_words import change_word, value_meaning
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.gap_map_drawing import paint_change, paint_rank
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.mastery_bar import count_of
from dijipilot.ui.widgets.state_mark import ALL_STATES, SIDE, locked_word, meaning_of, paint_mark, word_of

Paint = Callable[[QPainter, QRectF, Colors], None]


class MapLegend(QWidget):
    """A line of marks, numbers and words; only what occurs is explained."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._row = FlowLayout(self, spacing=18, line_gap=4)
        self._words_by_state = {state: self._add(_painter_of(state), meaning_of(state)) for state in ALL_STATES}
        self._locked = self._add(_paint_locked, self.tr("The lesson opens with an activation code"))
        self._ranked = self._add(_paint_ranked, value_meaning())
        self._ranked.setText(self.tr("Worth most to close"))
        self._moved = [self._add(_painter_of_change(change), change_word(change)) for change in _MOVES]
        for words, change in zip(self._moved, _MOVES, strict=True):
            words.setText(change_word(change))

    def show_counts(self, counts: Counts, colors: Colors, *, compares: bool) -> None:
        """Show these numbers in these colors. compares: whether there are arrows on the map."""
        self._colors = colors
        for state, words in self._words_by_state.items():
            words.setText(f"{count_of(counts, state)} {word_of(state)}")
            _show(words, is_shown=count_of(counts, state) > 0)
        self._locked.setText(f"{counts.locked} {locked_word()}")
        _show(self._locked, is_shown=counts.locked > 0)
        _show(self._ranked, is_shown=counts.value > 0)
        for words in self._moved:
            _show(words, is_shown=compares)
        for sign in self.findChildren(_Sign):
            sign.show_colors(colors)
        self.updateGeometry()

    def _add(self, paint: Paint, tip: str) -> QLabel:
        """Add a mark and its words, which no line end parts; return the words."""
        pair = QWidget(self)
        words = label("", "small", pair, wraps=False)
        pair.setToolTip(tip)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(_Sign(paint, self._colors, pair))
        row.addWidget(words)
        self._row.addWidget(pair)
        return words


_MOVES = (Change.ROSE, Change.FELL)


class _Sign(QWidget):
    """An example of something on the map."""

    def __init__(self, paint: Paint, colors: Colors, parent: QWidget) -> None:
        super().__init__(parent)
        self._paint = paint
        self.show_colors(colors)

    def show_colors(self, colors: Colors) -> None:
        """Draw in these colors, as large as the words beside it."""
        self.colors = colors
        self._side = max(SIDE, self.fontMetrics().height() - 2)
        self.setFixedSize(QSize(self._side + 4, self._side + 4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(0, 2, self._side, self._side), self.colors)
        painter.end()


def _show(words: QLabel, *, is_shown: bool) -> None:
    pair = words.parentWidget()
    if pair is not None:
        pair.setVisible(is_shown)


def _painter_of(state: SkillState) -> Paint:
    return lambda painter, box, colors: paint_mark(painter, box, state, colors)


def _painter_of_change(change: Change) -> Paint:
    # The arrow alone, as large as the corner of a mark lets it be.
    def paint(painter: QPainter, box: QRectF, colors: Colors) -> None:
        corner = QRectF(box.left() - box.width() / 2, box.center().y() - 1, box.width(), box.height())
        paint_change(painter, corner, change, colors)

    return paint


def _paint_locked(painter: QPainter, box: QRectF, colors: Colors) -> None:
    paint_mark(painter, box, SkillState.MISSING, colors, is_locked=True)


def _paint_ranked(painter: QPainter, box: QRectF, colors: Colors) -> None:
    center = QPointF(box.center().x(), box.center().y())
    paint_rank(painter, center, box.height() * 0.78, 1, colors, painter.font())
