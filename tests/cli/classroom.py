"""A classroom in which every machine is readied from one stick: one license file, fresh homes, no typing, no network.

`python -m tests.cli.classroom 200` prints the figures for 200 machines.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from msgspec import Struct

from dijipilot import bootstrap
from dijipilot.cli.main import main
from dijipilot.content.freshness import Shipped, shipped
from dijipilot.content.pack import open_pack
from dijipilot.paths import HOME_VARIABLE, MACHINE_VARIABLE
from tests.packs import checkout_publisher
from tests.rooms import write_room_file

FOR_ALL, PER_HOME = "for all users", "per home"
"""The two ways of readying a machine."""

Run = Callable[..., "Outcome"]


class Outcome(Struct, frozen=True):
    """How a command ended and what it wrote, both streams together."""

    code: int
    said: str


class Machine(Struct, frozen=True):
    """One machine: where its only user keeps data, and where it keeps what is for all users."""

    home: Path
    for_all: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make commands work on this machine."""
        return {HOME_VARIABLE: str(self.home), MACHINE_VARIABLE: str(self.for_all)}


class ClassroomFigures(Struct, frozen=True):
    """What readying took. seconds: for each machine; is_cut_off: processes ran where there is no network at all."""

    way: str
    seconds: tuple[float, ...]
    processes: int
    is_cut_off: bool

    def told(self) -> str:
        """Return the figures in a line."""
        network = "without a network" if self.is_cut_off else "network not cut off: not allowed here"
        return (
            f"{len(self.seconds)} machines readied {self.way}, {self.processes} of them as processes ({network}): "
            f"median {statistics.median(self.seconds):.2f} s, slowest {max(self.seconds):.2f} s, nothing typed"
        )


def print_classroom(machines: int) -> None:
    """Ready so many machines in both ways and print the figures."""
    for way in (FOR_ALL, PER_HOME):
        with tempfile.TemporaryDirectory(prefix="classroom-") as folder:
            print(ready_classroom(Path(folder), machines, way).told())


def ready_classroom(folder: Path, machines: int, way: str, processes: int = 3) -> ClassroomFigures:
    """Ready machines from one stick and see that a lesson opens on each, again, and after its home is gone.

    The first few run each command as a process. Raises AssertionError where anything is not as it must be.
    """
    own = shipped()
    stick, lesson, cut_off = _stick(folder), _sealed_lesson(own), _without_network()
    seconds = []
    for number in range(machines):
        machine = Machine(folder / f"home {number}", folder / f"all users {number}")
        run = _process_on(machine, cut_off) if number < processes else _here_on(machine, own)
        if number == 0:
            _expect(run("lesson", lesson), 4, "locked")
        start = time.perf_counter()
        _ready(run, machine, stick, lesson, way)
        seconds.append(time.perf_counter() - start)
    return ClassroomFigures(way, tuple(seconds), min(processes, machines), bool(cut_off))


def _stick(folder: Path) -> Path:
    publisher = checkout_publisher()
    everything = " ".join(sorted(name for name, _ in publisher.key_by_entitlement))
    return write_room_file(folder / "stick" / "room4.djlicense", publisher, everything)


def _sealed_lesson(own: Shipped) -> str:
    """Return the number of a lesson that opens with a license alone."""
    with open_pack(own.pack, own.trusted) as pack:
        return next(lesson.number for lesson in pack.curriculum.lessons if pack.is_sealed(lesson.skill))


def _ready(run: Run, machine: Machine, stick: Path, lesson: str, way: str) -> None:
    add = ("license", "add", str(stick), *(("--all-users",) if way == FOR_ALL else ()))
    _expect(run(*add), 0, "(L13)")
    _expect(run("lesson", lesson), 0, "Checklist")
    kept = {path: path.read_bytes() for path in _files(machine) if path.suffix == stick.suffix}
    _expect(run(*add), 0, "(L12)")
    shutil.rmtree(machine.home, ignore_errors=True)
    # A machine that is set up anew loses what is of its user; what is for all users comes back with its image.
    _expect(run(*add), 0, "(L12)" if way == FOR_ALL else "(L13)")
    assert {path.name for path in _files(machine) if path.suffix == stick.suffix} == {path.name for path in kept}


def _files(machine: Machine) -> Iterator[Path]:
    for folder in (machine.home, machine.for_all):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _expect(outcome: Outcome, code: int, said: str) -> None:
    assert (outcome.code, said in outcome.said) == (code, True), outcome.said


def _here_on(machine: Machine, own: Shipped) -> Run:
    """Return what runs commands in this process, which may not reach a network meanwhile.

    own: what belongs to the program, at hand as in an installed one; a checkout looks through its sources each time.
    """

    def run(*words: str) -> Outcome:
        written = StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(written), redirect_stderr(written):
            for name, value in machine.environment.items():
                patch.setenv(name, value)
            patch.setattr("sys.stdin", None)
            patch.setattr(socket, "socket", _no_socket)
            patch.setattr(bootstrap, "shipped", lambda: own)
            code = main(words)
        return Outcome(code, written.getvalue())

    return run


def _no_socket(*_: object, **__: object) -> socket.socket:
    raise AssertionError("a socket was asked for")


def _process_on(machine: Machine, prefix: Sequence[str]) -> Run:
    """Return what runs commands as processes, behind other words such as `unshare`."""

    def run(*words: str) -> Outcome:
        finished = subprocess.run(
            [*prefix, sys.executable, "-m", "dijipilot", *words],
            env={**os.environ, **machine.environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return Outcome(finished.returncode, finished.stdout)

    return run


def _without_network() -> tuple[str, ...]:
    """Return the words that run a process where there is no network; none where the system does not allow it."""
    for prefix in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        try:
            if subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                return prefix
        except OSError:
            return ()
    return ()


if __name__ == "__main__":
    print_classroom(int(sys.argv[1]))
