"""What the window shows while the learner's data is being opened, and when it could not be."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.centered import centered
from dijipilot.ui.widgets.labels import label

WIDTH = 560


class OpeningState(QWidget):
    """A calm sentence where the page will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        sentence = label(self.tr("Opening your academy…"), "lead", self, wraps=False)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(220)
        bar.setAccessibleName(self.tr("Opening your academy"))
        for widget in (sentence, bar):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class ProblemState(QWidget):
    """What happened, whether work is safe and what to do, over the whole window, with a way to try again."""

    def __init__(self, on_retry: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = label(self.tr("Your academy could not be opened"), "subtitle", self)
        self._sentence = label("", "", self)
        self._sentence.setObjectName("problemText")
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.retry_button = button(self.tr("&Try again"), "retryButton", on_retry, self, "primary")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        for widget in (heading, self._sentence):
            widget.setFixedWidth(WIDTH)
            column.addLayout(centered(widget))
        column.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_problem(self, sentence: str) -> None:
        """Tell it, and stand ready for another try."""
        self._sentence.setText(sentence)
        self.retry_button.setAccessibleDescription(sentence)
        self.retry_button.setFocus(Qt.FocusReason.OtherFocusReason)
