"""A pop-over that explains a term of the glossary beside the words it was opened from."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.ui.widgets.term_card import TermCard

TERM_LINK = "term:"
_CHARACTERS = 46


class TermPopover(QFrame):
    """Esc or a click elsewhere closes it, and the focus returns to the text."""

    lesson_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("termPopover")
        self.setProperty("role", "popover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = TermCard(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.card.lesson_chosen.connect(self._on_lesson_chosen)

    def show_term(self, term: GlossaryTerm, titles: Mapping[str, str], beside: QRect) -> None:
        """Show a term. titles: of lessons by number. beside: where its words stand on the screen."""
        self.setAccessibleName(f"{term.term}: {term.definition}")
        self.card.show_term(term, titles)
        for part in self.card.findChildren(QWidget):
            # Sizes come from the style sheet, which Qt would apply only when the parts are shown.
            part.ensurePolished()
        width = self.fontMetrics().averageCharWidth() * _CHARACTERS
        self.setFixedSize(width, self.heightForWidth(width))
        self.move(self._place(beside))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape, and with Enter where no link has the focus."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)

    def _place(self, beside: QRect) -> QPoint:
        """Below the words; above them where the screen ends."""
        screen = QGuiApplication.screenAt(beside.center()) or self.screen()
        room = screen.availableGeometry()
        top = beside.bottom() + 6
        if top + self.height() > room.bottom():
            top = max(room.top(), beside.top() - 6 - self.height())
        return QPoint(max(room.left(), min(beside.left(), room.right() - self.width())), top)

    def _on_lesson_chosen(self, target: str) -> None:
        self.hide()
        self.lesson_chosen.emit(target)
