"""dijipilot pack: which content packs are here; add one, verify one, go back to the one before."""

import argparse
from pathlib import Path

from dijipilot.cli.console import print_json, say
from dijipilot.cli.opening import open_to_change
from dijipilot.content.freshness import Shipped, shipped
from dijipilot.content.installed import PackSummary, add_pack, added_packs, open_pack_in_use, roll_back, summarize_pack
from dijipilot.errors import BadInput, PackDamaged
from dijipilot.paths import find_home


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("pack", description="Content packs.")
    commands = parser.add_subparsers(dest="pack_command", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="the packs that are here, the one in use marked")
    listing.add_argument("--json", action="store_true", help="data on standard output")
    verify = commands.add_parser("verify", help="check a pack, and say what is in it")
    verify.add_argument("file", metavar="FILE", type=Path)
    verify.add_argument("--json", action="store_true", help="data on standard output")
    add = commands.add_parser("add", help="check a pack, and use it from now on")
    add.add_argument("file", metavar="FILE", type=Path)
    commands.add_parser("rollback", help="go back to the pack before")


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    folder, own = find_home(arguments.home).packs, shipped()
    match arguments.pack_command:
        case "list":
            return _list(folder, own, arguments.json)
        case "verify":
            summary = summarize_pack(arguments.file, own)
            if arguments.json:
                print_json(_data(summary))
            else:
                print(f"{arguments.file} is whole: {_described(summary)}")
        case "add":
            summarize_pack(arguments.file, own)
            with open_to_change(arguments):
                added = add_pack(folder, arguments.file, own)
            say(f"In use from now on: {_described(added)}. To go back: dijipilot pack rollback.")
        case _:
            with open_to_change(arguments):
                before = roll_back(folder, own)
            say(f"In use from now on: {_described(before)}.")
    return 0


def _list(folder: Path, own: Shipped, as_json: bool) -> int:
    """Print all packs; a damaged one is named, and the exit code is its."""
    with open_pack_in_use(folder, own) as pack:
        in_use = pack.path
    code = 0
    rows: list[dict[str, object]] = []
    for path in (own.pack, *added_packs(folder)):
        try:
            summary = summarize_pack(path, own)
        except (PackDamaged, BadInput) as error:
            say(error.message.english())
            code = error.exit_code
            continue
        rows.append({**_data(summary), "in_use": path == in_use})
        if not as_json:
            print(f"{'*' if path == in_use else ' '} {_described(summary)}\n  {path}")
    if as_json:
        print_json({"packs": rows})
    return code


def _data(summary: PackSummary) -> dict[str, object]:
    return {
        "file": str(summary.path),
        "id": summary.id,
        "pack_id": summary.pack_id,
        "serial": summary.serial,
        "built": summary.built.isoformat(),
        "title": summary.title,
        "edition": summary.edition,
        "lessons": summary.lessons,
        "ready": summary.ready,
        "sealed": summary.sealed,
    }


def _described(summary: PackSummary) -> str:
    edition = f", edition {summary.edition}" if summary.edition else ""
    return f"{summary.title}{edition}, {summary.ready} of {summary.lessons} lessons ready ({summary.id[:16]})"
