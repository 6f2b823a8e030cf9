"""What the marks of the map mean, in words."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.domain.gaps import SkillState
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import ALL_STATES, SIDE, StateMark, locked_word, meaning_of, paint_mark, word_of


class MapLegend(QWidget):
    """A line of marks and words."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[tuple[SkillState, StateMark]] = []
        row = FlowLayout(self, spacing=20, line_gap=4)
        for state in ALL_STATES:
            mark = StateMark(state, colors, self)
            self._marks.append((state, mark))
            word = label(word_of(state), "small", self, wraps=False)
            word.setToolTip(meaning_of(state))
            row.addWidget(_pair(mark, word, self))
        self._lock = _LockedMark(colors, self)
        lock_word = label(locked_word(), "small", self, wraps=False)
        self._locked_pair = _pair(self._lock, lock_word, self)
        row.addWidget(self._locked_pair)

    def show_colors(self, colors: Colors, has_locked: bool) -> None:
        """Draw in these colors; without locked lessons the padlock needs no word."""
        for state, mark in self._marks:
            mark.show_state(state, colors)
        self._lock.colors = colors
        self._lock.update()
        self._locked_pair.setVisible(has_locked)


def _pair(mark: QWidget, word: QWidget, parent: QWidget) -> QWidget:
    """Return a mark and its word, which no line end parts."""
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(7)
    row.addWidget(mark)
    row.addWidget(word)
    return pair


class _LockedMark(QWidget):
    """An example of a mark with a padlock."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = colors
        self.setFixedSize(SIDE + 4, SIDE + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        paint_mark(painter, QRectF(0, 0, SIDE, SIDE), SkillState.MISSING, self.colors, is_locked=True)
        painter.end()
