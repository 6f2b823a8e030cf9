"""What the learner answered: the records that are stored and from which every belief is computed anew."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId

SECOND_CHECKLIST = "checklist.second"
"""Id of the checklist that asks about claimed acts a second time, at most one an assessment."""


DAYS_PER_STEP = 30
"""Answers age in such steps: within one nothing that rests on them changes."""


class ScreenKind(StrEnum):
    """What a screen of the assessment shows."""

    FACT = "fact"
    CHECKLIST = "checklist"
    SITUATION = "situation"
    SCENARIO = "scenario"
    FOLLOW_UP = "follow_up"


class Answer(Struct, frozen=True):
    """One answer to one screen. A later answer to the same screen replaces an earlier one.

    screen: fact id, item id or the id of an assembled checklist (unique within its assessment).
    shown: ids of options or acts in the order they stood on screen. chosen: a subset of shown.
    is_not_sure: the learner said so; chosen is then empty.
    expected_seconds: reading and answering time the budget counts. response_seconds: by the clock, None if not judged.
    """

    id: EventId
    at: datetime
    screen: str
    kind: ScreenKind
    shown: tuple[str, ...]
    chosen: tuple[str, ...]
    is_not_sure: bool
    expected_seconds: float
    response_seconds: float | None = None


class Assessment(Struct, frozen=True):
    """One sitting: its answers are kept apart, its random seed makes it repeatable.

    budget_seconds: expected time allowed, facts included, later extensions included.
    finished_at: None while it may be resumed.
    """

    id: AssessmentId
    profile: ProfileId
    started_at: datetime
    pack: PackId
    seed: int
    budget_seconds: float
    finished_at: datetime | None


def age_in_steps(at: datetime, as_of: datetime | None) -> int:
    """Return the age of an answer in whole steps of DAYS_PER_STEP days. An answer from the future is of today."""
    return 0 if as_of is None or as_of <= at else (as_of - at).days // DAYS_PER_STEP


def latest_by_screen(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Return the answer that counts for each screen, in the order in which screens were first answered.

    answers come in the order they were given.
    """
    latest: dict[str, Answer] = {}
    for answer in answers:
        latest[answer.screen] = answer
    return latest
