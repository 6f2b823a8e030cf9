"""dijipilot result: verdict and probability of each skill, with reasons."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import plural, print_json, wrapped
from dijipilot.cli.opening import open_to_read, profile_to_read
from dijipilot.domain.assessment.held_out import HeldOutCheck
from dijipilot.domain.curriculum import Curriculum, Program
from dijipilot.domain.ids import AssessmentId, ProfileId, SkillId
from dijipilot.domain.standing import Outlook, Reason, Standing, Verdict
from dijipilot.errors import UsageProblem
from dijipilot.exchange.result_messages import flag_messages, forecast_message, held_out_message
from dijipilot.messages import message
from dijipilot.services.assess import AssessmentResult

if TYPE_CHECKING:
    from dijipilot.domain.standing import Forecast

MORE_MINUTES = 2
"""So many minutes more are offered, and told of, unless somebody asks for another number."""

REASONS_SHOWN = 3
"""So many reasons are printed for people; data has them all."""

VERDICT_MEANINGS = {
    Verdict.MASTERED: "your answers show it, at least 85 % likely",
    Verdict.MISSING: "your answers speak against it, at most 15 % likely",
    Verdict.UNSETTLED: "not clear yet; two more minutes, or its lesson, can settle it",
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
        more = forecast_of(academy, profile.id, result)
        if arguments.json:
            print_json(result_data(result, more))
        else:
            print("\n".join(_readable(academy.library.curriculum, result, more, profile.name)))
    return 0


def forecast_of(academy: Academy, profile: ProfileId, result: AssessmentResult) -> "Forecast | None":
    """Return what more minutes would settle; None unless they would be added to this very result."""
    finished = [each.id for each in academy.assess.history(profile) if each.finished_at is not None]
    if not finished or finished[-1] != result.assessment:
        return None
    return academy.assess.forecast_more(profile, MORE_MINUTES)


def result_data(result: AssessmentResult, more: "Forecast | None") -> dict[str, object]:
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
                "outlook": _outlook_data(result.outlooks[skill]),
            }
            for skill, each in standing.by_skill.items()
        },
        "not_applicable": sorted(standing.not_applicable),
        "flags": [*standing.flags],
        "held_out": _held_out_data(result.held_out) if result.held_out else None,
        "more": _more_data(more) if more else None,
    }


def _reason_data(reason: Reason) -> dict[str, object]:
    return {
        "kind": reason.kind.value,
        "id": reason.id,
        "strength": reason.strength,
        "text": reason.message.english(),
    }


def _outlook_data(outlook: Outlook) -> dict[str, object]:
    return {
        "kind": outlook.kind.value,
        "id": outlook.id,
        "chance": outlook.chance,
        "text": outlook.message.english(),
    }


def _held_out_data(check: HeldOutCheck) -> dict[str, object]:
    return {"act": check.act, "ticked": check.is_ticked, "expected": check.expected}


def _more_data(more: "Forecast") -> dict[str, object]:
    return {"minutes": MORE_MINUTES, "settles": round(more.gain, 1), "screens": round(more.screens, 1)}


def counted(standing: Standing) -> Iterator[str]:
    """Yield how many skills have which verdict, and what the verdict means."""
    for verdict, meaning in VERDICT_MEANINGS.items():
        yield f"  {standing.count(verdict):>3} {verdict.value:<10} {meaning}"
    if standing.not_applicable:
        yield f"  {len(standing.not_applicable):>3} {'left out':<10} do not apply to this shop"


def remarks(standing: Standing, more: "Forecast | None") -> Iterator[str]:
    """Yield what to know beside the counts: how far the answers go, and what more of them would bring."""
    for told in flag_messages(standing.flags):
        yield from wrapped(told.english(), "  Note: ")
    if more is not None:
        yield from wrapped(forecast_message(more, standing.count(Verdict.UNSETTLED)).english(), "  ")


def _readable(curriculum: Curriculum, result: AssessmentResult, more: "Forecast | None", name: str) -> Iterator[str]:
    when = f"finished {result.finished_at:%Y-%m-%d %H:%M} UTC" if result.finished_at else "not finished yet"
    yield f"Result of {name}: {when}, {plural(result.screens, 'screen')}, {result.seconds / 60:.1f} minutes"
    yield ""
    yield from counted(result.standing)
    yield from remarks(result.standing, more)
    for program in curriculum.programs:
        yield from _program(program, result)
    if result.held_out is not None:
        yield ""
        yield from wrapped(held_out_message(curriculum, result.held_out).english())


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
    yield from wrapped(result.outlooks[skill].message.english(), f"{'':18}> ")
