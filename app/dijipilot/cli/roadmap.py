"""dijipilot roadmap: what to study, in which order; and what the learner decides about it."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dijipilot.bootstrap import write_roadmap_pdf
from dijipilot.cli import roadmap_changes
from dijipilot.cli.console import plural, print_json, say, wrapped
from dijipilot.cli.opening import open_to_read, profile_to_read, remark_on_evidence
from dijipilot.domain.records import Profile
from dijipilot.domain.roadmap import Roadmap, RoadmapItem
from dijipilot.exchange.calendar_file import write_calendar
from dijipilot.exchange.csv_files import ROADMAP_COLUMNS, roadmap_rows, write_csv

MARKS = {"to_do": "[ ]", "in_progress": "[>]", "done": "[x]", "skipped": "[-]", "due_for_review": "[r]"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("roadmap", description="What to study, in which order.")
    parser.add_argument("--json", action="store_true", help="data on standard output")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write a table, one line a lesson")
    parser.add_argument("--ics", metavar="FILE", type=Path, help="write a calendar, from today on")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write a checklist to print")
    commands = parser.add_subparsers(dest="roadmap_command", metavar="COMMAND")
    roadmap_changes.add_parsers(commands)


def run(arguments: argparse.Namespace) -> int:
    """Print the roadmap, write it to files, or mark a lesson."""
    if arguments.roadmap_command:
        return roadmap_changes.change(arguments)
    with open_to_read(arguments) as academy:
        profile = profile_to_read(academy, arguments)
        remark_on_evidence(academy, profile)
        roadmap = academy.plan.roadmap(profile.id)
    _write_files(arguments, roadmap, profile)
    if arguments.json:
        print_json(roadmap_data(roadmap))
    elif not (arguments.csv or arguments.ics or arguments.pdf):
        print("\n".join(_readable(roadmap, profile.name)))
    return 0


def _write_files(arguments: argparse.Namespace, roadmap: Roadmap, profile: Profile) -> None:
    if arguments.csv:
        write_csv(arguments.csv, ROADMAP_COLUMNS, roadmap_rows(roadmap))
        say(f"The roadmap of {profile.name} is in {arguments.csv}.")
    now = datetime.now(UTC)
    if arguments.ics:
        today = now.astimezone().date()
        write_calendar(arguments.ics, roadmap, f"Roadmap of {profile.name}", profile.id, today, now)
        say(f"The calendar of {profile.name} is in {arguments.ics}.")
    if arguments.pdf:
        write_roadmap_pdf(arguments.pdf, roadmap, profile.name, now)
        say(f"The checklist of {profile.name} is in {arguments.pdf}.")


def roadmap_data(roadmap: Roadmap) -> dict[str, object]:
    """Return the roadmap as scripts read it; the keys are a contract."""
    return {"items": [_item_data(item) for item in roadmap.items]}


def _item_data(item: RoadmapItem) -> dict[str, object]:
    return {
        "lesson": item.lesson,
        "skill": item.skill,
        "status": item.status.value,
        "minutes": item.minutes,
        "locked": item.locked,
        "why": "; ".join(why.english() for why in item.why),
        "ready": item.ready,
    }


def _readable(roadmap: Roadmap, name: str) -> Iterator[str]:
    ahead = sum(item.status.is_ahead for item in roadmap.items)
    yield f"Roadmap of {name}: {plural(ahead, 'lesson')} ahead, {roadmap.minutes_ahead / 60:.0f} hours"
    if roadmap.pace is not None:
        low, high = roadmap.pace.weeks_low, roadmap.pace.weeks_high
        yield f"At your pace: {low} to {high} weeks" if low != high else f"At your pace: {plural(low, 'week')}"
    for note in roadmap.notes:
        yield from wrapped(note.english())
    yield "[ ] to do  [>] in progress  [x] done  [-] skipped  [r] due for review"
    path = ""
    for item in roadmap.items:
        if item.path != path:
            path = item.path
            yield ""
            yield path
        yield from _item(item)


def _item(item: RoadmapItem) -> Iterator[str]:
    marks = f"{item.minutes} min" + (", locked" if item.locked else "")
    if item.is_in_preparation:
        marks += ", in preparation"
    yield from wrapped(f"{item.lesson} {item.title} ({marks})", f"{item.position:>3}. {MARKS[item.status.value]} ")
    if item.why:
        yield from wrapped("; ".join(why.english() for why in item.why), " " * 9)
