"""License files: a record in letters that survive mail, and the copies that the app keeps."""

import base64
import re
from pathlib import Path

from msgspec import Struct

from dijipilot import disk
from dijipilot.errors import BadInput, CouldNotSave
from dijipilot.licensing.license import KEYRING_ID_BYTES, LOOKUP_BYTES, MAX_RECORD_BYTES, ROOT_BYTES
from dijipilot.messages import message

ENDING = ".djlicense"
MAX_FILE_BYTES = 16 * 1024
BEGIN, END = "-----BEGIN DIJIPILOT LICENSE-----", "-----END DIJIPILOT LICENSE-----"

_MAGIC = b"DJLIC1"
_BEARER, _NOTED = 1, 2
_LAST_SYMBOLS = 5
_NOTE_BYTES = 8 + _LAST_SYMBOLS
_LATEST_SECOND = 253_370_764_799
"""Of the year 9998: in the last hours of the next one, calendars of other time zones end."""
_LINE = 64
_ARMOR = re.compile(
    rf"{BEGIN}\r?\n((?:[A-Za-z0-9+/]{{{_LINE}}}\r?\n)*[A-Za-z0-9+/]{{1,{_LINE}}}={{0,2}}\r?\n){END}(?:\r?\n)?"
)


class Note(Struct, frozen=True):
    """When a license was activated (Unix seconds, 0 where no calendar knows that moment).

    last_symbols: the last five of its code, "" where it had none.
    """

    activated_at: int
    last_symbols: str


class LicenseFile(Struct, frozen=True):
    """What a license file holds. root: None where a code has to be typed as well; note: in the app's copies alone."""

    keyring_id: bytes
    lookup: bytes
    record: bytes
    root: bytes | None = None
    note: Note | None = None

    def __repr__(self) -> str:
        """Return what may stand in a log: nothing that opens anything."""
        return f"LicenseFile({'bearer' if self.root else 'needs a code'})"


def read_license_file(file: Path) -> LicenseFile:
    """Return what a file holds; nothing of it is proven yet. Raises BadInput."""
    try:
        if not file.is_file():
            # Opening a pipe would wait for whoever never writes.
            raise BadInput(message("license.file_not_found", file=str(file)))
        with file.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise BadInput(message("license.file_unreadable", file=str(file), cause=cause)) from error
    return read_armor(raw)


def read_armor(raw: bytes) -> LicenseFile:
    """Return what the letters of a license file hold. Raises BadInput."""
    text = raw.decode("latin-1") if len(raw) <= MAX_FILE_BYTES else ""
    found = _ARMOR.fullmatch(text)
    try:
        if found is None:
            raise ValueError("not the lines of a license")
        inside = re.sub(r"\r?\n", "", found.group(1))
        content = base64.b64decode(inside, validate=True)
        if base64.b64encode(content).decode() != inside:
            raise ValueError("bits that say nothing")
        return _split(content)
    except ValueError as error:
        raise BadInput(message("license.not_genuine")) from error


def _split(content: bytes) -> LicenseFile:
    """Return the parts of a license file's content. Raises ValueError, and BadInput for one of a later kind."""
    start = len(_MAGIC) + 1
    flags = content[len(_MAGIC)] if len(content) > len(_MAGIC) else 0
    if not content.startswith(_MAGIC):
        raise ValueError("something else")
    if flags & ~(_BEARER | _NOTED):
        raise BadInput(message("license.newer_format"))
    note_at = len(content) - (_NOTE_BYTES if flags & _NOTED else 0)
    root_at = note_at - (ROOT_BYTES if flags & _BEARER else 0)
    record_at = start + KEYRING_ID_BYTES + LOOKUP_BYTES
    if not record_at < root_at <= record_at + MAX_RECORD_BYTES:
        raise ValueError("a part is missing")
    return LicenseFile(
        keyring_id=content[start : start + KEYRING_ID_BYTES],
        lookup=content[start + KEYRING_ID_BYTES : record_at],
        record=content[record_at:root_at],
        root=content[root_at:note_at] if flags & _BEARER else None,
        note=_read_note(content[note_at:]) if flags & _NOTED else None,
    )


def _read_note(raw: bytes) -> Note:
    activated_at, symbols = int.from_bytes(raw[:8], "big"), raw[8:].rstrip(b"\0")
    if symbols and not symbols.isalnum():
        raise ValueError("no symbols of a code")
    # A clock that was far off locks nobody out later.
    return Note(activated_at if activated_at <= _LATEST_SECOND else 0, symbols.decode("ascii"))


def write_license_file(file: Path, license_file: LicenseFile) -> None:
    """Write a license file at once or not at all. Raises CouldNotSave."""
    try:
        disk.write_file(file, write_armor(license_file), 0o600)
    except OSError as error:
        cause = error.strerror or str(error)
        raise CouldNotSave(message("license.file_unwritable", file=str(file), cause=cause)) from error


def write_armor(license_file: LicenseFile) -> bytes:
    """Return the letters of a license file."""
    flags = (_BEARER if license_file.root else 0) | (_NOTED if license_file.note else 0)
    content = _MAGIC + bytes([flags]) + license_file.keyring_id + license_file.lookup + license_file.record
    content += license_file.root or b""
    if license_file.note:
        symbols = license_file.note.last_symbols.encode("ascii").ljust(_LAST_SYMBOLS, b"\0")
        content += license_file.note.activated_at.to_bytes(8, "big") + symbols
    letters = base64.b64encode(content).decode()
    lines = [letters[start : start + _LINE] for start in range(0, len(letters), _LINE)]
    return "\n".join((BEGIN, *lines, END, "")).encode("ascii")
