"""Asks for the passphrase of the vault: on the terminal or from a file, never from arguments or the environment."""

import getpass
import unicodedata
import warnings
from pathlib import Path

from dijipilot.errors import BadInput, UsageProblem
from dijipilot_vendor.private_files import read_limited
from dijipilot_vendor.texts import message

LEAST_LENGTH = 12
_MAX_BYTES = 1024


def ask_passphrase(file: Path | None) -> str:
    """Return the passphrase in a file or, without one, as it is typed. Raises UsageProblem, BadInput."""
    return _from_file(file) if file else _typed("Passphrase of the vault: ")


def choose_passphrase(file: Path | None) -> str:
    """Return a new passphrase, which is typed twice. Raises UsageProblem where it is too short or not the same."""
    if file:
        chosen = _from_file(file)
    else:
        chosen = _typed("New passphrase of the vault: ")
        if _typed("The same once more: ") != chosen:
            raise UsageProblem(message("vendor.passphrases_differ"))
    if len(chosen) < LEAST_LENGTH:
        raise UsageProblem(message("vendor.passphrase_short", least=LEAST_LENGTH))
    return chosen


def _from_file(file: Path) -> str:
    raw = read_limited(file, _MAX_BYTES)
    try:
        text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise BadInput(message("vendor.passphrase_unreadable", path=str(file))) from error
    if not text or not text.isprintable():
        raise BadInput(message("vendor.passphrase_unreadable", path=str(file)))
    return unicodedata.normalize("NFC", text)


def _typed(prompt: str) -> str:
    with warnings.catch_warnings():
        # Without a terminal Python would read, and show, what is meant for somebody else on standard input.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            typed = getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError, OSError) as error:
            raise UsageProblem(message("vendor.no_terminal")) from error
    return unicodedata.normalize("NFC", typed)
