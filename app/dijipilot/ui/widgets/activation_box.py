"""The one box in which a license is given, typed, pasted or as a file, and in which is told what came of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dijipilot.ui.file_dialogs import ask_for_file
from dijipilot.ui.license_drops import ENDING
from dijipilot.ui.widgets.activation_problem import ActivationProblem
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.code_field import CodeField
from dijipilot.ui.widgets.code_groups import typed_groups
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.license_outcome import LicenseOutcome, Outcome
from dijipilot.ui.widgets.notice_bar import announce


class ActivationBox(QWidget):
    """Knows nothing of licenses: it emits what was given, and shows what it is told.

    Signals: text_given(text), file_given(path), file_forgotten(), retry_wanted(), page_requested(target), and
    told(widget) for what is to be brought into view.
    """

    text_given = Signal(str)
    file_given = Signal(Path)
    file_forgotten = Signal()
    retry_wanted = Signal()
    page_requested = Signal(str)
    told = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_busy = False
        self._build()
        self._lay_out()
        self._connect()

    @property
    def field(self) -> CodeField:
        """What takes the focus."""
        return self._field

    @property
    def text(self) -> str:
        """What was typed or pasted."""
        return self._field.text

    def _build(self) -> None:
        self._entry = Card(self)
        self._field = CodeField(self._entry)
        self._label = QLabel(self.tr("Activation &code, or the mail or text you received"), self._entry)
        self._label.setWordWrap(True)
        self._label.setBuddy(self._field)
        self._field.setAccessibleName(self.tr("Activation code, or the mail or text you received"))
        self._activate = button(self.tr("&Activate"), "activateButton", self._on_submitted, self._entry, "primary")
        self._choose = button(self.tr("Choose a f&ile…"), "chooseLicenseButton", self._on_choose, self._entry)
        self._ready = QWidget(self._entry)
        self._ready_text = label("", "strong", self._ready)
        self._ready_text.setObjectName("readyFileText")
        self._forget = button(self.tr("For&get it"), "forgetFileButton", self._on_forget, self._ready, "quiet")
        self._hint = label(
            self.tr("Small letters, blanks and dashes do not matter. A license file can be dropped anywhere here."),
            "small",
            self._entry,
        )
        self._problem = ActivationProblem(self._entry)
        self._outcome = LicenseOutcome(self)

    def _lay_out(self) -> None:
        ready = QHBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.addWidget(IconLabel("check", self._ready))
        ready.addWidget(self._ready_text, 1)
        ready.addWidget(self._forget)
        self._ready.hide()
        buttons = FlowLayout()
        buttons.addWidget(self._activate)
        buttons.addWidget(self._choose)
        for widget in (self._ready, self._label, self._field, self._hint, self._problem):
            self._entry.column.addWidget(widget)
        self._entry.column.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._entry)
        column.addWidget(self._outcome)

    def _connect(self) -> None:
        self._field.submitted.connect(self._on_submitted)
        self._field.file_given.connect(self.file_given)
        self._field.textChanged.connect(self._problem.hide)
        self._problem.suggestion_accepted.connect(self._on_suggestion_accepted)
        self._problem.retry_wanted.connect(self.retry_wanted)
        self._outcome.page_requested.connect(self.page_requested)
        self._outcome.more_wanted.connect(self.begin_anew)

    # What came of it

    def begin_anew(self) -> None:
        """Take another license."""
        self._outcome.hide()
        self._problem.hide()
        self._entry.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(self._field)

    def show_busy(self, is_busy: bool) -> None:
        """Take no text while a license is looked at; nothing is disabled, so that the focus stays where it is."""
        self._is_busy = is_busy

    def show_problem(self, sentence: str, suggestion: Sequence[str] = (), *, can_retry: bool = False) -> None:
        """Tell why nothing was activated; what was typed stays. suggestion: the groups of a code that may be meant."""
        self._outcome.hide()
        self._entry.show()
        self._problem.show_problem(sentence, typed_groups(self.text), suggestion, can_retry=can_retry)
        self.told.emit(self._problem)

    def ask_for_code(self, file_name: str, sentence: str) -> None:
        """Keep a file ready and ask for the code that opens it."""
        self.begin_anew()
        self._ready_text.setText(self.tr("{file} is ready").format(file=file_name))
        self._ready.show()
        if len(self.text) > 0 and not typed_groups(self.text):
            self._field.clear()
        self._problem.show_request(sentence)
        self.told.emit(self._problem)

    def show_outcome(self, outcome: Outcome) -> None:
        """Tell what was activated, in the place of the field."""
        self._field.clear()
        self._ready.hide()
        self._problem.hide()
        self._outcome.show_outcome(outcome)
        self._entry.hide()
        self.told.emit(self._outcome)

    # Slots

    def _on_submitted(self) -> None:
        if self._is_busy:
            return
        if self.text.strip():
            self.text_given.emit(self.text)
        else:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.tr("Type or paste your code first."))

    def _on_suggestion_accepted(self, groups: Sequence[str]) -> None:
        self._field.show_text("-".join(groups))
        self._on_submitted()

    def _on_choose(self) -> None:
        ask_for_file(self, self.tr("Choose a license file"), self.tr("Licenses"), ENDING, self.file_given.emit)

    def _on_forget(self) -> None:
        self._ready.hide()
        self._problem.hide()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.file_forgotten.emit()
