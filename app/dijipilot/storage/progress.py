"""What happened in lessons and on the roadmap, and what was taken back."""

from dijipilot.domain.events import LessonEvent, LessonEventKind, Retraction, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.storage import moments
from dijipilot.storage.database import Database
from dijipilot.storage.texts import storable

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
    with database.writing() as writer:
        writer.append("lesson_event", profile, event.id, event.at, values)


def lesson_events(database: Database, profile: ProfileId) -> list[LessonEvent]:
    """Return all that happened in lessons, in order; kinds that a later version may know are left out."""
    with database.reading() as reader:
        return [
            LessonEvent(
                id=EventId(row["id"]),
                at=moments.from_text(row["at"]),
                skill=SkillId(row["skill"]),
                kind=LessonEventKind(row["kind"]),
                detail=row["detail"],
                value=row["value"],
            )
            for row in reader.records("lesson_event", profile)
            if row["kind"] in _LESSON_KINDS
        ]


def append_roadmap_event(database: Database, profile: ProfileId, event: RoadmapEvent) -> None:
    """Append a decision about the roadmap; it is on the disk when this returns."""
    values = {"skill": event.skill, "kind": event.kind.value, "value": storable(event.value)}
    with database.writing() as writer:
        writer.append("roadmap_event", profile, event.id, event.at, values)


def roadmap_events(database: Database, profile: ProfileId) -> list[RoadmapEvent]:
    """Return all decisions about the roadmap, in order; kinds that a later version may know are left out."""
    with database.reading() as reader:
        return [
            RoadmapEvent(
                id=EventId(row["id"]),
                at=moments.from_text(row["at"]),
                skill=SkillId(row["skill"]),
                kind=RoadmapEventKind(row["kind"]),
                value=row["value"],
            )
            for row in reader.records("roadmap_event", profile)
            if row["kind"] in _ROADMAP_KINDS
        ]


def append_retraction(database: Database, profile: ProfileId, retraction: Retraction) -> None:
    """Append that an event, or a retraction, does not count; it is on the disk when this returns."""
    with database.writing() as writer:
        writer.append("retraction", profile, retraction.id, retraction.at, {"target": retraction.target})


def retractions(database: Database, profile: ProfileId) -> list[Retraction]:
    """Return all retractions, in order."""
    with database.reading() as reader:
        return [
            Retraction(EventId(row["id"]), moments.from_text(row["at"]), EventId(row["target"]))
            for row in reader.records("retraction", profile)
        ]
