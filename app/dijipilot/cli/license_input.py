"""Takes an activation code or a pasted license from where nobody else reads along: standard input or a file."""

import codecs
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from dijipilot.errors import BadInput
from dijipilot.licensing.license_file import BEGIN, END
from dijipilot.messages import message

MAX_BYTES = 64 * 1024
"""More than a mail with a license has; what is longer is refused by who reads it."""

PASTE_SECONDS = 0.1
"""Lines that were pasted follow each other sooner."""

_ABOUT_A_CODE = re.compile(r"[0-9IiLl][0-9A-Za-z]{21,27}")
_BETWEEN = re.compile(r"[\s_‐‑‒–—−-]+")


def look_like_a_code(words: Sequence[str]) -> bool:
    """Tell whether arguments are an activation code rather than the name of a file."""
    joined = _BETWEEN.sub("", unicodedata.normalize("NFKC", "".join(words)))
    return bool(_ABOUT_A_CODE.fullmatch(joined)) and not any(map(_is_there, words))


def read_given(prompt: str) -> str:
    """Return what stands on standard input; on a terminal, what is typed or pasted after a prompt."""
    stream = sys.stdin
    if stream is None:
        return ""
    if not stream.isatty():
        return _decoded(stream.buffer.read(MAX_BYTES + 1))
    _ask(prompt)
    lines = [stream.readline(MAX_BYTES)]
    while not lines[-1].strip() and lines[-1]:
        lines.append(stream.readline(MAX_BYTES))
    # What was pasted is read to its end: the shell would take the rest for commands.
    while lines[-1] and (_is_within_a_block(lines) or _has_more(stream)):
        lines.append(stream.readline(MAX_BYTES))
    return "".join(lines)


def can_ask() -> bool:
    """Tell whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirm(question: str) -> bool:
    """Ask a question on the terminal; anything but y or yes is a no."""
    _ask(question)
    return sys.stdin.readline(MAX_BYTES).strip().casefold() in ("y", "yes")


def read_text_file(file: Path) -> str:
    """Return the text of a file that holds a code or a mail. Raises BadInput."""
    try:
        if not file.is_file():
            # Opening a pipe would wait for whoever never writes.
            raise BadInput(message("license.file_not_found", file=str(file)))
        with file.open("rb") as stream:
            return _decoded(stream.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise BadInput(message("license.file_unreadable", file=str(file), cause=cause)) from error


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _ask(question: str) -> None:
    print(question, end="", file=sys.stderr, flush=True)


def _is_within_a_block(lines: Sequence[str]) -> bool:
    return any(BEGIN in line for line in lines) and not any(END in line for line in lines)


if sys.platform == "win32":

    def _has_more(stream: TextIO) -> bool:
        """Windows cannot tell of a terminal."""
        return False

else:

    def _has_more(stream: TextIO) -> bool:
        """Tell whether another line was pasted: a terminal hands them over one at a time."""
        import select

        return bool(select.select([stream], [], [], PASTE_SECONDS)[0])


def _decoded(raw: bytes) -> str:
    """Return text as editors write it: UTF-8, or UTF-16 with its mark."""
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return raw.decode("utf-16" if is_utf16 else "utf-8-sig", "replace")
