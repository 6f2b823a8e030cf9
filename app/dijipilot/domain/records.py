"""Other records of a learner: the profile itself, notes, questions asked and the verdicts as they were shown."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId, SkillId

LAST_PLACE = "last_place"
"""Key of a profile's setting: the target of the place last seen, such as "lesson:2.5.1.1"."""


class Profile(Struct, frozen=True):
    """One learner on this computer."""

    id: ProfileId
    name: str
    created_at: datetime


class Note(Struct, frozen=True):
    """The text of a learner's note on a lesson as of a moment; the latest counts, "" means removed."""

    id: EventId
    at: datetime
    skill: SkillId
    text: str


class AskedQuestion(Struct, frozen=True):
    """A question of the learner about a lesson, to be carried to an instructor by file."""

    id: EventId
    at: datetime
    skill: SkillId
    text: str
    pack: PackId


class ReceivedAnswer(Struct, frozen=True):
    """An answer that came back by file."""

    id: EventId
    at: datetime
    question: EventId
    text: str
    answered_by: str


class ShownVerdicts(Struct, frozen=True):
    """What an assessment told the learner when it was finished; history never moves."""

    assessment: AssessmentId
    at: datetime
    pack: PackId
    probability_by_skill: Mapping[SkillId, float]
    verdict_by_skill: Mapping[SkillId, str]


class ImportOutcome(Struct, frozen=True):
    """The profile that now has the records of a file, and how many were added."""

    profile: Profile
    added: int
    is_new_profile: bool
