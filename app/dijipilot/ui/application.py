"""Brings the window up: QApplication, look, last resort, and the lanes for work off the UI thread."""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.paths import UserPaths
from dijipilot.ui.last_picture import LastPictures
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.window_state import WindowState

if TYPE_CHECKING:
    from pathlib import Path

    from dijipilot.bootstrap import Academy
    from dijipilot.ui.tasks import Tasks
    from dijipilot.ui.theme import Theme

APPLICATION_NAME = "DijiPilot Academy"
STARTED_AFTER_MS = 4000
"""By then the first page stands there, and what the next ones need is in memory."""


def run_window(
    user_paths: UserPaths,
    open_academy: "Callable[[], Academy]",
    learner: str | None = None,
    license_file: "Path | None" = None,
) -> int:
    """Show the window until it is closed; return the exit code. The academy is opened after the first paint.

    learner: whose records it will show, where that is known by now. license_file: one to activate.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName(APPLICATION_NAME)
    application.setApplicationDisplayName("")
    application.setDesktopFileName("dijipilot")
    state = WindowState(user_paths.window_state)
    pictures = LastPictures(user_paths, state, application.palette().window().color().name(), learner)
    tasks: list[Tasks] = []

    def open_with_log() -> "Academy":
        # In the lane of the database, before anything there can go wrong.
        from dijipilot.ui.failures import start_logging

        start_logging(user_paths.logs)
        return open_academy()

    def furnish() -> "tuple[Tasks, Theme]":
        made, theme = _furnish(application, user_paths, state)
        tasks.append(made)
        return made, theme

    window = MainWindow(open_with_log, furnish, state, pictures, license_file)
    window.show()
    QTimer.singleShot(STARTED_AFTER_MS, application, _collect_garbage)
    code = application.exec()
    for lanes in tasks:
        lanes.close()
    return code


def _furnish(application: QApplication, user_paths: UserPaths, state: WindowState) -> "tuple[Tasks, Theme]":
    """Set up what every part of the window needs, once."""
    # Imported here: where the window is painted as it was left, that is done without any of this.
    from PySide6.QtGui import QIcon

    from dijipilot.ui.accessible_roles import install_roles
    from dijipilot.ui.failures import Failures
    from dijipilot.ui.tasks import start_lanes
    from dijipilot.ui.theme import Theme

    install_roles()
    application.setWindowIcon(QIcon(str(paths.resources_folder() / "icons" / "app.svg")))
    Failures(user_paths.logs, application).install()
    theme = Theme(application, application)
    theme.dress(state.scheme, state.text_percent)
    return start_lanes(application), theme


def _collect_garbage() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    gc.freeze()
    gc.enable()
