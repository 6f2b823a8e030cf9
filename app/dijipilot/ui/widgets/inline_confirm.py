"""Asks "are you sure" where one is, without a dialog: two buttons, and Escape declines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce


class InlineConfirm(Card):
    """Hidden until it asks; hides again with the answer."""

    confirmed = Signal()
    declined = Signal()

    def __init__(
        self, question: str, explanation: str, yes: str, no: str, object_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, tone="caution", gap=8, padding=16)
        self._spoken = f"{question} {explanation}"
        self.yes_button = button(yes, f"{object_name}Confirm", self._on_yes, self, "primary")
        self.no_button = button(no, f"{object_name}Decline", self._on_no, self)
        self.column.addWidget(label(question, "strong", self))
        self.column.addWidget(label(explanation, "", self))
        row = FlowLayout()
        row.addWidget(self.yes_button)
        row.addWidget(self.no_button)
        self.column.addLayout(row)
        self.hide()

    def ask(self) -> None:
        """Show the question and take the focus."""
        self.show()
        self.yes_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decline with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_no()
        else:
            super().keyPressEvent(event)

    def _on_yes(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _on_no(self) -> None:
        self.hide()
        self.declined.emit()
