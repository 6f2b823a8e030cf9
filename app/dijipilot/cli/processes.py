"""Spreads work over processes; what comes back is the same however many there are."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

ONE_THREAD = dict.fromkeys(
    (
        *("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"),
        *("VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS"),
    ),
    "1",
)
"""Variables that keep numpy's libraries to one thread: more would compete with the other processes, and could add up
sums in another order, which changes their last digits."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def usable_cores() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(function: Callable[[Task], Result], tasks: Sequence[Task], processes: int) -> Iterator[Result]:
    """Yield the function's result for each task, in the order of the tasks.

    Function, tasks and results travel between processes, so a function has to stand in a module. Also one process is a
    process of its own: its libraries must not have been loaded with more threads.
    """
    # Started afresh rather than forked, on every platform alike: a fork would inherit threads and locks half-way.
    context = multiprocessing.get_context("spawn")
    with _variables(ONE_THREAD):
        workers = max(1, min(processes, len(tasks)))
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)
        try:
            yield from executor.map(function, tasks)
        finally:
            executor.shutdown(cancel_futures=True)


def ranges(count: int, processes: int, longest: int = 25) -> list[range]:
    """Return 0..count-1 in pieces that are small enough to keep all processes busy to the end."""
    size = max(1, min(longest, count // (4 * processes)))
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _variables(wanted: dict[str, str]) -> Iterator[None]:
    """Set environment variables, which new processes inherit, for as long as it takes."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
