"""dijipilot-vendor inspect: what a code, a license file, a pack or a license id is about."""

import argparse
import re
import sys
from contextlib import closing
from pathlib import Path

from dijipilot.content.pack_file import ANY_VERSION, open_pack_file
from dijipilot.domain.license import License
from dijipilot.errors import BadInput, UsageProblem
from dijipilot.licensing.code import read_code
from dijipilot.licensing.license import lookup_of, open_record, root_of
from dijipilot.licensing.license_file import MAX_FILE_BYTES, LicenseFile, read_armor
from dijipilot_vendor.desk import Desk, Outcome
from dijipilot_vendor.issuing import find, find_by_root
from dijipilot_vendor.key_roles import every_key
from dijipilot_vendor.pack_checks import ANY_APP, any_key_ever
from dijipilot_vendor.register import open_root
from dijipilot_vendor.state import Issued, Role, VaultState
from dijipilot_vendor.texts import message

STANDARD_INPUT = "-"
MOST_TYPED = 1_000

_LOOKS_LIKE_CODE = re.compile(r"[^A-Za-z0-9]*[1IiLl]([^A-Za-z0-9]*[A-Za-z0-9]){24}[^A-Za-z0-9]*")
_LICENSE_ID = re.compile(r"L-\d{4}-\d{6,}", re.IGNORECASE)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("inspect", help="what a license file, a pack, a license or a code is about")
    parser.add_argument(
        "what", metavar="FILE", help="a .djlicense or .djpack file, a license id, or - for a code on standard input"
    )
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Tell what is known of it. Raises UsageProblem, BadInput."""
    data = _about(arguments.what, desk.state)
    return Outcome(desk.state, tuple(f"{name:<16} {value}" for name, value in data.items()), data)


def _about(what: str, state: VaultState) -> dict[str, object]:
    if what == STANDARD_INPUT:
        return _of_code(sys.stdin.read(MOST_TYPED), state)
    path = Path(what).expanduser()
    if not path.exists() and _LICENSE_ID.fullmatch(what):
        return _entry(find(state, what))
    if not path.exists() and _LOOKS_LIKE_CODE.fullmatch(what):
        raise UsageProblem(message("vendor.code_as_argument"))
    try:
        with path.open("rb") as stream:
            start = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(message("vendor.no_file", path=what)) from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise BadInput(message("vendor.unreadable", path=what, cause=cause)) from error
    if start.startswith(ANY_VERSION):
        return _of_pack(path, state)
    if start.startswith(b"-----BEGIN"):
        return _of_file(read_armor(start), state)
    raise BadInput(message("vendor.nothing_to_inspect", path=what))


def _of_code(text: str, state: VaultState) -> dict[str, object]:
    """Return what the register says of a code; the code itself is not repeated."""
    entry = find_by_root(state, root_of(read_code(text).secret))
    if entry is None:
        raise BadInput(message("vendor.code_not_issued"))
    return _entry(entry)


def _of_file(file: LicenseFile, state: VaultState) -> dict[str, object]:
    """Return what a license file says, once it was opened: with its own root, or with one of the register."""
    roots = [file.root] if file.root else [open_root(entry, state.secrets.register_key) for entry in state.register]
    root = next((each for each in roots if lookup_of(each, file.keyring_id) == file.lookup), None)
    if root is None:
        raise BadInput(message("license.not_genuine"))
    trusted = every_key(state, Role.LICENSE)
    license_ = open_record(root, file.keyring_id, file.lookup, file.record, trusted, ANY_APP)
    entry = find_by_root(state, root)
    opens = "by itself" if file.root else "with its code"
    return {**_license(license_), "opens": opens, "state": _state(entry) if entry else "not in the register"}


def _of_pack(path: Path, state: VaultState) -> dict[str, object]:
    with closing(open_pack_file(path, any_key_ever(state).pack, ANY_APP)) as pack_file:
        manifest = pack_file.manifest
    return {
        "pack": manifest.serial,
        "content": manifest.content_id,
        "built": manifest.built.isoformat(),
        "signed with": manifest.kid,
        "keyring": manifest.keyring_serial,
        "keyring entries": f"{manifest.keyring_count}, decoys included",
        "opens for": ", ".join(f"{name} ({epoch})" for name, epoch in sorted(manifest.epochs.items())) or "nobody",
    }


def _license(license_: License) -> dict[str, object]:
    held = [f"{each.entitlement} ({each.epoch})" for each in license_.entitlements]
    return {
        "license": license_.id,
        "type": license_.type.value,
        "edition": license_.edition,
        "holder": license_.holder or "",
        "entitlements": ", ".join(held),
        "seats": license_.seats,
        "through": str(license_.content_through or ""),
        "ends": str(license_.not_after or "never"),
        "issued": license_.issued.isoformat(),
    }


def _entry(entry: Issued) -> dict[str, object]:
    return {
        "license": entry.lic,
        "type": entry.typ.value,
        "edition": entry.edition,
        "holder": entry.holder or "",
        "editions": ", ".join(entry.ents),
        "batch": entry.batch,
        "sku": entry.sku,
        "seats": entry.seats,
        "through": str(entry.through or ""),
        "ends": str(entry.not_after or "never"),
        "issued": entry.issued.isoformat(),
        "state": _state(entry),
    }


def _state(entry: Issued) -> str:
    return f"revoked on {entry.revoked}: {entry.reason}" if entry.revoked else "live"
