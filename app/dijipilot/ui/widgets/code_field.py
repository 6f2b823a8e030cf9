"""The one field for a license: a code that is typed, a mail that is pasted, or a file that is dropped."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dijipilot.ui.license_drops import license_file_in
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.code_groups import in_capitals, in_groups, is_code_being_typed

PASTED_LINES = 5
MOST_CHARACTERS = 70_000
"""A little more than is ever looked at: what is longer shall be told so, and not cut off."""


_TYPING = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
"""Modifiers with which keys write; others mean commands, and what they write is left to Qt."""


class CodeField(QPlainTextEdit):
    """One line high for a code, more for a text. Emits submitted() with Enter, file_given(path)."""

    submitted = Signal()
    file_given = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("licenseField")
        self.setProperty("role", "code")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhPreferUppercase)
        self.setPlaceholderText("1XXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """What was typed or pasted."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Have this stand there; it can be taken back like what is typed."""
        self.selectAll()
        self._insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Enter; with Shift it begins a new line, as elsewhere. What is typed is shown as on a card."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if is_enter and not has_shift:
            if not event.isAutoRepeat():
                self.submitted.emit()
        elif event.text().isprintable() and event.text() and event.modifiers() in _TYPING:
            self._insert(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Show as on a card what an input method has typed, too."""
        typed = "" if event.replacementLength() else event.commitString()
        if typed:
            event.setCommitString("")
        super().inputMethodEvent(event)
        if typed:
            self._insert(typed)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take license files besides text."""
        return license_file_in(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take a license file as a file, and of anything else the plain text."""
        file = license_file_in(source)
        if file is not None:
            self.file_given.emit(file)
        elif source.hasText():
            self._insert(source.text()[:MOST_CHARACTERS])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _insert(self, typed: str) -> None:
        """Put text in the place of what is selected, so that one undo takes it back.

        A code is put as on a card. Dashes come at its end alone: where somebody corrects, nothing else moves.
        """
        cursor, text = self.textCursor(), self.text
        before, behind = text[: cursor.selectionStart()], text[cursor.selectionEnd() :]
        if is_code_being_typed(before + typed + behind):
            typed = in_capitals(typed)
            grouped = before + typed if behind else in_groups(before + typed)
            if grouped != before + typed:
                cursor.select(QTextCursor.SelectionType.Document)
                typed = grouped
        cursor.insertText(typed)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _fit(self) -> None:
        lines = 1 if is_code_being_typed(self.text) else PASTED_LINES
        wrap, policy = QTextOption.WrapMode, Qt.ScrollBarPolicy
        self.setWordWrapMode(wrap.NoWrap if lines == 1 else wrap.WrapAnywhere)
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if lines == 1 else policy.ScrollBarAsNeeded)
        self.setFixedHeight(
            self.fontMetrics().lineSpacing() * lines + 2 * space(8) + round(self.document().documentMargin()) * 2
        )
