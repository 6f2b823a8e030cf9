"""One process writes: an operating-system lock on a file, which the kernel frees when the process dies."""

import os
import sys

from dijipilot.errors import AnotherInstanceWrites, CouldNotSave
from dijipilot.messages import message
from dijipilot.paths import UserPaths

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_to_lock(descriptor: int) -> None:
        # flock, not lockf: it also holds between two openings in one process, and closing some other
        # descriptor of the file does not let go of it.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The right to write, held from `acquire` to `release`. The file itself stays: deleting it would race."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, paths: UserPaths) -> "WriterLock":
        """Take the lock of a home, creating the home when needed.

        Raises AnotherInstanceWrites at once when it is held, CouldNotSave when the home takes no files.
        """
        try:
            paths.home.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(paths.lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CouldNotSave(message("storage.no_home", home=str(paths.home), cause=error.strerror or "")) from error
        try:
            _try_to_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise AnotherInstanceWrites(message("storage.another_instance", home=str(paths.home))) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let others write; calling it again does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
