"""Where the keyboard is can be seen: each kind of control looks different with the focus, in each set of colors."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.focus_ring import holder_of
from tests.accessibility.test_tab_order import tab_stops
from tests.ui.conftest import filled_home, first_opened, go, learner_paths, open_window, paths, settle, theme, window
from tests.ui.test_every_page import TARGETS

# Fixtures of the interface tests, used here under the same names.
__all__ = ["filled_home", "first_opened", "go", "learner_paths", "open_window", "paths", "theme", "window"]

Go = Callable[[str], Page]
MARGIN = 8
"""Pixels around a control that count as its own: some show the focus in what holds them."""

LEAST_PIXELS = 60
"""That have to change: more than a text cursor, less than the ring of the smallest control."""

LEAST_CONTRAST = 1.5
"""Between a pixel with and without the focus, to count; as a share of light, as the contrast of text is reckoned."""

_SHARES = np.arange(256) / 255
_LIGHT_OF_BYTE = np.where(_SHARES <= 0.04045, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4)


def kind_of(widget: QWidget) -> tuple[str, ...]:
    """Return what the style sheet tells controls apart by."""
    own_rule = widget.objectName() if widget.objectName() in ("navigationRail", "railProfileButton") else ""
    is_on = isinstance(widget, QAbstractButton) and widget.isChecked()
    return (type(widget).__name__, str(widget.property("role")), str(widget.property("current")), str(is_on), own_rule)


def one_of_each_kind(root: QWidget) -> Iterator[QWidget]:
    """Yield the first control of each kind that can have the focus."""
    seen: set[tuple[str, ...]] = set()
    for widget in tab_stops(root):
        if kind_of(widget) not in seen:
            seen.add(kind_of(widget))
            yield widget


def luminances(image: QImage) -> NDArray[np.float64]:
    """Return the relative luminance of each pixel, 0 to 1, as WCAG defines it."""
    picture = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = picture.width(), picture.height()
    channels = np.frombuffer(picture.constBits(), np.uint8).reshape(height, width, 4)[:, :, :3]
    # Bytes are in the order blue, green, red.
    weighted: NDArray[np.float64] = _LIGHT_OF_BYTE[channels] @ np.array([0.0722, 0.7152, 0.2126])
    return weighted


def look_of(widget: QWidget) -> NDArray[np.float64]:
    """Return what is drawn of a control and around it."""
    holder = holder_of(widget)
    QApplication.sendPostedEvents()
    place = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size()).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
    return luminances(holder.grab(place).toImage())


def changed_pixels(widget: QWidget, elsewhere: QWidget) -> int:
    """Return how many pixels are clearly lighter or darker while a control has the focus."""
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    without = look_of(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(widget, QLineEdit):
        # What is selected with the focus is no sign of it: an empty field has nothing to select.
        widget.deselect()
    focused = look_of(widget)
    contrast = (np.maximum(without, focused) + 0.05) / (np.minimum(without, focused) + 0.05)
    return int((contrast >= LEAST_CONTRAST).sum())


@pytest.mark.parametrize("target", TARGETS)
def test_the_focus_can_be_seen_on_each_kind_of_control(
    target: str, window: MainWindow, theme: Theme, go: Go, qtbot: QtBot
) -> None:
    page = go(target)
    unseen = []
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.HIGH_CONTRAST):
        theme.dress(scheme)
        settle(page, qtbot)
        for widget in one_of_each_kind(window):
            elsewhere = window.top_bar.search_button if widget is not window.top_bar.search_button else window.rail.list
            pixels = changed_pixels(widget, elsewhere)
            if pixels < LEAST_PIXELS:
                unseen.append(f"{scheme}: {widget.objectName()} {kind_of(widget)}: {pixels}")

    assert unseen == []
