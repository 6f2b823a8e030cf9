"""Reads what a learner did as it stands, and dates what is added, so that undo finds it in the order it was done."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from dijipilot.domain.decisions import RoadmapDecisions, roadmap_decisions
from dijipilot.domain.events import (
    LessonEvent,
    LessonEventKind,
    Retraction,
    RoadmapEvent,
    RoadmapEventKind,
    retracted_ids,
)
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.domain.progress import LessonProgress, lesson_progress
from dijipilot.storage import progress
from dijipilot.storage.database import Database
from dijipilot.storage.event_times import latest_event_time

_TICK = timedelta(microseconds=1)


def progress_as_it_stands(database: Database, profile: ProfileId) -> Mapping[SkillId, LessonProgress]:
    """Return the progress of every lesson in which something happened that counts."""
    with database.reading():
        retracted = retracted_ids(progress.retractions(database, profile))
        return lesson_progress(progress.lesson_events(database, profile), retracted)


def decisions_as_they_stand(database: Database, profile: ProfileId) -> RoadmapDecisions:
    """Return the decisions about the roadmap that count."""
    with database.reading():
        retracted = retracted_ids(progress.retractions(database, profile))
        return roadmap_decisions(progress.roadmap_events(database, profile), retracted)


class Recorder(Struct, frozen=True):
    """Appends events and retractions, each later than all before it.

    A clock that stands still for some milliseconds, or was set back, must not turn around what was done; so a record is
    dated at least a microsecond after the profile's latest.
    """

    database: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def lesson(
        self, profile: ProfileId, skill: SkillId, kind: LessonEventKind, detail: str = "", value: str = ""
    ) -> None:
        """Append something that happened in a lesson."""
        with self.database.writing():
            event_id, at = self._next(profile)
            event = LessonEvent(event_id, at, skill, kind, detail, value)
            progress.append_lesson_event(self.database, profile, event)

    def roadmap(self, profile: ProfileId, skill: SkillId, kind: RoadmapEventKind, value: str = "") -> None:
        """Append a decision about the roadmap."""
        with self.database.writing():
            event_id, at = self._next(profile)
            progress.append_roadmap_event(self.database, profile, RoadmapEvent(event_id, at, skill, kind, value))

    def retraction(self, profile: ProfileId, target: EventId) -> None:
        """Append that an event, or a retraction, does not count."""
        with self.database.writing():
            event_id, at = self._next(profile)
            progress.append_retraction(self.database, profile, Retraction(event_id, at, target))

    def _next(self, profile: ProfileId) -> tuple[EventId, datetime]:
        now, latest = self.clock(), latest_event_time(self.database, profile)
        return EventId(self.new_id()), now if latest is None else max(now, latest + _TICK)
