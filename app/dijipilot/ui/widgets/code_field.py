"""The one field for a license: a code that is typed, a mail that is pasted, or a file that is dropped."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dijipilot.ui.license_drops import license_file_in
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.code_groups import in_capitals, in_groups, is_code_being_typed

PASTED_LINES = 5
MOST_CHARACTERS = 70_000
"""A little more than is ever looked at: what is longer shall be told so, and not cut off."""


class CodeField(QPlainTextEdit):
    """One line high for a code, more for a text. Emits submitted() with Enter, file_given(path)."""

    submitted = Signal()
    file_given = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("licenseField")
        self.setProperty("role", "code")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferUppercase)
        self.setPlaceholderText("1XXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self._length_before = 0
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    @property
    def text(self) -> str:
        """What was typed or pasted."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Have this stand there; it can be taken back like what is typed."""
        self._replace(text, len(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Enter; with Shift it begins a new line, as elsewhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if not event.isAutoRepeat():
                self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take license files besides text."""
        return license_file_in(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a license file as a file, and of anything else the plain text."""
        file = license_file_in(source)
        if file is not None:
            self.file_given.emit(file)
        elif source.hasText():
            self.textCursor().insertText(source.text()[:MOST_CHARACTERS])
            self.ensureCursorVisible()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _on_text_changed(self) -> None:
        """Show a code as on a card. Dashes are added at the end alone: where one corrects, nothing moves."""
        text, place = self.text, self.textCursor().position()
        has_grown, self._length_before = len(text) > self._length_before, len(text)
        if is_code_being_typed(text):
            wanted = in_capitals(text)
            if has_grown and place == len(text):
                wanted = in_groups(wanted)
            if wanted != text:
                self._replace(wanted, len(wanted) if place == len(text) else place)
        self._fit()

    def _replace(self, text: str, place: int) -> None:
        cursor = QTextCursor(self.document())
        # With what was just typed, so that one undo takes back both.
        cursor.joinPreviousEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        self._length_before = len(text)
        self.blockSignals(True)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.blockSignals(False)
        cursor.setPosition(place)
        self.setTextCursor(cursor)
        self._fit()
        self.textChanged.emit()

    def _fit(self) -> None:
        lines = 1 if is_code_being_typed(self.text) else PASTED_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if lines == 1 else policy.ScrollBarAsNeeded)
        self.setFixedHeight(
            self.fontMetrics().lineSpacing() * lines + 2 * space(8) + round(self.document().documentMargin()) * 2
        )
