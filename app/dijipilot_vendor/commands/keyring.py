"""dijipilot-vendor keyring: for which licenses the next packs open."""

import argparse

from msgspec.structs import replace

from dijipilot.errors import UsageProblem
from dijipilot_vendor.desk import Desk, Outcome
from dijipilot_vendor.state import KeyringPlan
from dijipilot_vendor.texts import message

MAX_SERIAL = 2**31 - 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("keyring", help="for which licenses the next packs open")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    build = verbs.add_parser("build", help="take in licenses as they are now; pack sign seals them into the pack")
    build.add_argument(
        "--all-live", action="store_true", required=True, help="every card and license that was not revoked"
    )
    build.add_argument("--serial", type=int, required=True, help="number of this keyring, higher than any before")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Note which licenses are live; clock resets, which open nothing, are none of them. Raises UsageProblem."""
    last = desk.state.public.keyring.serial if desk.state.public.keyring else 0
    if not 0 < arguments.serial <= MAX_SERIAL:
        raise UsageProblem(message("vendor.number_unfit", what="The serial", least=1, most=MAX_SERIAL))
    if arguments.serial <= last:
        raise UsageProblem(message("vendor.serial_low", what="Keyring", serial=arguments.serial, last=last))
    opening = [entry for entry in desk.state.register if entry.ents]
    live = tuple(entry.lic for entry in opening if entry.is_live)
    plan = KeyringPlan(arguments.serial, desk.today, live)
    state = replace(desk.state, public=replace(desk.state.public, keyring=plan))
    revoked = len(opening) - len(live)
    return Outcome(state, (f"Keyring {plan.serial}: {len(live)} licenses; {revoked} revoked ones are left out.",))
