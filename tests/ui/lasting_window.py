"""A window for many tests that look and change nothing: opening one for each would take longer than the looking."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dijipilot.bootstrap import open_academy
from dijipilot.paths import UserPaths
from dijipilot.ui import main_window
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.ui.conftest import OPENED
from tests.ui.immediate import ImmediateExecutor
from tests.ui.sample_learner import numbered_ids, slow_clock


@contextmanager
def lasting_window(
    application: QApplication, filled_home: Path, folders: pytest.TempPathFactory
) -> Iterator[tuple[MainWindow, Theme]]:
    """Open a window over a copy of a home, light and at the usual size; yield it with what dresses it."""
    paths = UserPaths(Path(shutil.copytree(filled_home, folders.mktemp("looked at") / "academy")))
    font_of_the_system = application.font()
    tasks, theme = Tasks(ImmediateExecutor(), ImmediateExecutor()), Theme(application)
    theme.dress(Scheme.LIGHT, 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main_window, "WARM_UP_AFTER_MS", 3_600_000)
        made = MainWindow(
            lambda: open_academy(paths, True, slow_clock(OPENED), numbered_ids("1")),
            lambda: (tasks, theme),
            WindowState(paths.window_state),
        )
        made.resize(1280, 720)
        made.show()
        yield made, theme
        made.close()
        made.deleteLater()
        theme.deleteLater()
        application.setFont(font_of_the_system)
