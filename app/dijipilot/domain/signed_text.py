"""JSON that was signed: read strictly, once its signature held, and the keys that such signatures are held against."""

import json
import re
from datetime import date
from typing import Any

from msgspec import Struct

MAX_DEPTH = 8
MAX_NUMBER = 2**53
ASKS_FOR_NEWER = "!"
"""Begins the name of a key that may not be passed over by who does not know it."""

# The library reads more writings of a day and of bytes than ours; what is signed has one.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HEX = re.compile(r"[0-9a-f]*")

# What json gives has no closer type than this.
Json = Any


class AsksForNewerApp(Exception):
    """The text says something that this version of the app does not know. version: which one would, "" if unsaid."""

    def __init__(self, version: str = "") -> None:
        super().__init__(version)
        self.version = version


class TrustedKey(Struct, frozen=True):
    """A publisher's public key: its id and 32 bytes."""

    kid: str
    key: bytes


class TrustedKeys(Struct, frozen=True):
    """What this copy of the app believes: up to two keys a role, the present one and the next.

    is_development: made in a source checkout, worth nothing elsewhere.
    """

    is_development: bool
    pack: tuple[TrustedKey, ...]
    license: tuple[TrustedKey, ...]


def read_trusted_keys(raw: bytes) -> TrustedKeys:
    """Return the keys that a file of the program lists. Raises ValueError where it is not such a file."""
    data = read_object(raw)
    try:
        roles = {
            role: tuple(TrustedKey(str(each["kid"]), bytes.fromhex(each["key"])) for each in data[role])
            for role in ("pack", "license")
        }
        keys = TrustedKeys(data["development"] is True, roles["pack"], roles["license"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("no list of trusted keys") from error
    if any(not 1 <= len(role) <= 2 or any(len(each.key) != 32 for each in role) for role in roles.values()):
        raise ValueError("a role has one or two keys of 32 bytes")
    return keys


def read_object(raw: bytes) -> dict[str, Json]:
    """Return the object that strict JSON describes: no key twice, whole numbers, whole characters, a few levels.

    Raises ValueError for anything else, AsksForNewerApp for a key that may not be passed over.
    """
    try:
        read = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_members,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_whole_number,
        )
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(read, dict):
        raise ValueError("no object")
    _check_inside(read, MAX_DEPTH)
    return read


def version_numbers(version: Json) -> tuple[int, ...]:
    """Return the numbers of a version such as 1.4.0, for comparing. Raises ValueError where it is none."""
    parts = version.split(".") if isinstance(version, str) else []
    if not 1 <= len(parts) <= 4 or not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise ValueError("no version")
    return tuple(map(int, parts))


def read_day(value: Json) -> date:
    """Return the day that a text such as 2026-11-27 names. Raises ValueError for any other writing."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no day")
    return date.fromisoformat(value)


def read_bytes(value: Json, length: int) -> bytes:
    """Return so many bytes, written in small hexadecimal letters. Raises ValueError for anything else."""
    if not isinstance(value, str) or len(value) != 2 * length or not _HEX.fullmatch(value):
        raise ValueError("not so many bytes in hexadecimal letters")
    return bytes.fromhex(value)


def _members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands there twice")
    if any(name.startswith(ASKS_FOR_NEWER) for name in members):
        raise AsksForNewerApp
    return members


def _refuse(_: str) -> Json:
    raise ValueError("no whole number")


def _whole_number(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_NUMBER:
        raise ValueError("too large a number")
    return int(text)


def _check_inside(value: Json, left: int) -> None:
    if left == 0:
        raise ValueError("too deep")
    if isinstance(value, dict | list):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            _check_inside(part, left - 1)
    elif isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        # Could be written nowhere: neither to a file nor to a screen.
        raise ValueError("half a character")
