"""dijipilot-vendor vectors: known answers of all formats, for whoever writes another implementation."""

import argparse
from pathlib import Path

from dijipilot_vendor.vectors import FILES, export


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("vectors", help="known answers of all formats; they need no vault")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    exporting = verbs.add_parser("export", help="write them, in the place of earlier ones")
    exporting.add_argument("--out", metavar="DIR", type=Path, required=True, help="such as tests/licensing/vectors")


def run(arguments: argparse.Namespace) -> None:
    """Write the files. Raises CouldNotSave."""
    folder: Path = arguments.out.absolute()
    if arguments.dry_run:
        print(f"Dry run: {len(FILES)} files would be written to {folder}.")
    else:
        print(f"{folder}: {export(folder)} known answers in {len(FILES)} files")
