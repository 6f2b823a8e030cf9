"""What stands where there is nothing yet: why, and what to press."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.centered import centered
from dijipilot.ui.widgets.labels import label

WIDTH = 460


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
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 48)
        column.setSpacing(10)
        for words, role in ((heading, "subtitle"), (text, "muted")):
            line = label(words, role, self)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            line.setFixedWidth(WIDTH)
            column.addLayout(centered(line))
        if action and on_action is not None:
            column.addSpacing(8)
            column.addWidget(button(action, object_name, on_action, self, "primary"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
