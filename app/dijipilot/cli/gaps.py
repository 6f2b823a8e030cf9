"""dijipilot gaps: what is mastered and what is missing, by stage, program and mission."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dijipilot.bootstrap import write_gaps_pdf
from dijipilot.cli.console import plural, print_json, say, wrapped
from dijipilot.cli.opening import open_to_read, profile_to_read, remark_on_evidence
from dijipilot.domain.gaps import GapAnalysis, MissionGap, ProgramGap, SkillGap, StageGap
from dijipilot.domain.skill_state import Counts
from dijipilot.exchange.csv_files import GAP_COLUMNS, gap_rows, write_csv
from dijipilot.exchange.gap_messages import headline_messages

MARKS = {"mastered": "x", "missing": " ", "unsettled": "?", "not_applicable": "-"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("gaps", description="Gap analysis by stage, program and mission.")
    parser.add_argument("--json", action="store_true", help="data on standard output")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write a table, one line a skill")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write a report to print")


def run(arguments: argparse.Namespace) -> int:
    """Print the gap analysis, or write it to a file."""
    with open_to_read(arguments) as academy:
        profile = profile_to_read(academy, arguments)
        remark_on_evidence(academy, profile)
        analysis = academy.plan.gaps(profile.id)
    if arguments.csv:
        write_csv(arguments.csv, GAP_COLUMNS, gap_rows(analysis))
        say(f"The gaps of {profile.name} are in {arguments.csv}.")
    if arguments.pdf:
        write_gaps_pdf(arguments.pdf, analysis, profile.name, datetime.now(UTC))
        say(f"The report of {profile.name} is in {arguments.pdf}.")
    if arguments.json:
        print_json(gaps_data(analysis))
    elif not (arguments.csv or arguments.pdf):
        print("\n".join(_readable(analysis, profile.name)))
    return 0


def gaps_data(analysis: GapAnalysis) -> dict[str, object]:
    """Return the gap analysis as scripts read it; the keys are a contract."""
    return {"totals": analysis.totals.as_dict(), "stages": [_stage_data(stage) for stage in analysis.stages]}


def _stage_data(stage: StageGap) -> dict[str, object]:
    return {**_level(stage), "programs": [_program_data(program) for program in stage.programs]}


def _program_data(program: ProgramGap) -> dict[str, object]:
    return {**_level(program), "missions": [_mission_data(mission) for mission in program.missions]}


def _mission_data(mission: MissionGap) -> dict[str, object]:
    return {**_level(mission), "skills": [_skill_data(skill) for skill in mission.skills]}


def _level(level: StageGap | ProgramGap | MissionGap) -> dict[str, object]:
    return {"number": level.number, "title": level.title, **level.counts.as_dict()}


def _skill_data(gap: SkillGap) -> dict[str, object]:
    return {
        "id": gap.skill,
        "lesson": gap.lesson,
        "state": gap.state.value,
        "locked": gap.locked,
        "minutes": gap.minutes,
        "value": gap.value,
    }


def _readable(analysis: GapAnalysis, name: str) -> Iterator[str]:
    yield f"Gaps of {name}: {_counted(analysis.totals)}"
    yield from (each.english() for each in headline_messages(analysis, _time))
    yield "[x] mastered  [ ] missing  [?] unsettled  [-] not for this shop"
    for stage in analysis.stages:
        yield ""
        yield f"{stage.number} {stage.title}: {_counted(stage.counts)}"
        for program in stage.programs:
            yield f"  {program.number} {program.title}: {_counted(program.counts)}"
            for mission in program.missions:
                yield from _mission(mission)


def _time(minutes: int) -> str:
    return f"{minutes / 60:.1f} hours" if minutes >= 60 else plural(minutes, "minute")


def _mission(mission: MissionGap) -> Iterator[str]:
    yield f"    {mission.number} {mission.title}: {_counted(mission.counts)}"
    for gap in mission.skills:
        minutes = f", {gap.minutes} min" if gap.state.is_gap else ""
        locked = ", locked" if gap.locked else ""
        yield from wrapped(f"{gap.lesson} {gap.title}{minutes}{locked}", f"      [{MARKS[gap.state.value]}] ")


def _counted(counts: Counts) -> str:
    if not counts.applicable:
        return "not for this shop"
    to_close = f", {_time(counts.minutes)} to close" if counts.minutes else ""
    locked = f", {counts.locked_gaps} locked" if counts.locked_gaps else ""
    counted = counts.counted
    return f"{counts.mastered} of {counted.applicable} mastered, {counted.unsettled} unsettled{locked}{to_close}"
