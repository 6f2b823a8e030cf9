"""The questions answered so far with their answers; any of them opens again to be changed."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow


class GivenAnswer(Struct, frozen=True):
    """A question that was answered: its screen, what was asked and what was said, in words."""

    screen: str
    question: str
    answer: str


class AnswerList(Card):
    """Emits the screen to open, or closed."""

    answer_chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.close_button = button(
            self.tr("&Back to the question"), "closeAnswersButton", self.closed.emit, self, "primary"
        )
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Your answers so far"), "subtitle", self), 1)
        head.addWidget(self.close_button)
        self.column.addLayout(head)
        self.column.addWidget(
            label(
                self.tr("Choose one to change it. All other answers stay, and you come back to where you are now."),
                "muted",
                self,
            )
        )
        self.column.addLayout(self._rows)

    def show_answers(self, answers: Sequence[GivenAnswer]) -> None:
        """List these, numbered in the order they were given."""
        clear(self._rows)
        for number, given in enumerate(answers, start=1):
            row = LinkRow(
                self.tr("{number}. {question}").format(number=number, question=given.question),
                f"answer{number}Button",
                partial(self.answer_chosen.emit, given.screen),
                self,
                detail=given.answer,
            )
            self._rows.addWidget(row)
            # Qt shows what was just added when it is idle again, and what is hidden takes no focus.
            row.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
