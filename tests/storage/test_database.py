"""Tests of opening, of transactions and of reading beside a writer."""

import hashlib
import signal
import sqlite3
import threading
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from dijipilot.domain.ids import ProfileId
from dijipilot.errors import DatabaseDamaged, NewerDatabase, OurDefect
from dijipilot.paths import UserPaths
from dijipilot.storage import answers, connections, profiles, settings
from dijipilot.storage.database import Database, open_for_reading, open_for_writing
from dijipilot.storage.migrations import APPLICATION_ID
from dijipilot.storage.tables import NoteRow
from tests.builders import NOON
from tests.storage.making import (
    ADA,
    FIRST,
    answer,
    answer_numbers,
    append_answers,
    append_one_of_everything,
    fill_home,
    start_python,
)


def test_a_new_home_gets_a_database_and_nothing_else_stays(paths: UserPaths) -> None:
    database = open_for_writing(paths, NOON)
    assert not database.is_read_only
    assert database.recovery is None
    database.close()
    assert sorted(file.name for file in paths.home.iterdir()) == ["progress.db", "progress.lock"]


def test_the_promises_about_safety_are_set(database: Database) -> None:
    with database.exclusive_connection() as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "cell_size_check",
                "trusted_schema",
                "busy_timeout",
                "application_id",
            )
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cell_size_check": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
        "application_id": APPLICATION_ID,
    }


def _append_three_then(database: Database, fail: Callable[[], object]) -> None:
    with database.writing():
        append_answers(database, 1, 3)
        assert answer_numbers(database) == [1, 2, 3]
        fail()


def test_several_appends_in_one_block_are_one_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _append_three_then(database, lambda: 1 / 0)
    assert answer_numbers(database) == []
    _append_three_then(database, lambda: None)
    assert answer_numbers(database) == [1, 2, 3]


def test_a_failure_that_was_caught_inside_a_transaction_undoes_it_whole(database: Database) -> None:
    def fail_and_go_on() -> None:
        with pytest.raises(ValueError, match="another profile"):
            answers.append_answer(database, ProfileId("bea"), FIRST.id, answer(4))

    with pytest.raises(OurDefect):
        _append_three_then(database, fail_and_go_on)
    assert answer_numbers(database) == []
    append_answers(database, 1, 1)
    assert answer_numbers(database) == [1]


def test_writing_inside_reading_is_a_defect(database: Database) -> None:
    with database.reading(), pytest.raises(OurDefect):
        append_answers(database, 1, 1)
    assert answer_numbers(database) == []


def test_created_tables_roll_back_too(database: Database) -> None:
    def create_a_table() -> None:
        with database.writing() as writer:
            writer.session.connection().execute(text("CREATE TABLE half (x)"))
        raise KeyError

    with pytest.raises(KeyError):
        _append_three_then(database, create_a_table)
    with database.exclusive_connection() as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)


