"""What is not on the roadmap: lessons marked as not for this shop, and what the curriculum does not teach."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label


class LeftOut(QWidget):
    """Emits wanted_back(skill)."""

    wanted_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 0, 0, 6)
        self._rows.setSpacing(6)

    def show_left_out(self, notes: Sequence[str], lessons: Sequence[tuple[str, str]]) -> None:
        """Show notes, then lessons given as skill and title."""
        clear(self._rows)
        for note in notes:
            self._rows.addWidget(label(note, "muted", self))
        for number, (skill, title) in enumerate(lessons, start=1):
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(label(self.tr("Not for my shop: {title}").format(title=title), "", self), 1)
            row.addWidget(
                button(
                    self.tr("Put it back"),
                    f"putBack{number}Button",
                    partial(self.wanted_back.emit, skill),
                    self,
                    "quiet",
                    self.tr("Put back: {title}").format(title=title),
                )
            )
            self._rows.addLayout(row)
