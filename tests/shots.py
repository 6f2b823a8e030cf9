"""Writes a picture of every page, filled with a simulated learner's data: `python -m tests.shots DIR [WORD ...]`.

A word is the beginning of a picture's name ("gaps"), a look ("dark-1920"; "light-1280-200" at twice the text size) or
the scheme of looks ("high_contrast"); without words, everything is taken. Pages that were not asked for are not walked
through. Each look also gets a contact sheet. "gallery" shows every component in every state.
For looking at, and for comparing before and after a change.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
# So that it also runs as a script, outside an environment in which the package is installed.
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QImage, QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTabBar, QTabWidget, QTreeView  # noqa: E402

from dijipilot.bootstrap import Academy, open_academy  # noqa: E402
from dijipilot.paths import UserPaths  # noqa: E402
from dijipilot.ui.look import Scheme  # noqa: E402
from dijipilot.ui.main_window import MainWindow  # noqa: E402
from dijipilot.ui.page_table import PAGES  # noqa: E402
from dijipilot.ui.pages.assessment_page import AssessmentPage  # noqa: E402
from dijipilot.ui.tasks import Tasks  # noqa: E402
from dijipilot.ui.theme import Theme  # noqa: E402
from dijipilot.ui.widgets.choice import Choice  # noqa: E402
from dijipilot.ui.widgets.gap_map import GapMap  # noqa: E402
from dijipilot.ui.window_state import WindowState  # noqa: E402
from tests import license_shots  # noqa: E402
from tests.gallery import write_gallery  # noqa: E402
from tests.homes import licensed  # noqa: E402
from tests.ui.immediate import ImmediateExecutor  # noqa: E402
from tests.ui.sample_learner import START, fill, numbered_ids, slow_clock  # noqa: E402

SETTLE_MS = 120
FACT_SCREENS = 4
PLACES = {
    "mission": "mission:2.5.1",
    "lesson": "lesson:fulfillment.order-settings",
    "library": "library:2.5.1",
    "search": "search:order hold",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks in a round of pictures. percent: of the usual text size."""

    scheme: Scheme
    size: tuple[int, int]
    percent: int = 100

    @property
    def name(self) -> str:
        """The end of the names of its pictures."""
        return f"{self.scheme}-{self.size[0]}" + (f"-{self.percent}" if self.percent != 100 else "")

    def is_meant_by(self, word: str) -> bool:
        """Return whether a word is the name of this look, or the name of its scheme."""
        return word in (self.name, self.scheme.value)


SMALL, LARGE = (1280, 720), (1920, 1080)
LOOKS = (
    Look(Scheme.LIGHT, SMALL),
    Look(Scheme.LIGHT, LARGE),
    Look(Scheme.DARK, SMALL),
    Look(Scheme.DARK, LARGE),
    Look(Scheme.HIGH_CONTRAST, SMALL),
    Look(Scheme.LIGHT, SMALL, 200),
    Look(Scheme.HIGH_CONTRAST, SMALL, 200),
)
GALLERY = "gallery"
Pictures = Iterator[tuple[str, MainWindow]]


def main(arguments: Sequence[str]) -> int:
    """Write the pictures asked for into a folder."""
    folder = Path(arguments[0] if arguments else "shots")
    words = tuple(arguments[1:])
    looks = [look for look in LOOKS if any(look.is_meant_by(word) for word in words)]
    wanted = tuple(word for word in words if not any(look.is_meant_by(word) for look in LOOKS))
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    # Every click counts at once: a new question ignores what could be the second half of a double click.
    application.setDoubleClickInterval(1)
    theme = Theme(application)
    with tempfile.TemporaryDirectory() as home:
        filled = UserPaths(licensed(Path(home) / "filled"))
        if wanted != (GALLERY,):
            academy = open_for_pictures(filled)
            fill(academy)
            academy.close()
        for look in looks or LOOKS:
            theme.dress(look.scheme, look.percent)
            taken = list(take_round(look, filled, Path(home), theme, wanted, folder))
            if len(taken) > 1:
                write_contact_sheet(taken, folder / f"contact-{look.name}.png")
    return 0


def take_round(
    look: Look, filled: UserPaths, home: Path, theme: Theme, wanted: tuple[str, ...], folder: Path
) -> Iterator[Path]:
    """Write the pictures of one look; yield their files."""
    if not wanted or GALLERY in wanted:
        yield from write_gallery(folder, look.name, theme)
    if is_wanted("first_run", wanted):
        nobody = UserPaths(licensed(home / f"{look.name}-nobody"))
        yield from write(take(nobody, theme, look.size, only_first_run), look, wanted, folder)
    if wanted != (GALLERY,) and wanted != ("first_run",):
        # A copy, so that what one round of pictures does is not in the next.
        own = UserPaths(home / look.name)
        shutil.copytree(filled.home, own.home)
        yield from write(take(own, theme, look.size, lambda window: take_all(window, wanted)), look, wanted, folder)
    if any(is_wanted(name, wanted) for name in license_shots.NAMES):
        shut = UserPaths(home / f"{look.name}-locked")
        shutil.copytree(filled.home, shut.home)
        shutil.rmtree(shut.licenses)
        taken = take(shut, theme, look.size, lambda window: license_shots.take_locked(window, settle, shut.home))
        yield from write(taken, look, wanted, folder)


