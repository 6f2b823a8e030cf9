"""The log of a home: where it lies, and what must not stand in it, whoever writes there."""

import logging
import re
from pathlib import Path

LOG_NAME = "dijipilot.log"
LOG_BYTES, LOG_FILES = 1_000_000, 3
_LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# Five groups of five, whatever stands between them: where blanks do, the first group begins as that of a code does, or
# the word before a code would be taken for it.
_CODES = (
    re.compile(r"(?<![^\W_])[1IiLl][^\W_]{4}(?:[\W_]{1,3}[^\W_]{5}){4}(?![^\W_])"),
    re.compile(r"(?<![^\W_])[^\W_]{5}(?:[^\w\s][^\W_]{5}){4}(?![^\W_])"),
    re.compile(r"(?<![^\W_])1[0-9A-Za-z]{24}(?![^\W_])"),
)
_LICENSE = re.compile(r"-----BEGIN DIJIPILOT LICENSE-----.*?(?:-----END DIJIPILOT LICENSE-----|\Z)", re.DOTALL)
# A secret of a code has 14 bytes, keys and roots have 32; ids of records, which may be told, have 16.
_HEXADECIMAL = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{28}|[0-9A-Fa-f]{64,})(?![0-9A-Za-z])")
_BYTES = re.compile(r"\bb(?:'(?:[^'\\\n]|\\.){14,}'|\"(?:[^\"\\\n]|\\.){14,}\")")


class DiscreetFormatter(logging.Formatter):
    """Leaves activation codes, keys and licenses out of all that is logged.

    A formatter and not a filter of records: what an exception says is put into words here, and nowhere before.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines, that are logged."""
        return without_secrets(super().format(record))


def without_secrets(text: str) -> str:
    """Return a text with what opens lessons left out; of an activation code its last five symbols stay."""
    for pattern, instead in ((_LICENSE, "[license]"), (_HEXADECIMAL, "[key]"), (_BYTES, "[bytes]")):
        text = pattern.sub(instead, text)
    for pattern in _CODES:
        text = pattern.sub(_shortened, text)
    return text


def _shortened(found: re.Match[str]) -> str:
    code = found.group()
    # Five words of five letters are no code: that has digits.
    return f"[code …{code[-5:]}]" if any(letter.isdigit() for letter in code) else code


def file_handler(folder: Path) -> logging.Handler:
    """Return what logs into a folder. Raises OSError where that cannot be written to."""
    # Imported here: it brings sockets and pickles, which neither the first paint nor a command need wait for.
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    return _discreet(
        RotatingFileHandler(folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    )


def terminal_handler() -> logging.Handler:
    """Return what logs to the terminal, for want of a file."""
    return _discreet(logging.StreamHandler())


def _discreet(handler: logging.Handler) -> logging.Handler:
    handler.setFormatter(DiscreetFormatter(_LAYOUT))
    # What cannot be logged, on a full disk for one, would be printed as it is, codes and all.
    logging.raiseExceptions = False
    return handler
