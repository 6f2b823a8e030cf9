"""Work off the UI thread; the only file that knows about threads.

Jobs are plain functions without Qt. Two lanes: *database*, one thread, so that writes come one after the other;
*compute*, a pool. Callbacks arrive on the UI thread, and not at all once their owner is gone.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Outcome = TypeVar("Outcome")

DRAIN_SECONDS = 10

_logger = logging.getLogger(__name__)


class Lane(StrEnum):
    """Where a job runs."""

    DATABASE = "database"
    COMPUTE = "compute"


class _Report(Struct, frozen=True):
    """What a job came to, with whom to tell; key: of the job."""

    tell: Callable[[], None]
    owner: QObject
    key: object


class Tasks(QObject):
    """Runs jobs. It lives as long as the application: were the signal to die with a job, callbacks would be lost."""

    _ended = Signal(object)

    def __init__(self, database: Executor, compute: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor_by_lane = {Lane.DATABASE: database, Lane.COMPUTE: compute}
        self._owner_by_job: dict[object, QObject] = {}
        self._ended.connect(self._on_job_ended)

    def run_task(
        self,
        job: Callable[[], Outcome],
        owner: QObject,
        on_done: Callable[[Outcome], None],
        on_error: Callable[[Exception], None],
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run a job in a lane; then call on_done with what it returned, or on_error with what it raised.

        owner: the page or window the callbacks belong to; they are dropped when it is gone.
        """

        key = object()

        def run() -> None:
            try:
                outcome = job()
            except Exception as error:
                self._report(_Report(_told(on_error, error), owner, key))
            else:
                self._report(_Report(_told(on_done, outcome), owner, key))

        self._owner_by_job[key] = owner
        self._executor_by_lane[lane].submit(run)

    def has_jobs_of(self, widget: QWidget) -> bool:
        """Tell whether a widget, one within it, or a helper of either waits for what a job comes to."""
        owners = (owner for owner in self._owner_by_job.values() if isValid(owner))
        holders = (owner if isinstance(owner, QWidget) else owner.parent() for owner in owners)
        return any(
            holder is widget or (isinstance(holder, QWidget) and widget.isAncestorOf(holder)) for holder in holders
        )

    def drain(self, lane: Lane = Lane.DATABASE) -> None:
        """Wait until the jobs of a lane that were given by now are done; longer than a while it does not wait."""
        wait([self._executor_by_lane[lane].submit(_nothing)], DRAIN_SECONDS)

    def close(self) -> None:
        """Wait for the jobs under way; those that wait are not begun."""
        for executor in self._executor_by_lane.values():
            executor.shutdown(wait=True, cancel_futures=True)

    def _report(self, report: _Report) -> None:
        if isValid(self):
            self._ended.emit(report)

    def _on_job_ended(self, report: _Report) -> None:
        del self._owner_by_job[report.key]
        if isValid(report.owner):
            report.tell()
        else:
            _logger.info("The outcome of a job was dropped: its page is gone.")


def _nothing() -> None:
    """Be what comes after everything before."""


Told = TypeVar("Told")


def _told(callback: Callable[[Told], None], value: Told) -> Callable[[], None]:
    return lambda: callback(value)


def start_lanes(parent: QObject | None = None) -> Tasks:
    """Return the two lanes, ready to work."""
    return Tasks(
        ThreadPoolExecutor(1, thread_name_prefix="database"),
        ThreadPoolExecutor(2, thread_name_prefix="compute"),
        parent,
    )
