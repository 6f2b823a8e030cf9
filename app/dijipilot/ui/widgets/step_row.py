"""One step of a lesson: a box to tick, and beside it what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from dijipilot.ui.widgets.lesson_view import LessonView


class StepRow(QWidget):
    """Its box is named after the whole step, so that screen readers need not look beside it."""

    ticked = Signal(str, bool)
    link_clicked = Signal(str)

    def __init__(self, step_id: str, number: int, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step_id = step_id
        plain = plain_text(markdown)
        self.box = QCheckBox(str(number), self)
        self.box.setObjectName(f"step{number}Box")
        self.box.setAccessibleName(self.tr("Step {number}: {text}").format(number=number, text=plain))
        self.text = LessonView(self.tr("Step {number}").format(number=number), self, takes_focus=False)
        self.text.show_markdown(markdown)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 6)
        row.setSpacing(12)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        self.box.toggled.connect(self._on_box_toggled)
        self.text.link_clicked.connect(self.link_clicked)

    def show_ticked(self, is_ticked: bool) -> None:
        """Show what is on record, without reporting it as news."""
        self.box.blockSignals(True)
        self.box.setChecked(is_ticked)
        self.box.blockSignals(False)

    def _on_box_toggled(self, is_ticked: bool) -> None:
        self.ticked.emit(self.step_id, is_ticked)


def plain_text(markdown: str) -> str:
    """Return Markdown as the words one reads, in one line."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    return " ".join(document.toPlainText().split())
