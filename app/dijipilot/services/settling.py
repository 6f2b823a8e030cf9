"""Settling: the one question outside an assessment that tells whether a learner has a skill already."""

from collections.abc import Callable
from datetime import datetime

from dijipilot.content.pack import Pack
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.timing import item_seconds
from dijipilot.domain.ids import AssessmentId, EventId, ItemId, ProfileId, SkillId
from dijipilot.domain.settling import item_that_settles
from dijipilot.domain.standing import SkillStanding
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.events import Announcer, AnswerGiven
from dijipilot.services.standing import Standings
from dijipilot.storage import answers
from dijipilot.storage.database import Database


class Settling:
    """Finds the question and keeps its answer."""

    def __init__(
        self,
        database: Database,
        pack: Pack,
        standings: Standings,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._curriculum = pack.curriculum
        self._standings = standings
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id

    def item(self, profile: ProfileId, skill: SkillId) -> Item | None:
        """Return the question that settles a skill, or None where none is left or the skill does not apply."""
        standing = self._standings.current(profile)
        if skill not in standing.by_skill:
            return None
        return item_that_settles(self._curriculum, skill, self._asked_since(profile, standing.based_on))

    def settle(self, profile: ProfileId, item_id: ItemId, chosen: str | None) -> SkillStanding:
        """Keep an answer; None is "not sure". Return where the question's main skill stands now.

        Raises UsageProblem when there is no such question or option, or its main skill does not apply to the shop.
        """
        item = self._curriculum.item_by_id.get(item_id)
        if item is None:
            raise UsageProblem(message("pack.unknown_question", question=item_id))
        skill = item.skills[0]
        if skill not in self._standings.current(profile).by_skill:
            title = self._curriculum.lesson_by_skill[skill].title
            raise UsageProblem(message("roadmap.does_not_apply", title=title))
        options = tuple(str(option.id) for option in item.options)
        if chosen is not None and chosen not in options:
            raise UsageProblem(message("learn.unknown_option", question=item_id, option=chosen))
        answer = Answer(
            id=EventId(self._new_id()),
            at=self._clock(),
            screen=item.id,
            kind=ScreenKind(item.kind.value),
            shown=options,
            chosen=() if chosen is None else (chosen,),
            is_not_sure=chosen is None,
            expected_seconds=item_seconds(item),
        )
        answers.append_answer(self._database, profile, None, answer)
        self._announcer.announce(AnswerGiven(profile))
        return self._standings.current(profile).by_skill[skill]

    def _asked_since(self, profile: ProfileId, assessment_id: AssessmentId | None) -> frozenset[ItemId]:
        """Return the items answered in an assessment and outside since it began; in all where there is none."""
        with self._database.reading():
            outside = answers.answers_outside(self._database, profile)
            assessment = answers.get_assessment(self._database, assessment_id) if assessment_id else None
            inside = answers.answers_of(self._database, assessment.id) if assessment else []
        since = [answer for answer in outside if assessment is None or answer.at >= assessment.started_at]
        return frozenset(ItemId(answer.screen) for answer in (*inside, *since))
