"""Time from start to a window that can be used, against an empty PySide6 window, alternating in one run.

All are separate processes on the platform in use (offscreen without a display), the app by its real entry point. The
home holds a finished assessment of a simulated learner, who was on Home last. "painted" is the first paint of Home with
the learner's data, "usable" the moment a page stands there, painted, on open services: Home, and each other page where
it was the place last seen. "written" is the moment a finished lesson is on the disk. CPU times are of the whole process.
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
from dijipilot.domain.records import LAST_PLACE
from dijipilot.paths import UserPaths

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
home, target = sys.argv[1:3]
def tell(word):
    print(word, time.process_time(), flush=True)
class Timed(main_window.MainWindow):
    is_painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            shown = self.pages.page
            tell("painted" if shown is not None and shown.isVisible() else "shell")
    def use_profile(self, profile, place=""):
        super().use_profile(profile, place)
        QTimer.singleShot(0, self, self.settle)
    def settle(self):
        # What was queued by the page is done, and it was painted.
        QTimer.singleShot(0, self, self.end)
    def end(self):
        self.repaint()
        tell("usable")
        if target == "write":
            learn, skill = self.academy.learn, self.academy.library.curriculum.skills[0]
            learn.finish(self.profile.id, skill)
            tell("written")
        os._exit(0)
application.MainWindow = Timed
from dijipilot.cli.main import main
main(["--home", home])
"""

PAGES = (
    *("assessment", "result", "gaps", "roadmap", "library", "mission:2.5.1", "lesson:fulfillment.order-settings"),
    *("search", "questions", "settings", "help"),
)


def prepare(home: Path) -> None:
    """Give the home a learner with a finished assessment."""
    academy = open_academy(UserPaths(home), for_writing=True)
    world = World(academy.library.curriculum, POPULATIONS["reference"])
    examinee = Examinee(world, world.draw_learner(np.random.default_rng(1)), (1,))
    profile = academy.profiles.choose("Learner")
    sitting = academy.assess.begin(profile.id)
    while (screen := sitting.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        sitting.not_sure() if is_not_sure else sitting.answer(chosen)
    academy.assess.result(profile.id)
    academy.standings.reasons(profile.id, academy.library.curriculum.skills[0])
    academy.home.keep_for_next_start(profile)
    academy.close()


def left_at(home: Path, place: str) -> Path:
    """Return a home like this one whose learner was last at a place; "" and "write" stand for Home."""
    if place in ("", "write"):
        return home
    own = Path(shutil.copytree(home, home.with_name(place.replace(":", "-"))))
    academy = open_academy(UserPaths(own), for_writing=True)
    profile = academy.profiles.choose("Learner")
    academy.profiles.set_setting(profile.id, LAST_PLACE, place)
    academy.close()
    return own


def run(code: str, *arguments: str) -> dict[str, tuple[float, float]]:
    """Start a process; return when each of its lines came: milliseconds from the start, and of CPU time."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-c", code, *arguments]
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
        work = [("", "painted"), ("", "usable"), *((page, "usable") for page in PAGES), ("write", "written")]
        run(APP_WINDOW, str(home), "")
        home_of_place = {place: left_at(home, place) for place in ("", *PAGES, "write")}
        empty: list[dict[str, tuple[float, float]]] = []
        found: dict[str, list[dict[str, tuple[float, float]]]] = {target: [] for target, _ in work}
        for _ in range(ROUNDS):
            for target in found:
                empty.append(run(EMPTY_WINDOW))
                # A copy: the place shown last is remembered, and another one is not painted first.
                own = Path(shutil.copytree(home_of_place[target], Path(folder) / "own", dirs_exist_ok=True))
                found[target].append(run(APP_WINDOW, str(own), target))
                shutil.rmtree(own)
    wall, cpu = median(empty, "painted")
    print(f"empty PySide6 window painted: {wall:.0f} ms, {cpu:.0f} ms CPU (medians of {ROUNDS * len(found)})")
    for target, word in work:
        own_wall, own_cpu = median(found[target], word)
        name = target or "home"
        print(f"{name} {word}: {own_wall:.0f} ms, {own_wall / wall:.2f} times; CPU {own_cpu / cpu:.2f} times")


if __name__ == "__main__":
    main()
