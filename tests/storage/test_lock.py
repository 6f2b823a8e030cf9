"""Tests that one process writes."""

import os
import signal
from pathlib import Path

import pytest

from dijipilot.errors import AnotherInstanceWrites, CouldNotSave
from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from dijipilot.storage.lock import WriterLock
from tests.builders import NOON
from tests.storage.making import start_python

HOLD_THE_LOCK = """
from pathlib import Path
from dijipilot.paths import UserPaths
from dijipilot.storage.lock import WriterLock
lock = WriterLock.acquire(UserPaths(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_told_at_once_and_a_killed_one_lets_go(paths: UserPaths) -> None:
    other = start_python(HOLD_THE_LOCK, str(paths.home))
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AnotherInstanceWrites, match="Another DijiPilot"):
            open_for_writing(paths, NOON)
        os.kill(other.pid, signal.SIGKILL)
    open_for_writing(paths, NOON).close()


def test_two_openings_in_one_process_exclude_each_other(paths: UserPaths) -> None:
    database = open_for_writing(paths, NOON)
    with pytest.raises(AnotherInstanceWrites):
        open_for_writing(paths, NOON)
    database.close()
    open_for_writing(paths, NOON).close()


def test_a_failed_attempt_does_not_let_go_of_the_lock(paths: UserPaths) -> None:
    lock = WriterLock.acquire(paths)
    for _ in range(2):
        with pytest.raises(AnotherInstanceWrites):
            WriterLock.acquire(paths)
    lock.release()
    lock.release()


def test_a_home_that_is_a_file_is_explained(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    with pytest.raises(CouldNotSave, match="cannot be used"):
        open_for_writing(UserPaths(home), NOON)
