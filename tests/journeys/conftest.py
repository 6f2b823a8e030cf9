"""The real window of the interface tests, and hands for it: keys and clicks, nothing else."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page

# Fixtures of the interface tests, used here under the same names.
from tests.ui.conftest import OpenWindow, filled_home, learner_paths, open_window, paths, settle, theme

__all__ = ["filled_home", "learner_paths", "open_window", "paths", "theme"]

PATIENCE_MS = 20_000


class Hands:
    """What a learner does at a window: presses keys, clicks what is seen, opens and closes."""

    def __init__(self, qtbot: QtBot, open_window: OpenWindow) -> None:
        self._qtbot = qtbot
        self._open_window = open_window
        self.window: MainWindow = open_window()

    def close_and_open(self) -> None:
        """Close the window, as at the end of a day, and start again."""
        self.window.close()
        self.window = self._open_window()

    @property
    def page(self) -> Page:
        """The page shown, once it shows what is true."""
        page = self.window.pages.page
        assert page is not None
        settle(page, self._qtbot)
        return page

    def see(self, name: str) -> QWidget:
        """Return the visible widget of this object name, waiting until it is there."""
        found: list[QWidget] = []

        def is_there() -> bool:
            widgets = self.window.findChildren(QWidget, name)
            found[:] = [widget for widget in widgets if widget.isVisible()]
            return bool(found)

        self._qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
        return found[0]

    def sees(self, name: str) -> bool:
        """Tell whether a visible widget has this object name."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        """Click a control by the mouse, scrolling to it first."""
        widget = self.see(name)

        def is_in_view() -> bool:
            bring_into_view(widget)
            return not widget.visibleRegion().isEmpty()

        # A page just shown is laid out a moment later.
        self.wait_until(is_in_view)
        assert widget.isEnabled(), name
        place = widget.rect().center()
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            place = QPoint(10, widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focused(), key, modifiers)

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        QTest.keyClicks(self._focused(), text)

    def tab_to(self, name: str, at_most: int = 80) -> None:
        """Press Tab until the control has the focus."""
        for _ in range(at_most):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name}")

    def _focused(self) -> QWidget:
        focused: QWidget | None = QApplication.focusWidget()
        return self.window if focused is None else focused

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication, open_window: OpenWindow) -> Hands:
    """Return hands at a window over an empty home; every click counts at once, however quick."""
    qapp.setDoubleClickInterval(1)
    return Hands(qtbot, open_window)


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page so that a widget is seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
