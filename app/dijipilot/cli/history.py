"""dijipilot history: all assessments so far, with what they showed when they were finished."""

import argparse

from dijipilot.cli.console import plural, print_json
from dijipilot.cli.opening import open_to_read, profile_to_read
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.assess import AssessmentSummary


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("history", description="All assessments so far, oldest first.")
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print one line an assessment."""
    with open_to_read(arguments) as academy:
        profile = profile_to_read(academy, arguments)
        history = academy.assess.history(profile.id)
        if arguments.json:
            print_json({"assessments": [_data(each) for each in history]})
            return 0
        if not history:
            raise UsageProblem(message("cli.no_assessment", name=profile.name))
        for each in history:
            print(_readable(each))
    return 0


def _data(summary: AssessmentSummary) -> dict[str, object]:
    return {
        "assessment": summary.id,
        "started_at": summary.started_at.isoformat(),
        "finished_at": summary.finished_at.isoformat() if summary.finished_at else None,
        "screens": summary.screens,
        "seconds": summary.seconds,
        "mastered": summary.mastered,
        "missing": summary.missing,
        "unsettled": summary.unsettled,
        "not_applicable": summary.not_applicable,
    }


def _readable(summary: AssessmentSummary) -> str:
    end = "" if summary.finished_at else ", not finished yet"
    counts = f"{summary.mastered} mastered, {summary.missing} missing, {summary.unsettled} unsettled"
    length = f"{plural(summary.screens, 'screen')}, {summary.seconds / 60:.1f} minutes{end}"
    return f"{summary.started_at:%Y-%m-%d %H:%M} UTC  {counts} ({length})  {summary.id}"
