"""Tests that an answer which was acknowledged survives the sudden death of the process, however it comes."""

import os
import random
import signal
import sys
import time

import pytest

from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from tests.builders import NOON
from tests.storage.making import answer_numbers, fill_home, start_python

KILLS = int(os.environ.get("DIJIPILOT_TEST_KILLS", "20"))
"""More of them for a night's run."""

WRITE_UNTIL_KILLED = """
from itertools import count
from pathlib import Path
from dijipilot.paths import UserPaths
from dijipilot.storage.database import open_for_writing
from tests.builders import NOON
from tests.storage.making import append_answers
database = open_for_writing(UserPaths(Path(sys.argv[1])), NOON)
assert database.recovery is None, database.recovery
for number in count(int(sys.argv[2])):
    append_answers(database, number, number)
    print(number, flush=True)
"""


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
    with start_python(WRITE_UNTIL_KILLED, str(paths.home), str(acknowledged + 1)) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "it died before its first answer"
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        lines = [line, *process.stdout.readlines()]
        process.wait()
    whole = [each for each in lines if each.endswith("\n")]
    return int(whole[-1])
