"""dijipilot assess: the assessment, or a short re-check, in the terminal or line by line for a script."""

import argparse

from dijipilot.bootstrap import Academy
from dijipilot.cli import recheck
from dijipilot.cli.argument_types import positive_minutes
from dijipilot.cli.console import plural, say
from dijipilot.cli.opening import open_to_change, profile_to_change
from dijipilot.cli.result import MORE_MINUTES
from dijipilot.domain.records import Profile
from dijipilot.services.assess import Sitting

PAUSED, INTERRUPTED = 0, 130


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "assess", description="Take the assessment: goes on with an unfinished one, else begins one."
    )
    parser.add_argument("--minutes", type=positive_minutes, help="how long a new assessment is; 5 if you say nothing")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--new", action="store_true", help="begin in any case; an unfinished one is kept as it is")
    which.add_argument(
        "--more",
        metavar="MINUTES",
        nargs="?",
        type=positive_minutes,
        const=float(MORE_MINUTES),
        help="so many minutes on top of the last finished assessment; 2 if you do not say how many",
    )
    which.add_argument(
        "--recheck",
        metavar="LESSON",
        nargs="?",
        const=recheck.ABOUT_ALL,
        help="three to six questions on top of all that is known; with a lesson, one or two about its skill alone",
    )
    parser.add_argument("--jsonl", action="store_true", help="questions and answers as one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Ask until the assessment is finished or paused; whatever was answered is saved."""
    if arguments.recheck is not None:
        return recheck.run(arguments)
    with open_to_change(arguments) as academy:
        profile = profile_to_change(academy, arguments)
        try:
            sitting = _sitting(academy, profile, arguments)
            if _is_taken_to_its_end(academy, profile, sitting, arguments.jsonl):
                return 0
        except KeyboardInterrupt:
            _say_paused(profile)
            return INTERRUPTED
        _say_paused(profile)
        return PAUSED


def _sitting(academy: Academy, profile: Profile, arguments: argparse.Namespace) -> Sitting:
    assess = academy.assess
    if arguments.more is not None:
        return assess.extend_last(profile.id, arguments.more)
    if arguments.new:
        return assess.begin(profile.id, arguments.minutes)
    unfinished = assess.unfinished(profile.id)
    if unfinished is not None:
        say(
            f"Going on with the assessment of {profile.name}: {plural(unfinished.screens, 'question')} answered so far."
        )
        if arguments.minutes is not None:
            say("It keeps its length. To begin one of another length, say --new.")
    return assess.resume_or_begin(profile.id, arguments.minutes)


def _is_taken_to_its_end(academy: Academy, profile: Profile, sitting: Sitting, by_lines: bool) -> bool:
    """Run the dialog; return False when it is paused."""
    if by_lines:
        from dijipilot.cli.assess_lines import ask_and_write_result

        return ask_and_write_result(academy, profile, sitting)
    from dijipilot.cli.assess_terminal import ask_and_sum_up

    return ask_and_sum_up(academy, profile, sitting)


def _say_paused(profile: Profile) -> None:
    say(f"Paused. Every answer is saved. To go on: dijipilot assess --profile {shell_word(profile.name)}")


def shell_word(name: str) -> str:
    """Return a name as one types it after --profile."""
    return f'"{name}"' if " " in name else name
