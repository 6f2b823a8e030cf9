"""Frozen domain objects to JSON and back, by their type hints, so that a pack needs no second description of them."""

import dataclasses
import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Read = TypeVar("Read")

# What json gives and takes has no closer type than this.
Json = Any


def to_json(value: object) -> Json:
    """Return plain lists, dicts and scalars. Fields that have their default value are left out; sets are sorted."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not _has_default(field, getattr(value, field.name))
        }
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_json(part) for part in value)
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def _has_default(field: "dataclasses.Field[Any]", value: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return field.default is not dataclasses.MISSING and type(value) is type(field.default) and value == field.default


def from_json(kind: type[Read], data: Json) -> Read:
    """Return an object of a dataclass. Raises ValueError when the data is not what the type says."""
    described: Any = kind
    try:
        built = _reader(described)(data)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error!r}") from error
    if not isinstance(built, kind):
        raise ValueError(f"not a {kind.__name__}")
    return built


@cache
def _reader(kind: Any) -> Callable[[Json], Any]:
    """Return the function that reads one type; made once a type, as a curriculum has thousands of small objects."""
    kind = getattr(kind, "__supertype__", kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        part = _reader(arguments[0])
        return lambda data: tuple([part(entry) for entry in _checked(list, data)])
    if origin is frozenset:
        part = _reader(arguments[0])
        return lambda data: frozenset([part(entry) for entry in _checked(list, data)])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        value = _reader(arguments[1])
        return lambda data: {key: value(entry) for key, entry in _checked(dict, data).items()}
    if origin in {Union, types.UnionType}:
        present = _reader(next(argument for argument in arguments if argument is not type(None)))
        return lambda data: None if data is None else present(data)
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if issubclass(kind, Enum):
        return lambda data: kind(data)
    if kind is float:
        return lambda data: float(_checked((int, float), data))
    return lambda data: _checked(kind, data)


def _dataclass_reader(kind: Any) -> Callable[[Json], Any]:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda data: kind(**{name: readers[name](value) for name, value in _checked(dict, data).items()})


def _checked(kind: Any, data: Json) -> Any:
    """Return data if it is of the kind. JSON's true is no number here, though Python thinks so."""
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise TypeError(f"{type(data).__name__} where {kind} is needed")
    return data
