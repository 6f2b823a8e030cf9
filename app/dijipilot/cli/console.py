"""What every command does with the terminal: data on standard output, messages on standard error, both in UTF-8.

What single functions need they import themselves: this module is on the way to the window's first paint.
"""

import io
import sys
from collections.abc import Iterator

MAX_WIDTH = 78


def prepare_streams() -> None:
    """Make the three streams safe: UTF-8 for files and pipes, and no letter that a terminal lacks ends the program."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A shortcut on Windows starts without streams; tests put others in their place.
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def say(text: str) -> None:
    """Write a message where it does not mix with data."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def print_json(data: object) -> None:
    """Write data for a script."""
    import json

    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def width() -> int:
    """Return how many columns text may take."""
    import shutil

    return max(20, min(MAX_WIDTH, shutil.get_terminal_size().columns - 1))


def wrapped(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a text; first and rest: what stands before the first line and before all others."""
    import textwrap

    rest = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(text, width(), initial_indent=first, subsequent_indent=rest, break_long_words=False)
    yield from lines or [first.rstrip()]


def plural(count: int, one: str, many: str = "") -> str:
    """Return "1 lesson", "2 lessons"; many: where it is not one with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"
