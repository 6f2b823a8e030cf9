"""Why a lesson stands on the roadmap, from the learner's own answers, and how long it takes this learner."""

from collections.abc import Sequence

from msgspec import Struct

from dijipilot.domain.assessment.responses import Answer, latest_by_screen
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.events import retracted_ids
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.domain.pace import OwnPace, own_pace
from dijipilot.domain.standing import Reason, ReasonKind, Verdict
from dijipilot.messages import Message
from dijipilot.services.standing import Standings
from dijipilot.storage import answers, progress
from dijipilot.storage.database import Database

MOST_ANSWERS = 2
"""Answers that a card tells; the analysis of gaps tells them all."""


class AnswerReason(Struct, frozen=True):
    """An answer that put a lesson on the roadmap. question: its place in the assessment, from 1; None if elsewhere."""

    message: Message
    question: int | None


class WhyCard(Struct, frozen=True):
    """Why a lesson is on the roadmap and how many minutes it takes, from and to.

    is_own_pace: whether the minutes come from how long lessons took this learner; else both are those stated.
    """

    answers: tuple[AnswerReason, ...]
    minutes: tuple[int, int]
    is_own_pace: bool


class Whys:
    """Writes why-cards."""

    def __init__(self, database: Database, curriculum: Curriculum, standings: Standings) -> None:
        self._database = database
        self._curriculum = curriculum
        self._standings = standings

    def pace(self, profile: ProfileId) -> OwnPace | None:
        """Return a learner's own pace, None until enough lessons were worked through."""
        with self._database.reading():
            events = progress.lesson_events(self._database, profile)
            retracted = retracted_ids(progress.retractions(self._database, profile))
        minutes_by_skill = {lesson.skill: lesson.minutes for lesson in self._curriculum.lessons}
        return own_pace(events, retracted, minutes_by_skill)

    def card(self, profile: ProfileId, skill: SkillId, pace: OwnPace | None) -> WhyCard:
        """Return the card of a skill that the curriculum has."""
        stated = self._curriculum.lesson_by_skill[skill].minutes
        minutes = pace.range_of(stated) if pace else (stated, stated)
        return WhyCard(self._answers(profile, skill), minutes, pace is not None)

    def _answers(self, profile: ProfileId, skill: SkillId) -> tuple[AnswerReason, ...]:
        standing = self._standings.current(profile)
        known = standing.by_skill.get(skill)
        if known is None or known.verdict is Verdict.MASTERED:
            return ()
        speaking = [
            reason
            for reason in self._standings.reasons(profile, skill)
            if reason.kind is ReasonKind.ANSWER and (reason.strength < 0 or known.verdict is Verdict.UNSETTLED)
        ]
        given = answers.answers_of(self._database, standing.based_on) if standing.based_on else []
        screens = list(latest_by_screen(given).values())
        return tuple(AnswerReason(reason.message, _question(screens, reason)) for reason in speaking[:MOST_ANSWERS])


def _question(screens: Sequence[Answer], reason: Reason) -> int | None:
    """Return which question of the assessment an answer belongs to, the last one that asked for it."""
    asked = (at for at, each in enumerate(screens, start=1) if reason.id == each.screen or reason.id in each.shown)
    return max(asked, default=None)
