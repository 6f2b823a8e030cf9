"""Puts a finished database in the place of the present one, so that a crash at any point can be completed.

SQLite would replay a log left by the old file into the new one. So the log has to go first, and then a crash would
leave the old file without its last changes. Hence two steps: a finished file gets the name `progress.db.incoming`,
which decides the matter; then log and file are replaced. Whoever opens the database completes an open swap first.
"""

from pathlib import Path

from dijipilot import disk
from dijipilot.paths import UserPaths
from dijipilot.storage.connections import log_files


def incoming_file(paths: UserPaths) -> Path:
    """Return the name that a finished file has while it takes its place."""
    return paths.database.with_name(paths.database.name + ".incoming")


def swap_in(prepared: Path, paths: UserPaths) -> None:
    """Replace the database by a prepared file: whole, flushed, no log beside it; no connection may be open."""
    disk.replace_file(prepared, incoming_file(paths))
    finish_swap(paths)


def finish_swap(paths: UserPaths) -> None:
    """Complete a swap that was decided on; does nothing where there is none. The lock must be held."""
    incoming = incoming_file(paths)
    if not incoming.exists():
        return
    for file in log_files(paths.database):
        disk.remove_file(file)
    disk.flush_folder(paths.home)
    disk.replace_file(incoming, paths.database)


def withdraw_swap(paths: UserPaths) -> None:
    """Give up a swap that could not be completed, where the present file is whole and goes on being used."""
    disk.remove_file(incoming_file(paths))
