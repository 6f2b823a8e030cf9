"""Other records of a learner: the profile itself, notes, questions asked and the verdicts as they were shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId, SkillId

LAST_PLACE = "last_place"
"""Key of a profile's setting: the target of the place last seen, such as "lesson:2.5.1.1"."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One learner on this computer."""

    id: ProfileId
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a learner's note on a lesson as of a moment; the latest counts, "" means removed."""

    id: EventId
    at: datetime
    skill: SkillId
    text: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the learner about a lesson, to be carried to an instructor by file."""

    id: EventId
    at: datetime
    skill: SkillId
    text: str
    pack: PackId


@dataclass(frozen=True, slots=True)
class ReceivedAnswer:
    """An answer that came back by file."""

    id: EventId
    at: datetime
    question: EventId
    text: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class ShownVerdicts:
    """What an assessment told the learner when it was finished; history never moves."""

    assessment: AssessmentId
    at: datetime
    pack: PackId
    probability_by_skill: Mapping[SkillId, float]
    verdict_by_skill: Mapping[SkillId, str]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The profile that now has the records of a file, and how many were added."""

    profile: Profile
    added: int
    is_new_profile: bool
