"""What a command gets and what it gives back. A command computes; files and vault are changed by whoever runs it."""

import argparse
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from dijipilot.errors import UsageProblem
from dijipilot_vendor.audit import AuditHead
from dijipilot_vendor.state import VaultState
from dijipilot_vendor.texts import message


class Desk(Struct, frozen=True):
    """The open vault as a command sees it. log: all bytes of the audit log, head: what it must end with."""

    state: VaultState
    head: AuditHead
    log: bytes
    now: datetime

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self.now.date()


class NewFile(Struct, frozen=True):
    """A file that a command makes. is_public: meant for everybody; others are for the publisher's eyes alone."""

    path: Path
    content: bytes
    is_public: bool = False

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return f"NewFile({self.path})"


class Outcome(Struct, frozen=True):
    """What a command came to: new state, what to say (lines for people, data for scripts), files to make, or remove."""

    state: VaultState
    lines: tuple[str, ...] = ()
    data: Mapping[str, object] | None = None
    files: tuple[NewFile, ...] = ()
    removed: tuple[Path, ...] = ()


class Command(Protocol):
    """A module of one noun."""

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Describe the command."""

    def run(self, arguments: argparse.Namespace, desk: Desk) -> Outcome:
        """Compute what it comes to. Raises errors of ours."""


def new_file(name: Path, content: bytes, *, is_public: bool = False) -> NewFile:
    """Return a file to be made under a name that is not taken. Raises UsageProblem where it is."""
    path = name.expanduser().absolute()
    if path.exists():
        raise UsageProblem(message("vendor.file_there", path=str(path)))
    return NewFile(path, content, is_public)
