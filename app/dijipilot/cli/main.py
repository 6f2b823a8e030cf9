"""Reads the command line, runs one command or opens the window, and turns what goes wrong into an exit code.

Commands are imported only when they are asked for: --help and --version answer at once.
"""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

import dijipilot
from dijipilot.cli.console import prepare_streams, say
from dijipilot.errors import AcademyError
from dijipilot.paths import find_home

DONE, DEFECT, USAGE, NOT_SAVED, INTERRUPTED = 0, 1, 2, 5, 130
DISK_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Variables of which one is set on Linux where a window can open."""


COMMANDS: Mapping[str, str] = {
    "assess": "take the assessment, or go on with it",
    "result": "verdict and probability of each skill, with reasons",
    "history": "all assessments so far",
    "gaps": "gap analysis by stage, program and mission",
    "roadmap": "what to study, in which order; mark lessons",
    "lesson": "read a lesson",
    "study": "where you are in a lesson: tick, check, note",
    "search": "find lessons, answers, terms and notes",
    "profile": "profiles: who learns here",
    "pack": "content packs",
    "questions": "questions asked and answered by file",
    "data": "where your data is, whether it is sound, backups",
    "curriculum": "for authors: check, compile, export and preview the curriculum",
    "simulate": "let simulated learners take the assessment",
}

GLOBAL_OPTIONS = {
    "--home": ("DIR", "where user data lives"),
    "--profile": ("NAME", "whose data; without it, the profile last used"),
}


class Command(Protocol):
    """A module of one command."""

    def add_parser(self, subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
        """Describe the command."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; return the exit code. Raises errors of ours."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (by default, those of the program) say; return the exit code."""
    prepare_streams()
    given = sys.argv[1:] if arguments is None else list(arguments)
    name = _command_in(given)
    try:
        command = _load(name) if name in COMMANDS else None
        parsed = _parser(name, command).parse_args(given)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    return _run_safely(command, parsed)


def _run_safely(command: Command | None, parsed: argparse.Namespace) -> int:
    try:
        code = _open_window(parsed) if command is None else command.run(parsed)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except AcademyError as error:
        say(error.message.english())
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has enough.
        _discard_output()
        return DONE
    except KeyboardInterrupt:
        say("Interrupted.")
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            # Files of ours raise CouldNotSave, so this is where standard output leads.
            say("The output could not be written: the disk is full. Free some space, then try again.")
            _discard_output()
            return NOT_SAVED
        # Imported here: logging is for the day on which something goes wrong.
        from dijipilot.cli.defects import report_defect

        report_defect(error, find_home(parsed.home).logs)
        return DEFECT


def _discard_output() -> None:
    """Let what is left of the output go nowhere: Python would complain once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command_in(given: Sequence[str]) -> str | None:
    """Return the first word that is neither an option nor the value of one."""
    words = iter(given)
    for word in words:
        if word in GLOBAL_OPTIONS:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def _parser(name: str | None, command: Command | None) -> argparse.ArgumentParser:
    """Return a parser that knows all commands by name, and the one given in full."""
    parser = argparse.ArgumentParser(
        prog="dijipilot",
        description="DijiPilot Academy: find out what your shop masters, and study what it misses. "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"DijiPilot Academy {dijipilot.__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for known, meaning in COMMANDS.items():
        if known == name and command is not None:
            command.add_parser(subparsers)
        else:
            subparsers.add_parser(known, help=meaning)
    _add_global_options(parser, default=None)
    return parser


def _add_global_options(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Let the global options stand before and after the command, at any depth."""
    for option, (metavar, meaning) in GLOBAL_OPTIONS.items():
        parser.add_argument(option, metavar=metavar, default=default, help=meaning)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in set(action.choices.values()):
                # Suppressed: a default down there would overwrite what was said further up.
                _add_global_options(below, default=argparse.SUPPRESS)


def _open_window(parsed: argparse.Namespace) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        # Qt would end the program with a core dump, which tells nobody what to do.
        say("There is no screen here, so no window can open. What a terminal can do: dijipilot --help.")
        return USAGE
    # What is made while starting stays: looking for garbage in it takes a seventh of the start. The window, once it
    # stands there, has it looked for again.
    gc.disable()
    # Imported here: Qt and the services take a second that no command has to wait for.
    from dijipilot.window import open_window

    return open_window(find_home(parsed.home), parsed.profile)


def _load(name: str | None) -> Command:
    """Import the module of a command. Written out, so that the bundle's builder sees what is needed."""
    match name:
        case "assess":
            from dijipilot.cli import assess

            return assess
        case "result":
            from dijipilot.cli import result

            return result
        case "history":
            from dijipilot.cli import history

            return history
        case "gaps":
            from dijipilot.cli import gaps

            return gaps
        case "roadmap":
            from dijipilot.cli import roadmap

            return roadmap
        case "lesson":
            from dijipilot.cli import lesson

            return lesson
        case "study":
            from dijipilot.cli import study

            return study
        case "search":
            from dijipilot.cli import search

            return search
        case "profile":
            from dijipilot.cli import profile

            return profile
        case "pack":
            from dijipilot.cli import pack

            return pack
        case "questions":
            from dijipilot.cli import questions

            return questions
        case "data":
            from dijipilot.cli import data

            return data
        case "simulate":
            from dijipilot.cli import simulate

            return simulate
        case _:
            from dijipilot.cli import curriculum

            return curriculum
