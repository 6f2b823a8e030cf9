"""What stands where there is nothing yet: why, and what to press."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dijipilot.ui.theme import space
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.centered import centered
from dijipilot.ui.widgets.labels import label

WIDTH = 460
"""Of the text, in pixels at the usual text size."""


class EmptyState(QWidget):
    """A heading, a sentence and, where something can be done, one button."""

    def __init__(
        self,
        heading: str,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        object_name: str = "emptyStateButton",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._column = column = QVBoxLayout(self)
        self._lines: list[QLabel] = []
        for words, role in ((heading, "subtitle"), (text, "muted")):
            line = label(words, role, self)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addLayout(centered(line))
            self._lines.append(line)
        if action and on_action is not None:
            column.addSpacing(8)
            column.addWidget(button(action, object_name, on_action, self, "primary"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._space_out()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_lines"):
            self._space_out()

    def _space_out(self) -> None:
        self._column.setContentsMargins(space(24), space(48), space(24), space(48))
        self._column.setSpacing(space(10))
        for line in self._lines:
            line.setFixedWidth(space(WIDTH))
