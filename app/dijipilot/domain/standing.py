"""Where a learner stands: mastered, missing or unsettled for each skill that applies, and why."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import AssessmentId, SkillId
from dijipilot.messages import Message

MASTERED_FROM = 0.85
"""A skill is mastered at this probability and above."""

MISSING_TO = 0.15
"""A skill is missing at this probability and below; between the two it is unsettled."""


class Verdict(StrEnum):
    """What is said about a skill that applies."""

    MASTERED = "mastered"
    MISSING = "missing"
    UNSETTLED = "unsettled"


def verdict_of(probability: float) -> Verdict:
    """Return the verdict that a probability of mastery, 0..1, leads to."""
    if probability >= MASTERED_FROM:
        return Verdict.MASTERED
    if probability <= MISSING_TO:
        return Verdict.MISSING
    return Verdict.UNSETTLED


class ReasonKind(StrEnum):
    """What moved a verdict."""

    ANSWER = "answer"
    PREREQUISITE = "prerequisite"
    LESSON = "lesson"
    FACT = "fact"


class Reason(Struct, frozen=True):
    """One thing that moved a verdict; strength is the signed change in log-odds of mastery."""

    kind: ReasonKind
    id: str
    strength: float
    message: Message


class OutlookKind(StrEnum):
    """What it would take to change a verdict."""

    ONE_QUESTION = "one_question"
    SEVERAL_QUESTIONS = "several_questions"
    RESTS_ON_ONE = "rests_on_one"
    FIRM = "firm"


class Outlook(Struct, frozen=True):
    """What would change a verdict.

    id: the question that could settle it, or the answer on which it rests; None where there is no single one.
    chance: P(the question settles it), 0..1; 0 for the other kinds.
    """

    kind: OutlookKind
    id: str | None
    chance: float
    message: Message


class SkillStanding(Struct, frozen=True):
    """Probability of mastery, 0..1, and the verdict it leads to."""

    skill: SkillId
    probability: float
    verdict: Verdict


class Standing(Struct, frozen=True):
    """Every skill that applies with its standing, and the skills that do not apply: together the curriculum."""

    by_skill: Mapping[SkillId, SkillStanding]
    not_applicable: frozenset[SkillId]
    flags: tuple[str, ...]
    based_on: AssessmentId | None
    has_evidence: bool

    def count(self, verdict: Verdict) -> int:
        """Return how many skills have this verdict."""
        return sum(standing.verdict is verdict for standing in self.by_skill.values())


class Forecast(Struct, frozen=True):
    """How many verdicts are sure now and, on average over the futures, will be; screens: how many questions that is."""

    settled_now: int
    settled_then: float
    screens: float

    @property
    def gain(self) -> float:
        """How many more verdicts will be sure, never less than none."""
        return max(0.0, self.settled_then - self.settled_now)
