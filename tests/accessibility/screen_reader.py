"""The test's end of the screen reader: it runs beside the test, on the Python of the system, and is asked by lines."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.accessibility.desktop import end

SYSTEM_PYTHON = "/usr/bin/python3"
CLIENT = Path(__file__).with_name("client.py")


@dataclass(frozen=True, slots=True)
class Control:
    """A control as a screen reader knows it. at: its number until the next look."""

    at: int
    role: str
    name: str
    states: frozenset[str]
    description: str = ""
    text: str | None = None
    value: float | None = None

    @property
    def is_focusable(self) -> bool:
        """Whether the keyboard can get there."""
        return "focusable" in self.states


class ScreenReader:
    """Looks, listens and presses; knows of a control only its role and its name."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def attach(self, process: int) -> None:
        """Wait until the window of a process can be read."""
        self._ask("app", process=process)

    def look(self) -> list[Control]:
        """Return everything that shows, in reading order."""
        return [_control(at, told) for at, told in enumerate(self._ask("look"))]

    def find(self, role: str, name: str) -> Control:
        """Return a control, waiting until it shows."""
        return _control(0, self._ask("find", role=role, name=name))

    def press(self, control: Control) -> None:
        """Do what pressing a control does."""
        assert self._ask("press", at=control.at), f"{control} cannot be pressed"

    def press_named(self, role: str, name: str) -> None:
        """Press a control, waiting until it shows."""
        self.press(self.find(role, name))

    def write(self, role: str, name: str, text: str) -> None:
        """Put text into a field."""
        assert self._ask("write", at=self.find(role, name).at, text=text), f"{name} takes no text"

    def hear(self, seconds: float = 0.0) -> list[str]:
        """Listen for so long, and on until something was said; return what was announced since the last time."""
        heard: list[str] = self._ask("hear", seconds=seconds)
        return heard

    def _ask(self, do: str, **what: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the screen reader has ended"
        answer = json.loads(line)
        assert "ok" in answer, answer["problem"]
        return answer["ok"]


def _control(at: int, told: dict[str, Any]) -> Control:
    return Control(at, **{**told, "states": frozenset(told["states"])})


@contextmanager
def screen_reader(variables: Mapping[str, str], log: Path) -> Iterator[ScreenReader]:
    """Start a screen reader on a desktop."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore::DeprecationWarning", str(CLIENT)],
            env=dict(variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        )
        with process:
            try:
                yield ScreenReader(process)
            finally:
                end(process)
