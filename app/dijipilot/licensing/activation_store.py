"""The licenses activated on this computer: files like those that are sold, of this user or of all users."""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from dijipilot import disk
from dijipilot.domain.ids import LicenseId
from dijipilot.errors import BadInput, CouldNotSave
from dijipilot.licensing.license_file import ENDING, LicenseFile, read_license_file, write_armor
from dijipilot.messages import Message, message

_UNFINISHED = re.compile(rf"\.[A-Z0-9-]{{1,32}}{re.escape(ENDING)}\.[^.]+")
_OTHERS_PATIENCE_SECONDS = 3600.0
"""In a folder that several computers share, what is younger may be on its way right now."""

_OWN_MODE, _OWN_FOLDER_MODE = 0o600, 0o700
_SHARED_MODE, _SHARED_FOLDER_MODE = 0o644, 0o755

_log = logging.getLogger(__name__)


class KeptLicense(Struct, frozen=True):
    """A license file that is kept here. for_all: for all users of this machine."""

    path: Path
    file: LicenseFile
    for_all: bool


class UnusableFile(Struct, frozen=True):
    """A file among the licenses that opens nothing here. why: in words, with what to do."""

    path: Path
    why: Message


class ActivationStore:
    """Two folders: one of this home, and one of the machine, which is read and, where allowed, written."""

    def __init__(self, folder: Path, machine_folder: Path) -> None:
        self._folder = folder
        self._machine_folder = machine_folder

    def all(self) -> tuple[KeptLicense, ...]:
        """Return what is kept, that of this home first; a file that is none is passed over and noted in the log."""
        return tuple(each for each in self._found() if isinstance(each, KeptLicense))

    def unusable(self) -> tuple[UnusableFile, ...]:
        """Return the files that are passed over, that of this home first."""
        return tuple(each for each in self._found() if isinstance(each, UnusableFile))

    def keep(self, license_id: LicenseId, file: LicenseFile, *, for_all: bool) -> KeptLicense:
        """Keep a license under its id, in the place of an earlier one, at once or not at all. Raises CouldNotSave."""
        folder = self._machine_folder if for_all else self._folder
        target = folder / f"{license_id}{ENDING}"
        try:
            if for_all:
                _make_shared(folder)
            else:
                folder.mkdir(parents=True, exist_ok=True, mode=_OWN_FOLDER_MODE)
            _clear_unfinished(folder, _OTHERS_PATIENCE_SECONDS if for_all else 0.0)
            disk.write_file(target, write_armor(file), _SHARED_MODE if for_all else _OWN_MODE)
        except OSError as error:
            raise could_not_save(error) from error
        return KeptLicense(target, file, for_all)

    def remove(self, kept: KeptLicense) -> None:
        """Remove a license from this computer. Raises CouldNotSave."""
        try:
            disk.remove_file(kept.path)
            disk.flush_folder(kept.path.parent)
        except OSError as error:
            cause = error.strerror or str(error)
            raise CouldNotSave(message("license.could_not_remove", cause=cause)) from error

    def _found(self) -> Iterator[KeptLicense | UnusableFile]:
        yield from self._found_in(self._folder, for_all=False)
        yield from self._found_in(self._machine_folder, for_all=True)

    @staticmethod
    def _found_in(folder: Path, *, for_all: bool) -> Iterator[KeptLicense | UnusableFile]:
        try:
            files = sorted(path for path in folder.iterdir() if path.name.endswith(ENDING) and path.name[0] != ".")
        except FileNotFoundError:
            return
        except OSError as error:
            cause = error.strerror or str(error)
            yield UnusableFile(folder, message("license.file_unreadable", file=str(folder), cause=cause))
            return
        for path in files:
            try:
                file = read_license_file(path)
            except BadInput as error:
                _log.warning("%s: %s", path.name, error)
                yield UnusableFile(path, error.message)
                continue
            if file.root is None:
                yield UnusableFile(path, message("license.kept_without_code"))
            else:
                yield KeptLicense(path, file, for_all)


def _make_shared(folder: Path) -> None:
    """Make a folder and those above it, readable for everybody, however strict the umask of an administrator is."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(exist_ok=True)
        missing.chmod(_SHARED_FOLDER_MODE)


def _clear_unfinished(folder: Path, patience_seconds: float) -> None:
    """Remove what is left of a license where the program was ended in the middle: it opens what the whole opens."""
    # Whatever is in the way of it, the license itself can be kept.
    with suppress(OSError):
        for path in folder.iterdir():
            if _UNFINISHED.fullmatch(path.name) and time.time() - path.stat().st_mtime >= patience_seconds:
                path.unlink()


def could_not_save(error: OSError) -> CouldNotSave:
    """Return what is said where a license could not be kept."""
    return CouldNotSave(message("license.could_not_save", cause=error.strerror or str(error)))
