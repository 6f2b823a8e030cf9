"""dijipilot-vendor keys: the keys that sign packs and licenses."""

import argparse
from pathlib import Path

from dijipilot_vendor.desk import Desk, Outcome, new_file
from dijipilot_vendor.key_roles import rotate, trusted_file, trusted_keys
from dijipilot_vendor.state import PublicKey, Role


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("keys", help="the keys that sign packs and licenses")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    init = verbs.add_parser("init", help="make a vault, with a key that signs and the next one for each role")
    init.add_argument("--development", action="store_true", help="for trying things: a release refuses these keys")
    changing = verbs.add_parser("passphrase", help="seal the vault with another passphrase")
    changing.add_argument("--new-passphrase-file", metavar="FILE", type=Path, help="read the new one from a file")
    listing = verbs.add_parser("list", help="all keys, and where they are on their way")
    listing.add_argument("--json", action="store_true", help="data on standard output")
    rotation = verbs.add_parser("rotate", help="let the next key of a role sign, and make a new next one")
    rotation.add_argument("--role", choices=[role.value for role in Role], required=True)
    export = verbs.add_parser("export", help="write trusted-keys.json, which apps are built with")
    export.add_argument("--out", metavar="FILE", type=Path, default=Path("trusted-keys.json"))


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Do what the parsed arguments ask."""
    match arguments.verb:
        case "rotate":
            return _rotate(Role(arguments.role), desk)
        case "export":
            file = new_file(arguments.out, trusted_file(trusted_keys(desk.state)), is_public=True)
            return Outcome(
                desk.state, (f"{file.path}", *_listed(desk.state.public.keys, "next", "current")), files=(file,)
            )
        case _:
            data = {
                "development": desk.state.public.is_development,
                "keys": [_data(key) for key in desk.state.public.keys],
            }
            return Outcome(desk.state, tuple(_listed(desk.state.public.keys)), data)


def _rotate(role: Role, desk: Desk) -> Outcome:
    state = rotate(desk.state, role, desk.today)
    advice = (
        "Build the next apps with a new trusted-keys.json (keys export). Apps that are out trust the key that signs "
        "now, if they were built after it was made."
    )
    return Outcome(state, (*_listed([key for key in state.public.keys if key.role is role]), advice))


def _listed(keys: "tuple[PublicKey, ...] | list[PublicKey]", *states: str) -> list[str]:
    return [
        f"  {key.role:<8} {key.state:<8} {key.made}  {key.kid}  {key.key}"
        for key in keys
        if not states or key.state in states
    ]


def _data(key: PublicKey) -> dict[str, str]:
    return {"role": key.role, "kid": key.kid, "key": key.key, "state": key.state, "made": key.made.isoformat()}
