"""A real academy in a temporary folder, and a real window over it whose tasks run at once."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.paths import UserPaths
from dijipilot.ui import main_window
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.homes import licensed
from tests.ui.finding import delete_what_is_gone
from tests.ui.immediate import ImmediateExecutor
from tests.ui.sample_learner import START, fill_home, numbered_ids, slow_clock

OpenWindow = Callable[[], MainWindow]
OPENED = START.replace(month=12)
"""When the first window is opened."""


@pytest.fixture
def paths(tmp_path: Path) -> UserPaths:
    """Return a home in which there is nothing but a license."""
    return UserPaths(licensed(tmp_path / "academy"))


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the records of a simulated learner; tests work on copies of it.

    Each module that imports this fixture has one of its own, so the home itself is looked for first.
    """
    home = tmp_path_factory.getbasetemp() / "filled" / "academy"
    if not home.exists():
        fill_home(licensed(home), OPENED)
    return home


@pytest.fixture
def learner_paths(filled_home: Path, paths: UserPaths) -> UserPaths:
    """Return a home of one's own, with the records of the simulated learner."""
    shutil.copytree(filled_home, paths.home, dirs_exist_ok=True)
    return paths


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return the look, light and at its usual size."""
    # The windows of other tests would be dressed, too.
    delete_what_is_gone()
    font_of_the_system = qapp.font()
    theme = Theme(qapp)
    theme.dress(Scheme.LIGHT, 100)
    yield theme
    theme.deleteLater()
    qapp.setFont(font_of_the_system)


@pytest.fixture
def first_opened() -> datetime:
    """Return when the first window of a test is opened; tests that come back later say when."""
    return OPENED


@pytest.fixture
def open_window(
    qtbot: QtBot, paths: UserPaths, theme: Theme, first_opened: datetime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenWindow]:
    """Return a function that opens a window over the home of the test; all are closed at the end.

    What it would prepare in the background is left until it is needed: most tests need none of it.
    """
    monkeypatch.setattr(main_window, "WARM_UP_AFTER_MS", 3_600_000)
    opened: list[MainWindow] = []
    tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())

    def open_over(for_writing: bool = True) -> Academy:
        # Later than everything the simulated learner did, with other ids.
        clock = slow_clock(first_opened + timedelta(hours=len(opened) - 1))
        return open_academy(paths, for_writing, clock, numbered_ids(f"{len(opened) + 1:x}"))

    def open_one() -> MainWindow:
        window = MainWindow(open_over, lambda: (tasks, theme), WindowState(paths.window_state))
        qtbot.addWidget(window)
        opened.append(window)
        window.resize(1280, 720)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.content.currentWidget() is not window.opening)
        return window

    yield open_one
    for window in opened:
        window.close()


@pytest.fixture
def window(learner_paths: UserPaths, open_window: OpenWindow) -> MainWindow:
    """Return the window of the simulated learner."""
    return open_window()


@pytest.fixture
def go(window: MainWindow, qtbot: QtBot) -> Callable[[str], Page]:
    """Return a function that goes to a place and returns the page there, refreshed."""

    def go_to(target: str) -> Page:
        window.go_to(target)
        page = window.pages.page
        assert page is not None
        settle(page, qtbot)
        return page

    return go_to


def settle(page: Page, qtbot: QtBot) -> None:
    """Wait until a page shows what is true, and nothing else."""
    qtbot.waitUntil(lambda: not page.is_stale)
    delete_what_is_gone()
    # What was built anew is shown by an event of its own, a moment later.
    QApplication.sendPostedEvents()
