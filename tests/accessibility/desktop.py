"""A desktop of its own for one test: a screen, a bus and the app, each a process that is ended by its own id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "app"
SCREEN = "1280x800x24"
PATIENCE_SECONDS = 5
_FOREIGN = ("QT_", "DBUS_", "AT_SPI_", "WAYLAND_", "XDG_", "GTK_", "GDK_", "LC_")
"""Variables that would lead to the desktop of whoever runs the test."""

FIRST_DISPLAY, DISPLAYS, SCREENS_A_PROCESS = 100, 50_000, 10
_screens = count()

Variables = dict[str, str]


def start(
    command: Sequence[str], variables: Mapping[str, str], log: Path, files: Sequence[int] = ()
) -> "subprocess.Popen[bytes]":
    """Start a program beside the test; files: the numbers of the open files it is given."""
    with log.open("ab") as said:
        # In a session of its own, so that what it starts can be ended with it.
        return subprocess.Popen(
            command,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            pass_fds=files,
            start_new_session=True,
        )


def end(process: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    """Ask a program of ours to end, and make it end where it does not."""
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(PATIENCE_SECONDS)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait()


@contextmanager
def desktop(folder: Path) -> Iterator[Variables]:
    """Start a screen and a bus on which programs can be read; return the variables of programs that live there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    variables = {**kept, "LANG": "C.UTF-8", "HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime)}
    variables.pop("DISPLAY", None)
    with ExitStack() as stack:
        screen = ["Xvfb", f":{_own_display()}", "-displayfd", "{}", "-screen", "0", SCREEN]
        display = _first_line_of(stack, screen, variables, folder)
        variables["DISPLAY"] = f":{display}"
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address={}"]
        # The accessibility bus is one of the services that this one starts when it is first asked for.
        variables["DBUS_SESSION_BUS_ADDRESS"] = _first_line_of(stack, bus, variables, folder)
        yield variables


def _own_display() -> int:
    """Return a number for a screen that no test beside this one takes.

    Left to itself, Xvfb takes the lowest that is free; another that ends at this moment then removes the new one's
    socket as its own, and nobody can connect any more.
    """
    return FIRST_DISPLAY + (os.getpid() * SCREENS_A_PROCESS + next(_screens) % SCREENS_A_PROCESS) % DISPLAYS


def _first_line_of(stack: ExitStack, command: Sequence[str], variables: Mapping[str, str], folder: Path) -> str:
    """Start a program that says where it can be found, by writing to the file number that stands for {}."""
    reading, writing = os.pipe()
    log = folder / f"{command[0]}.log"
    with os.fdopen(reading, encoding="ascii") as told:
        process = start([word.format(writing) for word in command], variables, log, (writing,))
        stack.callback(end, process)
        os.close(writing)
        line = told.readline().strip()
    assert line, f"{command[0]} did not start: {log.read_text(errors='replace')}"
    return line


@contextmanager
def app(home: Path, variables: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the app itself on that desktop, over a home."""
    own = {
        "PYTHONPATH": str(SOURCES),
        "QT_QPA_PLATFORM": "xcb",
        # Nobody has told the desktop that a screen reader is running; Qt is to behave as if.
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    command = [sys.executable, "-P", "-m", "dijipilot", "--home", str(home)]
    process = start(command, {**variables, **own}, log)
    try:
        yield process
    finally:
        end(process)
