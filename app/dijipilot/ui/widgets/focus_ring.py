"""A ring around what has no border of its own: it takes no room, so that nothing moves when the focus comes."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class FocusRing(QFrame):
    """Lies over its holder, hidden until it is shown, and follows the widget it stands around."""

    def __init__(self, around: QWidget, holder: QWidget, outset: int = 0) -> None:
        """outset: pixels between the ring and the widget."""
        super().__init__(holder)
        self._around = around
        self._holder = holder
        self._outset = outset
        self.setProperty("role", "focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        for watched in {around, holder}:
            watched.installEventFilter(self)

    def mark(self) -> None:
        """Show the ring."""
        self._follow()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow, also where something above grew and moved the widget down within its holder."""
        if self.isVisible() and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        return False

    def _follow(self) -> None:
        place = QRect(self._around.mapTo(self._holder, QPoint(0, 0)), self._around.size())
        self.setGeometry(place.adjusted(-self._outset, -self._outset, self._outset, self._outset))


def holder_of(widget: QWidget) -> QWidget:
    """Return what scrolls with a widget, or else its window: what is drawn there is not cut off near the widget."""
    holder = widget
    while (parent := holder.parentWidget()) is not None and not holder.isWindow():
        area = parent.parentWidget()
        if isinstance(area, QScrollArea) and area.widget() is holder:
            return holder
        holder = parent
    return holder
