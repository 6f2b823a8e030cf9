"""YAML as a tree that remembers its lines, so that every later check can name the line it is about."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One thing an author has to put right: where it is, what it is, how to fix it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Scalar(Struct, frozen=True):
    """A single value as it stands in the file; `kind` is what YAML 1.1 takes it for: str, bool, int, float, ..."""

    value: str
    kind: str
    line: int


class Listing(Struct, frozen=True):
    """A YAML list."""

    entries: tuple["Node", ...]
    line: int


class Table(Struct, frozen=True):
    """A YAML mapping; every key is text and has a line of its own."""

    entries: Mapping[str, "Node"]
    key_lines: Mapping[str, int]
    line: int


Node = Scalar | Listing | Table


class Place(Struct, frozen=True):
    """Where something was read, and what to call it in a problem ("lesson 1.2.3.4")."""

    file: str
    label: str
    node: Node

    def line(self, *path: str | int) -> int:
        """Return the line of the innermost part of `path` (keys and positions) that exists."""
        node, line = self.node, self.node.line
        for step in path:
            if isinstance(node, Table) and isinstance(step, str) and step in node.entries:
                line, node = node.key_lines[step], node.entries[step]
                if isinstance(node, Scalar):
                    line = node.line
            elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.entries):
                node = node.entries[step]
                line = node.line
            else:
                break
        return line

    def problem(self, what: str, *path: str | int) -> Problem:
        """Build a problem of this place, at the line of `path`."""
        return Problem(self.file, self.line(*path), f"{self.label}: {what}" if self.label else what)


Value = TypeVar("Value", covariant=True)


class Located(Struct, Generic[Value], frozen=True):
    """A thing read from the sources with its place. is_whole: nothing about its shape was wrong."""

    value: Value
    place: Place
    is_whole: bool = True

    def problem(self, what: str, *path: str | int) -> Problem:
        """Build a problem of this thing, at the line of `path` within it."""
        return self.place.problem(what, *path)


def did_you_mean(word: str, known: Iterator[str] | list[str] | Mapping[str, object] | frozenset[str]) -> str:
    """Return ` Did you mean "x"?` when a known word is close, else an empty string."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.7)
    return f' Did you mean "{close[0]}"?' if close else ""
