"""Tests that erasing leaves nothing of a learner behind."""

from pathlib import Path

import pytest

from dijipilot.errors import AnotherInstanceWrites
from dijipilot.paths import UserPaths
from dijipilot.storage import backups, notes
from dijipilot.storage.database import Database, open_for_writing
from dijipilot.storage.erasing import erase_everything
from tests.builders import NOON
from tests.storage.making import ADA, append_one_of_everything
from tests.storage.test_migrations import NEXT


def test_erasing_leaves_no_trace_and_the_next_start_is_the_first(database: Database, paths: UserPaths) -> None:
    append_one_of_everything(database)
    assert notes.notes_of(database, ADA.id)
    backups.back_up(database, NOON)
    database.close()
    open_for_writing(paths, NOON, NEXT).close()
    paths.database.write_bytes(paths.database.read_bytes()[:-4096])
    open_for_writing(paths, NOON, NEXT).close()
    paths.last_picture.parent.mkdir(exist_ok=True)
    paths.last_picture.write_bytes(b"a picture of what the window showed to Ada")
    assert any(_mentions_ada(file) for file in paths.home.rglob("*"))
    erase_everything(paths)
    assert not any(_mentions_ada(file) for file in paths.home.rglob("*"))
    again = open_for_writing(paths, NOON)
    assert again.recovery is None
    again.close()


def _mentions_ada(file: Path) -> bool:
    return file.is_file() and b"Ada" in file.read_bytes()


def test_nothing_is_erased_while_the_database_is_open(database: Database, paths: UserPaths) -> None:
    with pytest.raises(AnotherInstanceWrites):
        erase_everything(paths)
    assert paths.database.exists()
