"""Brings into view what was just shown, once it has its place."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND = 16


def bring_into_view(area: QScrollArea, widget: QWidget) -> None:
    """Scroll so far that a widget is seen, a moment later: what was just shown is laid out by an event of its own."""
    QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, _AROUND, _AROUND))
