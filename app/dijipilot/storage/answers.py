"""Assessments and the answers given in them, and facts answered elsewhere."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec.structs import replace

from dijipilot.domain.assessment.responses import Answer, Assessment, ScreenKind
from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import ShownVerdicts
from dijipilot.errors import OurDefect
from dijipilot.messages import message
from dijipilot.storage import moments
from dijipilot.storage.database import Database

_SCREEN_KINDS = [kind.value for kind in ScreenKind]


class MarkKind(StrEnum):
    """What is appended to an assessment: its row, like any record, is never rewritten."""

    FINISHED = "finished"
    REOPENED = "reopened"
    EXTENDED = "extended"


def add_assessment(database: Database, assessment: Assessment) -> None:
    """Add an assessment that starts; budget_seconds is the one it starts with. finished_at must be None."""
    if assessment.finished_at is not None:
        raise ValueError("an assessment starts unfinished")
    values = {"pack": assessment.pack, "seed": assessment.seed, "budget_seconds": assessment.budget_seconds}
    with database.writing() as writer:
        writer.append("assessment", assessment.profile, assessment.id, assessment.started_at, values)


def append_finished(database: Database, mark: EventId, assessment: AssessmentId, at: datetime) -> None:
    """Append that the assessment is finished. `mark` is the id of this record."""
    _append_mark(database, mark, assessment, at, MarkKind.FINISHED, 0.0)


def append_reopened(database: Database, mark: EventId, assessment: AssessmentId, at: datetime) -> None:
    """Append that a finished assessment may be resumed."""
    _append_mark(database, mark, assessment, at, MarkKind.REOPENED, 0.0)


def append_extended(database: Database, mark: EventId, assessment: AssessmentId, at: datetime, seconds: float) -> None:
    """Append that the assessment has so many more seconds; a finished one may be resumed."""
    _append_mark(database, mark, assessment, at, MarkKind.EXTENDED, seconds)


def _append_mark(
    database: Database, mark: EventId, assessment: AssessmentId, at: datetime, kind: MarkKind, seconds: float
) -> None:
    with database.writing() as writer:
        profile = _profile_of(database, assessment)
        values = {"assessment": assessment, "kind": kind.value, "seconds": float(seconds)}
        writer.append("assessment_mark", profile, mark, at, values)


def assessments_of(database: Database, profile: ProfileId) -> list[Assessment]:
    """Return the profile's assessments, oldest first, as they stand now: extensions counted, finished or not."""
    with database.reading() as reader:
        marks = reader.records("assessment_mark", profile)
        return [_as_it_stands(row, marks) for row in reader.records("assessment", profile)]


def get_assessment(database: Database, assessment: AssessmentId) -> Assessment | None:
    """Return one assessment as it stands now."""
    with database.reading() as reader:
        row = reader.row("SELECT * FROM assessment WHERE id = ?", assessment)
        if row is None:
            return None
        return _as_it_stands(row, reader.records("assessment_mark", ProfileId(row["profile"])))


def _as_it_stands(row: sqlite3.Row, marks: Iterable[sqlite3.Row]) -> Assessment:
    assessment = Assessment(
        id=AssessmentId(row["id"]),
        profile=ProfileId(row["profile"]),
        started_at=moments.from_text(row["at"]),
        pack=PackId(row["pack"]),
        seed=row["seed"],
        budget_seconds=row["budget_seconds"],
        finished_at=None,
    )
    for mark in marks:
        if mark["assessment"] == row["id"]:
            assessment = _after(assessment, mark)
    return assessment


def _after(assessment: Assessment, mark: sqlite3.Row) -> Assessment:
    match mark["kind"]:
        case MarkKind.FINISHED:
            return replace(assessment, finished_at=moments.from_text(mark["at"]))
        case MarkKind.REOPENED:
            return replace(assessment, finished_at=None)
        case MarkKind.EXTENDED:
            return replace(assessment, finished_at=None, budget_seconds=assessment.budget_seconds + mark["seconds"])
        case _:
            # A later version of the app knows more kinds.
            return assessment


