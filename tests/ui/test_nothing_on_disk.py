"""A learner reads, highlights, answers, asks and searches in the real window: no lesson's text gets onto the disk.

The lesson read is one that the pack holds encrypted and a license opens; looked for is the text of all lessons.
"""

import faulthandler
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import open_academy
from dijipilot.log_file import DiscreetFormatter
from dijipilot.paths import UserPaths
from dijipilot.ui.failures import Failures, start_logging
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.licensing.disk_search import SYSTEM_FOLDERS, SecretText, everything_in
from tests.ui.conftest import OPENED, settle
from tests.ui.immediate import ImmediateExecutor
from tests.ui.reader import ACTS, ASKING, READING, Reader
from tests.ui.sample_learner import numbered_ids, slow_clock
from tests.ui.test_last_picture import pictures

# Said of dialogs, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Open = Callable[[], MainWindow]


@pytest.fixture
def everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which everything lies that a program could write to without being told."""
    for name in SYSTEM_FOLDERS:
        folder = tmp_path / "system" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    return tmp_path


@pytest.fixture
def log(qapp: QApplication, learner_paths: UserPaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Log as the app does, also what nobody caught; return where."""
    monkeypatch.setattr(faulthandler, "enable", lambda file: file.close())
    failures = Failures(learner_paths.logs)
    monkeypatch.setattr(sys, "excepthook", failures._on_uncaught)
    root = logging.getLogger()
    level = root.level
    start_logging(learner_paths.logs)
    root.setLevel(logging.DEBUG)
    yield learner_paths.logs / "dijipilot.log"
    for each in [each for each in root.handlers if isinstance(each.formatter, DiscreetFormatter)]:
        root.removeHandler(each)
        each.close()
    root.setLevel(level)


@pytest.fixture
def open_one(learner_paths: UserPaths, theme: Theme, qtbot: QtBot, everywhere: Path, log: Path) -> Open:
    """Return a function that opens the window as it is opened at a start."""
    opened: list[MainWindow] = []

    def open_window() -> MainWindow:
        ids = numbered_ids(f"{len(opened) + 1:x}")
        window = MainWindow(
            lambda: open_academy(learner_paths, True, slow_clock(OPENED.replace(day=3 + len(opened))), ids),
            lambda: (Tasks(ImmediateExecutor(), ImmediateExecutor()), theme),
            WindowState(learner_paths.window_state),
            pictures(learner_paths),
        )
        opened.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.academy is not None and window.pages.page is not None)
        return window

    return open_window


def leaks(secret: SecretText, everywhere: Path) -> list[str]:
    return sorted({f"{leak.file.relative_to(everywhere)}: {leak.words!r}" for leak in secret.find_in([everywhere])})


def test_no_text_of_a_lesson_gets_onto_the_disk(
    open_one: Open, learner_paths: UserPaths, everywhere: Path, log: Path, qtbot: QtBot
) -> None:
    window = open_one()
    assert window.academy is not None
    secret = everything_in(window.academy.pack)
    reader = Reader(window)
    reader.act(*ACTS)
    assert leaks(secret, everywhere) == []

    reader.carry_away(everywhere)
    reader.read()
    window.close()

    assert leaks(secret, everywhere) == []
    assert learner_paths.last_picture.is_file()
    assert "Nobody caught this" in log.read_text(encoding="utf-8")
    written = learner_paths.database.read_bytes()
    assert all(word in written for word in (b"highlighted", b"check_answered", b"No PayPal there", b"by country"))


def test_what_was_read_is_there_again_and_still_nowhere_on_the_disk(
    open_one: Open, learner_paths: UserPaths, everywhere: Path, log: Path, qtbot: QtBot
) -> None:
    window = open_one()
    Reader(window).act(*READING)
    window.close()

    window = open_one()
    page = window.pages.page
    assert isinstance(page, LessonPage)
    settle(page, qtbot)
    assert window.academy is not None
    secret = everything_in(window.academy.pack)
    highlights = [each for each in page._aids.side.quotes if each.isVisible()]
    Reader(window).act(*ASKING)
    window.close()

    assert len(highlights) == 3
    assert leaks(secret, everywhere) == []


def test_the_picture_kept_has_ground_where_the_text_stood(
    open_one: Open, learner_paths: UserPaths, theme: Theme, qtbot: QtBot
) -> None:
    window = open_one()
    Reader(window).act(*READING)
    page = window.pages.page
    assert isinstance(page, LessonPage)
    body = page._body
    assert body is not None
    area = QRect(body.mapTo(window, QPoint(0, 0)), body.size()) & QRect(
        page.scroll_area.viewport().mapTo(window, QPoint(0, 0)), page.scroll_area.viewport().size()
    )
    assert colors_in(window.grab().toImage(), area) > 10
    window.close()

    kept = pictures(learner_paths).read()

    assert kept is not None
    assert colors_in(kept.image, area) == 1
    assert kept.image.pixelColor(area.center()) == QColor(theme.colors.window)


def colors_in(image: QImage, area: QRect) -> int:
    return len({image.pixel(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())})
