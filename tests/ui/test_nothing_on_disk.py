"""A learner reads, highlights, answers, asks and searches in the real window: no lesson's text gets onto the disk.

The lesson read is one that the pack holds encrypted and a license opens; looked for is the text of all lessons.
"""

import faulthandler
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import open_academy
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.lesson_text import LessonText
from dijipilot.log_file import DiscreetFormatter
from dijipilot.paths import UserPaths
from dijipilot.ui.failures import Failures, start_logging
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_nodes import key_of
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.knowledge_check import KnowledgeCheck
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.roadmap_view import RoadmapView
from dijipilot.ui.window_state import WindowState
from tests.licensing.disk_search import SecretText, everything_in
from tests.ui.conftest import OPENED, settle
from tests.ui.finding import find
from tests.ui.immediate import ImmediateExecutor
from tests.ui.sample_learner import numbered_ids, slow_clock
from tests.ui.test_last_picture import pictures

Open = Callable[[], MainWindow]
SYSTEM_FOLDERS = ("TMPDIR", "SQLITE_TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture
def everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which everything lies that a program could write to without being told."""
    for name in SYSTEM_FOLDERS:
        folder = tmp_path / "system" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    return tmp_path


@pytest.fixture
def log(learner_paths: UserPaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Log as the app does; return where."""
    monkeypatch.setattr(faulthandler, "enable", lambda file: file.close())
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


def go(window: MainWindow, target: str, qtbot: QtBot) -> None:
    window.go_to(target)
    page = window.pages.page
    assert page is not None
    settle(page, qtbot)


def sealed_lesson(window: MainWindow) -> Lesson:
    """Return a lesson that the pack holds encrypted, and that is open."""
    assert window.academy is not None
    library = window.academy.library
    return next(lesson for lesson in library.curriculum.lessons if library.is_sealed(lesson.skill))


def read_a_lesson(window: MainWindow, qtbot: QtBot) -> None:
    """Highlight a word, a sentence and a step, tick, answer, look up, report, search in the page, show its paper."""
    go(window, f"lesson:{sealed_lesson(window).skill}", qtbot)
    page = window.pages.page
    assert isinstance(page, LessonPage)
    for name, start, length in (("whyText", 4, 1), ("whatText", 0, 120), ("step2Text", 0, 400)):
        view = find(page, LessonView, name)
        view.setTextCursor(view.cursor_over(start, min(start + length, len(view.toPlainText()))))
        view.selection_settled.emit()
        page.commands()["highlight"]()
        settle(page, qtbot)
    for name in ("step1Box", "box1"):
        find(page, QAbstractButton, name).click()
        settle(page, qtbot)
    check = find(page, KnowledgeCheck)
    find(check, QAbstractButton, "check1Option1").click()
    find(check, QPushButton, "check1Button").click()
    find(page, QToolButton, "step3DifferenceButton").click()
    QTest.keyClicks(find(page, QLineEdit, "step3DifferenceField"), "No PayPal there")
    QTest.keyClick(find(page, QLineEdit, "step3DifferenceField"), Qt.Key.Key_Return)
    page.commands()["find"]()
    QTest.keyClicks(find(page, QLineEdit, "findField"), "approval")
    assert page._paper._report() is not None
    page.commands()["bookmark"]()
    settle(page, qtbot)


def ask_and_search(window: MainWindow, qtbot: QtBot) -> None:
    """Ask a question, look at questions and answers, unfold a lesson on the roadmap, search and open what is found."""
    assert window.academy is not None
    assert window.profile is not None
    lesson = sealed_lesson(window)
    go(window, f"questions:{lesson.skill}", qtbot)
    page = window.pages.page
    assert page is not None
    QTest.keyClicks(find(page, QPlainTextEdit, "questionField"), "Does it differ by country?")
    find(page, QPushButton, "askButton").click()
    mission = window.academy.library.curriculum.mission_by_skill[lesson.skill]
    question = window.academy.library.questions(mission.number)[0]
    go(window, f"mission:{mission.number}/{question.id}", qtbot)
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    go(window, "roadmap", qtbot)
    find(window, RoadmapView).open_again([key_of(lesson.skill)])
    words = " ".join(window.academy.library.questions(mission.number)[0].question.split()[:2])
    go(window, f"search:{words}", qtbot)


def fail_with_a_lesson_at_hand(window: MainWindow, log: Path) -> None:
    """Let an exception arrive that nobody caught, while texts of a lesson are in use."""
    assert window.academy is not None
    text = window.academy.library.lesson(sealed_lesson(window).skill)
    assert text is not None
    failures = Failures(log.parent, window)
    try:
        _fail(text, [*text.steps])
    except ValueError:
        failures._on_uncaught(*sys.exc_info())
    for dialog in QApplication.topLevelWidgets():
        if dialog.objectName() == "" and type(dialog).__name__ == "FailureDialog":
            dialog.close()


def _fail(text: LessonText, steps: list[object]) -> None:
    opening = text.sections[0].markdown
    assert opening
    # What Python says of it quotes the repr of what was looked for.
    steps.index(text)


def leaks(secret: SecretText, everywhere: Path) -> list[str]:
    return sorted({f"{leak.file.relative_to(everywhere)}: {leak.words!r}" for leak in secret.find_in([everywhere])})


def test_no_text_of_a_lesson_gets_onto_the_disk(
    open_one: Open, learner_paths: UserPaths, everywhere: Path, log: Path, qtbot: QtBot
) -> None:
    window = open_one()
    assert window.academy is not None
    assert window.profile is not None
    academy, profile = window.academy, window.profile.id
    secret = everything_in(academy.pack)
    read_a_lesson(window, qtbot)
    fail_with_a_lesson_at_hand(window, log)
    ask_and_search(window, qtbot)
    assert leaks(secret, everywhere) == []

    academy.safekeeping.backup()
    academy.profiles.export(profile, everywhere / "mine.djprofile")
    academy.questions.export(profile, everywhere / "mine.djquestions")
    go(window, f"lesson:{sealed_lesson(window).skill}", qtbot)
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
    read_a_lesson(window, qtbot)
    window.close()

    window = open_one()
    page = window.pages.page
    assert isinstance(page, LessonPage)
    settle(page, qtbot)
    assert window.academy is not None
    secret = everything_in(window.academy.pack)
    highlights = [each for each in page._aids.side.quotes if each.isVisible()]
    ask_and_search(window, qtbot)
    window.close()

    assert len(highlights) == 3
    assert leaks(secret, everywhere) == []


def test_the_picture_kept_has_ground_where_the_text_stood(
    open_one: Open, learner_paths: UserPaths, theme: Theme, qtbot: QtBot
) -> None:
    window = open_one()
    read_a_lesson(window, qtbot)
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
