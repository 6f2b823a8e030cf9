"""Chips side by side, going on in the next line where the width ends."""

from collections.abc import Iterable

from PySide6.QtWidgets import QSizePolicy, QWidget

from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import chip


class ChipRow(QWidget):
    """Shows words, each with its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, spacing=8, line_gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chips(self, chips: Iterable[tuple[str, str]]) -> None:
        """Show text and tone of each chip."""
        clear(self._row)
        for text, tone in chips:
            self._row.addWidget(chip(text, tone, self))
