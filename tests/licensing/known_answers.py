"""Holds an implementation against the files of known answers; it knows none itself, and needs nothing but them."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "vectors"

# What JSON says has no closer type than this.
Values = Mapping[str, Any]
Operation = Callable[..., Values]


class KnownAnswer(NamedTuple):
    """One case: what is done, with what, and what comes of it."""

    name: str
    does: str
    given: Values
    gives: Values


def known_answers(folder: Path = FOLDER) -> Iterator[KnownAnswer]:
    """Yield all cases of a folder."""
    for file in sorted(folder.glob("*.json")):
        for each in json.loads(file.read_text("ascii")):
            yield KnownAnswer(f"{file.stem}: {each['name']}", each["does"], each["given"], each["gives"])


def disagreements(cases: Iterator[KnownAnswer], operations: Mapping[str, Operation]) -> list[str]:
    """Return a line for every case that an implementation answers otherwise; of what it does not do, none."""
    found = []
    for case in cases:
        if case.does in operations:
            answer = plain(operations[case.does](**case.given))
            if answer != case.gives:
                found.append(f"{case.name}: {answer!r:.300}, not {case.gives!r:.300}")
    return found


def plain(value: Any) -> Any:
    """Return what JSON says of a value: bytes are hexadecimal letters there."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value
