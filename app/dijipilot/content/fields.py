"""Reads typed values out of one mapping of a source and collects what is wrong with its shape."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from dijipilot.content.nodes import Listing, Node, Place, Problem, Scalar, Table, did_you_mean

Read = TypeVar("Read")

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}")


class Fields:
    """One mapping being read: ask for every key it may have, then call `finish`.

    A value that is missing or of the wrong kind is reported and replaced by an empty one, so that reading goes on and
    all problems come out together; `is_whole` then turns False.
    """

    def __init__(self, place: Place, problems: list[Problem]) -> None:
        self.place = place
        self.is_whole = True
        self._problems = problems
        self._known: list[str] = []
        self._missing: list[str] = []
        self._entries = place.node.entries if isinstance(place.node, Table) else {}
        if not isinstance(place.node, Table):
            self.report(f"here a mapping (key: value) is needed, not {_kind_name(place.node)}")

    def report(self, what: str, *path: str | int) -> None:
        """Report something wrong with this mapping's shape."""
        self.is_whole = False
        self._problems.append(self.place.problem(what, *path))

    def names(self) -> tuple[str, ...]:
        """Return the keys that are there, for a mapping whose keys are names."""
        return tuple(self._entries)

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return non-empty text, outer blanks stripped."""
        node = self._take(key, default is None)
        return (default or "") if node is None else self._text(node, key)

    def one_of(self, key: str, words: list[str], *, default: str | None = None) -> str:
        """Return one of the given words."""
        word = self.text(key, default=default)
        if word and word not in words:
            allowed = ", ".join(words)
            self.report(f'{key} "{word}" is none of: {allowed}.{did_you_mean(word, words)}', key)
        return word

    def identifier(self, key: str) -> str:
        """Return an id or slug: lower-case words joined by dots, hyphens or underscores."""
        found = self.text(key)
        if found and not _ID.fullmatch(found):
            self.report(f'{key} "{found}" is no id. Use a-z, 0-9, "-", "_" and "." between words.', key)
        return found

    def number(self, key: str) -> str:
        """Return a number of stage, program, mission or lesson such as "2.5.1"."""
        found = self.text(key)
        if found:
            self._check_number(found, key)
        return found

    def numbers(self, key: str, *, is_required: bool = True) -> tuple[str, ...]:
        """Return a list of such numbers."""
        found = self.texts(key, is_required=is_required)
        for position, number in enumerate(found):
            self._check_number(number, key, position)
        return found

    def whole_number(self, key: str, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        node = self._take(key, True)
        return least if node is None else self._whole_number(node, least, most, key)

    def decimal(self, key: str, least: float, most: float, *, default: float | None = None) -> float:
        """Return a number within bounds."""
        node = self._take(key, default is None)
        if node is None:
            return default or 0.0
        if isinstance(node, Scalar) and node.kind in {"int", "float"} and _DECIMAL.fullmatch(node.value):
            value = float(node.value)
            if least <= value <= most:
                return value
        self.report(f"{key} must be a number from {least:g} to {most:g}, without quotes", key)
        return least

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false, written just so."""
        node = self._take(key, default is None)
        if node is None:
            return bool(default)
        if isinstance(node, Scalar) and node.kind == "bool" and node.value in {"true", "false"}:
            return node.value == "true"
        self.report(f"{key} must be true or false, without quotes", key)
        return False

    def day(self, key: str, *, is_required: bool = True) -> str | None:
        """Return a date as YYYY-MM-DD, quoted or not."""
        node = self._take(key, is_required)
        if node is None:
            return None
        if isinstance(node, Scalar) and node.kind in {"timestamp", "str"}:
            try:
                return date.fromisoformat(node.value).isoformat()
            except ValueError:
                pass  # reported below, as every other kind of wrong value
        self.report(f"{key} must be a date that exists, as YYYY-MM-DD", key)
        return None

    def texts(self, key: str, *, is_required: bool = True) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self._text(node, key, position) for position, node in enumerate(self._listing(key, is_required)))

    def evidence(self, key: str, *, is_required: bool = True) -> dict[str, int]:
        """Return a mapping from skill to -2..2."""
        node = self._take(key, is_required)
        if node is None:
            return {}
        if not isinstance(node, Table):
            self.report(f"{key} must be a mapping from skill to a number from -2 to 2", key)
            return {}
        return {skill: self._whole_number(value, -2, 2, key, skill) for skill, value in node.entries.items()}

    def each(
        self, key: str, label: str, read: Callable[["Fields"], Read], *, is_required: bool = True
    ) -> tuple[Read, ...]:
        """Read a list of mappings. label: what to call one; "{}" in it becomes its id, number or position."""
        return tuple(
            self._read_part(node, name_of(label, node, position + 1), read)
            for position, node in enumerate(self._listing(key, is_required))
        )

    def part(self, key: str, read: Callable[["Fields"], Read], *, is_required: bool = True) -> Read | None:
        """Read a nested mapping under the name of this one."""
        node = self._take(key, is_required)
        return None if node is None else self._read_part(node, self.place.label, read)

    def by_name(self, key: str, label: str, read: Callable[["Fields"], Read]) -> dict[str, Read]:
        """Read a mapping from names to mappings."""
        node = self._take(key, True)
        if node is None:
            return {}
        if not isinstance(node, Table):
            self.report(f"{key} must be a mapping", key)
            return {}
        return {name: self._read_part(part, label.format(name), read) for name, part in node.entries.items()}

    def skip(self, key: str) -> None:
        """Accept a key that is for authors alone."""
        self._known.append(key)

    def finish(self) -> None:
        """Report the keys that nobody asked for and those that are missing."""
        unknown = [key for key in self._entries if key not in self._known]
        for key in unknown:
            guess = did_you_mean(key, [known for known in self._known if known not in self._entries])
            if not guess:
                guess = f" Known here: {', '.join(self._known)}."
            self.report(f'the key "{key}" is not known.{guess}', key)
            self._missing = [missing for missing in self._missing if f'"{missing}"' not in guess]
        for key in self._missing:
            self.report(f'the key "{key}" is missing. Add it.')

    def _take(self, key: str, is_required: bool) -> Node | None:
        self._known.append(key)
        node = self._entries.get(key)
        if node is None and is_required and isinstance(self.place.node, Table):
            self._missing.append(key)
            self.is_whole = False
        return node

    def _listing(self, key: str, is_required: bool) -> Iterator[Node]:
        node = self._take(key, is_required)
        if isinstance(node, Listing):
            yield from node.entries
        elif node is not None:
            self.report(f"{key} must be a list, not {_kind_name(node)}", key)

    def _read_part(self, node: Node, label: str, read: Callable[["Fields"], Read]) -> Read:
        part = Fields(Place(self.place.file, label, node), self._problems)
        value = read(part)
        self.is_whole = self.is_whole and part.is_whole
        return value

    def _text(self, node: Node, *path: str | int) -> str:
        if not isinstance(node, Scalar):
            self.report(f"{path[0]} must be text, not {_kind_name(node)}", *path)
            return ""
        if node.kind != "str":
            what = (
                f"{path[0]}: YAML reads {node.value or 'nothing'} as {_kind_name(node)} here. Put the text in quotes."
            )
            self.report(what, *path)
            return ""
        if not node.value.strip():
            self.report(f"{path[0]} is empty. Fill it.", *path)
        return node.value.strip()

    def _whole_number(self, node: Node, least: int, most: int, *path: str | int) -> int:
        if isinstance(node, Scalar) and node.kind == "int" and _WHOLE_NUMBER.fullmatch(node.value):
            value = int(node.value)
            if least <= value <= most:
                return value
        self.report(f"{path[-1]} must be a whole number from {least} to {most}, without quotes", *path)
        return least if least > 0 else 0

    def _check_number(self, number: str, *path: str | int) -> None:
        if number and not _NUMBER.fullmatch(number):
            self.report(f'{path[0]} "{number}" is no number such as "2.5.1"', *path)


def name_of(label: str, node: Node, position: int) -> str:
    """Fill the {} of a label with what the mapping calls itself, else with its position."""
    if isinstance(node, Table):
        for key in ("id", "number", "skill", "fact"):
            own = node.entries.get(key)
            if isinstance(own, Scalar) and own.value:
                return label.format(own.value)
    return label.format(position)


def _kind_name(node: Node) -> str:
    if isinstance(node, Listing):
        return "a list"
    if isinstance(node, Table):
        return "a mapping"
    names = {"str": "text", "bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date"}
    return names.get(node.kind, "nothing" if node.kind == "null" else node.kind)
