"""Empties a layout for new content."""

from PySide6.QtWidgets import QLayout


def clear(layout: QLayout) -> None:
    """Remove all widgets from a layout, those in layouts within it too."""
    while (taken := layout.takeAt(0)) is not None:
        widget, inner = taken.widget(), taken.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
