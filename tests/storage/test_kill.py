"""Tests that an answer which was acknowledged survives the sudden death of the process, however it comes."""

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from tests.builders import NOON
from tests.storage.making import answer_numbers, append_answers, fill_home

KILLS = int(os.environ.get("DIJIPILOT_TEST_KILLS", "20"))
"""More of them for a night's run."""


def write_until_killed(home: Path, first: int, acknowledge: "Connection[int, int]") -> None:
    """Append answers for ever, from this number on; acknowledge each once it was appended."""
    database = open_for_writing(UserPaths(home), NOON)
    assert database.recovery is None, database.recovery
    for number in count(first):
        append_answers(database, number, number)
        acknowledge.send(number)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_kill_9_loses_no_acknowledged_answer(paths: UserPaths) -> None:
    chance = random.Random(5)
    fill_home(paths, 0)
    acknowledged = 0
    for _ in range(KILLS):
        acknowledged = _write_and_kill(paths, acknowledged, chance.uniform(0.0, 0.05))
        database = open_for_writing(paths, NOON)
        numbers = answer_numbers(database)
        # One more may be there: committed, and killed before it could say so.
        assert numbers == list(range(1, len(numbers) + 1))
        assert acknowledged <= len(numbers) <= acknowledged + 1
        assert database.recovery is None
        assert database.find_problems() == []
        acknowledged = len(numbers)
        database.close()
    assert acknowledged > KILLS


def _write_and_kill(paths: UserPaths, acknowledged: int, seconds: float) -> int:
    """Let a process append answers, kill it so many seconds after its first; return the last one it acknowledged."""
    # Split off from a process that has imported everything: most of the time went into starting Python.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "dijipilot.storage.sessions"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=write_until_killed, args=(paths.home, acknowledged + 1, theirs))
    process.start()
    theirs.close()
    with ours:
        first = ours.recv()
        time.sleep(seconds)
        process.kill()
        process.join()
        return max(_received(ours), default=first)


def _received(connection: "Connection[int, int]") -> Iterator[int]:
    """Yield what still comes through a connection whose other end is gone; the last one may have been cut off."""
    try:
        while True:
            yield connection.recv()
    except (EOFError, OSError):
        return
