"""A window in a process of its own: commands beside it, and a power cut, after which the next start goes on there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from dijipilot.cli.main import main
from dijipilot.domain.ids import SkillId
from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow
from tests.journeys.hands import Mouse

LESSON = SkillId("fulfillment.status-tracking")

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from dijipilot.bootstrap import open_academy
from dijipilot.paths import UserPaths
from dijipilot.ui import application, main_window

class Reading(main_window.MainWindow):
    def use_profile(self, profile, target=""):
        super().use_profile(profile, target)
        QTimer.singleShot(0, self, self.read)

    def read(self):
        self.go_to("lesson:fulfillment.status-tracking")
        profile = self.profile.id
        text = self.academy.library.lesson("fulfillment.status-tracking")
        self.academy.learn.tick_step(profile, text.skill, text.steps[0].id, True)
        # A moment later the place is kept, too.
        QTimer.singleShot(main_window.PLACE_AFTER_MS + 1000, self, lambda: print("reading", flush=True))

application.MainWindow = Reading
paths = UserPaths(Path(sys.argv[1]))
application.run_window(paths, lambda: open_academy(paths, for_writing=True))
"""

READING = (["result"], ["gaps"], ["roadmap"], ["lesson", "2.5.1.1"], ["search", "refund"], ["profile", "list"])
READING_MORE = (["questions", "list"], ["data", "where"], ["data", "check"], ["pack", "list"])
CHANGING = (["assess"], ["roadmap", "skip", "2.5.1.3"], ["profile", "add", "Ben"], ["data", "backup"])


@pytest.fixture
def window_process(learner_paths: UserPaths) -> Iterator[subprocess.Popen[str]]:
    """Return a window that has opened a lesson and ticked a step, in a process of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", WINDOW, str(learner_paths.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        yield process
        process.kill()


def test_reading_commands_work_beside_a_window_and_changing_ones_say_so(
    window_process: subprocess.Popen[str], learner_paths: UserPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(learner_paths.home)]

    for command in (*READING, *READING_MORE):
        assert main([*home, *command]) == 0, command
    capsys.readouterr()
    for command in CHANGING:
        assert main([*home, *command]) == 6, command
        assert "Another DijiPilot Academy window" in capsys.readouterr().err

    assert main([*home, "gaps", "--json"]) == 0
    totals = json.loads(capsys.readouterr().out)["totals"]
    assert sum(totals[state] for state in ("mastered", "missing", "unsettled", "not_applicable")) == 159
    assert window_process.poll() is None


def test_after_a_power_cut_the_next_start_goes_on_at_the_same_lesson(
    window_process: subprocess.Popen[str],
    learner_paths: UserPaths,
    qtbot: QtBot,
    open_window: Callable[[], MainWindow],
) -> None:
    window_process.kill()
    window_process.wait()

    hands = Mouse(qtbot, open_window)

    assert hands.page.place() == LESSON
    academy = hands.window.academy
    profile = hands.window.profile
    assert academy is not None
    assert profile is not None
    assert academy.recovery is None
    assert len(academy.learn.progress_of(profile.id, LESSON).ticked_steps) == 1
    assert learner_paths.database.exists()
