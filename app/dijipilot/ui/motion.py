"""Whether things on screen may move."""

from PySide6.QtWidgets import QStyle, QWidget

REDUCE_MOTION, YES = "look.reduceMotion", "yes"
"""A learner's setting, and its value where nothing is to move."""


def moves(widget: QWidget) -> bool:
    """Tell whether a widget may animate: not where the system, or its style, asks for less motion."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
