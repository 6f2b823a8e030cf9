"""Frozen domain objects to JSON and back, by their type hints, so that a pack needs no second description of them."""

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

Read = TypeVar("Read")

# What json gives and takes has no closer type than this.
Json = Any

_fields = cache(msgspec.structs.fields)


def to_json(value: object) -> Json:
    """Return plain lists, dicts and scalars. Fields that have their default value are left out; sets are sorted."""
    if isinstance(value, Struct):
        return {
            field.name: to_json(getattr(value, field.name))
            for field in _fields(type(value))
            if not _has_default(field, getattr(value, field.name))
        }
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_json(part) for part in value)
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def _has_default(field: FieldInfo, value: object) -> bool:
    if field.default_factory is not NODEFAULT:
        return bool(value == field.default_factory())
    return field.default is not NODEFAULT and type(value) is type(field.default) and value == field.default


def from_json(kind: type[Read], text: str) -> Read:
    """Return the object that a text describes. Raises ValueError where it is not what the type says.

    Fields that this edition of the app does not know are passed over.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        _, _, place = str(error).partition(" - at ")
        # Not the error itself: it may quote the text, which may be sealed, and would come to stand in a log.
        raise ValueError(f"not a {kind.__name__}{': wrong at ' if place else ''}{place}") from None
