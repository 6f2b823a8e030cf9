"""Has the next question worked out while the learner still looks at this one."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from dijipilot.ui.tasks import Lane, Tasks

PAUSE_MS = 80
"""After the last change of what is chosen; somebody who ticks three boxes in a row means all three."""

_logger = logging.getLogger(__name__)


class LookAhead(QObject):
    """find_job: returns what to work out for what is chosen now, None for nothing. Its outcome is the job's own."""

    def __init__(self, tasks: Tasks, find_job: Callable[[], Callable[[], None] | None], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._find_job = find_job
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_timeout)

    def begin_soon(self) -> None:
        """Begin when nothing changes for a moment."""
        self._timer.start()

    def _on_timeout(self) -> None:
        job = self._find_job()
        if job is not None:
            self._tasks.run_task(job, self, _on_done, _on_failed, Lane.COMPUTE)


def _on_done(_: None) -> None:
    """Nothing to show: it is of use once the answer is given."""


def _on_failed(error: Exception) -> None:
    _logger.warning("The next question could not be worked out ahead of the answer.", exc_info=error)
