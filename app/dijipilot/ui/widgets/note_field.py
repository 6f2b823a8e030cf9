"""A field for the learner's own note, which is reported when typing pauses and when the field is left."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

PAUSE_MS = 1200


class NoteField(QPlainTextEdit):
    """Emits the text only when it differs from what is on record."""

    note_written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteField")
        self.setTabChangesFocus(True)
        self._lines = 7
        self._fit()
        self._saved = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._pause.start)

    def show_note(self, text: str) -> None:
        """Show the note on record."""
        self._saved = text
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)
        self._pause.stop()

    def show_lines(self, lines: int) -> None:
        """Be so many lines high; more than that scroll."""
        self._lines = lines
        self._fit()

    def flush(self) -> None:
        """Report what was typed, now."""
        self._pause.stop()
        self.document().setModified(False)
        text = self.toPlainText().strip()
        if text != self._saved:
            self._saved = text
            self.note_written.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report when the field is left."""
        super().focusOutEvent(event)
        self.flush()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 18)
