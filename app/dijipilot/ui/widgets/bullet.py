"""A point of a list: a sign, and words that wrap beside it and never under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.ui.widgets.labels import label

_GAP = 8


def bullet(text: str, role: str, parent: QWidget, sign: str = "•") -> QWidget:
    """Return a point. role: as of a label."""
    point = QWidget(parent)
    row = QHBoxLayout(point)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    row.addWidget(label(sign, role, point, wraps=False), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, role, point), 1)
    return point
