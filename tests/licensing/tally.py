"""What is counted of many attacks: how many were tried, what got through, what was not foreseen, time and memory."""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field

from dijipilot.errors import AcademyError

_NAMED = 20
"""So many of what should not have happened are named; all are counted."""

_LOOKED_AT_EVERY = 256
_STATUS = Path("/proc/self/statm")

_Attack = Callable[[], object]


class Tally(Struct):
    """Counts of one process. Times in seconds, memory in bytes.

    refused: by the id of what was said; reasons: by the words of the log, which nobody else is told.
    accepted, uncaught: what stood for genuine and was not, and what was raised that is no error of ours; the first few.
    strangers: what came to a parser without having been signed; parsed: how much came to one.
    """

    tried: int = 0
    accepted_count: int = 0
    uncaught_count: int = 0
    accepted: list[str] = field(default_factory=list)
    uncaught: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    strangers: list[str] = field(default_factory=list)
    parsed: int = 0
    longest: float = 0.0
    longest_name: str = ""
    grown_by: int = 0
    began_with: int = field(default_factory=lambda: memory())

    def attack(self, name: str, attack: _Attack) -> None:
        """Try one. The attack returns something true where what was altered stood for genuine."""
        self.tried += 1
        began = time.perf_counter()
        try:
            got_through = attack()
        except AcademyError as error:
            self.refused[error.message.id] += 1
        except Exception as error:
            self.note_uncaught(name, error)
        else:
            if got_through:
                self.note_accepted(name)
            else:
                self.refused["without a word"] += 1
        took = time.perf_counter() - began
        if took > self.longest:
            self.longest, self.longest_name = took, name
        if self.tried % _LOOKED_AT_EVERY == 0:
            self.look_at_memory()

    def note_accepted(self, name: str) -> None:
        """Note that something got through."""
        self.accepted_count += 1
        if len(self.accepted) < _NAMED:
            self.accepted.append(name)

    def note_uncaught(self, name: str, error: BaseException) -> None:
        """Note that something was raised that is no error of ours."""
        self.uncaught_count += 1
        if len(self.uncaught) < _NAMED:
            self.uncaught.append(f"{name}: {type(error).__name__}: {error}")

    def look_at_memory(self) -> None:
        """Note how much more memory there is in use than at the beginning, if that is more than ever."""
        self.grown_by = max(self.grown_by, memory() - self.began_with)

    def assert_nothing_got_through(self) -> None:
        """Fail where anything was accepted, raised that is no error of ours, or parsed without having been signed."""
        self.look_at_memory()
        assert self.tried > 0
        assert (self.accepted, self.uncaught, self.strangers) == ([], [], [])

    def line(self) -> str:
        """Return all of it in one line."""
        self.look_at_memory()
        longest = f"{1000 * self.longest:.0f} ms ({self.longest_name})"
        return (
            f"{self.tried:,} tried, {self.accepted_count} accepted, {self.uncaught_count} uncaught, "
            f"{len(self.strangers)} of {self.parsed:,} parsed unsigned, longest {longest}, "
            f"memory +{self.grown_by / 2**20:.1f} MB"
        )


@contextmanager
def quiet_log(tally: Tally) -> Iterator[None]:
    """Count what the log says of refused licenses and packs, and keep it from wherever it would be kept or printed."""
    logger = logging.getLogger("dijipilot")
    handler = _Counting(tally)
    logger.addHandler(handler)
    did_propagate, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = did_propagate
        logger.removeHandler(handler)


class _Counting(logging.Handler):
    """Counts the reasons of a log, which are the arguments of its records."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self._tally = tally

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._tally.reasons[record.getMessage()] += 1


def merged(tallies: Iterable[Tally]) -> Tally:
    """Return what several processes counted, as one; the memory is that of the one that grew most."""
    whole = Tally()
    for each in tallies:
        whole.tried += each.tried
        whole.accepted_count += each.accepted_count
        whole.uncaught_count += each.uncaught_count
        whole.accepted = (whole.accepted + each.accepted)[:_NAMED]
        whole.uncaught = (whole.uncaught + each.uncaught)[:_NAMED]
        whole.refused.update(each.refused)
        whole.reasons.update(each.reasons)
        whole.strangers = (whole.strangers + each.strangers)[:_NAMED]
        whole.parsed += each.parsed
        whole.grown_by = max(whole.grown_by, each.grown_by)
        if each.longest > whole.longest:
            whole.longest, whole.longest_name = each.longest, each.longest_name
    return whole


def memory() -> int:
    """Return how many bytes this process has in memory; 0 where the system does not tell."""
    try:
        pages = int(_STATUS.read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
