"""One command at a time works on a vault: an operating-system lock, which the kernel frees when the process dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dijipilot.errors import AnotherInstanceWrites, BadInput
from dijipilot_vendor.texts import message

LOCK_NAME = "vault.lock"

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_to_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a vault. Raises AnotherInstanceWrites at once when it is held, BadInput where there is no vault.

    The lock file was made with the vault and is never written: a dry run changes nothing.
    """
    try:
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR)
    except OSError as error:
        raise BadInput(message("vendor.no_vault", folder=str(folder))) from error
    try:
        try:
            _try_to_lock(descriptor)
        except OSError as error:
            raise AnotherInstanceWrites(message("vendor.vault_busy", folder=str(folder))) from error
        yield
    finally:
        os.close(descriptor)
