"""Reads the command line, runs one command or opens the window, and turns what goes wrong into an exit code.

Commands are imported only when they are asked for: --help and --version answer at once.
"""

import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dijipilot.cli.console import prepare_streams, say
from dijipilot.errors import AcademyError
from dijipilot.paths import find_home

if TYPE_CHECKING:
    from dijipilot.cli.parser import Command

DONE, DEFECT, USAGE, NOT_SAVED, INTERRUPTED = 0, 1, 2, 5, 130
DISK_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

LICENSE_ENDING = ".djlicense"
"""As licensing/license_file.py has it, which takes its time to import."""

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Variables of which one is set on Linux where a window can open."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (by default, those of the program) say; return the exit code."""
    prepare_streams()
    _leave_no_memory_dump()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if not given:
        # What a shortcut starts: nothing has to be parsed, and the parser takes a twentieth of the first paint.
        return _run_safely(lambda: _open_window(None, None, None), None)
    # Imported here: for those who type.
    from dijipilot.cli.parser import COMMANDS, build_parser, command_in

    name = command_in(given)
    license_file = _license_file_in(name)
    try:
        command = _load(name) if name in COMMANDS else None
        parsed = build_parser(name, command).parse_args([word for word in given if word != license_file])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    if command is None:
        return _run_safely(lambda: _open_window(parsed.home, parsed.profile, license_file), parsed.home)
    return _run_safely(lambda: command.run(parsed), parsed.home)


def _leave_no_memory_dump() -> None:
    """Have the system write no file of our memory when we crash: lessons that are open lie in it in the clear."""
    if sys.platform != "win32":
        # Imported here: Windows has none such, and writes the stacks alone.
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _run_safely(do: Callable[[], int], home: str | None) -> int:
    try:
        code = do()
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

        report_defect(error, find_home(home).logs)
        return DEFECT


def _discard_output() -> None:
    """Let what is left of the output go nowhere: Python would complain once more when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _license_file_in(word: str | None) -> str | None:
    """Return the license file that somebody opened with a double click, None where the word is a command."""
    return word if word is not None and word.lower().endswith(LICENSE_ENDING) and Path(word).is_file() else None


def _open_window(home: str | None, profile: str | None, license_file: str | None) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        # Qt would end the program with a core dump, which tells nobody what to do.
        say("There is no screen here, so no window can open. What a terminal can do: dijipilot --help.")
        return USAGE
    # What is made while starting stays: looking for garbage in it takes a seventh of the start. The window, once it
    # stands there, has it looked for again.
    gc.disable()
    # Imported here: Qt and the services take a second that no command has to wait for.
    from dijipilot.window import open_window

    return open_window(find_home(home), profile, Path(license_file) if license_file else None)


def _load(name: str | None) -> "Command":
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
        case "license":
            from dijipilot.cli import license

            return license
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
