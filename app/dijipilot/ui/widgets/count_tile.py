"""One number of a whole with the mark and the word that say what it counts."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.skill_state import SkillState
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
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._mark)
        line.addWidget(label(word_of(state), "strong", self, wraps=False))
        line.addStretch(1)
        line.addWidget(self._figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(2)
        column.addLayout(line)
        # The meaning in words stands where one reads how to read it all, and beside the skill chosen.
        self.setToolTip(meaning_of(state))

    def show_count(self, count: int, colors: Colors) -> None:
        """Show this number."""
        self._figure.setText(str(count))
        self._mark.show_state(self._state, colors)
        self.setAccessibleName(f"{word_of(self._state)}: {count}")
        self.setAccessibleDescription(meaning_of(self._state))
