"""The real window working through a list of places, searches and an answer, and telling what each took; one process.

"painted" is when the first picture after it was finished, "at rest" when the last one was: no job of ours is under way
any more and nothing else is painted. What the window prepares in the background is left out, so that it shows who needs
it.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeView

from dijipilot.cli.main import main
from dijipilot.ui import application, main_window, tasks
from dijipilot.ui.pages.assessment_page import AssessmentPage
from dijipilot.ui.theme import Theme

NEVER_MS = 3_600_000
TICK_MS = 1
QUIET_TICKS = 3
LATER_ROUNDS = 5
NAMED = ("numpy", "sqlmodel", "sqlalchemy", "yaml", "hashlib", "logging")

PLACES = (
    *("result", "gaps", "roadmap", "library", "mission:2.5.1", "lesson:fulfillment.order-settings", "search"),
    *("questions", "settings", "help", "assessment", "home"),
)

DRESSED = ("home", "lesson:fulfillment.order-settings", "roadmap")
"""Pages on which the text grows and shrinks, with all others open."""

QUERIES = (
    *("order hold", "refund", "sales tax", "how do i price", "etsy listing", "2.5.1", "printfy", "shipping time"),
    *("cancel an order", "mockup", "profit margin", "who pays customs"),
)


def memory() -> dict[str, float]:
    """Return megabytes of this process: in memory, of it its own and of files, most so far; {} where nobody tells."""
    file = Path("/proc/self/status")
    if not file.exists():
        return {}
    fields = dict(line.split(":", 1) for line in file.read_text(encoding="ascii").splitlines())
    names = {"rss": "VmRSS", "own": "RssAnon", "files": "RssFile", "peak": "VmHWM"}
    return {name: int(fields[field].split()[0]) / 1024 for name, field in names.items()}


def tell(kind: str, **what: object) -> None:
    """Print a finding."""
    print(json.dumps({"kind": kind, **what}), flush=True)


def tell_memory(when: str) -> None:
    """Print the memory in use, and what is loaded and built by now."""
    loaded = [name for name in NAMED if name in sys.modules]
    tell("memory", when=when, loaded=loaded, widgets=len(QApplication.allWidgets()), **memory())


class CountedPool(ThreadPoolExecutor):
    """Knows how many of its jobs are not done."""

    futures: "set[Future[Any]]" = set()  # noqa: RUF012  # of all pools together

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Begin a job, and count it until it is done."""
        future = super().submit(function, *args, **kwargs)
        self.futures.add(future)
        return future

    @classmethod
    def is_busy(cls) -> bool:
        """Tell whether a job is under way."""
        cls.futures -= {future for future in cls.futures if future.done()}
        return bool(cls.futures)


class WatchedWindow(main_window.MainWindow):
    """Knows when it was painted, and works through the list once it is open."""

    pictures = 0
    first_picture = last_picture = 0.0
    _steps: Iterator[None] | None = None

    def event(self, event: QEvent) -> bool:
        """Note when a picture is finished: Qt paints all that has changed at once, in this event."""
        done = super().event(event)
        if event.type() is QEvent.Type.UpdateRequest:
            self.last_picture = time.perf_counter()
            self.first_picture = self.first_picture or self.last_picture
            self.pictures += 1
        return done

    def use_profile(self, profile: Any, target: str = "") -> None:
        """Begin once there is somebody to show things to."""
        super().use_profile(profile, target)
        if self._steps is None:
            self._steps = work(self)
            self._quiet, self._seen = 0, -1
            self._timer = QTimer(self)
            self._timer.setInterval(TICK_MS)
            self._timer.timeout.connect(self._on_tick)
            self._timer.start()

    @property
    def theme(self) -> Theme:
        """What dresses it."""
        assert self._theme is not None
        return self._theme

    def timed(self, action: Callable[[], object]) -> float:
        """Do something; return when it began."""
        self.first_picture = 0.0
        start = time.perf_counter()
        action()
        return start

    def times(self, start: float) -> dict[str, float]:
        """Return the milliseconds until the first picture and until the last, once at rest."""
        return {"painted": 1000 * (self.first_picture - start), "at_rest": 1000 * (self.last_picture - start)}

    def _on_tick(self) -> None:
        if CountedPool.is_busy() or self.pictures != self._seen:
            self._quiet, self._seen = 0, self.pictures
            return
        self._quiet += 1
        if self._quiet >= QUIET_TICKS:
            self._quiet = 0
            assert self._steps is not None
            next(self._steps, None)


def work(window: WatchedWindow) -> Iterator[None]:
    """Do all of it; each yield waits until the window is at rest."""
    yield
    tell_memory("Home stands there")
    for number in range(1 + LATER_ROUNDS):
        for place in PLACES:
            start = window.timed(partial(window.go_to, place))
            yield
            tell("page", place=place, is_first=number == 0, **window.times(start))
        if number == 0:
            tell_memory("every page opened once")
    tell_memory("every page opened often")
    yield from dress(window)
    window.go_to("search")
    yield
    yield from search(window)
    tell_memory("searched")
    window.go_to("assessment:new")
    yield
    answer(window)
    yield
    tell_memory("a question answered")
    window.close()


def dress(window: WatchedWindow) -> Iterator[None]:
    """Change the text size, with all pages open and once more."""
    for shown in DRESSED:
        for place in (*PLACES, shown):
            window.go_to(place)
            yield
        for has_all, percent in ((True, 110), (False, 100)):
            start = window.timed(partial(window.theme.dress, text_percent=percent))
            yield
            tell("look", place=shown, has_all=has_all, **window.times(start))


def search(window: WatchedWindow) -> Iterator[None]:
    """Type queries letter by letter."""
    field, results = _found(window, QLineEdit, "searchField"), _found(window, QTreeView, "searchResults")
    for query in QUERIES:
        field.clear()
        yield
        for at, letter in enumerate(query, start=1):
            start = window.timed(partial(QTest.keyClicks, field, letter))
            yield
            tell("key", typed=query[:at], hits=results.model().rowCount(), **window.times(start))


def answer(window: WatchedWindow) -> None:
    """Answer the question shown."""
    page = window.pages.page
    assert isinstance(page, AssessmentPage)
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return):
        QTest.keyClick(page.card, key)


def _found(window: QObject, kind: type, name: str) -> Any:
    return window.findChild(kind, name)


def run(home: str) -> None:
    """Start the app over a home."""
    main_window.WARM_UP_AFTER_MS = NEVER_MS
    setattr(application, "MainWindow", WatchedWindow)  # noqa: B010  # the type checker knows no such exchange
    tasks.start_lanes = lambda parent=None: tasks.Tasks(CountedPool(1), CountedPool(2), parent)
    main(["--home", home])


if __name__ == "__main__":
    run(sys.argv[1])
