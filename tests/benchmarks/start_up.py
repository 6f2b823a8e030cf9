"""Time from start to a window that can be used, against an empty PySide6 window, alternating in one run.

All are separate processes on the platform in use (offscreen without a display), the app as a shortcut starts it. The
home holds a finished assessment of a simulated learner who closed the window at some page. "painted" is the first paint
of that page as it was left, "usable" the moment it stands there, painted, on open services; "written" is the moment a
finished lesson is on the disk, from Home. CPU times are of the whole process.
"""

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import dijipilot
from dijipilot.bootstrap import open_academy
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.paths import UserPaths
from tests.homes import licensed

ROUNDS = 7

EMPTY_WINDOW = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", time.process_time(), flush=True)
        os._exit(0)
application = QApplication(sys.argv[:1])
window = Window(); window.resize(1280, 800); window.show()
application.exec()
"""

APP_WINDOW = """
import gc
gc.disable()  # as cli.main does before it imports the window
import os, sys, time
from PySide6.QtCore import QTimer
from dijipilot.ui import application, main_window
act = sys.argv[1]  # "leave PAGE", "look PAGE" or "write"
def tell(word):
    print(word, time.process_time(), flush=True)
class Timed(main_window.MainWindow):
    is_painted = False
    def __init__(self, *arguments):
        super().__init__(*arguments)
        # Without a display the screen is smaller than the window, and Qt would make it fit.
        self.resize(1280, 800)
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            tell("painted" if self._cover is not None else "bare")
    def use_profile(self, profile, place=""):
        super().use_profile(profile, place)
        if act.startswith("leave "):
            self.go_to(act.removeprefix("leave "))
        QTimer.singleShot(0, self, self.settle)
    def settle(self):
        # What was queued by the page is done, and it was painted.
        QTimer.singleShot(0, self, self.end)
    def end(self):
        self.repaint()
        tell("usable")
        assert self.pages.target().startswith(act.partition(" ")[2])
        if act.startswith("leave "):
            # As after a look at it: what the page computes for itself is there by then.
            QTimer.singleShot(4000, self, self.close)
            return
        if act == "write":
            learn, skill = self.academy.learn, self.academy.library.curriculum.skills[0]
            learn.finish(self.profile.id, skill)
            tell("written")
        os._exit(0)
application.MainWindow = Timed
from dijipilot.cli.main import main
main([])
"""

HOME = "home"
PAGES = (
    HOME,
    *("assessment", "result", "gaps", "roadmap", "library", "mission:2.5.1", "lesson:fulfillment.order-settings"),
    *("search", "questions", "settings", "help"),
)


def prepare(home: Path) -> None:
    """Give the home a learner with a finished assessment."""
    academy = open_academy(UserPaths(licensed(home)), for_writing=True)
    world = World(academy.library.curriculum, POPULATIONS["reference"])
    examinee = Examinee(world, world.draw_learner(np.random.default_rng(1)), (1,))
    profile = academy.profiles.choose("Learner")
    sitting = academy.assess.begin(profile.id)
    while (screen := sitting.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        sitting.not_sure() if is_not_sure else sitting.answer(chosen)
    academy.assess.result(profile.id)
    academy.standings.reasons(profile.id, academy.library.curriculum.skills[0])
    academy.close()


def left_at(home: Path, page: str) -> Path:
    """Return a home like this one whose learner has just closed the window at a page."""
    own = Path(shutil.copytree(home, home.with_name("left-at-" + page.replace(":", "-"))))
    run(APP_WINDOW, own, f"leave {page}")
    return own


def run(code: str, home: Path, act: str) -> dict[str, tuple[float, float]]:
    """Start a process; return when each of its lines came: milliseconds from the start, and of CPU time."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = os.environ | {"QT_QPA_PLATFORM": platform, "DIJIPILOT_HOME": str(home)}
    command = [sys.executable, "-c", code, act]
    start = time.perf_counter()
    moments: dict[str, tuple[float, float]] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            word, cpu = line.split()
            moments[word] = (1000 * (time.perf_counter() - start), 1000 * float(cpu))
    return moments


def median(rounds: Sequence[dict[str, tuple[float, float]]], word: str) -> tuple[float, float]:
    """Return the medians of wall and CPU time at which a word came."""
    walls, cpus = zip(*(each[word] for each in rounds), strict=True)
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    """Alternate the windows and print medians and ratios."""
    compileall.compile_dir(Path(dijipilot.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home)
        home_by_page = {page: left_at(home, page) for page in PAGES}
        work = [*((page, f"look {page}") for page in PAGES), (HOME, "write")]
        empty: list[dict[str, tuple[float, float]]] = []
        found: dict[tuple[str, str], list[dict[str, tuple[float, float]]]] = {each: [] for each in work}
        for _ in range(ROUNDS):
            for page, act in work:
                empty.append(run(EMPTY_WINDOW, home, ""))
                # A copy: nothing that a run leaves behind changes the next one.
                own = Path(shutil.copytree(home_by_page[page], Path(folder) / "own"))
                found[page, act].append(run(APP_WINDOW, own, act))
                shutil.rmtree(own)
    wall, cpu = median(empty, "painted")
    print(f"empty PySide6 window painted: {wall:.0f} ms, {cpu:.0f} ms CPU (medians of {len(empty)})")
    for page, act in work:
        for word in ("painted", "usable") if act != "write" else ("written",):
            own_wall, own_cpu = median(found[page, act], word)
            times = f"{own_wall / wall:.2f} times; CPU {own_cpu / cpu:.2f} times"
            print(f"{page} {word}: {own_wall:.0f} ms, {times}")


if __name__ == "__main__":
    main()
