"""What learners do outside assessments, as records that are appended and never rewritten.

A retraction undoes one event, or another retraction (that is redo). An event counts while no retraction that counts
targets it; so undo and redo are appended like anything else, and merging two copies of a profile is a union by id.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import EventId, SkillId


class LessonEventKind(StrEnum):
    """What happened in a lesson; `detail` names the step, box or question, `value` the option.

    For DONE and REOPENED `value` is "", or the same for all lessons that were marked together.
    HIGHLIGHTED: `detail` is the part of the lesson, `value` the place (see highlights.py). HIGHLIGHT_REMOVED: `detail`
    is the id of the event that made the highlight.
    """

    OPENED = "opened"
    STEP_TICKED = "step_ticked"
    STEP_UNTICKED = "step_unticked"
    BOX_TICKED = "box_ticked"
    BOX_UNTICKED = "box_unticked"
    CHECK_ANSWERED = "check_answered"
    CHECK_PASSED = "check_passed"
    DONE = "done"
    REOPENED = "reopened"
    BOOKMARKED = "bookmarked"
    BOOKMARK_REMOVED = "bookmark_removed"
    HIGHLIGHTED = "highlighted"
    HIGHLIGHT_REMOVED = "highlight_removed"


class RoadmapEventKind(StrEnum):
    """What a learner decided by hand; for MOVED `value` is the skill it now stands before, or "" for the end."""

    SKIPPED = "skipped"
    WANTED = "wanted"
    ADDED = "added"
    MOVED = "moved"
    ACCEPTED = "accepted"
    CLAIMED = "claimed"
    NOT_FOR_MY_SHOP = "not_for_my_shop"
    FOR_MY_SHOP = "for_my_shop"


class LessonEvent(Struct, frozen=True):
    """Something that happened in the lesson of a skill."""

    id: EventId
    at: datetime
    skill: SkillId
    kind: LessonEventKind
    detail: str = ""
    value: str = ""


class RoadmapEvent(Struct, frozen=True):
    """A decision about one skill's place on the roadmap."""

    id: EventId
    at: datetime
    skill: SkillId
    kind: RoadmapEventKind
    value: str = ""


class Retraction(Struct, frozen=True):
    """Takes back the event, or the retraction, of id `target`."""

    id: EventId
    at: datetime
    target: EventId


def retracted_ids(retractions: Iterable[Retraction]) -> frozenset[EventId]:
    """Return the ids of all events and retractions that do not count.

    A retraction is always younger than its target, so the youngest are decided first.
    """
    retracted: set[EventId] = set()
    for retraction in sorted(retractions, key=lambda each: (each.at, each.id), reverse=True):
        if retraction.id not in retracted:
            retracted.add(retraction.target)
    return frozenset(retracted)
