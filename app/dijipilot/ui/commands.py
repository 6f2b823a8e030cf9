"""What menu entries do to the learner's records wherever one is: undo, redo, backups."""

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction

from dijipilot.errors import AcademyError
from dijipilot.messages import Message
from dijipilot.ui.message_text import text_of, text_of_error
from dijipilot.ui.tasks import Tasks

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy
    from dijipilot.domain.records import Profile

BACKUP_LOOK_MS = 5 * 60 * 1000
"""How often to look whether a backup is due; the service knows when it is."""

_logger = logging.getLogger(__name__)


class Commands(QObject):
    """Does nothing until it is told whose records are open; tells what it did by notice_raised(sentence, tone)."""

    notice_raised = Signal(str, str)

    def __init__(self, actions_by_name: Mapping[str, QAction], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions_by_name = actions_by_name
        self._tasks = tasks
        self._academy: Academy | None = None
        self._profile: Profile | None = None
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKUP_LOOK_MS)
        self._backup_timer.timeout.connect(self.back_up_if_due)
        for name, command in (("undo", self.undo), ("redo", self.redo), ("back_up", self.back_up)):
            actions_by_name[name].triggered.connect(lambda _, call=command: call())

    def begin(self, academy: "Academy", profile: "Profile") -> None:
        """Work on these records from now on."""
        self._academy, self._profile = academy, profile
        self._backup_timer.start()

    def end(self) -> None:
        """Work on nothing: the academy is about to be closed. Make a last backup where one is due."""
        self._backup_timer.stop()
        academy, self._academy, self._profile = self._academy, None, None
        if academy is None or academy.is_read_only:
            return
        try:
            academy.safekeeping.backup_if_changed()
        except AcademyError as error:
            # The window is closing: the records themselves are safe, and the next start will try again.
            _logger.warning("No backup at the end: %s", error)

    def undo(self) -> None:
        """Take back the latest tick or decision."""
        if self._academy is not None and self._profile is not None:
            plan, profile = self._academy.plan, self._profile.id
            self._tell(lambda: plan.undo(profile), self.tr("Undone: {what}"), self.tr("There is nothing to undo."))

    def redo(self) -> None:
        """Bring back what undo took."""
        if self._academy is not None and self._profile is not None:
            plan, profile = self._academy.plan, self._profile.id
            self._tell(lambda: plan.redo(profile), self.tr("Done again: {what}"), self.tr("There is nothing to redo."))

    def name_undo(self) -> None:
        """Have the menu say what undo and redo would do."""
        if self._academy is None or self._profile is None:
            return
        plan, profile = self._academy.plan, self._profile.id
        for name, usual, named, what in (
            ("undo", self.tr("&Undo"), self.tr("&Undo: {what}"), plan.undo_label(profile)),
            ("redo", self.tr("&Redo"), self.tr("&Redo: {what}"), plan.redo_label(profile)),
        ):
            shown = named.format(what=text_of(what).replace("&", "&&")) if what else usual
            self._actions_by_name[name].setText(shown)

    def back_up(self) -> None:
        """Make a backup now."""
        if self._academy is not None:
            self._tasks.run_task(self._academy.safekeeping.backup, self, self._on_backed_up, self._on_failed)

    def back_up_if_due(self) -> None:
        """Make a backup when it is time for one and something has changed."""
        if self._academy is not None and not self._academy.is_read_only:
            self._academy.licenses.note_running()
            make = self._academy.safekeeping.backup_if_changed
            self._tasks.run_task(make, self, lambda made: _logger.info("Backup: %s", made), self._on_failed)

    def _tell(self, change: Callable[[], Message | None], done: str, nothing: str) -> None:
        try:
            what = change()
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return
        self.notice_raised.emit(done.format(what=text_of(what)) if what else nothing, "accent")

    def _on_backed_up(self, _: object) -> None:
        self.notice_raised.emit(self.tr("A backup was made and checked."), "good")

    def _on_failed(self, error: Exception) -> None:
        _logger.error("A task failed.", exc_info=error)
        self.notice_raised.emit(text_of_error(error), "bad")
