"""Learners read opened lessons in windows that are closed, crash or are killed; then the disk is searched.

A session is a process (reading_window.py) over a home that others have used before. Looked for after each one is every
window of what is sealed in the pack of this checkout, in the home and wherever else the process was told to write.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from threading import Timer

from msgspec import Struct, field

from dijipilot.content.freshness import shipped
from tests.homes import licensed
from tests.licensing.disk_search import SYSTEM_FOLDERS
from tests.licensing.reading_window import CARRY_AWAY, CLOSE, CRASH, FAILED, STAY
from tests.licensing.sealed_words import sealed_words
from tests.ui.reader import ACTS

KILLED = "killed"
MOST_ACTS = 8
LONGEST_DELAY = 0.15
"""A kill comes up to so many seconds after an act has begun: most take less."""

PATIENCE = 120.0
"""A session that is not over after so many seconds hangs."""

_ENDS = (CLOSE, CRASH, KILLED, KILLED)


class Session(Struct, frozen=True):
    """One session. last, delay: a kill comes so many seconds after this act has begun, counted from 1.

    seed: decides what is read.
    """

    end: str
    acts: tuple[str, ...]
    last: int = 1
    delay: float = 0.0
    seed: int = 0


class Sessions(Struct):
    """What was done in how many sessions; looked_at: bytes searched; leaks: sealed words found, and where.

    wrong: sessions that ended otherwise than they should.
    """

    sessions: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    looked_at: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Sessions") -> None:
        """Add what others counted."""
        self.sessions += other.sessions
        self.ends.update(other.ends)
        self.acts.update(other.acts)
        self.looked_at += other.looked_at
        self.leaks += other.leaks
        self.wrong += other.wrong


def plan(seed: int, count: int) -> Iterator[Session]:
    """Yield so many sessions; the same ones for the same seed."""
    random = Random(seed)
    for _ in range(count):
        end, own_seed, delay = random.choice(_ENDS), random.randrange(10**9), random.uniform(0, LONGEST_DELAY)
        acts = ("read", *random.choices((*ACTS, CARRY_AWAY), k=random.randrange(MOST_ACTS)))
        yield Session(end, acts, random.randint(1, len(acts)), delay, own_seed)


def live_through(filled: Path, sessions: Iterable[Session]) -> Sessions:
    """Live through sessions in one home, one after the other.

    filled: a home with a learner who was assessed; it is copied.
    """
    shipped()
    done = Sessions()
    with tempfile.TemporaryDirectory(prefix="sessions-") as folder:
        place = Path(folder)
        home = licensed(Path(shutil.copytree(filled, place / "academy")))
        for system_folder in _system_folders(place).values():
            Path(system_folder).mkdir(parents=True)
        for session in sessions:
            _live(home, session, done)
            search_disk(place, done)
    return done


def _live(home: Path, session: Session, done: Sessions) -> None:
    is_killed = session.end == KILLED
    words = [str(home), str(session.seed), STAY if is_killed else session.end, *session.acts]
    begun: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.licensing.reading_window", *words],
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(home.parent),
    ) as process:
        assert process.stdout is not None
        patience = Timer(PATIENCE, process.kill)
        patience.start()
        for line in process.stdout:
            begun.append(line.strip())
            if is_killed and len(begun) == session.last:
                Timer(session.delay, process.kill).start()
        patience.cancel()
    done.sessions += 1
    done.ends[session.end] += 1
    done.acts.update(begun[: len(session.acts)])
    has_failed = FAILED in begun or len(begun) < session.last
    if has_failed or (process.returncode == 0) != (session.end == CLOSE):
        done.wrong.append(f"{session.end} with {process.returncode} after {begun}")


def _environment(place: Path) -> dict[str, str]:
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, **_system_folders(place), "QT_QPA_PLATFORM": platform, "PYTHONPATH": path}


def _system_folders(place: Path) -> dict[str, str]:
    return {name: str(place / "system" / name.lower()) for name in ("HOME", *SYSTEM_FOLDERS)}


def search_disk(place: Path, done: Sessions) -> None:
    """Look for sealed words in every file below a folder."""
    done.leaks += [f"{leak.file.relative_to(place)}: {leak.words!r}" for leak in sealed_words().find_in([place])]
    done.looked_at += sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
