"""Brings a learner's work back when the database is damaged, and tells what became of it; nothing is thrown away."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dijipilot import disk
from dijipilot.errors import DatabaseDamaged
from dijipilot.messages import Message, message
from dijipilot.paths import UserPaths
from dijipilot.storage import contents, copies, failures, moments, salvage, swap, upgrade
from dijipilot.storage.backup_files import BackupFile, list_backup_files
from dijipilot.storage.connections import connect, log_files
from dijipilot.storage.inspection import SMALLEST_FILE
from dijipilot.storage.migrations import Migration, immediate_transaction
from dijipilot.storage.salvage import Salvage

MISSING = "missing"
"""The cause of a recovery where there was no database though there are backups."""

_WORKSHOP = "recovery-"
_REWRITTEN_TABLES = ("profile", "setting")

_log = logging.getLogger(__name__)


class RecoveryReport(Struct, frozen=True):
    """What was found at this start and what became of it.

    kept: the damaged file, None where there was none. backup: what was built upon, None for none that verifies.
    salvaged: records read from the damaged file that the backup did not have.
    is_complete: nothing is missing. Else something between lost_from (None: the beginning) and lost_until may be.
    """

    cause: str
    kept: Path | None
    backup: BackupFile | None
    salvaged: int
    is_complete: bool
    lost_from: datetime | None
    lost_until: datetime

    def messages(self) -> tuple[Message, ...]:
        """Return what to tell the learner: what happened, then what became of the work."""
        if self.kept is None:
            happened = message("storage.missing")
        else:
            happened = message("storage.damaged", cause=self.cause, kept=str(self.kept))
        return happened, self._outcome()

    def _outcome(self) -> Message:
        until = _readable(self.lost_until)
        if self.is_complete:
            return message("storage.recovered_all")
        if self.backup is None and self.salvaged == 0:
            return message("storage.recovered_nothing")
        if self.backup is None:
            return message("storage.recovered_salvage_only", salvaged=self.salvaged, lost_until=until)
        since = _readable(self.backup.at)
        if self.salvaged == 0:
            return message("storage.recovered_backup_only", backup_at=since, lost_from=since, lost_until=until)
        return message(
            "storage.recovered_with_backup",
            backup_at=since,
            salvaged=self.salvaged,
            lost_from=since,
            lost_until=until,
        )


def _readable(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def is_anything_left(paths: UserPaths) -> bool:
    """Tell whether there are backups of a database that is not there."""
    return bool(list_backup_files(paths))


def recover(paths: UserPaths, cause: str, now: datetime, steps: Sequence[Migration]) -> RecoveryReport:
    """Keep the damaged file aside, build a new one of the newest sound backup and what can be salvaged, swap it in.

    The lock is held and no connection is open. Raises OSError or sqlite3.Error when the disk does not take it.
    """
    remove_workshops(paths)
    with tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=paths.home) as folder:
        workshop = Path(folder)
        kept = _keep_aside(paths, now) if paths.database.exists() else None
        found = _salvage(kept, workshop, now, steps) if kept is not None else Salvage(is_complete=False)
        backup = _newest_sound_backup(paths, steps)
        prepared = workshop / "prepared.db"
        _begin_with(backup, prepared, now, steps)
        salvaged = _add(found, prepared, steps)
        swap.swap_in(prepared, paths)
    report = RecoveryReport(
        cause=cause,
        kept=kept,
        backup=backup,
        salvaged=salvaged,
        is_complete=found.is_complete,
        lost_from=None if backup is None else backup.at,
        lost_until=now,
    )
    _log.warning("recovered the database: %s", report)
    return report


def remove_workshops(paths: UserPaths) -> None:
    """Remove the working folders of recoveries that were interrupted."""
    for left_over in paths.home.glob(f"{_WORKSHOP}*"):
        shutil.rmtree(left_over)


def _keep_aside(paths: UserPaths, now: datetime) -> Path:
    """Copy the damaged file and its log; they are evidence, and perhaps of use to someone with better tools."""
    kept = paths.database.with_name(f"{paths.database.name}.damaged-{moments.to_file_name(now)}")
    for source, target in ((paths.database, kept), (log_files(paths.database)[0], log_files(kept)[0])):
        if source.exists():
            disk.copy_file(source, target)
    return kept


def _salvage(kept: Path, workshop: Path, now: datetime, steps: Sequence[Migration]) -> Salvage:
    copy = workshop / "damaged.db"
    for source, target in ((kept, copy), (log_files(kept)[0], log_files(copy)[0])):
        if source.exists():
            shutil.copyfile(source, target)
    if copy.stat().st_size < SMALLEST_FILE:
        return Salvage(is_complete=False)
    return salvage.read_damaged(copy, now, steps)


def _newest_sound_backup(paths: UserPaths, steps: Sequence[Migration]) -> BackupFile | None:
    for backup in reversed(list_backup_files(paths)):
        try:
            copies.verify_copy(backup.path, steps)
        except DatabaseDamaged as error:
            _log.warning("a backup was passed over: %s", error)
        else:
            return backup
    return None


def _begin_with(backup: BackupFile | None, prepared: Path, now: datetime, steps: Sequence[Migration]) -> None:
    if backup is None:
        upgrade.create_database(prepared, now, steps)
    else:
        disk.copy_file(backup.path, prepared)
        upgrade.migrate_file(prepared, now, steps)


def _add(found: Salvage, prepared: Path, steps: Sequence[Migration]) -> int:
    """Add salvaged rows that are not there yet; return how many records that were."""
    with closing(connect(prepared, "rw")) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        before = contents.row_counts(connection)
        with immediate_transaction(connection):
            for table, rows in found.rows_by_table.items():
                for row in rows:
                    _add_row(connection, table, row, found)
            _give_parents_to_orphans(connection)
        after = contents.row_counts(connection)
        problems = contents.find_problems(connection, is_thorough=True)
    if problems:
        raise sqlite3.IntegrityError(problems[0])
    disk.flush_file(prepared)
    copies.verify_copy(prepared, steps)
    return sum(after[table] - before[table] for table in after if table not in _REWRITTEN_TABLES)


def _add_row(connection: sqlite3.Connection, table: str, row: dict[str, object], found: Salvage) -> None:
    # What may be rewritten is younger in the damaged file; of records, those of the backup are beyond doubt.
    verb = "REPLACE" if table in _REWRITTEN_TABLES else "IGNORE"
    columns = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" * len(row))
    try:
        connection.execute(f'INSERT OR {verb} INTO "{table}" ({columns}) VALUES ({marks})', tuple(row.values()))
    except (sqlite3.DataError, sqlite3.IntegrityError) as error:
        _log.info("a salvaged row of %s was refused: %s", table, failures.short_cause(error))
        found.is_complete = False


def _give_parents_to_orphans(connection: sqlite3.Connection) -> None:
    """Records whose profile or assessment could not be read get a stand-in, so that they stay reachable."""
    for table in contents.table_names(connection):
        columns = contents.column_names(connection, table)
        if "sequence" in columns:
            connection.execute(
                "INSERT INTO profile (id, name, created_at) SELECT profile, 'Recovered ' || profile, min(at)"
                f' FROM "{table}" WHERE profile NOT IN (SELECT id FROM profile) GROUP BY profile'
            )
            if "assessment" in columns:
                connection.execute(
                    "INSERT INTO assessment (id, profile, at, ordered_at, pack, seed, budget_seconds)"
                    f" SELECT assessment, profile, min(at), min(ordered_at), '', 0, 300 FROM \"{table}\""
                    " WHERE assessment NOT IN (SELECT id FROM assessment) GROUP BY assessment"
                )