def append_answer(database: Database, profile: ProfileId, assessment: AssessmentId | None, answer: Answer) -> None:
    """Append an answer; it is on the disk when this returns. assessment is None for one given outside any."""
    values = {
        "assessment": assessment,
        "screen": answer.screen,
        "kind": answer.kind.value,
        "shown": json.dumps(answer.shown),
        "chosen": json.dumps(answer.chosen),
        "is_not_sure": int(answer.is_not_sure),
        "expected_seconds": float(answer.expected_seconds),
        "response_seconds": None if answer.response_seconds is None else float(answer.response_seconds),
    }
    with database.writing() as writer:
        if assessment is not None and _profile_of(database, assessment) != profile:
            raise ValueError(f"assessment {assessment} belongs to another profile")
        writer.append("answer", profile, answer.id, answer.at, values)


def answers_of(database: Database, assessment: AssessmentId) -> list[Answer]:
    """Return the answers given in an assessment, in the order they were given."""
    with database.reading() as reader:
        statement = "SELECT * FROM answer WHERE assessment = ? ORDER BY ordered_at, sequence"
        return _answers(reader.rows(statement, assessment))


def answers_outside(database: Database, profile: ProfileId) -> list[Answer]:
    """Return the profile's answers given outside assessments, in the order they were given."""
    with database.reading() as reader:
        return _answers([row for row in reader.records("answer", profile) if row["assessment"] is None])


def fact_answers(database: Database, profile: ProfileId) -> list[Answer]:
    """Return all the profile's answers about its shop, wherever they were given, in the order they were given."""
    with database.reading() as reader:
        rows = reader.records("answer", profile)
        return _answers([row for row in rows if row["kind"] == ScreenKind.FACT])


def _answers(rows: Sequence[sqlite3.Row]) -> list[Answer]:
    return [
        Answer(
            id=EventId(row["id"]),
            at=moments.from_text(row["at"]),
            screen=row["screen"],
            kind=ScreenKind(row["kind"]),
            shown=tuple(json.loads(row["shown"])),
            chosen=tuple(json.loads(row["chosen"])),
            is_not_sure=bool(row["is_not_sure"]),
            expected_seconds=row["expected_seconds"],
            response_seconds=row["response_seconds"],
        )
        for row in rows
        if row["kind"] in _SCREEN_KINDS
    ]


def save_shown_verdicts(database: Database, shown: ShownVerdicts) -> None:
    """Keep what an assessment told the learner; an assessment that was extended may tell more than once."""
    verdicts = {
        skill: [probability, shown.verdict_by_skill[skill]] for skill, probability in shown.probability_by_skill.items()
    }
    values = {"assessment": shown.assessment, "pack": shown.pack, "verdicts": json.dumps(verdicts)}
    record_id = f"{shown.assessment}@{moments.to_text(shown.at)}"
    with database.writing() as writer:
        writer.append("shown_verdicts", _profile_of(database, shown.assessment), record_id, shown.at, values)


def shown_verdicts(database: Database, assessment: AssessmentId) -> ShownVerdicts | None:
    """Return what an assessment told the learner last, or None when it was never finished."""
    with database.reading() as reader:
        newest = "SELECT * FROM shown_verdicts WHERE assessment = ? ORDER BY ordered_at DESC, sequence DESC LIMIT 1"
        row = reader.row(newest, assessment)
        return None if row is None else _shown(row)


def all_shown_verdicts(database: Database, profile: ProfileId) -> list[ShownVerdicts]:
    """Return all the profile was told, oldest first."""
    with database.reading() as reader:
        return [_shown(row) for row in reader.records("shown_verdicts", profile)]


def _shown(row: sqlite3.Row) -> ShownVerdicts:
    verdicts: dict[str, tuple[float, str]] = json.loads(row["verdicts"])
    return ShownVerdicts(
        assessment=AssessmentId(row["assessment"]),
        at=moments.from_text(row["at"]),
        pack=PackId(row["pack"]),
        probability_by_skill={SkillId(skill): float(told[0]) for skill, told in verdicts.items()},
        verdict_by_skill={SkillId(skill): told[1] for skill, told in verdicts.items()},
    )


def _profile_of(database: Database, assessment: AssessmentId) -> ProfileId:
    with database.reading() as reader:
        row = reader.row("SELECT profile FROM assessment WHERE id = ?", assessment)
    if row is None:
        raise OurDefect(message("storage.no_such_assessment", assessment=assessment))
    return ProfileId(row["profile"])
