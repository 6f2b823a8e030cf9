"""A surface that groups what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

PADDING = 20
GAP = 10


class Card(QFrame):
    """A rounded box with a column in it. tone: accent, sunken, good, caution, bad, or none."""

    def __init__(self, parent: QWidget | None = None, tone: str = "", gap: int = GAP, padding: int = PADDING) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setProperty("tone", tone)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding - 4, padding, padding - 4)
        self.column.setSpacing(gap)

    def set_tone(self, tone: str) -> None:
        """Change the color, and have it drawn."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
