"""Tests that a damaged database never keeps the app from starting and never disappears."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from dijipilot.errors import DatabaseDamaged
from dijipilot.paths import UserPaths
from dijipilot.storage import answers, backups, profiles, settings
from dijipilot.storage.database import Database, open_for_reading, open_for_writing
from dijipilot.storage.recovery import RecoveryReport
from tests.builders import NOON
from tests.storage.making import (
    ADA,
    FIRST,
    add_ada,
    answer_numbers,
    append_answers,
    append_one_of_everything,
    fill_home,
    start_python,
)
from tests.storage.test_migrations import NEXT

LATER = NOON + timedelta(hours=1)
PAGE = 4096


def _home_with_backup(paths: UserPaths, backed_up: int, in_all: int) -> None:
    """Write so many answers, of which the first are also in a backup."""
    database = open_for_writing(paths, NOON)
    add_ada(database)
    with database.writing():
        append_answers(database, 1, backed_up)
    backups.back_up(database, NOON)
    with database.writing():
        append_answers(database, backed_up + 1, in_all)
    database.close()


def _change(path: Path, change: Callable[[bytearray], None]) -> bytes:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)
    return bytes(content)


def _recover(paths: UserPaths) -> tuple[Database, RecoveryReport]:
    """Open a damaged database; all is well afterwards, and at the next start there is nothing to report."""
    database = open_for_writing(paths, LATER)
    report = database.recovery
    assert report is not None
    assert database.find_problems() == []
    for sentence in report.messages():
        assert sentence.english()
    database.close()
    database = open_for_writing(paths, LATER)
    assert database.recovery is None
    append_answers(database, 90_000, 90_000)
    return database, report


def _page_of(paths: UserPaths, table: str) -> int:
    """Return the number of the page where a table or index begins, counted from 0."""
    with closing(sqlite3.connect(paths.database)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        connection.execute("PRAGMA journal_mode").fetchone()
    return int(page) - 1


def _leaf_page_of_answers(paths: UserPaths) -> int:
    """Return the number of a page, counted from 0, that holds rows of answers and nothing else."""
    content = paths.database.read_bytes()
    pages = [number for number in range(1, len(content) // PAGE) if b"answer-00050" in _page(content, number)]
    tables = [number for number in pages if _page(content, number)[0] == 0x0D]
    return tables[0]


def _page(content: bytes, number: int) -> bytes:
    return content[number * PAGE : (number + 1) * PAGE]


def test_a_zeroed_page_costs_at_most_its_rows_and_the_backup_fills_them(paths: UserPaths) -> None:
    _home_with_backup(paths, 100, 150)
    page = _leaf_page_of_answers(paths)
    damaged = _change(paths.database, lambda content: content.__setitem__(_slice(page), bytes(PAGE)))
    database, report = _recover(paths)
    assert report.kept is not None
    assert report.kept.read_bytes() == damaged
    assert report.backup is not None
    assert report.salvaged == 50
    assert not report.is_complete
    assert (report.lost_from, report.lost_until) == (NOON, LATER)
    assert answer_numbers(database) == [*range(1, 151), 90_000]
    database.close()


def _slice(page: int) -> slice:
    return slice(page * PAGE, (page + 1) * PAGE)


def test_without_a_backup_all_rows_of_sound_pages_are_brought_back(paths: UserPaths) -> None:
    fill_home(paths, 400)
    page = _leaf_page_of_answers(paths)
    _change(paths.database, lambda content: content.__setitem__(_slice(page), bytes(PAGE)))
    database, report = _recover(paths)
    assert report.backup is None
    assert not report.is_complete
    lost = set(range(1, 401)) - set(answer_numbers(database))
    assert 50 in lost
    assert len(lost) < 40
    assert profiles.list_profiles(database) == [ADA]
    database.close()


def test_a_damaged_index_loses_nothing(paths: UserPaths) -> None:
    fill_home(paths, 30)
    page = _page_of(paths, "sqlite_autoindex_answer_1")
    _change(paths.database, lambda content: content.__setitem__(_slice(page), b"\xff" * PAGE))
    database, report = _recover(paths)
    assert report.is_complete
    assert [sentence.id for sentence in report.messages()] == ["storage.damaged", "storage.recovered_all"]
    assert answer_numbers(database) == [*range(1, 31), 90_000]
    database.close()


def test_a_missing_profile_gets_a_stand_in_so_that_its_answers_stay_reachable(paths: UserPaths) -> None:
    fill_home(paths, 5)
    for table in ("profile", "assessment"):
        page = _page_of(paths, table)
        _change(paths.database, lambda content, page=page: content.__setitem__(_slice(page), bytes(PAGE)))  # type: ignore[misc]
    database, _ = _recover(paths)
    (stand_in,) = profiles.list_profiles(database)
    assert (stand_in.id, stand_in.name) == (ADA.id, "Recovered ada")
    assert [each.id for each in answers.assessments_of(database, ADA.id)] == [FIRST.id]
    assert answer_numbers(database) == [1, 2, 3, 4, 5, 90_000]
    database.close()


@pytest.mark.parametrize("position", range(100))
def test_whatever_bit_flips_in_the_header_nothing_is_lost(paths: UserPaths, position: int) -> None:
    fill_home(paths, 5)

    def flip(content: bytearray) -> None:
        content[position] ^= 1 << random.Random(position).randrange(8)

    _change(paths.database, flip)
    database = open_for_writing(paths, LATER)
    assert answer_numbers(database) == [1, 2, 3, 4, 5]
    append_answers(database, 6, 6)
    assert database.find_problems() == []
    database.close()
    database = open_for_writing(paths, LATER)
    assert database.recovery is None
    assert answer_numbers(database) == [1, 2, 3, 4, 5, 6]
    database.close()


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_damaged_the_app_starts_and_the_backed_up_answers_are_there(paths: UserPaths, seed: int) -> None:
    chance = random.Random(seed)
    _home_with_backup(paths, 60, 80)

    def spoil(content: bytearray) -> None:
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(content))
            length = chance.choice((1, 16, 512, PAGE))
            content[start : start + length] = chance.randbytes(len(content[start : start + length]))

    _change(paths.database, spoil)
    database = open_for_writing(paths, LATER)
    numbers = answer_numbers(database)
    # Bytes in the middle of a text may change unnoticed, but no answer that was backed up is gone.
    assert set(range(1, 61)) <= set(numbers)
    append_answers(database, 90_000, 90_000)
    assert database.find_problems() == []
    database.close()


@pytest.mark.parametrize("length", [0, 1, 15, 16, 99, 100, 101, 1024, PAGE - 1, PAGE, PAGE + 1, 5 * PAGE, -PAGE, -1])
def test_a_truncated_file_is_kept_and_the_backup_takes_its_place(paths: UserPaths, length: int) -> None:
    _home_with_backup(paths, 20, 30)
    damaged = paths.database.read_bytes()[:length]
    paths.database.write_bytes(damaged)
    database, report = _recover(paths)
    assert report.kept is not None
    assert report.kept.read_bytes() == damaged
    assert set(range(1, 21)) <= set(answer_numbers(database))
    database.close()


def test_an_empty_file_beside_a_full_log_keeps_the_log_too(paths: UserPaths) -> None:
    fill_home(paths, 3)
    log = paths.database.with_name("progress.db-wal")
    log.write_bytes(b"what another process left behind")
    paths.database.write_bytes(b"")
    database = open_for_writing(paths, LATER)
    report = database.recovery
    assert report is not None
    assert report.kept is not None
    assert report.kept.with_name(report.kept.name + "-wal").read_bytes() == b"what another process left behind"
    assert [sentence.id for sentence in report.messages()] == ["storage.damaged", "storage.recovered_nothing"]
    database.close()


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


def test_what_stands_only_in_the_log_is_salvaged_too(paths: UserPaths) -> None:
    fill_home(paths, 0)
    with start_python(WRITE_AND_DIE, str(paths.home)) as process:
        process.wait()
    # The log holds the pages of the answers; the damage is elsewhere.
    page = _page_of_untouched_table(paths)
    _change(paths.database, lambda content: content.__setitem__(_slice(page), b"\xff" * PAGE))
    database, _ = _recover(paths)
    assert answer_numbers(database) == [1, 2, 3, 4, 5, 90_000]
    database.close()


def _page_of_untouched_table(paths: UserPaths) -> int:
    with closing(sqlite3.connect(f"{paths.database.as_uri()}?mode=ro", uri=True)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()
    return int(page) - 1


def test_a_lost_database_comes_back_from_its_backup(paths: UserPaths) -> None:
    _home_with_backup(paths, 20, 30)
    paths.database.unlink()
    database, report = _recover(paths)
    assert report.kept is None
    assert [sentence.id for sentence in report.messages()] == ["storage.missing", "storage.recovered_backup_only"]
    assert answer_numbers(database) == [*range(1, 21), 90_000]
    database.close()


def test_a_damaged_backup_is_passed_over_for_an_older_one(paths: UserPaths) -> None:
    _home_with_backup(paths, 10, 20)
    database = open_for_writing(paths, LATER)
    newest = backups.back_up(database, LATER)
    database.close()
    newest.path.write_bytes(newest.path.read_bytes()[:-PAGE])
    paths.database.write_bytes(b"")
    database, report = _recover(paths)
    assert report.backup is not None
    assert report.backup.at == NOON
    assert answer_numbers(database) == [*range(1, 11), 90_000]
    database.close()


def test_everything_comes_back_from_a_file_whose_schema_was_tampered_with(paths: UserPaths) -> None:
    database = open_for_writing(paths, NOON)
    add_ada(database)
    append_one_of_everything(database)
    settings.set_setting(database, "language", "tr")
    database.close()
    with closing(sqlite3.connect(paths.database)) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON setting BEGIN DELETE FROM setting; END")
        connection.execute("CREATE VIEW spy AS SELECT * FROM answer")
        connection.commit()
    database, report = _recover(paths)
    assert report.is_complete
    assert settings.get_setting(database, "language") == "tr"
    assert answer_numbers(database) == [1, 2, 3, 90_000]
    assert len(answers.all_shown_verdicts(database, ADA.id)) == 1
    database.close()


def test_reading_a_damaged_database_explains_itself_and_changes_nothing(paths: UserPaths) -> None:
    fill_home(paths, 5)
    damaged = _change(paths.database, lambda content: content.__setitem__(_slice(3), b"\xff" * PAGE))
    with pytest.raises(DatabaseDamaged, match="Start the app again"):
        open_for_reading(paths)
    assert paths.database.read_bytes() == damaged


def test_a_damaged_database_of_an_earlier_version_is_brought_back_and_upgraded(paths: UserPaths) -> None:
    fill_home(paths, 30)
    page = _page_of(paths, "sqlite_autoindex_answer_1")
    _change(paths.database, lambda content: content.__setitem__(_slice(page), b"\xff" * PAGE))
    database = open_for_writing(paths, LATER, NEXT)
    assert database.recovery is not None
    assert database.recovery.is_complete
    assert answer_numbers(database) == list(range(1, 31))
    database.close()


@pytest.mark.parametrize("damage", [b"\x00", b"\xff", b"x"])
def test_a_changed_byte_in_a_time_is_noticed_before_anybody_reads_it(paths: UserPaths, damage: bytes) -> None:
    _home_with_backup(paths, 20, 20)
    text = (NOON + timedelta(seconds=7)).isoformat(timespec="microseconds").encode()

    def spoil(content: bytearray) -> None:
        # The first is the time itself, the next the one that orders; SQLite compares neither with anything.
        place = content.index(text)
        content[place + 5 : place + 6] = damage

    _change(paths.database, spoil)
    database, report = _recover(paths)
    assert not report.is_complete
    assert answer_numbers(database) == [*range(1, 21), 90_000]
    database.close()
