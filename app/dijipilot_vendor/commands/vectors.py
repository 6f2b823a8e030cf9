"""dijipilot-vendor vectors: known answers."""

import argparse


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""


def run(arguments: argparse.Namespace) -> None:
    """Write."""
