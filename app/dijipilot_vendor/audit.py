"""The audit log: one line a command, each bound to the line before by a hash, so that none can be changed or taken out.

Whoever can write the file can also compute all hashes anew, or cut off its end. What they cannot is change the number
of lines and the last hash, which the vault keeps sealed: AuditHead.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import asdict

from dijipilot.errors import DamagedContent
from dijipilot.licensing import crypto
from dijipilot_vendor.texts import message

FIRST = "0" * 64
"""Stands in the first line for the hash of the one before."""

MAX_LOG_BYTES = 256 * 1024 * 1024
_CODE = re.compile(r"\b[1IiLl](?:[^0-9A-Za-z/\\]*[0-9A-Za-z]){24}\b")
"""Wherever 25 letters and digits with no slash between them begin as a code does."""

Argument = str | int | bool | None


class AuditHead(Struct, frozen=True):
    """How many lines there are, and the hash of the last."""

    count: int = 0
    hash: str = FIRST


class AuditEntry(Struct, frozen=True):
    """What one command did. time: UTC; who: user of the operating system; outcome: "done" or why not."""

    number: int
    time: str
    command: str
    arguments: Mapping[str, Argument]
    who: str
    outcome: str
    previous: str
    hash: str


class AuditBroken(DamagedContent):
    """The log is not what the commands have written."""


def next_entry(
    head: AuditHead, now: datetime, command: str, arguments: Mapping[str, Argument], who: str, outcome: str
) -> AuditEntry:
    """Return the line that follows. What looks like an activation code in the arguments is left out."""
    entry = AuditEntry(
        number=head.count + 1,
        time=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        command=command,
        arguments={name: _without_code(value) for name, value in sorted(arguments.items())},
        who=who,
        outcome=outcome,
        previous=head.hash,
        hash="",
    )
    return AuditEntry(**{**asdict(entry), "hash": _hash_of(entry)})


def head_after(entry: AuditEntry) -> AuditHead:
    """Return what is to be kept apart from the log once this line stands in it."""
    return AuditHead(entry.number, entry.hash)


def line_of(entry: AuditEntry) -> bytes:
    """Return the line of an entry, with its line feed."""
    return _canonical(asdict(entry)) + b"\n"


def verify_log(raw: bytes, head: AuditHead) -> tuple[AuditEntry, ...]:
    """Return all entries of a log. Raises AuditBroken, which names the first line that is not as it was written."""
    entries: list[AuditEntry] = []
    present = AuditHead()
    lines = raw.split(b"\n")
    if lines.pop():
        raise _broken(len(lines) + 1, "it is not whole")
    for number, line in enumerate(lines, start=1):
        entry = _entry_in(line, number)
        if entry.number != number or entry.previous != present.hash:
            raise _broken(number, "it does not follow the line before")
        entries.append(entry)
        present = head_after(entry)
    if present.count < head.count:
        raise AuditBroken(message("vendor.audit_cut", found=present.count, written=head.count))
    if present.count > head.count:
        raise _broken(head.count + 1, "no command has written it")
    if present.hash != head.hash:
        raise _broken(present.count, "the log was written anew up to there")
    return tuple(entries)


def _entry_in(line: bytes, number: int) -> AuditEntry:
    try:
        data = json.loads(line)
        entry = AuditEntry(**data)
        is_sound = line_of(entry) == line + b"\n" and entry.hash == _hash_of(entry)
    except (ValueError, TypeError, RecursionError) as error:
        raise _broken(number, "it is no line of the log") from error
    if not is_sound:
        raise _broken(number, "it was changed")
    return entry


def _hash_of(entry: AuditEntry) -> str:
    data = asdict(entry)
    del data["hash"]
    return crypto.plain_hash(crypto.domain("djp/audit/1") + _canonical(data)).hex()


def _canonical(data: Mapping[str, object]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _without_code(value: Argument) -> Argument:
    return _CODE.sub("(a code)", value) if isinstance(value, str) else value


def _broken(number: int, cause: str) -> AuditBroken:
    return AuditBroken(message("vendor.audit_broken", number=number, cause=cause))
