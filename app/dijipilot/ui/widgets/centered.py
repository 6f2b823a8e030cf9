"""Puts something of limited width in the middle; aligned in a column, its wrapped text would lose lines."""

from PySide6.QtWidgets import QHBoxLayout, QWidget


def centered(widget: QWidget) -> QHBoxLayout:
    """Return a row with a widget in its middle, whose height fits its width."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
