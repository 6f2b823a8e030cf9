"""The audit log tells of every command, and of every change that somebody else makes to it."""

import json
from datetime import UTC, datetime

import pytest

from dijipilot_vendor.audit import AuditBroken, AuditEntry, AuditHead, head_after, line_of, next_entry, verify_log
from tests.vendor.conftest import Tool

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def written(count: int) -> tuple[list[bytes], AuditHead]:
    """Return the lines of a log of so many commands, and its head."""
    head, lines = AuditHead(), []
    for number in range(count):
        entry = next_entry(head, NOON, "issue", {"holder": f"Learner {number}"}, "ann", "done")
        lines.append(line_of(entry))
        head = head_after(entry)
    return lines, head


def rechained(lines: list[bytes]) -> list[bytes]:
    """Return lines whose numbers and hashes all fit again, as a clever forger would write them."""
    head, fitting = AuditHead(), []
    for line in lines:
        said = AuditEntry(**json.loads(line))
        entry = next_entry(head, NOON, said.command, said.arguments, said.who, said.outcome)
        fitting.append(line_of(entry))
        head = head_after(entry)
    return fitting


def test_a_log_that_nobody_touched_is_whole() -> None:
    lines, head = written(5)

    entries = verify_log(b"".join(lines), head)

    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[2].arguments == {"holder": "Learner 2"}


@pytest.mark.parametrize(
    ("tamper", "line"),
    [
        (lambda lines: [*lines[:2], lines[2].replace(b"Learner 2", b"Learner X"), *lines[3:]], 3),
        (lambda lines: lines[:2] + lines[3:], 3),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
        (lambda lines: lines[1:], 1),
        (lambda lines: [*lines, lines[-1]], 6),
        (lambda lines: [lines[0][:-1] + b" \n", *lines[1:]], 1),
        (lambda lines: [b"[]\n", *lines], 1),
        (lambda lines: [b'{"number": 1}\n', *lines], 1),
        (lambda lines: [*lines[:4], lines[4][:-1]], 5),
        (lambda lines: [*lines, b"\n"], 6),
    ],
    ids=["changed", "removed", "swapped", "doubled", "first", "added", "blank", "list", "short", "torn", "empty"],
)
def test_a_line_that_is_not_as_written_is_named(tamper: "object", line: int) -> None:
    lines, head = written(5)
    assert callable(tamper)

    with pytest.raises(AuditBroken, match=rf"line {line},"):
        verify_log(b"".join(tamper(lines)), head)


def test_a_log_whose_end_was_cut_off_is_noticed() -> None:
    lines, head = written(5)

    with pytest.raises(AuditBroken, match="3 of 5"):
        verify_log(b"".join(lines[:3]), head)


def test_a_log_that_is_gone_is_noticed() -> None:
    _, head = written(5)

    with pytest.raises(AuditBroken, match="0 of 5"):
        verify_log(b"", head)


def test_a_change_with_all_hashes_made_anew_is_noticed_by_the_head_in_the_vault() -> None:
    lines, head = written(5)
    forged = rechained([*lines[:2], lines[2].replace(b"Learner 2", b"Learner X"), *lines[3:]])

    with pytest.raises(AuditBroken, match="written anew"):
        verify_log(b"".join(forged), head)


def test_a_line_added_with_a_fitting_hash_is_noticed() -> None:
    lines, head = written(5)
    added = line_of(next_entry(head, NOON, "keys list", {}, "eve", "done"))

    with pytest.raises(AuditBroken, match="line 6, no command has written it"):
        verify_log(b"".join([*lines, added]), head)


@pytest.mark.parametrize(
    "typed",
    [
        "1ABCD-EFGHJ-KMNPQ-RSTVW-XYZ23",
        "1abcdefghjkmnpqrstvwxyz23",
        "code 1ABCD EFGHJ KMNPQ RSTVW XYZ23!",
        "lABCD.EFGHJ.KMNPQ.RSTVW.XYZ23",
    ],
)
def test_what_looks_like_a_code_does_not_get_into_the_log(typed: str) -> None:
    entry = next_entry(AuditHead(), NOON, "revoke", {"reason": typed}, "ann", "done")

    assert "XYZ23" not in line_of(entry).decode().upper()


def test_a_path_stands_in_the_log_as_it_is() -> None:
    path = "/media/usb/2027/lessons/room-number-14-license.djlicense"

    entry = next_entry(AuditHead(), NOON, "issue", {"out": path}, "ann", "done")

    assert entry.arguments == {"out": path}


def test_every_command_is_logged_and_refusals_are_too(tool: Tool) -> None:
    tool.do("ent", "list")
    assert tool("ent", "new", "pro", "--title", "Again").code == 2
    tool.do("keys", "list")

    entries = tool.do("audit", "verify", "--json").data["entries"]

    assert [(entry["command"], entry["outcome"]) for entry in entries] == [
        ("keys init", "done"),
        ("ent new", "done"),
        ("ent list", "done"),
        ("ent new", "refused: vendor.edition_there"),
        ("keys list", "done"),
    ]
    assert entries[1]["arguments"] == {"name": "pro", "title": "Academy Pro", "programs": "*"}
    assert entries[1]["time"] == "2026-12-01T12:00:00Z"


def test_a_log_that_was_tampered_with_is_reported_and_stops_nobody(tool: Tool) -> None:
    log = tool.vault / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b"Academy Pro", b"Academy Max"))

    warned = tool.do("ent", "list")
    found = tool("audit", "verify")

    assert "line 2, it was changed" in warned.err
    assert (found.code, "line 2, it was changed" in found.err) == (3, True)


def test_a_log_that_was_removed_is_reported_and_stops_nobody(tool: Tool) -> None:
    (tool.vault / "audit.jsonl").unlink()

    warned = tool.do("ent", "list")

    assert "0 of 2 lines" in warned.err
    assert tool("audit", "verify").code == 3


def test_the_log_of_a_command_holds_no_passphrase_and_no_place_of_it(tool: Tool) -> None:
    tool.do("ent", "list")

    log = (tool.vault / "audit.jsonl").read_text(encoding="utf-8")

    assert "passphrase" not in log
    assert "correct horse" not in log
