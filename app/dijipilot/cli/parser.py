"""The command line's own words: commands, global options, and the parser that knows them."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Protocol

import dijipilot

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
    "license": "activate a license; which ones are here",
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


def command_in(given: Sequence[str]) -> str | None:
    """Return the first word that is neither an option nor the value of one."""
    words = iter(given)
    for word in words:
        if word in GLOBAL_OPTIONS:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def build_parser(name: str | None, command: Command | None) -> argparse.ArgumentParser:
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
