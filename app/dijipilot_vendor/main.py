"""Reads the command line of the publisher's tool, runs one command, and turns what goes wrong into an exit code."""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import dijipilot
from dijipilot.errors import AcademyError
from dijipilot_vendor.commands import audit, cards, ent, inspect, issue, keyring, keys, pack, revoke, vectors
from dijipilot_vendor.desk import Command
from dijipilot_vendor.running import change_passphrase, make_vault, run_on_vault

VAULT_VARIABLE = "DIJIPILOT_VAULT"
VAULT_FOLDER = "dijipilot-vault"

DONE, DEFECT, INTERRUPTED = 0, 1, 130

COMMANDS: Mapping[str, Command] = {
    "keys": keys,
    "ent": ent,
    "cards": cards,
    "issue": issue,
    "revoke": revoke,
    "keyring": keyring,
    "pack": pack,
    "inspect": inspect,
    "audit": audit,
}


def utc_now() -> datetime:
    """Return what the clock says."""
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None, clock: Callable[[], datetime] = utc_now) -> int:
    """Do what the arguments (by default, those of the program) say; return the exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Tests put others in their place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")
    try:
        parsed = build_parser().parse_args(arguments)
        _run(parsed, clock())
        sys.stdout.flush()
        return DONE
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except AcademyError as error:
        print(error.message.english(), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except Exception:
        traceback.print_exc()
        print("Something went wrong inside the program. What the vault held before is safe.", file=sys.stderr)
        return DEFECT


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="dijipilot-vendor",
        description="The publisher's tool of DijiPilot Academy: keys, editions, cards, licenses, packs. "
        "It needs no network; keep it and the vault on a computer without one.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"DijiPilot Academy {dijipilot.__version__}")
    subparsers = parser.add_subparsers(dest="noun", metavar="COMMAND", required=True)
    for command in COMMANDS.values():
        command.add_parser(subparsers)
    vectors.add_parser(subparsers)
    _add_global_options(parser, is_top=True)
    return parser


def find_vault(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the vault; given: what --vault said."""
    named = given or environment.get(VAULT_VARIABLE)
    return (Path(named).expanduser() if named else Path.home() / VAULT_FOLDER).absolute()


def _run(arguments: argparse.Namespace, now: datetime) -> None:
    if arguments.noun == "vectors":
        vectors.run(arguments)
    elif arguments.noun == "keys" and arguments.verb == "init":
        make_vault(find_vault(arguments.vault), arguments, now)
    elif arguments.noun == "keys" and arguments.verb == "passphrase":
        change_passphrase(find_vault(arguments.vault), arguments, now)
    else:
        run_on_vault(COMMANDS[arguments.noun], find_vault(arguments.vault), arguments, now)


def _add_global_options(parser: argparse.ArgumentParser, *, is_top: bool) -> None:
    """Let the options that every command has stand before and after it, at any depth."""
    # Suppressed: a default further down would overwrite what was said further up.
    default = None if is_top else argparse.SUPPRESS
    parser.add_argument("--vault", metavar="DIR", type=Path, default=default, help="folder of the vault")
    parser.add_argument(
        "--passphrase-file", metavar="FILE", type=Path, default=default, help="read the passphrase from a file"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        default=False if is_top else default,
        help="say what would be done; write nothing",
    )
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in set(action.choices.values()):
                _add_global_options(below, is_top=False)
