"""Buttons with the names that tests and screen readers know them by."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QWidget

RING_INSET, RING_WIDTH, RING_RADIUS = 4.0, 2.0, 4.0
"""Of the ring inside a filled button that has the focus, in pixels."""


class PushButton(QPushButton):
    """A button that Enter presses too: Qt's own do that in dialogs only, learners expect it everywhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button by Enter; holding the key presses once."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring of the focus inside a button that is filled: the style sheet cannot."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("role") in ("primary", "large"):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), RING_WIDTH))
            inset = RING_INSET
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RING_RADIUS, RING_RADIUS
            )
            painter.end()


def button(
    text: str,
    object_name: str,
    on_click: Callable[[], object],
    parent: QWidget | None = None,
    role: str = "",
    accessible_name: str = "",
) -> QPushButton:
    """Return a button. role: primary, large, quiet, danger, fold, search, or none. `&` marks the mnemonic."""
    made = PushButton(text, parent)
    made.setObjectName(object_name)
    made.setProperty("role", role)
    made.setAccessibleName(accessible_name or text.replace("&&", "\0").replace("&", "").replace("\0", "&"))
    made.setAutoDefault(False)
    made.clicked.connect(lambda: on_click())
    return made


def without_mnemonics(text: str) -> str:
    """Return text that is shown as it is on a button: a title may hold an ampersand."""
    return text.replace("&", "&&")
