"""Chips side by side."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import chip


class ChipRow(QWidget):
    """Shows words, each with its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)

    def show_chips(self, chips: Iterable[tuple[str, str]]) -> None:
        """Show text and tone of each chip."""
        clear(self._row)
        for text, tone in chips:
            self._row.addWidget(chip(text, tone, self))
        self._row.addStretch(1)
