"""One step of a lesson: a box to tick, beside it what to do, and a flag for a screen that looks different."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent, QTextDocument
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.difference_form import DifferenceForm
from dijipilot.ui.widgets.lesson_view import LessonView


class StepRow(QFrame):
    """Its box is named after the whole step, so that screen readers need not look beside it."""

    ticked = Signal(str, bool)
    link_clicked = Signal(str)
    difference_told = Signal(str, str)
    """step, what the learner sees instead"""

    def __init__(self, step_id: str, number: int, markdown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "stepRow")
        self.setProperty("first", number == 1)
        self.step_id = step_id
        self._number = number
        plain = plain_text(markdown)
        self.box = QCheckBox(str(number), self)
        self.box.setProperty("role", "step")
        self.box.setObjectName(f"step{number}Box")
        self.box.setAccessibleName(self.tr("Step {number}: {text}").format(number=number, text=plain))
        self.text = LessonView(self.tr("Step {number}").format(number=number), self)
        self.text.setObjectName(f"step{number}Text")
        self.text.show_markdown(markdown)
        self._flag = QToolButton(self)
        self._flag.setObjectName(f"step{number}DifferenceButton")
        self._flag.setIcon(icon("flag"))
        self._flag.setCheckable(True)
        self._flag.setToolTip(self.tr("My screen looks different"))
        self._flag.setAccessibleName(self.tr("My screen looks different at step {number}").format(number=number))
        self._form: DifferenceForm | None = None
        self._lay_out()
        self.box.toggled.connect(self._on_box_toggled)
        self.text.link_clicked.connect(self.link_clicked)
        self._flag.toggled.connect(self._on_flag_toggled)

    def show_ticked(self, is_ticked: bool) -> None:
        """Show what is on record, without reporting it as news."""
        self.box.blockSignals(True)
        self.box.setChecked(is_ticked)
        self.box.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the flag with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_flag"):
            self._flag.setIcon(icon("flag"))
        elif event.type() is QEvent.Type.FontChange and hasattr(self, "_flag"):
            self.box.setMinimumWidth(self._box_width())

    def showEvent(self, event: QShowEvent) -> None:
        """Align the texts once the style sheet has given the digits their size."""
        super().showEvent(event)
        self.box.setMinimumWidth(self._box_width())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self._flag, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 12)
        self._column.setSpacing(10)
        self._column.addLayout(row)

    def _box_width(self) -> int:
        """As wide as the widest digit makes it, so that the texts of all steps begin below each other."""
        digits = self.box.fontMetrics()
        return self.box.sizeHint().width() - digits.horizontalAdvance(self.box.text()) + digits.horizontalAdvance("0")

    def _on_box_toggled(self, is_ticked: bool) -> None:
        self.ticked.emit(self.step_id, is_ticked)

    def _on_flag_toggled(self, is_wanted: bool) -> None:
        if self._form is None:
            self._form = DifferenceForm(self._number, self)
            self._form.told.connect(self._on_form_told)
            self._form.given_up.connect(lambda: self._flag.setChecked(False))
            self._column.addWidget(self._form)
        self._form.setVisible(is_wanted)
        (self._form.field if is_wanted else self._flag).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_told(self, seen: str) -> None:
        self._flag.setChecked(False)
        self.difference_told.emit(self.step_id, seen)


def plain_text(markdown: str) -> str:
    """Return Markdown as the words one reads, in one line."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    return " ".join(document.toPlainText().split())
