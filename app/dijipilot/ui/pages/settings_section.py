"""One titled part of the settings page."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QWidget

from dijipilot.errors import AcademyError
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label

FIELD_WIDTH = 380
"""In pixels at the usual text size."""


class SettingsSection(Card):
    """Tells what happened by notice_raised(sentence, tone)."""

    notice_raised = Signal(str, str)

    def __init__(self, title: str, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=9)
        self.context = context
        self._fields: list[QWidget] = []
        self.column.addWidget(label(title, "subtitle", self))

    def refresh(self) -> None:
        """Show what is true now. Sections that can change override this."""

    def label_for(self, text: str, field: QWidget) -> QLabel:
        """Add a label with its mnemonic, and below it the field that it names."""
        made = QLabel(text, self)
        made.setWordWrap(True)
        made.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        self._fields.append(field)
        self._size_fields()
        self.column.addWidget(made)
        self.column.addWidget(field)
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Let fields grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_fields"):
            self._size_fields()

    def _size_fields(self) -> None:
        for field in self._fields:
            field.setFixedWidth(space(FIELD_WIDTH))

    def attempt(self, action: Callable[[], object], done: str = "") -> bool:
        """Do something; tell that it was done, or why not. Return whether it was."""
        try:
            action()
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return False
        if done:
            self.notice_raised.emit(done, "good")
        return True

    def fail(self, error: Exception) -> None:
        """Tell why a task failed."""
        self.notice_raised.emit(text_of_error(error), "bad")
