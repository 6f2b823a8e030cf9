"""What the window paints first: Home as it was left, on real records, before the services are open."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import open_academy
from dijipilot.paths import UserPaths
from dijipilot.services.first_view import read_first_view
from dijipilot.ui import main_window
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.ui.conftest import OPENED, OpenWindow
from tests.ui.finding import find
from tests.ui.sample_learner import LESSON, numbered_ids, slow_clock


class WaitingExecutor(Executor):
    """Keeps jobs until they are let go."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Keep the job."""
        self.jobs.append(fn)
        return Future()

    def let_go(self) -> None:
        """Do all that was kept, and what comes of it."""
        while self.jobs:
            self.jobs.pop(0)()


@pytest.fixture
def left_home(learner_paths: UserPaths, open_window: OpenWindow) -> UserPaths:
    """Return a home whose learner was on Home when the window was closed."""
    window = open_window()
    window.go_to("home")
    window.close()
    return learner_paths


def begin(paths: UserPaths, theme: Theme, qtbot: QtBot, executor: Executor) -> MainWindow:
    """Return a window that was painted, over an academy that is opened when the executor lets it."""
    tasks = Tasks(executor, executor)
    window = MainWindow(
        lambda: open_academy(paths, True, slow_clock(OPENED), numbered_ids("d")),
        tasks,
        theme,
        WindowState(paths.window_state),
        read_first_view(paths),
    )
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_home_is_painted_as_it_was_left_and_its_buttons_lead_on(
    left_home: UserPaths, theme: Theme, qtbot: QtBot
) -> None:
    executor = WaitingExecutor()
    window = begin(left_home, theme, qtbot, executor)
    qtbot.waitUntil(lambda: bool(executor.jobs))

    button = find(window, QAbstractButton, "continueButton")
    assert button.isVisible()
    assert any("Should Orders Go to Production" in each.text() for each in window.findChildren(QLabel))
    assert window.academy is None

    button.click()
    assert window.academy is None
    executor.let_go()

    assert window.academy is not None
    assert window.pages.target() == "lesson:fulfillment.order-settings"
    window.close()


def test_home_shows_what_is_true_once_the_academy_is_open(left_home: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    executor = WaitingExecutor()
    window = begin(left_home, theme, qtbot, executor)
    qtbot.waitUntil(lambda: bool(executor.jobs))

    executor.let_go()

    assert window.pages.target() == "home"
    assert window.pages.page is not None
    assert window.pages.page.context.is_open
    window.close()


def test_nothing_is_painted_ahead_where_records_have_changed(left_home: UserPaths) -> None:
    assert read_first_view(left_home) is not None
    academy = open_academy(left_home, True, slow_clock(OPENED), numbered_ids("d"))
    profile = academy.profiles.current()
    assert profile is not None

    academy.learn.reopen(profile.id, LESSON)
    academy.close()

    assert read_first_view(left_home) is None


def test_nothing_is_painted_ahead_where_another_place_was_seen_last(
    learner_paths: UserPaths, open_window: OpenWindow
) -> None:
    window = open_window()
    window.go_to("roadmap")

    window.close()

    assert read_first_view(learner_paths) is None


@pytest.mark.parametrize("damage", ["", "{}", '{"id": 1, "state": 2, "home": "x"}', "[]"])
def test_a_damaged_view_is_not_painted(left_home: UserPaths, damage: str) -> None:
    (left_home.cache / "first-view.json").write_text(damage, encoding="utf-8")

    assert read_first_view(left_home) is None


def test_what_the_first_answer_needs_is_prepared_once_the_window_stands(
    learner_paths: UserPaths, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(main_window, "WARM_UP_AFTER_MS", 1)
    window = open_window()
    academy = window.academy
    assert academy is not None

    qtbot.waitUntil(lambda: "engine" in vars(academy.assess._diagnostics))
