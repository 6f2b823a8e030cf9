"""A surface that groups what belongs together."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dijipilot.ui.theme import space

PADDING = 20
GAP = 10
"""In pixels at the usual text size."""


class Card(QFrame):
    """A rounded box with a column in it. tone: accent, sunken, good, caution, bad, or none."""

    def __init__(self, parent: QWidget | None = None, tone: str = "", gap: int = GAP, padding: int = PADDING) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setProperty("tone", tone)
        self.column = QVBoxLayout(self)
        self._gap, self._padding = gap, padding
        self._space_out()

    def set_tone(self, tone: str) -> None:
        """Change the color, and have it drawn."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_padding"):
            self._space_out()

    def _space_out(self) -> None:
        beside, above = space(self._padding), space(self._padding - 4)
        self.column.setContentsMargins(beside, above, beside, above)
        self.column.setSpacing(space(self._gap))
