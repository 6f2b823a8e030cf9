"""Stands at the doors of all parsers, and knows what went in: nothing may that was not signed."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from dijipilot.content import pack_file
from dijipilot.domain import signed_text
from dijipilot.licensing import license as license_records
from tests.licensing.tally import Tally

_IN_MEMORY = ":memory:"


class ParserWatch:
    """Learns what genuine files bring to the parsers; whatever else is brought later is noted.

    doors: how often each parser was entered since the learning; strangers: with what it should not have been.
    """

    def __init__(self) -> None:
        self.doors: Counter[str] = Counter()
        self.strangers: list[str] = []
        self._is_learning = False
        self._known: set[bytes] = set()

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Take what comes meanwhile for signed: only genuine files are read."""
        self._is_learning = True
        try:
            yield
        finally:
            self._is_learning = False

    def see(self, door: str, given: object) -> None:
        """Note what goes in at one of the doors."""
        raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else bytes(memoryview(given))  # type: ignore[arg-type]  # what parsers take
        if self._is_learning:
            self._known.add(raw)
            return
        self.doors[door] += 1
        if raw not in self._known:
            self.strangers.append(f"{door}: {raw[:40]!r}")

    @contextmanager
    def counting(self, tally: Tally) -> Iterator[None]:
        """Stand at the doors, and let a tally know afterwards what came."""
        with self.standing():
            yield
        tally.parsed += self.doors.total()
        tally.strangers += self.strangers

    @contextmanager
    def standing(self) -> Iterator["ParserWatch"]:
        """Stand at the doors for a while."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json, "loads", self._watched("json.loads", json.loads))
            patch.setattr(msgspec.json, "decode", self._watched("msgspec.json.decode", msgspec.json.decode))
            read_object = self._watched("read_object", signed_text.read_object)
            for module in (signed_text, pack_file, license_records):
                patch.setattr(module, "read_object", read_object)
            patch.setattr(sqlite3, "connect", self._connect(sqlite3.connect))
            yield self

    def _watched(self, door: str, parse: Callable[..., Any]) -> Callable[..., Any]:
        def watched(given: Any, *arguments: Any, **options: Any) -> Any:
            self.see(door, given)
            return parse(given, *arguments, **options)

        return watched

    def _connect(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        watch = self

        class Watched(sqlite3.Connection):
            """A database in memory whose bytes are looked at before SQLite gets them."""

            def deserialize(self, data: Any, /, *, name: str = "main") -> None:
                watch.see("deserialize", data)
                super().deserialize(data, name=name)

        def watched(database: Any, *arguments: Any, **options: Any) -> Any:
            if database != _IN_MEMORY:
                watch.see("sqlite3.connect", str(database))
            return connect(database, *arguments, **{"factory": Watched, **options})

        return watched
