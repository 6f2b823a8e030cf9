"""Files that survive a power cut: what is written is flushed, and one file takes the place of another at once."""

import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":

    def flush_folder(folder: Path) -> None:
        """Windows cannot flush a folder; its file system writes renames through its own log."""

else:

    def flush_folder(folder: Path) -> None:
        """Make created, renamed and removed names in the folder survive a power cut."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


RENAME_PATIENCE_SECONDS = 2.0
"""A virus scanner on Windows holds a new file for a moment, and renaming fails until it lets go."""


def flush_file(path: Path) -> None:
    """Make the content of the file survive a power cut."""
    # Windows flushes only what is open for writing.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def copy_file(source: Path, target: Path) -> None:
    """Copy the bytes and flush them; the target must not be in use."""
    shutil.copyfile(source, target)
    flush_file(target)
    flush_folder(target.parent)


def replace_file(new: Path, old: Path) -> None:
    """Let `new` take the place of `old` at once: after a crash one or the other is there, whole. Raises OSError."""
    deadline = time.monotonic() + RENAME_PATIENCE_SECONDS
    while True:
        try:
            new.replace(old)
            break
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    flush_folder(old.parent)


def write_file(target: Path, content: bytes, mode: int) -> None:
    """Write a file, flushed, in the place of an earlier one, at once or not at all; its folder must be there.

    mode: who may read it, such as 0o600. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.chmod(mode)
        replace_file(unfinished, target)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def remove_file(path: Path) -> None:
    """Remove the file if it is there."""
    path.unlink(missing_ok=True)
