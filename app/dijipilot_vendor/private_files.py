"""Files for the publisher's eyes alone: written whole or not at all, and safe from a power cut once they are there."""

import os
from contextlib import suppress
from pathlib import Path

from dijipilot import disk
from dijipilot.errors import BadInput, CouldNotSave
from dijipilot_vendor.texts import message

FILE_MODE, PUBLIC_MODE, FOLDER_MODE = 0o600, 0o644, 0o700

_BINARY: int = getattr(os, "O_BINARY", 0)


class Prepared:
    """A file that lies ready under another name: `publish` gives it its own, which hardly ever fails."""

    def __init__(self, path: Path, content: bytes, is_public: bool = False) -> None:
        """Write the content beside its place, readable by the owner alone unless it is public. Raises CouldNotSave."""
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        try:
            self.discard()
            mode = PUBLIC_MODE if is_public else FILE_MODE
            with os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError):
                raise could_not_save(path, error) from error
            raise

    def publish(self) -> None:
        """Let the file take its place at once. Raises CouldNotSave: then it still lies there under the other name."""
        try:
            disk.replace_file(self._part, self._path)
        except OSError as error:
            told = message("vendor.not_renamed", path=str(self._path), part=str(self._part), cause=_cause(error))
            raise CouldNotSave(told) from error

    def discard(self) -> None:
        """Remove what lies ready."""
        with suppress(OSError):
            self._part.unlink()


def write_private(path: Path, content: bytes) -> None:
    """Put a file in place, whole, flushed, readable by the owner alone. Raises CouldNotSave."""
    Prepared(path, content).publish()


def make_private_folder(folder: Path) -> None:
    """Make a folder that the owner alone may enter. Raises CouldNotSave."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise could_not_save(folder, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder that anybody may enter. Raises CouldNotSave."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise could_not_save(folder, error) from error


def write_behind(path: Path, start: int, addition: bytes) -> None:
    """Write to a file from a place on, flushed; doing so again changes nothing. Raises CouldNotSave."""
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, FILE_MODE), "r+b") as stream:
            stream.seek(start)
            stream.write(addition)
            stream.flush()
            os.fsync(stream.fileno())
        disk.flush_folder(path.parent)
    except OSError as error:
        raise could_not_save(path, error) from error


def remove(path: Path) -> None:
    """Remove a file if it is there. Raises CouldNotSave."""
    try:
        disk.remove_file(path)
        disk.flush_folder(path.parent)
    except OSError as error:
        raise could_not_save(path, error) from error


def remove_for_good(path: Path) -> None:
    """Remove a file whose key is destroyed. Raises CouldNotSave, which says that this alone is left to do."""
    try:
        disk.remove_file(path)
    except OSError as error:
        raise CouldNotSave(message("vendor.not_removed", path=str(path), cause=_cause(error))) from error


def read_limited(path: Path, most: int) -> bytes:
    """Return the bytes of a file. Raises BadInput where there is none, or one of more than `most` bytes."""
    try:
        if path.exists() and not path.is_file():
            # Opening a pipe would wait for whoever never writes.
            raise BadInput(message("vendor.unreadable", path=str(path), cause="it is no file"))
        with path.open("rb") as stream:
            raw = stream.read(most + 1)
    except FileNotFoundError as error:
        raise BadInput(message("vendor.no_file", path=str(path))) from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise BadInput(message("vendor.unreadable", path=str(path), cause=cause)) from error
    if len(raw) > most:
        raise BadInput(message("vendor.unreadable", path=str(path), cause="it is too large"))
    return raw


def could_not_save(path: Path, error: OSError) -> CouldNotSave:
    """Return what is said where a file could not be written."""
    return CouldNotSave(message("vendor.could_not_save", path=str(path), cause=_cause(error)))


def _cause(error: OSError) -> str:
    return error.strerror or str(error)
