"""Plan: what the gaps are, the roadmap, every decision about it, and undo and redo of what the learner did."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from dijipilot.content.pack import Pack
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.timing import item_seconds
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.decisions import Move, RoadmapDecisions
from dijipilot.domain.events import LessonEventKind, RoadmapEventKind
from dijipilot.domain.gaps import GapAnalysis, analyze_gaps
from dijipilot.domain.ids import AssessmentId, EventId, ItemId, ProfileId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.roadmap import Roadmap, RoadmapChange, plan_roadmap
from dijipilot.domain.roadmap_changes import compare_orders
from dijipilot.domain.roadmap_order import find_obstacle
from dijipilot.domain.settling import item_that_settles
from dijipilot.domain.standing import SkillStanding
from dijipilot.errors import UsageProblem
from dijipilot.messages import Message, message
from dijipilot.services.events import Announcer, AnswerGiven, LessonProgressed, RoadmapChanged
from dijipilot.services.recording import Recorder, decisions_as_they_stand, progress_as_it_stands
from dijipilot.services.standing import Standings
from dijipilot.services.undoing import Undoing
from dijipilot.storage import answers, settings
from dijipilot.storage.database import Database

SEEN_SETTING = "roadmap.seen"
"""Key of the profile's setting that holds the order of the roadmap when the learner last looked, as JSON."""


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """Whether a lesson was moved; blocked_by: the lesson it must not cross. message says it in words."""

    is_done: bool
    blocked_by: SkillId | None
    message: Message


