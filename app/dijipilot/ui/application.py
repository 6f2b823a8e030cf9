"""Brings the window up: QApplication, look, last resort, and the lanes for work off the UI thread."""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.paths import UserPaths
from dijipilot.ui.accessible_roles import install_roles
from dijipilot.ui.failures import Failures, LogFiles
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.tasks import start_lanes
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy
    from dijipilot.services.first_view import FirstView

APPLICATION_NAME = "DijiPilot Academy"
STARTED_AFTER_MS = 4000
"""By then the first page stands there, and what the next ones need is in memory."""


def run_window(
    user_paths: UserPaths, open_academy: "Callable[[], Academy]", first_view: "FirstView | None" = None
) -> int:
    """Show the window until it is closed; return the exit code. The academy is opened after the first paint.

    first_view: what is painted until then.
    """
    log = LogFiles(user_paths.logs)
    application = QApplication(sys.argv[:1])
    install_roles()
    application.setApplicationName(APPLICATION_NAME)
    application.setApplicationDisplayName("")
    application.setDesktopFileName("dijipilot")
    application.setWindowIcon(QIcon(str(paths.resources_folder() / "icons" / "app.svg")))
    failures = Failures(user_paths.logs, application)
    failures.install()
    state = WindowState(user_paths.window_state)
    theme = Theme(application, application)
    theme.dress(state.scheme, state.text_percent)
    tasks = start_lanes(application)
    window = MainWindow(log.begin_before(open_academy), tasks, theme, state, first_view)
    window.show()
    QTimer.singleShot(STARTED_AFTER_MS, application, _collect_garbage)
    code = application.exec()
    tasks.close()
    return code


def _collect_garbage() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    gc.freeze()
    gc.enable()
