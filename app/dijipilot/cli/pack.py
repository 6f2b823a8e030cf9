"""dijipilot pack: which content packs are here; see what a new one changes and add it, verify one, go back."""

import argparse
from pathlib import Path

from dijipilot.bootstrap import open_packs
from dijipilot.cli.console import print_json, say
from dijipilot.cli.pack_changes import described_changes, preview_data
from dijipilot.cli.pack_words import described, summary_data
from dijipilot.paths import find_home
from dijipilot.services.packs import Packs


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("pack", description="Content packs.")
    commands = parser.add_subparsers(dest="pack_command", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="the packs that are here, the one in use marked")
    listing.add_argument("--json", action="store_true", help="data on standard output")
    verify = commands.add_parser("verify", help="check a pack, and say what is in it")
    verify.add_argument("file", metavar="FILE", type=Path)
    verify.add_argument("--json", action="store_true", help="data on standard output")
    add = commands.add_parser("add", help="check a pack, say what it changes, and use it from now on")
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument("--preview", action="store_true", help="only say what it would change")
    add.add_argument("--json", action="store_true", help="data on standard output")
    commands.add_parser("rollback", help="go back to the pack before")


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    command = arguments.pack_command
    is_changing = command == "rollback" or (command == "add" and not arguments.preview)
    with open_packs(find_home(arguments.home), for_writing=is_changing) as packs:
        match command:
            case "list":
                return _list(packs, arguments.json)
            case "verify":
                return _verify(packs, arguments.file, arguments.json)
            case "add":
                return _add(packs, arguments.file, arguments.preview, arguments.json)
            case _:
                say(f"In use from now on: {described(packs.roll_back())}.")
    return 0


def _verify(packs: Packs, file: Path, as_json: bool) -> int:
    summary = packs.verify(file)
    if as_json:
        print_json(summary_data(summary))
    else:
        print(f"{file} is whole: {described(summary)}")
    return 0


def _list(packs: Packs, as_json: bool) -> int:
    """Print all packs; a damaged one is named, and the exit code is its."""
    code = 0
    rows: list[dict[str, object]] = []
    for known in packs.known():
        if known.problem is not None:
            say(known.problem.message.english())
            code = known.problem.exit_code
        if known.summary is not None:
            rows.append({**summary_data(known.summary), "in_use": known.is_in_use})
            if not as_json:
                print(f"{'*' if known.is_in_use else ' '} {described(known.summary)}\n  {known.path}")
    if as_json:
        print_json({"packs": rows})
    return code


def _add(packs: Packs, file: Path, is_preview: bool, as_json: bool) -> int:
    """Say what a pack changes and, unless it is a preview, add it."""
    preview = packs.preview(file)
    if not as_json:
        print("\n".join(described_changes(preview)), flush=True)
    if not is_preview:
        packs.add(file)
    if as_json:
        print_json({**preview_data(preview), "added": not is_preview})
    if is_preview:
        say("Nothing was changed: this was a preview.")
    else:
        say(f"In use from now on: {described(preview.new)}. To go back: dijipilot pack rollback.")
    return 0
