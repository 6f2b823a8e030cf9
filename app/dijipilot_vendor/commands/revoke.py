"""dijipilot-vendor revoke: licenses that the next packs do not open for."""

import argparse

from msgspec.structs import replace

from dijipilot.errors import UsageProblem
from dijipilot_vendor.cards import batch_of
from dijipilot_vendor.desk import Desk, Outcome
from dijipilot_vendor.issuing import MOST_LETTERS, find
from dijipilot_vendor.register import open_root, seal_root
from dijipilot_vendor.state import Issued
from dijipilot_vendor.texts import message


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("revoke", help="take a license, or a batch of cards, out of the next packs")
    parser.add_argument("license", metavar="LIC", nargs="?", help="such as L-2026-000123")
    parser.add_argument("--batch", help="every card of a batch instead, for a box that was lost")
    parser.add_argument("--reason", required=True)


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Mark licenses in the register. Raises UsageProblem."""
    reason = arguments.reason
    if not 0 < len(reason) <= MOST_LETTERS or not reason.isprintable():
        raise UsageProblem(message("vendor.text_unfit", text=reason[:40], what="reason", most=MOST_LETTERS))
    revoked = {entry.lic for entry in _meant(arguments, desk)}
    key = desk.state.secrets.register_key
    register = tuple(
        seal_root(replace(entry, revoked=desk.today, reason=reason), open_root(entry, key), key)
        if entry.lic in revoked
        else entry
        for entry in desk.state.register
    )
    names = ", ".join(sorted(revoked)) if len(revoked) < 4 else f"{len(revoked)} licenses of batch {arguments.batch}"
    editions = sorted({name for entry in desk.state.register if entry.lic in revoked for name in entry.ents})
    advice = (
        "What they opened before stays open with the packs that are out. They do not open the next one if you now do: "
        + ", ".join([*(f"ent bump {name}" for name in editions), "keyring build", "pack sign"])
    )
    return Outcome(replace(desk.state, register=register), (f"Revoked: {names}", advice))


def _meant(arguments: argparse.Namespace, desk: Desk) -> list[Issued]:
    if bool(arguments.license) == bool(arguments.batch):
        raise UsageProblem(message("vendor.missing_option", command="revoke", option="either LIC or --batch"))
    if arguments.batch:
        batch = batch_of(desk.state, arguments.batch).batch
        return [entry for entry in desk.state.register if entry.batch == batch and entry.is_live]
    entry = find(desk.state, arguments.license)
    if entry.revoked:
        raise UsageProblem(
            message("vendor.revoked_already", license=entry.lic, day=entry.revoked.isoformat(), reason=entry.reason)
        )
    return [entry]
