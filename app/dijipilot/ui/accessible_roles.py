"""Tells screen readers what our own widgets are: by themselves Qt calls a heading a label, and a drawing nothing."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLE_BY_CLASS: Mapping[str, QAccessible.Role] = {
    "Heading": QAccessible.Role.Heading,
    "SectionHeading": QAccessible.Role.Heading,
    "GapMap": QAccessible.Role.Chart,
    "MasteryBar": QAccessible.Role.Chart,
}
"""By the name of the class or of one it derives from. What is said of such a widget is its accessible name."""


def install_roles() -> None:
    """Have Qt ask us first; once for a program, after its QApplication was made."""
    QAccessible.installFactory(_interface_of)


def _interface_of(class_name: str, widget: QObject | None) -> QAccessibleInterface | None:
    """Return what screen readers see of a widget of ours, None for all others, which Qt knows itself."""
    role = ROLE_BY_CLASS.get(class_name)
    if role is None or not isinstance(widget, QWidget):
        return None
    return QAccessibleWidget(widget, role, "")
