"""One number of a whole with the mark and the word that say what it counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.gaps import SkillState
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import StateMark, meaning_of, word_of


class CountTile(QFrame):
    """How many skills are in a state."""

    def __init__(self, state: SkillState, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._state = state
        self._figure = label("", "figure", self, wraps=False)
        self._mark = StateMark(state, colors, self)
        word = label(word_of(state), "", self, wraps=False)
        self.setToolTip(meaning_of(state))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._mark)
        below.addWidget(word)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 12)
        column.setSpacing(2)
        column.addWidget(self._figure, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(below)

    def show_count(self, count: int, colors: Colors) -> None:
        """Show this number."""
        self._figure.setText(str(count))
        self._mark.show_state(self._state, colors)
        self.setAccessibleName(f"{word_of(self._state)}: {count}")
