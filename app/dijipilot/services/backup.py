"""Safekeeping: where the data is, whether it is sound, backups, restoring one, and erasing everything."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.domain.ids import ProfileId
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.events import Announcer, ProfileChanged
from dijipilot.storage import backups, erasing
from dijipilot.storage.backup_files import BackupFile
from dijipilot.storage.database import Database

ERASE_WORD = "ERASE"
"""What somebody has to type before everything is erased."""


class Backup(Struct, frozen=True):
    """A backup and when it was made; size in bytes."""

    at: datetime
    path: Path
    size: int


class DataPlace(Struct, frozen=True):
    """Where the learner's data is; size in bytes of the database. backups: oldest first."""

    home: Path
    database: Path
    size: int
    backups: tuple[Backup, ...]


class CheckReport(Struct, frozen=True):
    """What a thorough check of the database found; problems is empty when it is sound."""

    is_sound: bool
    problems: tuple[str, ...]


class Safekeeping:
    """Keeps the learner's work safe. Backups are whole copies, checked when they are made."""

    def __init__(self, database: Database, announcer: Announcer, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._paths = database.paths
        self._announcer = announcer
        self._clock = clock

    def where(self) -> DataPlace:
        """Return where the data is."""
        path = self._paths.database
        size = path.stat().st_size if path.exists() else 0
        return DataPlace(self._paths.home, path, size, self.backups())

    def check(self) -> CheckReport:
        """Check every page and reference of the database; takes a moment."""
        problems = tuple(self._database.find_problems())
        return CheckReport(not problems, problems)

    def backup(self) -> Backup:
        """Make a backup now. Raises CouldNotSave."""
        return _described(backups.back_up(self._database, self._clock()))

    def backup_if_changed(self) -> Backup | None:
        """Make a backup when the newest is old enough and something has changed since; else return None."""
        made = backups.back_up_if_changed(self._database, self._clock())
        return None if made is None else _described(made)

    def backups(self) -> tuple[Backup, ...]:
        """Return all backups, oldest first."""
        return tuple(_described(backup) for backup in backups.list_backups(self._paths))

    def contents(self, backup: Path) -> Mapping[str, int]:
        """Return how many records of each kind a backup holds. Raises DatabaseDamaged when it cannot be restored."""
        return backups.verify_backup(backup).counts

    def restore(self, backup: Path) -> Backup:
        """Put a backup in the place of the present data, which is backed up first; return that backup.

        Raises DatabaseDamaged when the backup is not sound, CouldNotSave; then all is as before.
        """
        present = backups.restore(self._database, backup, self._clock())
        self._announcer.announce(ProfileChanged(ProfileId("")))
        return _described(present)

    def erase(self, confirmation: str) -> None:
        """Erase all records and backups for good. The database is closed: nothing else works until the next start.

        Raises UsageProblem unless the confirmation is ERASE_WORD.
        """
        if confirmation != ERASE_WORD:
            raise UsageProblem(message("data.erase_unconfirmed", word=ERASE_WORD))
        self._database.close()
        erasing.erase_everything(self._paths)


def _described(backup: BackupFile) -> Backup:
    return Backup(backup.at, backup.path, backup.path.stat().st_size)