def test_several_threads_may_append(database: Database) -> None:
    def append(first: int) -> None:
        append_answers(database, first, first + 19)

    threads = [threading.Thread(target=append, args=(first,)) for first in (100, 200, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer_numbers(database)) == [*range(100, 120), *range(200, 220), *range(300, 320)]


def test_reading_beside_a_writer_sees_what_is_committed_and_changes_nothing(
    database: Database, paths: UserPaths
) -> None:
    append_answers(database, 1, 3)
    reader = open_for_reading(paths)
    before = _digests(paths)
    with database.writing():
        append_answers(database, 4, 4)
        assert answer_numbers(reader) == [1, 2, 3]
    assert answer_numbers(reader) == [1, 2, 3, 4]
    between = _digests(paths)
    assert answer_numbers(reader) == [1, 2, 3, 4]
    reader.close()
    assert _digests(paths) == between
    assert between["progress.db"] == before["progress.db"]
    append_answers(database, 5, 5)


def test_a_reader_cannot_write(database: Database, paths: UserPaths) -> None:
    reader = open_for_reading(paths)
    assert reader.is_read_only
    with pytest.raises(OurDefect):
        append_answers(reader, 1, 1)
    with reader.exclusive_connection() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM setting")
    reader.close()


def test_where_there_is_no_database_an_empty_one_is_read_and_nothing_is_created(paths: UserPaths) -> None:
    reader = open_for_reading(paths)
    assert profiles.list_profiles(reader) == []
    assert reader.is_read_only
    reader.close()
    assert not paths.home.exists()


WRITE_AND_DIE = """
import os, signal
from pathlib import Path
from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from tests.builders import NOON
from tests.storage.making import append_answers
database = open_for_writing(UserPaths(Path(sys.argv[1])), NOON)
append_answers(database, 1, 5)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _leave_a_log(paths: UserPaths) -> None:
    fill_home(paths, 0)
    with start_python(WRITE_AND_DIE, str(paths.home)) as process:
        assert process.wait() == -signal.SIGKILL
    assert (paths.home / "progress.db-wal").stat().st_size > 0


def test_a_reader_sees_the_log_of_a_killed_writer_and_leaves_it(paths: UserPaths) -> None:
    _leave_a_log(paths)
    before = _digests(paths)
    reader = open_for_reading(paths)
    assert answer_numbers(reader) == [1, 2, 3, 4, 5]
    reader.close()
    assert _digests(paths) == before


def test_on_a_medium_that_takes_no_files_the_log_is_read_all_the_same(
    paths: UserPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_a_log(paths)

    def refuse(path: Path) -> sqlite3.Connection:
        if path == paths.database:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return original(path)

    original = connections.connect_reading
    monkeypatch.setattr("dijipilot.storage.database.connect_reading", refuse)
    reader = open_for_reading(paths)
    assert answer_numbers(reader) == [1, 2, 3, 4, 5]


def test_a_database_of_a_later_version_is_shown_and_not_changed(paths: UserPaths) -> None:
    fill_home(paths, 2)
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'of_the_future', '2030-01-01')")
        connection.execute("ALTER TABLE answer ADD COLUMN mood TEXT")
        connection.execute("PRAGMA user_version=99")
        connection.commit()
    before = hashlib.sha256(paths.database.read_bytes()).digest()
    for opened in (open_for_writing(paths, NOON), open_for_reading(paths)):
        assert opened.is_newer
        assert opened.is_read_only
        assert answer_numbers(opened) == [1, 2]
        with pytest.raises(NewerDatabase, match="newer version"):
            append_answers(opened, 3, 3)
        opened.close()
    assert hashlib.sha256(paths.database.read_bytes()).digest() == before


def test_a_file_of_another_program_is_refused_and_left(paths: UserPaths) -> None:
    paths.home.mkdir()
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute("PRAGMA application_id=42")
        connection.commit()
    before = paths.database.read_bytes()
    with pytest.raises(DatabaseDamaged, match="was not written by DijiPilot"):
        open_for_writing(paths, NOON)
    with pytest.raises(DatabaseDamaged, match="was not written by DijiPilot"):
        open_for_reading(paths)
    assert paths.database.read_bytes() == before


def test_opening_needs_no_sqlmodel(paths: UserPaths) -> None:
    program = """
from pathlib import Path
from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from datetime import UTC, datetime
open_for_writing(UserPaths(Path(sys.argv[1])), datetime(2026, 1, 1, tzinfo=UTC)).close()
print([name for name in sys.modules if name.startswith(("sqlalchemy", "sqlmodel", "pydantic"))])
"""
    with start_python(program, str(paths.home)) as process:
        assert process.communicate()[0] == "[]\n"


def test_a_closed_database_says_so(paths: UserPaths) -> None:
    database = open_for_writing(paths, NOON)
    database.close()
    database.close()
    with pytest.raises(OurDefect, match="closed"):
        profiles.list_profiles(database)


def test_a_database_with_a_record_of_each_kind_has_no_problems(database: Database) -> None:
    append_one_of_everything(database)
    settings.set_setting(database, "page", "")
    profiles.remove_profile(database, ADA.id, NOON)
    assert database.find_problems() == []
    database.close()
    again = open_for_writing(database.paths, NOON)
    assert again.recovery is None
    again.close()


def test_a_repeated_attempt_to_append_does_no_harm(database: Database) -> None:
    answers.append_answer(database, ADA.id, FIRST.id, answer(1))
    answers.append_answer(database, ADA.id, FIRST.id, answer(1))
    assert answer_numbers(database) == [1]


def _digests(paths: UserPaths) -> dict[str, bytes]:
    """Return what is in each file but the shared memory, in which readers announce themselves."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).digest()
        for file in paths.home.iterdir()
        if file.is_file() and not file.name.endswith("-shm")
    }


def test_what_a_learner_wrote_does_not_get_into_an_error(database: Database) -> None:
    """Errors go to the log, and logs go to support."""
    words = "/".join(("What I think", "of my provider"))
    with pytest.raises(IntegrityError) as caught, database.writing() as writer:
        writer.session.execute(insert(NoteRow).values(id="n1", text=words))

    told = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO note" in told
    assert words not in told
