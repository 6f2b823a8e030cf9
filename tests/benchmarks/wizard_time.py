"""Time from Enter to the next question painted, in the real window: median, 99th percentile, and of it the engine's.

Once for learners who answer in no time, once for such as look at their choice for a moment, as people do.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dijipilot.bootstrap import open_academy
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.paths import UserPaths
from dijipilot.services.asking import Asking
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.assessment_page import AssessmentPage
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.assessment_questions import AssessmentQuestions
from dijipilot.ui.window_state import WindowState
from tests.ui.immediate import ImmediateExecutor

LEARNERS = 3
LOOK_MS = 250
WINDOW = (1280, 720)


def main() -> None:
    """Let simulated learners take the assessment by keyboard, and print the times."""
    application = QApplication([])
    application.setDoubleClickInterval(0)
    theme = Theme(application)
    theme.dress(Scheme.LIGHT, 100)
    answering: list[float] = []
    save = Asking.answer

    def timed(*arguments: object, **named: object) -> None:
        start = time.perf_counter()
        save(*arguments, **named)  # type: ignore[arg-type]  # passed on as they came
        answering.append(1000 * (time.perf_counter() - start))

    Asking.answer = timed  # type: ignore[method-assign]  # measured from within
    # Nobody reads as fast as this program answers: it would count as hurried.
    AssessmentQuestions.seconds_shown = property(lambda _: 60.0)  # type: ignore[method-assign,assignment]  # as above
    with tempfile.TemporaryDirectory() as folder:
        paths = UserPaths(Path(folder))
        tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
        window = MainWindow(lambda: open_academy(paths, True), lambda: (tasks, theme), WindowState(paths.window_state))
        window.resize(*WINDOW)
        window.show()
        while window.academy is None:
            application.processEvents()
        for look_ms in (0, LOOK_MS):
            answering.clear()
            times = [each for number in range(LEARNERS) for each in take_assessment(window, number, look_ms)]
            print(described(f"after {look_ms} ms: Enter to the next question painted", [whole for whole, _ in times]))
            print(described("  of which on the processor, where others wait for it too", [busy for _, busy in times]))
            print(described("  of which saving, belief and choosing the question", answering))
        window.close()


def take_assessment(window: MainWindow, number: int, look_ms: int) -> list[tuple[float, float]]:
    """Return the milliseconds of every answer, by the clock and of this thread, of a learner who looks so long."""
    assert window.academy is not None
    world = World(window.academy.library.curriculum, POPULATIONS["reference"])
    examinee = Examinee(world, world.draw_learner(np.random.default_rng(number)), (number,))
    window.use_profile(window.academy.profiles.choose(f"Learner {number}"), "assessment:new")
    page = window.pages.page
    assert isinstance(page, AssessmentPage)
    times = []
    while page.sitting is not None and (screen := page.sitting.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        for at, (option, _) in enumerate(page.card.question.options, start=1):
            if (option in chosen) != (option in page.card.chosen):
                page.card.toggle(at)
        if is_not_sure:
            page.card.toggle(0)
        if look_ms:
            QTest.qWait(look_ms)
        start, busy = time.perf_counter(), time.thread_time()
        QTest.keyClick(page.card, Qt.Key.Key_Return)
        window.repaint()
        times.append((1000 * (time.perf_counter() - start), 1000 * (time.thread_time() - busy)))
    return times


def described(what: str, times: list[float]) -> str:
    """Return a line about some milliseconds."""
    ordered = sorted(times)
    slow = ordered[int(0.99 * len(ordered))]
    return f"{what}, {len(times)} times: median {statistics.median(times):.1f} ms, 99th percentile {slow:.1f} ms"


if __name__ == "__main__":
    main()
