"""Tests that a disk which takes nothing more loses nothing that was saved before."""

from collections.abc import Callable, Iterator

import pytest

from dijipilot.errors import CouldNotSave
from dijipilot.paths import UserPaths
from dijipilot.storage import backups
from dijipilot.storage.database import Database, open_for_writing
from tests.builders import NOON
from tests.storage.making import answer_numbers, append_answers, fill_home

resource = pytest.importorskip("resource", reason="Windows has no such limit")


@pytest.fixture
def limit_file_size() -> Iterator[Callable[[int | None], None]]:
    """Lets a test make every write beyond some size fail, as a full disk or a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def set_limit(size: int | None) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before if size is None else (size, before[1]))

    yield set_limit
    set_limit(None)


def test_a_database_that_may_not_grow_keeps_all_and_goes_on_when_it_may(database: Database) -> None:
    append_answers(database, 1, 10)
    with database.exclusive_connection() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")
    saved = _append_until_full(database, 11)
    assert answer_numbers(database) == list(range(1, saved + 1))
    with database.exclusive_connection() as connection:
        connection.execute("PRAGMA max_page_count=1000000")
    append_answers(database, saved + 1, saved + 1)
    assert answer_numbers(database) == list(range(1, saved + 2))


def test_a_log_that_cannot_be_written_loses_no_answer(
    paths: UserPaths, limit_file_size: Callable[[int | None], None]
) -> None:
    fill_home(paths, 5)
    database = open_for_writing(paths, NOON)
    limit_file_size(150_000)
    saved = _append_until_full(database, 6)
    assert saved > 5
    assert answer_numbers(database) == list(range(1, saved + 1))
    limit_file_size(None)
    append_answers(database, saved + 1, saved + 1)
    database.close()
    database = open_for_writing(paths, NOON)
    assert database.recovery is None
    assert answer_numbers(database) == list(range(1, saved + 2))
    database.close()


def test_a_backup_that_finds_no_room_leaves_nothing_half_made(
    database: Database, limit_file_size: Callable[[int | None], None]
) -> None:
    append_answers(database, 1, 10)
    limit_file_size(50_000)
    with pytest.raises(CouldNotSave):
        backups.back_up(database, NOON)
    limit_file_size(None)
    assert list(database.paths.backups.iterdir()) == []
    assert answer_numbers(database) == list(range(1, 11))


def test_a_first_start_without_room_says_so_and_the_next_one_works(
    paths: UserPaths, limit_file_size: Callable[[int | None], None]
) -> None:
    limit_file_size(20_000)
    with pytest.raises(CouldNotSave):
        open_for_writing(paths, NOON)
    limit_file_size(None)
    open_for_writing(paths, NOON).close()
    assert sorted(file.name for file in paths.home.iterdir()) == ["progress.db", "progress.lock"]


def _append_until_full(database: Database, first: int) -> int:
    """Append answers one by one until the disk is full; return the number of the last that was saved."""
    for number in range(first, first + 2000):
        try:
            append_answers(database, number, number)
        except CouldNotSave as error:
            assert error.exit_code == 5  # noqa: PT017  # the test goes on after it
            return number - 1
    raise AssertionError("the disk never filled")
