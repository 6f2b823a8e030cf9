"""What the marks of the map mean, in words."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.domain.gaps import SkillState
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import ALL_STATES, SIDE, StateMark, locked_word, meaning_of, paint_mark, word_of


class MapLegend(QWidget):
    """A line of marks and words."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[tuple[SkillState, StateMark]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        for state in ALL_STATES:
            mark = StateMark(state, colors, self)
            self._marks.append((state, mark))
            word = label(word_of(state), "small", self, wraps=False)
            word.setToolTip(meaning_of(state))
            row.addWidget(mark)
            row.addWidget(word)
            row.addSpacing(14)
        self._lock = _LockedMark(colors, self)
        self._lock_word = label(locked_word(), "small", self, wraps=False)
        row.addWidget(self._lock)
        row.addWidget(self._lock_word)
        row.addStretch(1)

    def show_colors(self, colors: Colors, has_locked: bool) -> None:
        """Draw in these colors; without locked lessons the padlock needs no word."""
        for state, mark in self._marks:
            mark.show_state(state, colors)
        self._lock.colors = colors
        self._lock.update()
        self._lock.setVisible(has_locked)
        self._lock_word.setVisible(has_locked)


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
