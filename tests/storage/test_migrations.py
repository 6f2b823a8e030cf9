"""Tests of the schema, of the records' protection and of upgrades."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel, create_engine

from dijipilot.errors import CouldNotSave, DatabaseDamaged
from dijipilot.paths import UserPaths
from dijipilot.storage import backups, contents, swap
from dijipilot.storage.connections import connect_memory
from dijipilot.storage.database import Database, open_for_reading, open_for_writing
from dijipilot.storage.migrations import MIGRATIONS, Migration, migrate, version_of
from dijipilot.storage.tables import RECORD_TABLES
from tests.builders import NOON
from tests.storage.making import answer_numbers, append_answers, append_one_of_everything, fill_home

FROZEN = Path(__file__).parent / "frozen"


def add_mood(connection: sqlite3.Connection) -> None:
    """A step of tests alone: a new table and a column."""
    connection.execute("ALTER TABLE note ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
    connection.execute("CREATE TABLE mood (name TEXT NOT NULL PRIMARY KEY) STRICT")


NEXT = (*MIGRATIONS, Migration(MIGRATIONS[-1].version + 1, "add_mood", add_mood))


def _fail(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (x TEXT) STRICT")
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def _lose_answers(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE answer")
    connection.execute("CREATE TABLE answer (sequence INTEGER PRIMARY KEY, id TEXT) STRICT")


def _fill_the_disk(connection: sqlite3.Connection) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    connection.execute("CREATE TABLE large (x TEXT) STRICT")
    connection.execute("INSERT INTO large VALUES (hex(zeroblob(100000)))")


@pytest.fixture
def migrated() -> Iterator[sqlite3.Connection]:
    """An empty database that went through all steps."""
    connection = connect_memory()
    migrate(connection, NOON)
    yield connection
    connection.close()


def _shape(connection: sqlite3.Connection) -> dict[str, object]:
    """Return all that SQLite knows of tables, columns, keys and indexes."""
    shape: dict[str, object] = {}
    for table in contents.table_names(connection):
        indexes = {}
        for _, name, is_unique, origin, is_partial in connection.execute(f"PRAGMA index_list({table})"):
            columns = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))
            indexes[columns] = (name, is_unique, origin, is_partial)
        shape[table] = {
            "options": connection.execute(f"PRAGMA table_list({table})").fetchall(),
            "columns": connection.execute(f"PRAGMA table_xinfo({table})").fetchall(),
            "references": sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})")),
            "indexes": indexes,
        }
    return shape


def test_an_empty_database_through_all_migrations_has_the_schema_of_the_tables(migrated: sqlite3.Connection) -> None:
    engine = create_engine("sqlite://")
    created = connect_memory()
    for table in SQLModel.metadata.sorted_tables:
        created.execute(str(CreateTable(table).compile(engine)))
        for index in table.indexes:
            created.execute(str(CreateIndex(index).compile(engine)))
    assert _shape(migrated) == _shape(created)
    numbered = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name"
    assert migrated.execute(numbered).fetchall() == created.execute(numbered).fetchall()
    created.close()
    engine.dispose()


def test_every_step_is_recorded_with_its_name(migrated: sqlite3.Connection) -> None:
    recorded = migrated.execute("SELECT version, name FROM migration ORDER BY version").fetchall()
    assert recorded == [(step.version, step.name) for step in MIGRATIONS]
    assert version_of(migrated) == MIGRATIONS[-1].version


def test_a_step_that_fails_leaves_no_table_behind(migrated: sqlite3.Connection) -> None:
    before = contents.schema_of(migrated)
    with pytest.raises(sqlite3.OperationalError):
        migrate(migrated, NOON, (*MIGRATIONS, Migration(2, "fail", _fail)))
    assert contents.schema_of(migrated) == before
    assert version_of(migrated) == 1


@pytest.mark.parametrize("table", [str(table.__tablename__) for table in RECORD_TABLES])
def test_records_can_neither_be_changed_nor_deleted(database: Database, table: str) -> None:
    append_one_of_everything(database)
    with database.exclusive_connection() as connection:
        (before,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert before > 0
        for statement in (
            f"UPDATE {table} SET at = '2000-01-01'",
            f"DELETE FROM {table}",
            f"REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="appended, never rewritten"):
                connection.execute(statement)
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (before,)


def test_an_older_database_is_upgraded_on_a_copy_and_the_old_file_is_kept(paths: UserPaths) -> None:
    fill_home(paths, 3)
    database = open_for_writing(paths, NOON, NEXT)
    assert answer_numbers(database) == [1, 2, 3]
    append_answers(database, 4, 4)
    with database.exclusive_connection() as connection:
        assert version_of(connection) == 2
        assert connection.execute("SELECT name FROM migration").fetchall() == [("create_first_schema",), ("add_mood",)]
    database.close()
    (kept,) = paths.home.glob("progress.db.version-1-*")
    assert backups.verify_backup(kept).counts["answer"] == 3
    assert sorted(file.name for file in paths.home.iterdir()) == sorted(["progress.db", "progress.lock", kept.name])


@pytest.mark.parametrize(
    ("step", "error"),
    [(_fail, sqlite3.OperationalError), (_lose_answers, DatabaseDamaged), (_fill_the_disk, CouldNotSave)],
)
def test_a_failure_in_the_middle_of_an_upgrade_leaves_the_old_file_untouched(
    paths: UserPaths, step: object, error: type[Exception]
) -> None:
    fill_home(paths, 3)
    before = paths.database.read_bytes()
    steps = (*NEXT, Migration(3, "fails", step))  # type: ignore[arg-type]  # one of the three above
    with pytest.raises(error):
        open_for_writing(paths, NOON, steps)
    assert paths.database.read_bytes() == before
    assert not list(paths.home.glob("*.upgrade*"))
    database = open_for_writing(paths, NOON)
    assert answer_numbers(database) == [1, 2, 3]
    database.close()


def test_an_older_database_is_read_as_if_it_were_upgraded_and_stays_as_it_is(paths: UserPaths) -> None:
    fill_home(paths, 3)
    before = paths.database.read_bytes()
    reader = open_for_reading(paths, NEXT)
    assert answer_numbers(reader) == [1, 2, 3]
    with reader.exclusive_connection() as connection:
        assert version_of(connection) == 2
    reader.close()
    assert paths.database.read_bytes() == before


def test_files_of_earlier_versions_go_after_thirty_days(paths: UserPaths) -> None:
    fill_home(paths, 1)
    open_for_writing(paths, NOON, NEXT).close()
    for days, is_kept in ((29, True), (31, False)):
        open_for_writing(paths, NOON + timedelta(days=days), NEXT).close()
        assert bool(list(paths.home.glob("*.version-1-*"))) == is_kept


def test_a_swap_that_was_interrupted_is_completed_at_the_next_start(paths: UserPaths) -> None:
    fill_home(paths, 3)
    paths.database.rename(paths.home / "three")
    fill_home(paths, 1)
    (paths.home / "three").rename(swap.incoming_file(paths))
    # What a killed process may have left beside the old file must not be replayed into the new one.
    (paths.home / "progress.db-wal").write_bytes(b"of the old file")
    database = open_for_writing(paths, NOON)
    assert database.recovery is None
    assert answer_numbers(database) == [1, 2, 3]
    database.close()
    assert sorted(file.name for file in paths.home.iterdir()) == ["progress.db", "progress.lock"]


@pytest.mark.parametrize("script", sorted(FROZEN.glob("version-*.sql")), ids=lambda path: path.stem)
def test_a_database_of_every_published_version_is_brought_to_the_present_one(paths: UserPaths, script: Path) -> None:
    paths.home.mkdir()
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    before = backups.verify_backup(paths.database).counts
    database = open_for_writing(paths, NOON)
    assert database.recovery is None
    assert database.find_problems() == []
    with database.exclusive_connection() as connection:
        after = contents.row_counts(connection)
    assert {name: after[name] for name in before if name != "migration"} == {
        name: count for name, count in before.items() if name != "migration"
    }
    assert all(count > 0 for count in before.values())
    database.close()
