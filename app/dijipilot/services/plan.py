"""Plan: what the gaps are, the roadmap, every decision about it, and undo and redo of what the learner did."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from dijipilot.content.pack import Pack
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.decisions import Move, RoadmapDecisions
from dijipilot.domain.events import LessonEventKind, RoadmapEventKind
from dijipilot.domain.gaps import GapAnalysis, analyze_gaps
from dijipilot.domain.ids import AssessmentId, ItemId, ProfileId, SkillId
from dijipilot.domain.pace import OwnPace
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.roadmap import Roadmap, RoadmapChange, plan_roadmap
from dijipilot.domain.roadmap_changes import compare_orders
from dijipilot.domain.roadmap_order import find_obstacle, nearest_move
from dijipilot.domain.standing import SkillStanding
from dijipilot.errors import UsageProblem
from dijipilot.messages import Message, message
from dijipilot.services.events import Announcer, LessonProgressed, RoadmapChanged
from dijipilot.services.lesson_steps import LessonSteps, StepState
from dijipilot.services.recording import Recorder, decisions_as_they_stand, progress_as_it_stands
from dijipilot.services.settling import Settling
from dijipilot.services.standing import Standings
from dijipilot.services.undoing import Undoing
from dijipilot.services.why import WhyCard, Whys
from dijipilot.storage import settings
from dijipilot.storage.database import Database

SEEN_SETTING = "roadmap.seen"
"""Key of the profile's setting that holds the order of the roadmap when the learner last looked, as JSON."""


class MoveOutcome(Struct, frozen=True):
    """Whether a lesson was moved, as far as it may go; blocked_by: the lesson it must not cross. message: in words."""

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
        self._planned: tuple[tuple[ProfileId, int, datetime, frozenset[SkillId]], Roadmap] | None = None
        self._settling = Settling(database, pack, standings, announcer, clock, new_id)
        self._steps = LessonSteps(pack)
        self._whys = Whys(database, pack.curriculum, standings)

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
        """Return the roadmap as of this hour; planned anew when anything was written, opened or locked."""
        now, locked = self._clock(), self._pack.locked_skills()
        state = (profile, self._database.changes, now.replace(minute=0, second=0, microsecond=0), locked)
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

    def steps(self, profile: ProfileId, roadmap: Roadmap) -> Mapping[SkillId, tuple[StepState, ...]]:
        """Return the steps of each lesson of a roadmap; none where its text cannot be read here."""
        progress = progress_as_it_stands(self._database, profile)
        return self._steps.states((item.skill for item in roadmap.items), progress)

    def today(self) -> date:
        """Return the day on which plans begin, in the learner's own time zone."""
        return self._clock().astimezone().date()

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

    def accept(self, profile: ProfileId, skill: SkillId) -> None:
        """Agree to a lesson: it stays on the roadmap, and keeps its weight, whatever is planned anew."""
        if skill not in self._decisions(profile).accepted:
            self._decide(profile, skill, RoadmapEventKind.ACCEPTED)

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
        return self._settling.item(profile, skill)

    def settle(self, profile: ProfileId, item_id: ItemId, chosen: str | None) -> SkillStanding:
        """Keep an answer given outside an assessment; None is "not sure". Return where its main skill stands now.

        Raises UsageProblem when there is no such question or option, or its main skill does not apply to the shop.
        """
        return self._settling.settle(profile, item_id, chosen)

    def own_pace(self, profile: ProfileId) -> OwnPace | None:
        """Return how a learner's minutes compare with those stated, None until enough lessons were worked through."""
        return self._whys.pace(profile)

    def why(self, profile: ProfileId, skill: SkillId, pace: OwnPace | None) -> WhyCard:
        """Return why a lesson is on the roadmap and how many minutes it takes a learner of this pace."""
        self._check_exists(skill)
        return self._whys.card(profile, skill, pace)

    def mark_together(self, profile: ProfileId, skills: Sequence[SkillId], is_done: bool) -> int:
        """Mark lessons as done, or as not done, in one step that one undo takes back; return how many changed."""
        progress = progress_as_it_stands(self._database, profile)
        changing = [skill for skill in skills if (skill in progress and progress[skill].is_done) != is_done]
        kind = LessonEventKind.DONE if is_done else LessonEventKind.REOPENED
        step = self._new_id()
        with self._database.writing():
            for skill in changing:
                self._check_exists(skill)
                self._recorder.lesson(profile, skill, kind, value=step)
        for skill in changing:
            self._announcer.announce(LessonProgressed(profile, skill))
        return len(changing)

    def move_before(self, profile: ProfileId, skill: SkillId, other: SkillId | None) -> MoveOutcome:
        """Put a lesson before another one, or at the end (None), unless a prerequisite stands in the way."""
        return self._move(profile, Move(skill, other), goes_near=False)

    def move_near(self, profile: ProfileId, skill: SkillId, other: SkillId | None) -> MoveOutcome:
        """Put a lesson before another one, or at the end (None), or as near to it as prerequisites allow."""
        return self._move(profile, Move(skill, other), goes_near=True)

    def _move(self, profile: ProfileId, move: Move, goes_near: bool) -> MoveOutcome:
        skill, other = move.skill, move.before
        self._check_exists(skill)
        order = [item.skill for item in self.roadmap(profile).items]
        if skill not in order or (other is not None and other not in order):
            missing = skill if skill not in order else other or skill
            return MoveOutcome(False, None, message("roadmap.move_not_on_it", title=self.title_of(missing)))
        if skill == other:
            return MoveOutcome(True, None, message("roadmap.moved", title=self.title_of(skill)))
        obstacle = find_obstacle(order, move, self._graph)
        if obstacle is None:
            self._decide(profile, skill, RoadmapEventKind.MOVED, other or "")
            return MoveOutcome(True, None, message("roadmap.moved", title=self.title_of(skill)))
        sentence = "needs" if obstacle in self._graph.ancestors(skill) else "is_needed"
        titles = {"title": self.title_of(skill), "other": self.title_of(obstacle)}
        near = nearest_move(order, move, self._graph)
        if not goes_near or near.before == _next_in(order, skill):
            return MoveOutcome(False, obstacle, message(f"roadmap.move_{sentence}", **titles))
        self._decide(profile, skill, RoadmapEventKind.MOVED, near.before or "")
        return MoveOutcome(True, obstacle, message(f"roadmap.move_stopped_{sentence}", **titles))

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

    def undo_and_redo_labels(self, profile: ProfileId) -> tuple[Message | None, Message | None]:
        """Return both labels at once: the page that shows both reads what happened only once."""
        return self._undoing.labels(profile)

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

    def _check_exists(self, skill: SkillId) -> None:
        if skill not in self._curriculum.lesson_by_skill:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))

    def _decide(self, profile: ProfileId, skill: SkillId, kind: RoadmapEventKind, value: str = "") -> None:
        self._check_exists(skill)
        self._recorder.roadmap(profile, skill, kind, value)
        self._announcer.announce(RoadmapChanged(profile))


def _next_in(order: Sequence[SkillId], skill: SkillId) -> SkillId | None:
    following = order.index(skill) + 1
    return order[following] if following < len(order) else None
