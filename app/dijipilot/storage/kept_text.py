"""Texts that only save time: kept in the cache of a home, lost without harm."""

import logging
import os
from contextlib import suppress

from dijipilot.paths import UserPaths

_log = logging.getLogger(__name__)
_LONGEST = 5_000_000
"""Characters; ours have some hundred thousand at most."""


def read_kept(paths: UserPaths, name: str) -> str | None:
    """Return a text, or None where there is none that can be read."""
    try:
        with (paths.cache / name).open(encoding="utf-8") as file:
            text = file.read(_LONGEST + 1)
    except (OSError, ValueError):
        return None
    return None if len(text) > _LONGEST else text


def keep(paths: UserPaths, name: str, text: str) -> None:
    """Keep a text in the place of an earlier one; where the disk does not take it, it is computed again next time."""
    file = paths.cache / name
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        paths.cache.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    except OSError as error:
        _log.info("%s was not kept: %s", name, error.strerror)
        with suppress(OSError):
            new.unlink(missing_ok=True)


def forget(paths: UserPaths) -> None:
    """Remove all texts that are kept, and the picture of the window. Raises OSError when the system refuses."""
    for pattern in ("*.json*", f"{paths.last_picture.name}*"):
        for file in paths.cache.glob(pattern):
            file.unlink(missing_ok=True)
