"""What nobody caught is logged and told, once at a time, with details that can be copied."""

import faulthandler
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from dijipilot.ui.failures import FailureDialog, Failures, log_qt_message, start_logging
from tests.ui.finding import find


@pytest.fixture
def failures(tmp_path: Path, qtbot: QtBot) -> Iterator[Failures]:
    """Return the last resort, without the hooks of Python."""
    made = Failures(tmp_path)
    yield made
    made.deleteLater()


def fail_in(failures: Failures, words: str) -> None:
    """Have an exception arrive that nobody caught."""
    try:
        raise ValueError(words)
    except ValueError:
        failures._on_uncaught(*sys.exc_info())


def dialogs() -> list[FailureDialog]:
    """Return the dialogs that are open."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, FailureDialog) and each.isVisible()]


def test_an_exception_is_told_with_details_to_copy(
    failures: Failures, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    fail_in(failures, "a slot broke")
    dialog = dialogs()[0]
    assert "a slot broke" in find(dialog, QPlainTextEdit, "failureDetails").toPlainText()

    find(dialog, QPushButton, "copyDetailsButton").click()

    assert "ValueError: a slot broke" in QGuiApplication.clipboard().text()
    assert "a slot broke" in caplog.text
    dialog.reject()


def test_a_second_exception_opens_no_second_dialog(failures: Failures, qtbot: QtBot) -> None:
    fail_in(failures, "first")
    fail_in(failures, "second")

    assert len(dialogs()) == 1
    dialogs()[0].reject()
    fail_in(failures, "third")
    assert len(dialogs()) == 1
    dialogs()[0].reject()


def test_what_qt_says_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    log_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "a layout is confused")

    assert ("qt", logging.WARNING, "a layout is confused") in caplog.record_tuples


def test_the_log_is_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_files: list[IO[str]] = []
    # The real one would take the place of pytest's own.
    monkeypatch.setattr(faulthandler, "enable", crash_files.append)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    start_logging(tmp_path / "logs")
    try:
        logging.getLogger("test").warning("kept")

        assert "kept" in (tmp_path / "logs" / "dijipilot.log").read_text(encoding="utf-8")
        assert crash_files[0].name == str(tmp_path / "logs" / "crash.log")
    finally:
        crash_files[0].close()
        for each in [each for each in root.handlers if each not in before]:
            root.removeHandler(each)
            each.close()
        root.setLevel(level)