def is_wanted(name: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a picture of this name was asked for."""
    return not wanted or name.startswith(wanted)


def write(pictures: Pictures, look: Look, wanted: tuple[str, ...], folder: Path) -> Iterator[Path]:
    """Write the pictures that were asked for; yield their files."""
    for name, window in pictures:
        if is_wanted(name, wanted):
            file = folder / f"{name}-{look.name}.png"
            grab(window).save(str(file))
            print(file, flush=True)
            yield file


def grab(window: MainWindow) -> QPixmap:
    """Return how the window looks, with a dialog that stands above it."""
    picture, dialog = window.grab(), QApplication.activeModalWidget()
    if dialog is not None:
        shown = dialog.grab()
        painter = QPainter(picture)
        painter.drawPixmap((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2, shown)
        painter.end()
    return picture


def write_contact_sheet(files: Sequence[Path], sheet: Path, columns: int = 4, width: int = 480) -> None:
    """Write one picture with all of these, small, in reading order."""
    pictures = [QImage(str(file)).scaledToWidth(width, Qt.TransformationMode.SmoothTransformation) for file in files]
    height = max(picture.height() for picture in pictures)
    rows = -(-len(pictures) // columns)
    whole = QImage(columns * (width + 8), rows * (height + 8), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.gray)
    painter = QPainter(whole)
    for number, picture in enumerate(pictures):
        painter.drawImage(number % columns * (width + 8) + 4, number // columns * (height + 8) + 4, picture)
    painter.end()
    whole.save(str(sheet))
    print(sheet, flush=True)


def open_for_pictures(paths: UserPaths, start: datetime = START) -> Academy:
    """Open an academy whose clock and ids are the same every time."""
    return open_academy(paths, True, slow_clock(start), numbered_ids(f"{start.month:x}"))


def take(paths: UserPaths, theme: Theme, size: tuple[int, int], pictures: Callable[[MainWindow], Pictures]) -> Pictures:
    """Open a window over a home; yield the name of each picture with the window that shows it."""
    tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
    # Five weeks after everything in the data, so that a short re-check is due.
    window = MainWindow(
        lambda: open_for_pictures(paths, START.replace(month=12, day=9)),
        lambda: (tasks, theme),
        WindowState(paths.window_state),
    )
    window.resize(*size)
    window.show()
    settle()
    yield from pictures(window)
    window.close()
    window.deleteLater()
    settle()


def only_first_run(window: MainWindow) -> Pictures:
    """Yield what nobody's window shows."""
    yield "first_run", window


def take_all(window: MainWindow, wanted: tuple[str, ...]) -> Pictures:
    """Yield every page, then the views of pages that take steps to reach, each only where it was asked for."""
    for entry in PAGES:
        if is_wanted(entry.name, wanted):
            window.go_to(PLACES.get(entry.name, entry.name))
            settle()
            yield entry.name, window
    for names, pictures in STEPS:
        if any(is_wanted(name, wanted) for name in names):
            yield from pictures(window)


def take_table_twin(window: MainWindow) -> Pictures:
    """Yield the table with the numbers of the map of gaps."""
    window.go_to("gaps")
    settle()
    tabs = window.findChild(QTabBar, "gapTabs")
    assert tabs is not None
    tabs.setCurrentIndex(1)
    settle()
    yield "gaps_table", window
    tabs.setCurrentIndex(0)
    window.go_to("gaps:3.2.1")
    settle()
    yield "gaps_near", window
    window.go_to("gaps")
    settle()
    before = window.findChild(QComboBox, "comparedMoment")
    drawn = window.findChild(GapMap, "gapMap")
    assert before is not None
    assert drawn is not None
    before.setCurrentIndex(1)
    settle()
    drawn.setFocus()
    QTest.keyClick(drawn, Qt.Key.Key_Right)
    settle()
    yield "gaps_compared", window
    before.setCurrentIndex(0)


def take_reading(window: MainWindow) -> Pictures:
    """Yield what the result says of itself."""
    window.go_to("result")
    settle()
    tabs = window.findChild(QTabWidget, "resultTabs")
    assert tabs is not None
    tabs.setCurrentIndex(2)
    settle()
    yield "result_reading", window
    tabs.setCurrentIndex(0)


def take_recheck(window: MainWindow, target: str, name: str) -> Pictures:
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


def take_roadmap(window: MainWindow) -> Pictures:
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


def take_assessment(window: MainWindow) -> Pictures:
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


def take_scrolled(window: MainWindow, target: str, name: str) -> Pictures:
    """Yield the end of a long page."""
    window.go_to(target)
    settle()
    bar = window.pages.page.scroll_area.verticalScrollBar()  # type: ignore[union-attr]
    bar.setValue(bar.maximum() * 2 // 3)
    settle()
    yield name, window


STEPS: tuple[tuple[tuple[str, ...], Callable[[MainWindow], Pictures]], ...] = (
    (("gaps_table",), take_table_twin),
    (("result_reading",), take_reading),
    (("roadmap_checklist",), take_roadmap),
    (
        ("settle_question", "settle_end"),
        lambda window: take_recheck(window, "assessment:settle:pod.personalization", "settle"),
    ),
    (("recheck_question", "recheck_end"), lambda window: take_recheck(window, "assessment:recheck", "recheck")),
    (("assessment_fact", "assessment_question"), take_assessment),
    (("lesson_end",), lambda window: take_scrolled(window, "lesson:fulfillment.order-settings", "lesson_end")),
)
"""Names of the pictures, and what takes them; in this order, since some change the records."""


def settle() -> None:
    """Let the window lay itself out and paint."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
