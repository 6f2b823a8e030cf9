"""The detail beside a list or drawing: scrolls on its own, also by keyboard, and never makes its page taller."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from dijipilot.ui.widgets.focus_ring import FocusRing

_NARROWEST = 270


class SidePanel(QScrollArea):
    """Holds one widget of any height."""

    def __init__(self, content: QWidget, object_name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = content
        self.setWidget(_Column(content, self))
        self._ring = FocusRing(self.viewport(), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard scrolls here; a border of its own would cost room that Qt does not reckon."""
        super().focusInEvent(event)
        self._ring.mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._ring.hide()

    def minimumSizeHint(self) -> QSize:
        """Be content with little height, but cut off nothing of the width."""
        width = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(_NARROWEST, width), 120)


class _Column(QWidget):
    """As high as its text is at its width: the least height that Qt reckons is that of the narrowest column."""

    def __init__(self, content: QWidget, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setProperty("role", "column")
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(0)
        self._look_again.timeout.connect(self._on_laid_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def minimumSizeHint(self) -> QSize:
        """Leave the height to the width."""
        return QSize(super().minimumSizeHint().width(), 0)

    def event(self, event: QEvent) -> bool:
        """Have the height looked at once more when all is laid out: Qt reckons it before buttons are dressed."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._look_again.start()
        return super().event(event)

    def _on_laid_out(self) -> None:
        if self.heightForWidth(self.width()) > self.height():
            QApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))
