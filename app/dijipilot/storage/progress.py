"""What happened in lessons and on the roadmap, and what was taken back."""

from sqlalchemy import select
from sqlmodel import col

from dijipilot.domain.events import LessonEvent, LessonEventKind, Retraction, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.storage import moments
from dijipilot.storage.appending import append, records_of, storable
from dijipilot.storage.database import Database
from dijipilot.storage.tables import LessonEventRow, RetractionRow, RoadmapEventRow

_LESSON_KINDS = [kind.value for kind in LessonEventKind]
_ROADMAP_KINDS = [kind.value for kind in RoadmapEventKind]


def append_lesson_event(database: Database, profile: ProfileId, event: LessonEvent) -> None:
    """Append something that happened in a lesson; it is on the disk when this returns."""
    values = {
        "skill": event.skill,
        "kind": event.kind.value,
        "detail": storable(event.detail),
        "value": storable(event.value),
    }
    with database.writing() as session:
        append(session, LessonEventRow, profile, event.id, event.at, values)


def lesson_events(database: Database, profile: ProfileId) -> list[LessonEvent]:
    """Return all that happened in lessons, in order; kinds that a later version may know are left out."""
    row = LessonEventRow
    # Columns, not rows as objects: a diligent learner has thousands of events, and they are read for every page.
    statement = (
        select(col(row.id), col(row.at), col(row.skill), col(row.kind), col(row.detail), col(row.value))
        .where(col(row.profile) == profile, col(row.kind).in_(_LESSON_KINDS))
        .order_by(col(row.ordered_at), col(row.sequence))
    )
    with database.reading() as session:
        return [
            LessonEvent(EventId(id_), moments.from_text(at), SkillId(skill), LessonEventKind(kind), detail, value)
            for id_, at, skill, kind, detail, value in session.execute(statement)
        ]


def append_roadmap_event(database: Database, profile: ProfileId, event: RoadmapEvent) -> None:
    """Append a decision about the roadmap; it is on the disk when this returns."""
    values = {"skill": event.skill, "kind": event.kind.value, "value": storable(event.value)}
    with database.writing() as session:
        append(session, RoadmapEventRow, profile, event.id, event.at, values)


def roadmap_events(database: Database, profile: ProfileId) -> list[RoadmapEvent]:
    """Return all decisions about the roadmap, in order; kinds that a later version may know are left out."""
    with database.reading() as session:
        return [
            RoadmapEvent(
                id=EventId(row.id),
                at=moments.from_text(row.at),
                skill=SkillId(row.skill),
                kind=RoadmapEventKind(row.kind),
                value=row.value,
            )
            for row in records_of(session, RoadmapEventRow, profile)
            if row.kind in _ROADMAP_KINDS
        ]


def append_retraction(database: Database, profile: ProfileId, retraction: Retraction) -> None:
    """Append that an event, or a retraction, does not count; it is on the disk when this returns."""
    with database.writing() as session:
        append(session, RetractionRow, profile, retraction.id, retraction.at, {"target": retraction.target})


def retractions(database: Database, profile: ProfileId) -> list[Retraction]:
    """Return all retractions, in order."""
    with database.reading() as session:
        return [
            Retraction(EventId(row.id), moments.from_text(row.at), EventId(row.target))
            for row in records_of(session, RetractionRow, profile)
        ]
