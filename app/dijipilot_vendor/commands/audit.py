"""dijipilot-vendor audit: whether the log of all commands is as they have written it."""

import argparse

from dijipilot_vendor.audit import AuditEntry, verify_log
from dijipilot_vendor.desk import Desk, Outcome


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("audit", help="the log of all commands")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    verify = verbs.add_parser("verify", help="find a line that was changed, removed, moved or added")
    verify.add_argument("--json", action="store_true", help="all entries as data on standard output")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Verify the log as it was before this command. Raises AuditBroken."""
    entries = verify_log(desk.log, desk.head)
    lines = (
        f"The log is whole: {len(entries)} lines, from {entries[0].time} to {entries[-1].time}.",
        f"Write down, away from this computer: line {desk.head.count}, {desk.head.hash}",
    )
    return Outcome(desk.state, lines, {"entries": [_data(entry) for entry in entries]})


def _data(entry: AuditEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "time": entry.time,
        "command": entry.command,
        "arguments": dict(entry.arguments),
        "who": entry.who,
        "outcome": entry.outcome,
        "hash": entry.hash,
    }
