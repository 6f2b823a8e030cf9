"""The real window of the interface tests, and for each story two pairs of hands: a mouse, and a keyboard."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dijipilot.paths import UserPaths
from tests.journeys.hands import Hands, Keyboard, Mouse

# Fixtures of the interface tests, used here under the same names.
from tests.ui.conftest import OpenWindow, filled_home, first_opened, learner_paths, open_window, paths, theme

__all__ = ["filled_home", "first_opened", "learner_paths", "open_window", "paths", "theme"]


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hands(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, open_window: OpenWindow) -> Hands:
    """Return hands at a window over an empty home; every click counts at once, however quick."""
    qapp.setDoubleClickInterval(1)
    made: Hands = request.param(qtbot, open_window)
    return made


@pytest.fixture
def back(learner_paths: UserPaths, hands: Hands) -> Hands:
    """Return hands at the window of a learner with an assessment behind and a lesson half done."""
    assert learner_paths.database.exists()
    return hands
