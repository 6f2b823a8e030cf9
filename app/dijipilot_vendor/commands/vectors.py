"""dijipilot-vendor vectors: known answers of all formats, for whoever writes another implementation."""

import argparse
from pathlib import Path

from dijipilot_vendor.known_answers import known_answers
from dijipilot_vendor.private_files import Prepared, make_folder


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("vectors", help="known answers of all formats; they need no vault")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    export = verbs.add_parser("export", help="write them, in the place of earlier ones")
    export.add_argument("--out", metavar="DIR", type=Path, required=True, help="such as tests/licensing/vectors")


def run(arguments: argparse.Namespace) -> None:
    """Write the files. Raises CouldNotSave."""
    folder: Path = arguments.out.absolute()
    files = known_answers()
    if not arguments.dry_run:
        make_folder(folder)
        for name, text in files.items():
            Prepared(folder / name, text, is_public=True).publish()
    for name, text in files.items():
        print(f"{folder / name} ({len(text)} bytes)")
    if arguments.dry_run:
        print("Dry run: nothing was written.")
