"""Names and finds backups; knows nothing of what is in them."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.paths import UserPaths
from dijipilot.storage import moments

_BEGINNING = "progress-"
_ENDING = ".db"


class BackupFile(Struct, frozen=True, order=True):
    """A backup and the time its name states; sorts by time."""

    at: datetime
    path: Path


def backup_file_at(paths: UserPaths, now: datetime) -> BackupFile:
    """Return the name for a backup made now."""
    return BackupFile(now, paths.backups / f"{_BEGINNING}{moments.to_file_name(now)}{_ENDING}")


def list_backup_files(paths: UserPaths) -> list[BackupFile]:
    """Return all backups of a home, oldest first; files with other names are not ours and left out."""
    found = []
    for path in paths.backups.glob(f"{_BEGINNING}*{_ENDING}"):
        try:
            at = moments.from_file_name(path.name.removeprefix(_BEGINNING).removesuffix(_ENDING))
        except ValueError:
            continue
        found.append(BackupFile(at, path))
    return sorted(found)
