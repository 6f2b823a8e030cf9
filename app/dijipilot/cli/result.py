"""dijipilot result: verdict and probability of each skill, with reasons."""

import argparse
from collections.abc import Iterator

from dijipilot.cli.console import plural, print_json, wrapped
from dijipilot.cli.opening import open_to_read, profile_to_read
from dijipilot.domain.curriculum import Curriculum, Program
from dijipilot.domain.ids import AssessmentId, SkillId
from dijipilot.domain.standing import Reason, Standing, Verdict
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.assess import AssessmentResult

REASONS_SHOWN = 3
"""So many reasons are printed for people; data has them all."""

VERDICT_MEANINGS = {
    Verdict.MASTERED: "your answers show it, at least 85 % likely",
    Verdict.MISSING: "your answers speak against it, at most 15 % likely",
    Verdict.UNSETTLED: "not clear yet; two more minutes, or its lesson, can settle it",
}

FLAG_MEANINGS = {
    "over_claiming": "Some answers claimed things that do not exist, so ticks count for less here.",
    "hurried": "Some answers came faster than the question can be read.",
    "contradictory": "Some answers contradict each other.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("result", description="Verdict and probability of each skill, with reasons.")
    parser.add_argument("--assessment", metavar="ID", help="an earlier one; see dijipilot history")
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the result of the latest finished assessment, or of the one asked for."""
    with open_to_read(arguments) as academy:
        profile = profile_to_read(academy, arguments)
        wanted = AssessmentId(arguments.assessment) if arguments.assessment else None
        result = academy.assess.result(profile.id, wanted)
        if result is None and wanted:
            raise UsageProblem(message("cli.no_such_assessment", assessment=wanted, name=profile.name))
        if result is None:
            raise UsageProblem(message("cli.no_assessment", name=profile.name))
        if arguments.json:
            print_json(result_data(result))
        else:
            print("\n".join(_readable(academy.library.curriculum, result, profile.name)))
    return 0


def result_data(result: AssessmentResult) -> dict[str, object]:
    """Return a result as scripts read it; the keys are a contract."""
    standing = result.standing
    return {
        "assessment": result.assessment,
        "finished_at": result.finished_at.isoformat() if result.finished_at else None,
        "seconds": result.seconds,
        "screens": result.screens,
        "skills": {
            skill: {
                "probability": each.probability,
                "verdict": each.verdict.value,
                "reasons": [_reason_data(reason) for reason in result.reasons.get(skill, ())],
            }
            for skill, each in standing.by_skill.items()
        },
        "not_applicable": sorted(standing.not_applicable),
        "flags": [*standing.flags],
    }


def _reason_data(reason: Reason) -> dict[str, object]:
    return {
        "kind": reason.kind.value,
        "id": reason.id,
        "strength": reason.strength,
        "text": reason.message.english(),
    }


def counted(standing: Standing) -> Iterator[str]:
    """Yield how many skills have which verdict, and what the verdict means."""
    for verdict, meaning in VERDICT_MEANINGS.items():
        yield f"  {standing.count(verdict):>3} {verdict.value:<10} {meaning}"
    if standing.not_applicable:
        yield f"  {len(standing.not_applicable):>3} {'left out':<10} do not apply to this shop"


def _readable(curriculum: Curriculum, result: AssessmentResult, name: str) -> Iterator[str]:
    when = f"finished {result.finished_at:%Y-%m-%d %H:%M} UTC" if result.finished_at else "not finished yet"
    yield f"Result of {name}: {when}, {plural(result.screens, 'screen')}, {result.seconds / 60:.1f} minutes"
    yield ""
    yield from counted(result.standing)
    for flag in result.standing.flags:
        yield from wrapped(FLAG_MEANINGS.get(flag, flag), "  Note: ")
    for program in curriculum.programs:
        yield from _program(program, result)


def _program(program: Program, result: AssessmentResult) -> Iterator[str]:
    yield ""
    yield f"{program.number} {program.title}"
    left_out = 0
    for mission in program.missions:
        for lesson in mission.lessons:
            if lesson.skill in result.standing.by_skill:
                yield from _skill(lesson.skill, f"{lesson.number} {lesson.title}", result)
            else:
                left_out += 1
    if left_out:
        yield f"  {plural(left_out, 'skill')} left out: not for this shop"


def _skill(skill: SkillId, title: str, result: AssessmentResult) -> Iterator[str]:
    standing = result.standing.by_skill[skill]
    yield from wrapped(title, f"  {standing.verdict.value:<9} {standing.probability:>4.0%}  ")
    for reason in result.reasons.get(skill, ())[:REASONS_SHOWN]:
        yield from wrapped(reason.message.english(), f"{'':18}{'+' if reason.strength > 0 else '-'} ")
