"""Writes a picture of every page, filled with a simulated learner's data: `python -m tests.shots DIR [NAME ...]`.

With names, only pictures whose name begins with one of them are written.
Light and dark, in a small and a large window; for looking at, and for comparing before and after a change.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
# So that it also runs as a script, outside an environment in which the package is installed.
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QPushButton, QTabBar, QTabWidget, QTreeView  # noqa: E402

from dijipilot.bootstrap import Academy, open_academy  # noqa: E402
from dijipilot.paths import UserPaths  # noqa: E402
from dijipilot.ui.main_window import MainWindow  # noqa: E402
from dijipilot.ui.page_table import PAGES  # noqa: E402
from dijipilot.ui.pages.assessment_page import AssessmentPage  # noqa: E402
from dijipilot.ui.tasks import Tasks  # noqa: E402
from dijipilot.ui.theme import Scheme, Theme  # noqa: E402
from dijipilot.ui.widgets.choice import Choice  # noqa: E402
from dijipilot.ui.window_state import WindowState  # noqa: E402
from tests.ui.immediate import ImmediateExecutor  # noqa: E402
from tests.ui.sample_learner import START, fill, numbered_ids, slow_clock  # noqa: E402

SIZES = ((1280, 720), (1920, 1080))
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
SETTLE_MS = 120
FACT_SCREENS = 4
PLACES = {
    "mission": "mission:2.5.1",
    "lesson": "lesson:fulfillment.order-settings",
    "library": "library:2.5.1",
    "search": "search:order hold",
}


def main(arguments: Sequence[str]) -> int:
    """Write all pictures into a folder."""
    folder = Path(arguments[0] if arguments else "shots")
    wanted = tuple(arguments[1:]) or ("",)
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    # Every click counts at once: a new question ignores what could be the second half of a double click.
    application.setDoubleClickInterval(1)
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as home:
        filled = UserPaths(Path(home) / "filled")
        academy = open_for_pictures(filled)
        fill(academy)
        academy.close()
        for scheme in SCHEMES:
            theme.dress(scheme, 100)
            for size in SIZES:
                # Copies, so that what one round of pictures does is not in the next.
                own = UserPaths(Path(home) / f"{scheme}-{size[0]}")
                shutil.copytree(filled.home, own.home)
                nobody = UserPaths(Path(home) / f"{scheme}-{size[0]}-nobody")
                for paths, only in ((nobody, "first_run"), (own, "")):
                    for name, window in take(paths, theme, size, only):
                        if not name.startswith(wanted):
                            continue
                        file = folder / f"{name}-{scheme}-{size[0]}.png"
                        window.grab().save(str(file))
                        print(file)
    return 0


def open_for_pictures(paths: UserPaths, start: datetime = START) -> Academy:
    """Open an academy whose clock and ids are the same every time."""
    return open_academy(paths, True, slow_clock(start), numbered_ids(f"{start.month:x}"))


def take(paths: UserPaths, theme: Theme, size: tuple[int, int], name: str) -> Iterator[tuple[str, MainWindow]]:
    """Yield the name of each picture with the window that shows it; a name given is the only picture."""
    tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
    # Five weeks after everything in the data, so that a short re-check is due.
    window = MainWindow(
        lambda: open_for_pictures(paths, START.replace(month=12, day=9)), tasks, theme, WindowState(paths.window_state)
    )
    window.resize(*size)
    window.show()
    settle()
    if name:
        yield name, window
    else:
        for entry in PAGES:
            window.go_to(PLACES.get(entry.name, entry.name))
            settle()
            yield entry.name, window
        yield from take_table_twin(window)
        yield from take_reading(window)
        yield from take_roadmap(window)
        yield from take_recheck(window, "assessment:settle:pod.personalization", "settle")
        yield from take_recheck(window, "assessment:recheck", "recheck")
        yield from take_assessment(window)
        yield from take_scrolled(window, "lesson:fulfillment.order-settings", "lesson_end")
    window.close()
    window.deleteLater()
    settle()


def take_table_twin(window: MainWindow) -> Iterator[tuple[str, MainWindow]]:
    """Yield the table with the numbers of the map of gaps."""
    window.go_to("gaps")
    settle()
    tabs = window.findChild(QTabWidget, "gapTabs")
    assert tabs is not None
    tabs.setCurrentIndex(1)
    settle()
    yield "gaps_table", window


def take_reading(window: MainWindow) -> Iterator[tuple[str, MainWindow]]:
    """Yield what the result says of itself."""
    window.go_to("result")
    settle()
    tabs = window.findChild(QTabWidget, "resultTabs")
    assert tabs is not None
    tabs.setCurrentIndex(2)
    settle()
    yield "result_reading", window
    tabs.setCurrentIndex(0)


def take_recheck(window: MainWindow, target: str, name: str) -> Iterator[tuple[str, MainWindow]]:
    """Yield the first question of a short re-check and its end."""
    window.go_to(target)
    settle()
    yield f"{name}_question", window
    page, following = window.pages.page, window.findChild(QPushButton, "nextQuestionButton")
    assert isinstance(page, AssessmentPage)
    assert following is not None
    while page.sitting is not None and page.sitting.screen is not None:
        choices = [choice for choice in page.findChildren(Choice) if choice.isVisible()]
        choices[page.sitting.screen.progress.screens % (len(choices) - 1)].choose()
        # As after a look at another page: how long the answer took is not known, or it would count as hurried.
        page.leave()
        following.click()
        settle()
    yield f"{name}_end", window


def take_roadmap(window: MainWindow) -> Iterator[tuple[str, MainWindow]]:
    """Yield the roadmap itself: the page called roadmap still asks what shapes it."""
    window.go_to("roadmap")
    settle()
    skip = window.findChild(QPushButton, "roadmapFactSkipButton")
    assert skip is not None
    skip.click()
    settle()
    yield "roadmap_checklist", window
    tabs, view = window.findChild(QTabBar, "roadmapArrangement"), window.findChild(QTreeView, "roadmapTable")
    assert tabs is not None
    assert view is not None
    for place, name in ((1, "roadmap_programs"), (2, "roadmap_weeks")):
        tabs.setCurrentIndex(place)
        settle()
        yield name, window
    tabs.setCurrentIndex(0)
    model = view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    started = next(row for row in rows if model.rowCount(row))
    view.setCurrentIndex(started)
    view.expand(started)
    settle()
    yield "roadmap_steps", window


def take_assessment(window: MainWindow) -> Iterator[tuple[str, MainWindow]]:
    """Yield the first question of an assessment, and one after the questions about the business."""
    window.go_to("assessment:begin")
    settle()
    yield "assessment_fact", window
    page, following = window.pages.page, window.findChild(QPushButton, "nextQuestionButton")
    assert page is not None
    assert following is not None
    for _ in range(FACT_SCREENS):
        # A new assessment shows what was said last; where it is there already, it stays as it is.
        choices = [choice for choice in page.findChildren(Choice) if choice.isVisible()]
        if not any(choice.is_chosen for choice in choices):
            choices[0].choose()
        following.click()
        settle()
    yield "assessment_question", window


def take_scrolled(window: MainWindow, target: str, name: str) -> Iterator[tuple[str, MainWindow]]:
    """Yield the end of a long page."""
    window.go_to(target)
    settle()
    bar = window.pages.page.scroll_area.verticalScrollBar()  # type: ignore[union-attr]
    bar.setValue(bar.maximum() * 2 // 3)
    settle()
    yield name, window


def settle() -> None:
    """Let the window lay itself out and paint."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
