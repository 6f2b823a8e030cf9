"""Reads out of a damaged database every row that still can be read.

Works on a copy. What is always the same in our files, the first 100 bytes and the texts of the schema, is put back
from a sound file; then each table is read in ever smaller ranges around what is damaged.
"""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct, field

from dijipilot.storage import contents, failures, row_checks, upgrade
from dijipilot.storage.connections import connect
from dijipilot.storage.migrations import Migration, latest_version

_HEADER_BYTES = 100
_PAGE_COUNT = slice(28, 32)
_FREE_PAGES = slice(32, 40)
_USER_VERSION = slice(60, 64)
_LARGEST_GUESS = 200_000
"""The highest row number that is looked for where the true one cannot be read."""
_LARGEST_BELIEVED = 2**40
_PATIENCE = 10_000
"""How often in a row reading a table may fail before the rest of it is given up; less than a second."""
_PATIENCE_AT_FIRST = 500
"""The same while nothing of the table could be read: then its beginning is gone, not one page of many."""

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The second: SQLite's error message may quote damaged bytes, which Python then cannot read."""

_log = logging.getLogger(__name__)


class Salvage(Struct):
    """Rows by table, as dictionaries by column. is_complete: nothing was unreadable or refused."""

    rows_by_table: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    is_complete: bool = True


def read_damaged(copy: Path, now: datetime, steps: Sequence[Migration]) -> Salvage:
    """Return what can be read of a damaged database; `copy` and the log beside it are changed by it."""
    salvage = Salvage()
    try:
        template = copy.with_name("template.db")
        version = _version_in_header(copy, latest_version(steps))
        upgrade.create_database(template, now, [step for step in steps if step.version <= version])
        _repair_header(copy, template)
        _repair_schema(copy, template)
        with closing(connect(template, "ro")) as sound, closing(connect(copy, "rw")) as damaged:
            # Also: go on where the schema names pages that are not there.
            damaged.execute("PRAGMA writable_schema=ON")
            for table in contents.table_names(sound):
                if table != "migration":
                    _read_table(damaged, table, contents.column_names(sound, table), salvage)
    except _UNREADABLE as error:
        _log.warning("salvage ended early: %s", failures.short_cause(error))
        salvage.is_complete = False
    return salvage


def _version_in_header(copy: Path, latest: int) -> int:
    """Return the schema version that the header names, or the latest where that is no version of ours."""
    with copy.open("rb") as file:
        version = int.from_bytes(file.read(_HEADER_BYTES)[_USER_VERSION], "big")
    return version if 1 <= version <= latest else latest


def _repair_header(copy: Path, template: Path) -> None:
    """Write the header anew where SQLite cannot begin to read the file."""
    try:
        with closing(connect(copy, "rw")) as connection:
            connection.execute("PRAGMA writable_schema=ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return
    except _UNREADABLE as error:
        _log.info("the header is written anew: %s", failures.short_cause(error))
    header = bytearray(template.read_bytes()[:_HEADER_BYTES])
    page_size = int.from_bytes(header[16:18], "big")
    header[_PAGE_COUNT] = (copy.stat().st_size // page_size).to_bytes(4, "big")
    header[_FREE_PAGES] = bytes(8)
    with copy.open("r+b") as file:
        file.write(header)


def _repair_schema(copy: Path, template: Path) -> None:
    """Write the texts of the schema anew, object by object; each is found where the same steps have put it."""
    with closing(connect(template, "ro")) as sound:
        entries = sound.execute("SELECT type, name, tbl_name, sql, rowid, rootpage FROM sqlite_master").fetchall()
    with closing(connect(copy, "rw")) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        for entry in entries:
            try:
                connection.execute(
                    "UPDATE sqlite_master SET type=?, name=?, tbl_name=?, sql=? WHERE rowid=? AND rootpage=?", entry
                )
            except _UNREADABLE as error:
                _log.info("%s of the schema stays damaged: %s", entry[1], failures.short_cause(error))


def _read_table(damaged: sqlite3.Connection, table: str, columns: list[str], salvage: Salvage) -> None:
    rows: dict[int, dict[str, object]] = {}
    highest = _highest_row(damaged, table, salvage)
    # Ranges still to be read; a damaged spot halves its range until only the rows on it are left out.
    ranges = [(0, highest)]
    names = ", ".join(f'"{column}"' for column in columns)
    query = f'SELECT rowid, {names} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
    failed = 0
    while ranges and failed < (_PATIENCE if rows else _PATIENCE_AT_FIRST):
        first, last = ranges.pop()
        try:
            for number, *values in damaged.execute(query, (first, last)):
                rows[number] = dict(zip(columns, values, strict=True))
                first = number + 1
                failed = 0
        except _UNREADABLE:
            salvage.is_complete = False
            failed += 1
            if first < last:
                middle = (first + last) // 2
                ranges += [(middle + 1, last), (first, middle)]
    sound = [row for _, row in sorted(rows.items()) if row_checks.find_problem(table, row) is None]
    if len(sound) < len(rows):
        salvage.is_complete = False
    salvage.rows_by_table[table] = sound


def _highest_row(damaged: sqlite3.Connection, table: str, salvage: Salvage) -> int:
    for query in ('SELECT max(rowid) FROM "{}"', "SELECT seq FROM sqlite_sequence WHERE name = '{}'"):
        try:
            found = damaged.execute(query.format(table)).fetchone()
        except _UNREADABLE:
            salvage.is_complete = False
            continue
        if found is not None and isinstance(found[0], int):
            return min(found[0], _LARGEST_BELIEVED)
        return 0
    return _LARGEST_GUESS