class Plan:
    """Gaps and roadmap of a learner. Each change is on the disk when the method returns, and can be undone."""

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
        self._pack = pack
        self._standings = standings
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id
        self._recorder = Recorder(database, clock, new_id)
        self._undoing = Undoing(self._recorder, pack.curriculum, announcer)
        self._planned: tuple[tuple[ProfileId, int, datetime], Roadmap] | None = None

    @property
    def _curriculum(self) -> Curriculum:
        return self._pack.curriculum

    @cached_property
    def _graph(self) -> PrerequisiteGraph:
        return PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in self._curriculum.lessons})

    def gaps(self, profile: ProfileId) -> GapAnalysis:
        """Return what is mastered and what is not."""
        standing = self._standings.current(profile)
        return analyze_gaps(self._curriculum, self._graph, standing, self._pack.locked_skills())

    def gaps_as_shown(self, profile: ProfileId, assessment: AssessmentId) -> GapAnalysis | None:
        """Return the gaps as a finished assessment showed them, over the curriculum of today; None without one."""
        standing = self._standings.as_shown(profile, assessment)
        if standing is None:
            return None
        return analyze_gaps(self._curriculum, self._graph, standing, self._pack.locked_skills())

    def roadmap(self, profile: ProfileId) -> Roadmap:
        """Return the roadmap as of this hour; planned anew when anything was written."""
        now = self._clock()
        state = (profile, self._database.changes, now.replace(minute=0, second=0, microsecond=0))
        if self._planned is None or self._planned[0] != state or self._database.is_read_only:
            self._planned = (state, self._plan(profile, now))
        return self._planned[1]

    def _plan(self, profile: ProfileId, now: datetime) -> Roadmap:
        with self._database.reading():
            progress = progress_as_it_stands(self._database, profile)
            decisions = self._decisions(profile)
            standing, facts = self._standings.current(profile), self._standings.facts(profile)
        return plan_roadmap(
            self._curriculum,
            self._graph,
            standing,
            facts,
            progress,
            decisions,
            self._pack.locked_skills(),
            now,
        )

    def skip(self, profile: ProfileId, skill: SkillId) -> None:
        """Skip a lesson; it keeps its place."""
        if skill not in self._decisions(profile).skipped:
            self._decide(profile, skill, RoadmapEventKind.SKIPPED)

    def want(self, profile: ProfileId, skill: SkillId) -> None:
        """Put a lesson back to do: one that was skipped, done, claimed as known or not for this shop."""
        self._check_exists(skill)
        decisions = self._decisions(profile)
        progress = progress_as_it_stands(self._database, profile).get(skill)
        is_put_aside = skill in decisions.skipped | decisions.claimed | decisions.left_out
        is_done = progress is not None and progress.is_done
        with self._database.writing():
            if is_put_aside:
                self._recorder.roadmap(profile, skill, RoadmapEventKind.WANTED)
            if is_done:
                self._recorder.lesson(profile, skill, LessonEventKind.REOPENED)
        if is_put_aside:
            self._announcer.announce(RoadmapChanged(profile))
        if is_done:
            self._announcer.announce(LessonProgressed(profile, skill))

    def add(self, profile: ProfileId, skill: SkillId) -> None:
        """Put any lesson onto the roadmap, one that is mastered too."""
        if skill not in self._decisions(profile).added:
            self._decide(profile, skill, RoadmapEventKind.ADDED)

    def not_for_my_shop(self, profile: ProfileId, skill: SkillId) -> None:
        """Take a lesson off the roadmap as of no use to this shop."""
        if skill not in self._decisions(profile).left_out:
            self._decide(profile, skill, RoadmapEventKind.NOT_FOR_MY_SHOP)

    def for_my_shop(self, profile: ProfileId, skill: SkillId) -> None:
        """Take back that a lesson is not for this shop."""
        if skill in self._decisions(profile).left_out:
            self._decide(profile, skill, RoadmapEventKind.FOR_MY_SHOP)

    def claim_known(self, profile: ProfileId, skill: SkillId) -> Item | None:
        """Return the question that settles an "I know this", to be answered by `settle`; nothing is recorded yet.

        Where no question is left that was not asked since the latest assessment began, record the claim alone, which
        takes the lesson off the roadmap, and return None.
        """
        item = self.settling_item(profile, skill)
        if item is None and skill not in self._decisions(profile).claimed:
            self._decide(profile, skill, RoadmapEventKind.CLAIMED)
        return item

    def settling_item(self, profile: ProfileId, skill: SkillId) -> Item | None:
        """Return the question with which the lesson of an unsettled skill starts, or None where none is left."""
        self._check_exists(skill)
        standing = self._standings.current(profile)
        if skill not in standing.by_skill:
            return None
        return item_that_settles(self._curriculum, skill, self._asked_since(profile, standing.based_on))

    def settle(self, profile: ProfileId, item_id: ItemId, chosen: str | None) -> SkillStanding:
        """Keep an answer given outside an assessment; None is "not sure". Return where its main skill stands now.

        Raises UsageProblem when there is no such question or option, or its main skill does not apply to the shop.
        """
        item = self._curriculum.item_by_id.get(item_id)
        if item is None:
            raise UsageProblem(message("pack.unknown_question", question=item_id))
        if item.skills[0] not in self._standings.current(profile).by_skill:
            raise UsageProblem(message("roadmap.does_not_apply", title=self.title_of(item.skills[0])))
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
        return self._standings.current(profile).by_skill[item.skills[0]]

    def move_before(self, profile: ProfileId, skill: SkillId, other: SkillId | None) -> MoveOutcome:
        """Put a lesson before another one, or at the end (None), unless a prerequisite stands in the way."""
        self._check_exists(skill)
        order = [item.skill for item in self.roadmap(profile).items]
        if skill not in order or (other is not None and other not in order):
            missing = skill if skill not in order else other or skill
            return MoveOutcome(False, None, message("roadmap.move_not_on_it", title=self.title_of(missing)))
        if skill == other:
            return MoveOutcome(True, None, message("roadmap.moved", title=self.title_of(skill)))
        obstacle = find_obstacle(order, Move(skill, other), self._graph)
        if obstacle is not None:
            sentence = "needs" if obstacle in self._graph.ancestors(skill) else "is_needed"
            titles = {"title": self.title_of(skill), "other": self.title_of(obstacle)}
            return MoveOutcome(False, obstacle, message(f"roadmap.move_{sentence}", **titles))
        self._decide(profile, skill, RoadmapEventKind.MOVED, other or "")
        return MoveOutcome(True, None, message("roadmap.moved", title=self.title_of(skill)))

    def undo(self, profile: ProfileId) -> Message | None:
        """Take back the latest step or decision; return it in words, or None where there is nothing to take back."""
        return self._undoing.undo(profile)

    def redo(self, profile: ProfileId) -> Message | None:
        """Bring back what undo took last; return it in words, or None where there is nothing to bring back."""
        return self._undoing.redo(profile)

    def undo_label(self, profile: ProfileId) -> Message | None:
        """Return the action that undo would take back, such as: skip “Pricing basics”."""
        return self._undoing.undo_label(profile)

    def redo_label(self, profile: ProfileId) -> Message | None:
        """Return the action that redo would bring back."""
        return self._undoing.redo_label(profile)

    def changes(self, profile: ProfileId) -> tuple[RoadmapChange, ...]:
        """Return what changed on the roadmap since the learner last looked; nothing where that never happened."""
        seen = settings.get_setting(self._database, SEEN_SETTING, profile)
        if seen is None:
            return ()
        before = [SkillId(str(skill)) for skill in json.loads(seen)]
        after = [item.skill for item in self.roadmap(profile).items]
        changes = compare_orders(before, after)
        return tuple(RoadmapChange(skill, kind, self.title_of(skill)) for skill, kind in changes)

    def mark_seen(self, profile: ProfileId) -> None:
        """Remember the roadmap as it is now as the one the learner has looked at."""
        order = json.dumps([item.skill for item in self.roadmap(profile).items])
        if settings.get_setting(self._database, SEEN_SETTING, profile) != order:
            settings.set_setting(self._database, SEEN_SETTING, order, profile)

    def title_of(self, skill: SkillId) -> str:
        """Return the title of a lesson, also of one that earlier editions had."""
        return self._undoing.title_of(skill)

    def _decisions(self, profile: ProfileId) -> RoadmapDecisions:
        return decisions_as_they_stand(self._database, profile)

    def _asked_since(self, profile: ProfileId, assessment_id: AssessmentId | None) -> frozenset[ItemId]:
        """Return the items answered in an assessment and outside since it began; in all where there is none."""
        with self._database.reading():
            outside = answers.answers_outside(self._database, profile)
            assessment = answers.get_assessment(self._database, assessment_id) if assessment_id else None
            inside = answers.answers_of(self._database, assessment.id) if assessment else []
        since = [answer for answer in outside if assessment is None or answer.at >= assessment.started_at]
        return frozenset(ItemId(answer.screen) for answer in (*inside, *since))

    def _check_exists(self, skill: SkillId) -> None:
        if skill not in self._curriculum.lesson_by_skill:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))

    def _decide(self, profile: ProfileId, skill: SkillId, kind: RoadmapEventKind, value: str = "") -> None:
        self._check_exists(skill)
        self._recorder.roadmap(profile, skill, kind, value)
        self._announcer.announce(RoadmapChanged(profile))
