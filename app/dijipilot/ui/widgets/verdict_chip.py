"""A state as shape, word and color in one small piece."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dijipilot.domain.skill_state import SkillState
from dijipilot.ui.theme import Colors, space
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import StateMark, meaning_of, word_of


class VerdictChip(QFrame):
    """Shows one state; its tooltip explains it."""

    def __init__(self, state: SkillState, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "verdictChip")
        self._mark = StateMark(state, colors, self, 14)
        self._word = label("", "", self, wraps=False)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._word)
        self._space_out()
        self.show_state(state, colors)

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word.text()

    def show_state(self, state: SkillState, colors: Colors) -> None:
        """Show this state in these colors from now on."""
        self._mark.show_state(state, colors)
        self._word.setText(word_of(state))
        self.setAccessibleName(word_of(state))
        self.setToolTip(meaning_of(state))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_row"):
            self._space_out()

    def _space_out(self) -> None:
        self._row.setContentsMargins(space(8), space(3), space(10), space(3))
        self._row.setSpacing(space(6))
