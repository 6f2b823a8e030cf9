"""Lets Tab go where the eyes go: down, along each line, and through one pane before the one beside it.

Qt goes in the order in which controls were made, and much is made anew while a page stands there.
"""

from collections.abc import Iterator
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

FIRST_IN_LINE = "tabComesFirst"
"""Property of the one control of a line that Tab comes to before the others, wherever it stands there."""

_COMPOUND = (QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit)
"""Controls that see to their own insides."""


class TabFollower(QObject):
    """Brings what Tab goes through into order at the moment when Tab is pressed, so that showing a page costs nothing.

    It listens for the question that Qt asks before a key counts: nothing is being shown, hidden or deleted then.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._root: QWidget | None = None

    def follow(self, root: QWidget) -> None:
        """Keep in order what is below this widget, from now on."""
        self._root = root
        # Once only: a filter that is there already just moves to the front.
        root.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Tab coming, wherever in the window the focus is."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if is_tab and self._root is not None and shiboken6.isValid(self._root):
                order_tabs(self._root)
        return False


def order_tabs(root: QWidget) -> None:
    """Have Tab go through what is below a widget, as it stands now."""
    for before, after in pairwise(_stops(root)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    stands_for_another = widget.focusProxy() is not None and not isinstance(widget, QTabWidget)
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not stands_for_another:
        yield widget
    if isinstance(widget, QTabWidget):
        # Qt keeps its tabs before its pages by itself, and confuses the order when the tabs are moved one by one.
        yield from _stops(widget.currentWidget())
    elif isinstance(widget, QScrollArea):
        # Not through the place in which it scrolls: once Python has seen that, and lets go of it, PySide deletes the
        # area with all that is in it.
        content = widget.widget()
        if content is not None:
            yield from _stops(content)
    elif not isinstance(widget, _COMPOUND):
        for child in _in_reading_order(widget):
            yield from _stops(child)


def _in_reading_order(holder: QWidget) -> Iterator[QWidget]:
    """Yield the visible children, line by line; a line is what stands beside its topmost widget."""
    # Not children(): that hands layouts to Python too, which then outlive what they belong to.
    children = holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    left = sorted((each for each in children if each.isVisible() and not each.isWindow()), key=QWidget.y)
    side = -1 if holder.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
    while left:
        bottom = left[0].geometry().bottom()
        line = [each for each in left if each.y() < bottom or each is left[0]]
        left = [each for each in left if each not in line]
        yield from sorted(line, key=lambda each: (not each.property(FIRST_IN_LINE), each.x() * side))
