"""Asks in one line what a learner sees instead of what a step says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label


class DifferenceForm(Card):
    """Emits what was written, which may be nothing: that the screen differs is news enough. Esc gives up."""

    told = Signal(str)
    given_up = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, "sunken", gap=8, padding=14)
        self.column.addWidget(label(self.tr("What do you see instead?"), "strong", self))
        self.field = QLineEdit(self)
        self.field.setObjectName(f"step{number}DifferenceField")
        self.field.setAccessibleName(self.tr("What do you see instead at step {number}?").format(number=number))
        self.field.setPlaceholderText(self.tr("For example: the button is called Hold now"))
        self.column.addWidget(self.field)
        keep = button(self.tr("Keep for an instructor"), f"step{number}DifferenceKeepButton", self._on_kept, self)
        give_up = button(self.tr("Cancel"), f"step{number}DifferenceCancelButton", self.given_up.emit, self, "quiet")
        row = QHBoxLayout()
        row.addWidget(keep)
        row.addWidget(give_up)
        row.addStretch(1)
        self.column.addLayout(row)
        told = self.tr("It goes out with your questions when you export them. Nothing is sent anywhere.")
        self.column.addWidget(label(told, "small", self))
        self.field.returnPressed.connect(self._on_kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _on_kept(self) -> None:
        seen = self.field.text()
        self.field.clear()
        self.told.emit(seen)
