"""Work spread over processes comes back in order, whatever their number, and leaves no trace."""

import os
from collections.abc import Iterator
from itertools import chain

import pytest

from dijipilot.cli.processes import ONE_THREAD, ranges, spread, usable_cores


def test_results_come_in_the_order_of_the_tasks_from_single_threaded_processes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The tests themselves run with one thread.
    for name in ONE_THREAD:
        monkeypatch.delenv(name)
    before = {name: os.environ.get(name) for name in ONE_THREAD}

    assert list(spread(abs, [-3, 2, -1], 2)) == [3, 2, 1]
    assert list(spread(os.getenv, ["OPENBLAS_NUM_THREADS"], 1)) == ["1"]
    assert {name: os.environ.get(name) for name in ONE_THREAD} == before


def test_an_error_in_a_process_is_raised_here() -> None:
    results: Iterator[int] = spread(int, ["7", "x"], 1)

    assert next(results) == 7
    with pytest.raises(ValueError, match="invalid literal"):
        next(results)


@pytest.mark.parametrize(("count", "processes"), [(1, 1), (7, 4), (100, 2), (2000, 3)])
def test_ranges_cover_all_once_in_order(count: int, processes: int) -> None:
    pieces = ranges(count, processes)

    assert list(chain.from_iterable(pieces)) == list(range(count))
    assert max(map(len, pieces)) <= 25


def test_there_is_a_core() -> None:
    assert usable_cores() >= 1
