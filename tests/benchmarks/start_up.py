"""Time from start to a window that can be used, against an empty PySide6 window, alternating in one run.

Both are separate processes on the platform in use (offscreen without a display). "painted" is the first paint of the
window, "usable" the moment the page last seen stands there with the learner's data and takes input. The home holds a
finished assessment of a simulated learner.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from dijipilot.bootstrap import open_academy
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.paths import UserPaths

ROUNDS = 15

EMPTY_WINDOW = """
import time; start = time.perf_counter()
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
        os._exit(0)
application = QApplication(sys.argv[:1])
window = Window(); window.resize(1280, 800); window.show()
application.exec()
"""

APP_WINDOW = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from dijipilot.paths import UserPaths
from dijipilot.ui import application, main_window
class Timed(main_window.MainWindow):
    is_painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            print("painted", flush=True)
    def use_profile(self, profile, target=""):
        super().use_profile(profile, target)
        QTimer.singleShot(0, self, self.tell)
    def tell(self):
        print("usable", flush=True)
        os._exit(0)
application.MainWindow = Timed
paths = UserPaths(Path(sys.argv[1]))
def open_it():
    from dijipilot.bootstrap import open_academy
    return open_academy(paths, for_writing=True)
application.run_window(paths, open_it)
"""


def prepare(home: Path) -> None:
    """Give the home a learner with a finished assessment."""
    academy = open_academy(UserPaths(home), for_writing=True)
    world = World(academy.library.curriculum, POPULATIONS["reference"])
    examinee = Examinee(world, world.draw_learner(np.random.default_rng(1)), (1,))
    sitting = academy.assess.begin(academy.profiles.choose("Learner").id)
    while (screen := sitting.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        sitting.not_sure() if is_not_sure else sitting.answer(chosen)
    academy.close()


def run(code: str, *arguments: str) -> dict[str, float]:
    """Start a process and return when each of its lines came, in milliseconds from the start."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-c", code, *arguments]
    start = time.perf_counter()
    moments: dict[str, float] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            moments[line.strip()] = 1000 * (time.perf_counter() - start)
    return moments


def main() -> None:
    """Alternate the two windows and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home)
        run(EMPTY_WINDOW)
        run(APP_WINDOW, str(home))
        rounds = [(run(EMPTY_WINDOW), run(APP_WINDOW, str(home))) for _ in range(ROUNDS)]
    empty = statistics.median(each["painted"] for each, _ in rounds)
    painted = statistics.median(each["painted"] for _, each in rounds)
    usable = statistics.median(each["usable"] for _, each in rounds)
    print(f"empty PySide6 window painted {empty:.0f} ms (median of {ROUNDS})")
    print(f"app painted {painted:.0f} ms, {painted / empty:.2f} times the empty window")
    print(f"app usable {usable:.0f} ms, {usable / empty:.2f} times the empty window")


if __name__ == "__main__":
    main()
