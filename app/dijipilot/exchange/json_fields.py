"""Reads JSON that came from elsewhere: limited in size, then field by field, each error naming file and field."""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.errors import BadInput, CouldNotSave
from dijipilot.messages import message

MAX_BYTES = 64 * 1024 * 1024
MAX_TEXT = 100_000
MAX_ID = 200


class JsonField(Struct, frozen=True):
    """One value with the place where it stands, such as "questions[3].text"."""

    file: Path
    place: str
    value: object

    def member(self, name: str) -> "JsonField":
        """Return a member of this object. Raises BadInput where it is missing."""
        members = self._members()
        place = f"{self.place}.{name}" if self.place else name
        if name not in members:
            raise BadInput(message("import.field_missing", file=str(self.file), field=place))
        return JsonField(self.file, place, members[name])

    def elements(self) -> "tuple[JsonField, ...]":
        """Return the elements of this list."""
        if not isinstance(self.value, list):
            raise self.problem("a list")
        return tuple(JsonField(self.file, f"{self.place}[{index}]", each) for index, each in enumerate(self.value))

    def members(self) -> "dict[str, JsonField]":
        """Return all members of this object by name."""
        return {name: self.member(name) for name in self._members()}

    def text(self, max_length: int = MAX_TEXT) -> str:
        """Return this text, at most so many characters long, which the database can keep."""
        if not isinstance(self.value, str) or len(self.value) > max_length or not _is_storable(self.value):
            raise self.problem(f"a text of at most {max_length} characters")
        return self.value

    def identifier(self) -> str:
        """Return this text, which must not be empty."""
        text = self.text(MAX_ID)
        if not text.strip():
            raise self.problem("a text that is not empty")
        return text

    def choice(self, allowed: Collection[str]) -> str:
        """Return this text, which must be one of the allowed ones."""
        if not isinstance(self.value, str) or self.value not in allowed:
            raise self.problem(f"one of {', '.join(sorted(allowed))}")
        return self.value

    def moment(self) -> datetime:
        """Return this time, in UTC; it must name its zone."""
        try:
            moment = datetime.fromisoformat(self.text(MAX_ID))
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self.problem("a time with its zone, such as 2026-11-23T12:00:00+00:00")

    def optional_moment(self) -> datetime | None:
        """Return this time, or None for null."""
        return None if self.value is None else self.moment()

    def flag(self) -> bool:
        """Return this truth value."""
        if not isinstance(self.value, bool):
            raise self.problem("true or false")
        return self.value

    def whole_number(self, low: int, high: int) -> int:
        """Return this whole number, between low and high inclusive."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            raise self.problem(f"a whole number from {low} to {high}")
        return self.value

    def number(self, low: float, high: float) -> float:
        """Return this number, between low and high inclusive."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not low <= self.value <= high:
            raise self.problem(f"a number from {low:g} to {high:g}")
        return float(self.value)

    def optional_number(self, low: float, high: float) -> float | None:
        """Return this number, or None for null."""
        return None if self.value is None else self.number(low, high)

    def problem(self, expected: str) -> BadInput:
        """Return the error that says what should stand here."""
        return BadInput(message("import.field_wrong", file=str(self.file), field=self.place, expected=expected))

    def _members(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise self.problem("an object")
        return self.value


def read_document(file: Path, file_format: str, version: int, max_bytes: int = MAX_BYTES) -> JsonField:
    """Return the whole of a file of ours. Raises BadInput when it is too large, no JSON, or something else.

    file_format and version are what its fields of these names must say; an earlier version is accepted.
    """
    root = JsonField(file, "", _parse(file, _read(file, max_bytes)))
    if not isinstance(root.value, dict) or root.value.get("format") != file_format:
        raise BadInput(message("import.other_format", file=str(file), format=file_format))
    written_by = root.value.get("version")
    if isinstance(written_by, int) and written_by > version:
        raise BadInput(message("import.newer", file=str(file)))
    root.member("version").whole_number(1, version)
    return root


def write_document(file: Path, file_format: str, version: int, content: dict[str, object]) -> None:
    """Write a file that read_document reads: whole or not at all. Raises CouldNotSave."""
    text = json.dumps({"format": file_format, "version": version, **content}, ensure_ascii=False, indent=1)
    unfinished = file.with_name(file.name + ".part")
    try:
        unfinished.write_text(text + "\n", "utf-8", newline="\n")
        unfinished.replace(file)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise CouldNotSave(message("export.could_not_write", file=str(file), cause=error.strerror or "")) from error


def _read(file: Path, max_bytes: int) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        raise BadInput(message("import.unreadable", file=str(file), cause=error.strerror or "")) from error
    if len(content) > max_bytes:
        raise BadInput(message("import.too_large", file=str(file), megabytes=max_bytes // (1024 * 1024)))
    return content


def _parse(file: Path, content: bytes) -> object:
    try:
        parsed: object = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}: {error.msg}"
        raise BadInput(message("import.no_json", file=str(file), problem=problem)) from error
    except UnicodeDecodeError as error:
        raise BadInput(message("import.no_json", file=str(file), problem="it is not UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            message("import.no_json", file=str(file), problem="it holds what no file of ours does")
        ) from error
    return parsed


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _is_storable(text: str) -> bool:
    """Tell whether SQLite keeps the text as it is: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in text)
