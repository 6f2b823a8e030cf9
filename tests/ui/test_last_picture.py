"""What the window paints first: a picture of how it was left, where that is still true."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from time import sleep
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import open_academy
from dijipilot.domain.records import LAST_PLACE
from dijipilot.paths import UserPaths
from dijipilot.ui import main_window
from dijipilot.ui.last_picture import LastPictures
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.ui.conftest import OPENED, OpenWindow
from tests.ui.immediate import ImmediateExecutor
from tests.ui.sample_learner import LESSON, numbered_ids, slow_clock

GROUND = "#ffffff"


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


def pictures(paths: UserPaths, ground: str = GROUND, learner: str | None = None) -> LastPictures:
    return LastPictures(paths, WindowState(paths.window_state), ground, learner)


def begin(paths: UserPaths, theme: Theme, qtbot: QtBot, executor: Executor) -> MainWindow:
    """Return a window that was painted, over an academy that is opened when the executor lets it."""
    window = MainWindow(
        lambda: open_academy(paths, True, slow_clock(OPENED), numbered_ids("d")),
        lambda: (Tasks(executor, executor), theme),
        WindowState(paths.window_state),
        pictures(paths),
    )
    qtbot.addWidget(window)
    # Without a display the screen is smaller than the window, and Qt would make it fit.
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    return window


def covers(window: MainWindow) -> list[QWidget]:
    return [each for each in window.findChildren(QWidget, "pictureCover") if each.isVisible()]


def leave(paths: UserPaths, theme: Theme, qtbot: QtBot, target: str = "home") -> QImage:
    """Close a window at a place; return how it looked."""
    window = begin(paths, theme, qtbot, ImmediateExecutor())
    qtbot.waitUntil(lambda: window.academy is not None)
    window.go_to(target)
    seen = window.grab().toImage()
    window.close()
    return seen


@pytest.fixture
def left_home(learner_paths: UserPaths, theme: Theme, qtbot: QtBot) -> UserPaths:
    """Return a home whose learner was on Home when the window was closed."""
    leave(learner_paths, theme, qtbot)
    return learner_paths


@pytest.mark.parametrize("place", ["home", "roadmap", f"lesson:{LESSON}"])
def test_the_window_is_painted_as_it_was_left(learner_paths: UserPaths, theme: Theme, qtbot: QtBot, place: str) -> None:
    seen = leave(learner_paths, theme, qtbot, place)
    executor = WaitingExecutor()

    window = begin(learner_paths, theme, qtbot, executor)

    assert window.grab().toImage() == seen
    qtbot.waitUntil(lambda: bool(executor.jobs))
    assert window.academy is None
    assert covers(window)
    assert window.grab().toImage() == seen
    title = window.windowTitle()
    executor.let_go()
    assert window.academy is not None
    assert not covers(window)
    assert window.pages.target().startswith(place)
    assert window.windowTitle() == title
    window.close()


def test_in_another_size_only_the_ground_is_painted(left_home: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    window = begin(left_home, theme, qtbot, WaitingExecutor())

    window.resize(1000, 700)

    shown = window.grab().toImage()
    assert {shown.pixelColor(x, 350).name() for x in range(0, 1000, 50)} == {shown.pixelColor(500, 350).name()}
    window.close()


def test_what_takes_long_is_told_instead_of_the_picture(
    left_home: UserPaths, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "COVERED_AT_MOST_MS", 1)
    executor = WaitingExecutor()
    window = begin(left_home, theme, qtbot, executor)

    qtbot.waitUntil(lambda: bool(executor.jobs) and window.opening.isVisible())

    assert not covers(window)
    executor.let_go()
    assert window.pages.target() == "home"
    window.close()


def test_no_picture_is_true_once_records_have_changed(left_home: UserPaths) -> None:
    assert pictures(left_home).read() is not None
    academy = open_academy(left_home, True, slow_clock(OPENED), numbered_ids("d"))
    profile = academy.profiles.current()
    assert profile is not None

    academy.learn.reopen(profile.id, LESSON)
    assert pictures(left_home).read() is None
    academy.close()

    assert pictures(left_home).read() is None


def test_reading_beside_the_window_leaves_the_picture_true(left_home: UserPaths) -> None:
    academy = open_academy(left_home, False)
    academy.profiles.current()
    academy.close()

    assert pictures(left_home).read() is not None


def test_no_picture_is_shown_to_somebody_else_or_in_other_colors(left_home: UserPaths) -> None:
    assert pictures(left_home, learner="Ada").read() is not None
    assert pictures(left_home, learner="Ben").read() is None
    # The window follows the system, which was light when it was left.
    assert pictures(left_home, ground="#000000").read() is None
    WindowState(left_home.window_state).remember_look(Scheme.DARK, 100)
    assert pictures(left_home).read() is None
    WindowState(left_home.window_state).remember_look(Scheme.SYSTEM, 130)
    assert pictures(left_home).read() is None


def test_a_place_left_at_once_is_the_next_one_shown(learner_paths: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as database:
        window = begin(learner_paths, theme, qtbot, database)
        qtbot.waitUntil(lambda: window.academy is not None)
        # The lane is busy, as it is while the first write loads what it needs.
        database.submit(sleep, 0.2)

        window.go_to("library")
        window.close()

    with closing(open_academy(learner_paths, False)) as academy:
        profile = academy.profiles.current()
        assert profile is not None
        assert academy.profiles.setting(profile.id, LAST_PLACE, "").startswith("library")


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_picture_is_not_painted(left_home: UserPaths, damage: bytes) -> None:
    left_home.last_picture.write_bytes(damage)

    assert pictures(left_home).read() is None


def test_half_a_picture_is_not_painted(left_home: UserPaths) -> None:
    whole = left_home.last_picture.read_bytes()
    left_home.last_picture.write_bytes(whole[: len(whole) // 2])

    assert pictures(left_home).read() is None


def test_a_picture_that_cannot_be_kept_does_no_harm(learner_paths: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    learner_paths.last_picture.mkdir(parents=True)

    leave(learner_paths, theme, qtbot)

    assert pictures(learner_paths).read() is None
    assert [each.name for each in learner_paths.cache.glob("last-view*")] == ["last-view.png"]


def test_what_the_first_answer_needs_is_prepared_once_the_window_stands(
    learner_paths: UserPaths, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(main_window, "WARM_UP_AFTER_MS", 1)
    window = open_window()
    academy = window.academy
    assert academy is not None

    qtbot.waitUntil(lambda: "engine" in vars(academy.assess._diagnostics))
