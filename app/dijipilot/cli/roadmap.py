"""dijipilot roadmap: what to study, in which order; marks lessons as done, skipped or to do."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dijipilot.bootstrap import Academy, write_roadmap_pdf
from dijipilot.cli.console import plural, print_json, say, wrapped
from dijipilot.cli.opening import (
    open_to_change,
    open_to_read,
    profile_to_change,
    profile_to_read,
    remark_on_evidence,
)
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.domain.records import Profile
from dijipilot.domain.roadmap import Roadmap, RoadmapItem
from dijipilot.exchange.calendar_file import write_calendar
from dijipilot.exchange.csv_files import ROADMAP_COLUMNS, roadmap_rows, write_csv

MARKS = {"to_do": "[ ]", "in_progress": "[>]", "done": "[x]", "skipped": "[-]", "due_for_review": "[r]"}
CHANGES = {"done": "done", "skip": "skipped", "todo": "to do"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("roadmap", description="What to study, in which order.")
    parser.add_argument("--json", action="store_true", help="data on standard output")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write a table, one line a lesson")
    parser.add_argument("--ics", metavar="FILE", type=Path, help="write a calendar, from today on")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write a checklist to print")
    commands = parser.add_subparsers(dest="roadmap_command", metavar="COMMAND")
    for name, state in CHANGES.items():
        command = commands.add_parser(name, help=f"mark a lesson as {state}")
        command.add_argument("lesson", metavar="LESSON", help="its number, or the id of its skill")


def run(arguments: argparse.Namespace) -> int:
    """Print the roadmap, write it to files, or mark a lesson."""
    if arguments.roadmap_command:
        return _change(arguments)
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


def _change(arguments: argparse.Namespace) -> int:
    with open_to_change(arguments) as academy:
        lesson = academy.library.find(arguments.lesson)
        profile = profile_to_change(academy, arguments)
        match arguments.roadmap_command:
            case "done":
                academy.learn.finish(profile.id, lesson.skill)
            case "skip":
                academy.plan.skip(profile.id, lesson.skill)
            case _:
                _put_back(academy, profile.id, lesson.skill)
    say(f"{lesson.number} {lesson.title}: {CHANGES[arguments.roadmap_command]}, for {profile.name}.")
    return 0


def _put_back(academy: Academy, profile: ProfileId, skill: SkillId) -> None:
    """Put a lesson back to do; one that is on no roadmap, because it is mastered or does not apply, is added."""
    academy.plan.want(profile, skill)
    if academy.plan.roadmap(profile).item(skill) is None:
        academy.plan.add(profile, skill)


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
