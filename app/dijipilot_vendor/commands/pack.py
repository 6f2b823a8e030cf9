"""dijipilot-vendor pack: compile the curriculum, seal and sign it, and look at what came out."""

import argparse
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from dijipilot.content.body_format import APPLICATION_ID, FORMAT_VERSION, MAX_BODY_BYTES
from dijipilot.content.compiler import compile_body, content_id
from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.validation import all_problems, draft_problems, structural_problems
from dijipilot.domain.signed_text import version_numbers
from dijipilot.errors import BadInput, PackDamaged, UsageProblem
from dijipilot_vendor.desk import Desk, Outcome, new_file
from dijipilot_vendor.entitlements import with_keys_for
from dijipilot_vendor.issuing import live_licenses
from dijipilot_vendor.key_roles import publisher_of
from dijipilot_vendor.pack_checks import pack_problems
from dijipilot_vendor.pack_diff import pack_differences, shortened
from dijipilot_vendor.private_files import read_limited
from dijipilot_vendor.records import OLDEST_APP
from dijipilot_vendor.sealing import Release, parts_of, seal_pack
from dijipilot_vendor.state import SignedPack, VaultState
from dijipilot_vendor.texts import message

MAX_SERIAL = 2**31 - 1

_MAGIC = b"SQLite format 3\0"
_USER_VERSION_AT, _APPLICATION_ID_AT = 60, 68


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("pack", help="content packs")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    build = verbs.add_parser("build", help="compile the sources; nothing is sealed or signed yet")
    build.add_argument("folder", metavar="DIR", type=Path, help="the folder curriculum")
    build.add_argument("--out", metavar="FILE", type=Path, required=True, help="such as academy.djbody")
    build.add_argument("--release", action="store_true", help="refuse drafts and every other problem")
    sign = verbs.add_parser("sign", help="seal what is not free, with the keyring built last, and sign the whole")
    sign.add_argument("body", metavar="FILE", type=Path, help="what pack build has written")
    sign.add_argument("--out", metavar="FILE", type=Path, required=True, help="such as academy-12.djpack")
    sign.add_argument("--serial", type=int, help="number of this pack; without it, one more than the last")
    sign.add_argument("--built", metavar="DAY", type=date.fromisoformat, help="without it, today")
    sign.add_argument("--app-min", metavar="VERSION", default=OLDEST_APP, help="oldest app that can read it")
    verify = verbs.add_parser("verify", help="open everything in a pack, as apps with licenses would")
    verify.add_argument("file", metavar="FILE", type=Path)
    diff = verbs.add_parser("diff", help="what changes for learners from one pack to another")
    diff.add_argument("old", metavar="OLD", type=Path)
    diff.add_argument("new", metavar="NEW", type=Path)
    diff.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Do what the parsed arguments ask."""
    match arguments.verb:
        case "build":
            return _build(arguments, desk)
        case "sign":
            return _sign(arguments, desk)
        case "verify":
            return _verify(arguments.file, desk)
        case _:
            return _diff(arguments, desk)


def _build(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    sources = load_sources(arguments.folder)
    problems = structural_problems(sources)
    if arguments.release:
        problems = sorted({*problems, *all_problems(sources), *draft_problems(sources)})
    if problems:
        raise BadInput(message("vendor.release_refused", lines="\n".join(map(str, problems))))
    content = assemble(sources)
    file = new_file(arguments.out, compile_body(content))
    advice = "All lessons stand in it in the clear: delete it once it is signed."
    return Outcome(desk.state, (f"{file.path} {content_id(content)}", advice), files=(file,))


def _sign(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    state, public = desk.state, desk.state.public
    release = _release(arguments, desk)
    body = _read_body(arguments.body)
    parts = parts_of(body)
    state = with_keys_for(state, parts)
    plan = state.public.keyring
    live = live_licenses(state, plan.licenses if plan else ())
    raw = seal_pack(body, publisher_of(state), live, release)
    file = new_file(arguments.out, raw, is_public=True)
    editions = tuple(replace(each, published_epoch=each.edition.epoch) for each in public.editions)
    signed = SignedPack(release.serial, release.keyring_serial, release.built, file.path.name)
    state = replace(state, public=replace(state.public, pack=signed, editions=editions))
    programs = sorted({part.program for part in parts})
    closed = [each for each in programs if not any(offered.edition.opens(each) for offered in public.editions)]
    lines = [f"{file.path}: pack {release.serial}, keyring {release.keyring_serial}, {len(live)} licenses"]
    lines += [f"Warning: no edition opens program {program}" for program in closed]
    lines += _left_out(state)
    return Outcome(state, (*lines, f"Next: pack verify {file.path.name}"), files=(file,))


def _left_out(state: VaultState) -> list[str]:
    """Say what happened since the keyring was built."""
    plan = state.public.keyring
    taken = frozenset(plan.licenses) if plan else frozenset()
    late = sum(bool(entry.is_live and entry.ents) and entry.lic not in taken for entry in state.register)
    return [f"Warning: {late} licenses were issued after the keyring was built and are not in it"] if late else []


def _release(arguments: argparse.Namespace, desk: Desk) -> Release:
    public = desk.state.public
    if public.keyring is None:
        raise UsageProblem(message("vendor.no_keyring"))
    if not public.editions:
        raise UsageProblem(message("vendor.no_editions"))
    last = public.pack.serial if public.pack else 0
    serial = last + 1 if arguments.serial is None else arguments.serial
    if serial <= last:
        raise UsageProblem(message("vendor.serial_low", what="Pack", serial=serial, last=last))
    if serial > MAX_SERIAL:
        raise UsageProblem(message("vendor.number_unfit", what="The serial", least=last + 1, most=MAX_SERIAL))
    try:
        version_numbers(arguments.app_min)
    except ValueError as error:
        raise UsageProblem(message("vendor.version_unfit", version=arguments.app_min)) from error
    return Release(serial, public.keyring.serial, arguments.built or desk.today, arguments.app_min)


def _read_body(path: Path) -> bytes:
    body = read_limited(path, MAX_BODY_BYTES)
    found = (_number(body, _APPLICATION_ID_AT), _number(body, _USER_VERSION_AT))
    if not body.startswith(_MAGIC) or found != (APPLICATION_ID, FORMAT_VERSION):
        raise BadInput(message("vendor.no_body", path=str(path)))
    return body


def _number(header: bytes, start: int) -> int:
    return int.from_bytes(header[start : start + 4], "big")


def _verify(path: Path, desk: Desk) -> Outcome:
    problems = list(pack_problems(path, desk.state))
    if problems:
        raise PackDamaged(message("vendor.pack_fails", path=str(path), lines="\n".join(shortened(problems))))
    return Outcome(desk.state, (f"{path}: genuine, whole, and it opens for every license of its keyring.",))


def _diff(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    found = pack_differences(arguments.old, arguments.new, desk.state)
    lines = [line for what, each in found.items() for line in (f"{what}:", *(f"  {one}" for one in shortened(each)))]
    return Outcome(desk.state, tuple(lines) or ("There is no difference.",), {"differences": found})
