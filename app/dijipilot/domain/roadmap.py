"""The learner's roadmap: which lessons, in which order, in what state and why; decisions made by hand are kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.decisions import Move as Move
from dijipilot.domain.decisions import RoadmapDecisions as RoadmapDecisions
from dijipilot.domain.gaps import open_skills
from dijipilot.domain.ids import LessonNumber, MissionNumber, ProgramNumber, SkillId
from dijipilot.domain.knowledge import unmet_prerequisites
from dijipilot.domain.lesson_tally import Tally, tally_lessons
from dijipilot.domain.pace import Pace as Pace
from dijipilot.domain.pace import pace_of
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.progress import LessonProgress
from dijipilot.domain.roadmap_changes import RoadmapChange as RoadmapChange
from dijipilot.domain.roadmap_order import leaning_of, order_lessons
from dijipilot.domain.roadmap_reasons import notes_for, why_missing, why_unsettled
from dijipilot.domain.settling import item_that_settles
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Standing, Verdict
from dijipilot.messages import Message, message

REVIEW_AFTER = timedelta(days=180)
"""A lesson done longer ago than this is due for review where its skill is no longer mastered by the standing."""


class Status(StrEnum):
    """What is to be done about a lesson of the roadmap."""

    TODO = "to_do"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIPPED = "skipped"
    DUE_FOR_REVIEW = "due_for_review"

    @property
    def is_ahead(self) -> bool:
        """Whether it takes time still."""
        return self not in (Status.DONE, Status.SKIPPED)


class RoadmapItem(Struct, frozen=True):
    """One lesson of the roadmap. position counts from 1.

    needs: prerequisites that apply and are neither mastered, done nor claimed as known.
    builds_on_it: how many skills still open need this one, directly or not.
    """

    position: int
    lesson: LessonNumber
    skill: SkillId
    title: str
    mission: MissionNumber
    program: ProgramNumber
    path: str
    difficulty: str
    status: Status
    minutes: int
    locked: bool
    why: tuple[Message, ...]
    needs: tuple[SkillId, ...]
    builds_on_it: int
    is_in_preparation: bool
    is_moved_by_hand: bool
    is_accepted: bool
    is_unsettled: bool

    @property
    def ready(self) -> bool:
        """Whether every prerequisite that applies is mastered, done or claimed as known."""
        return not self.needs


def tally_of(items: Iterable[RoadmapItem]) -> Tally:
    """Return how many lessons of a roadmap are done, of those that are not locked."""
    return tally_lessons((item.status is Status.DONE, item.locked) for item in items)


class Roadmap(Struct, frozen=True):
    """All lessons in study order; those done or skipped keep their place.

    path: the one suggested first. left_out: what the learner marked as not for this shop. pace: for all lessons ahead.
    """

    items: tuple[RoadmapItem, ...]
    path: str
    pace: Pace | None
    left_out: tuple[SkillId, ...]
    notes: tuple[Message, ...]

    @property
    def minutes_ahead(self) -> int:
        """Minutes of all lessons that are neither done nor skipped."""
        return sum(item.minutes for item in self.items if item.status.is_ahead)

    def item(self, skill: SkillId) -> RoadmapItem | None:
        """Return the item of a skill, or None where it is not on the roadmap."""
        return next((item for item in self.items if item.skill == skill), None)


def plan_roadmap(
    curriculum: Curriculum,
    graph: PrerequisiteGraph,
    standing: Standing,
    facts: FactAnswers,
    progress: Mapping[SkillId, LessonProgress],
    decisions: RoadmapDecisions,
    locked: frozenset[SkillId],
    now: datetime,
) -> Roadmap:
    """Return the roadmap. The same input gives the same roadmap, whatever the order of its mappings.

    On it are the skills that apply and are missing or unsettled, unless claimed as known; lessons added by hand,
    accepted, started or done; never what the learner marked as not for this shop.
    """
    planner = _Planner(curriculum, graph, standing, facts, progress, decisions, locked, now)
    items = tuple(planner.item(position, skill) for position, skill in enumerate(planner.order(), start=1))
    return Roadmap(
        items=items,
        path=planner.leaning.path,
        pace=pace_of(sum(item.minutes for item in items if item.status.is_ahead), facts),
        left_out=tuple(skill for skill in curriculum.skills if skill in decisions.left_out),
        notes=notes_for(facts),
    )


class _Planner:
    """What every step of planning looks at, kept together."""

    def __init__(
        self,
        curriculum: Curriculum,
        graph: PrerequisiteGraph,
        standing: Standing,
        facts: FactAnswers,
        progress: Mapping[SkillId, LessonProgress],
        decisions: RoadmapDecisions,
        locked: frozenset[SkillId],
        now: datetime,
    ) -> None:
        self._curriculum = curriculum
        self._graph = graph
        self._standing = standing
        self._progress = progress
        self._decisions = decisions
        self._locked = locked
        self._now = now
        self.leaning = leaning_of(curriculum, facts)
        self._still_open = open_skills(standing)
        self._moved = frozenset(move.skill for move in decisions.moves)
        self._applicable = standing.by_skill.keys() - decisions.left_out
        self._met = decisions.claimed | frozenset(
            skill for skill in curriculum.skills if self._verdict(skill) is Verdict.MASTERED or self._of(skill).is_done
        )

    def order(self) -> tuple[SkillId, ...]:
        """Return the skills on the roadmap in study order."""
        weight_by_skill = {
            skill: self._weight(skill) for skill in self._curriculum.skills if self._is_on_roadmap(skill)
        }
        return order_lessons(self._curriculum, self._graph, weight_by_skill, self.leaning, self._decisions.moves)

    def item(self, position: int, skill: SkillId) -> RoadmapItem:
        """Return one item of the roadmap."""
        lesson = self._curriculum.lesson_by_skill[skill]
        mission = self._curriculum.mission_by_skill[skill]
        unmet = unmet_prerequisites(self._graph, skill, self._met, self._applicable)
        status = self._status(skill)
        return RoadmapItem(
            position=position,
            lesson=lesson.number,
            skill=skill,
            title=lesson.title,
            mission=mission.number,
            program=self._curriculum.program_of(skill).number,
            path=mission.path,
            difficulty=mission.difficulty,
            status=status,
            minutes=lesson.minutes,
            locked=skill in self._locked,
            why=tuple(self._why(skill, status, unmet)),
            needs=unmet,
            builds_on_it=self._builds_on(skill),
            is_in_preparation=not lesson.is_ready,
            is_moved_by_hand=skill in self._moved,
            is_accepted=skill in self._decisions.accepted,
            is_unsettled=self._verdict(skill) is Verdict.UNSETTLED,
        )

    def _of(self, skill: SkillId) -> LessonProgress:
        return self._progress.get(skill) or LessonProgress(skill)

    def _verdict(self, skill: SkillId) -> Verdict | None:
        known = self._standing.by_skill.get(skill)
        return known.verdict if known else None

    def _is_on_roadmap(self, skill: SkillId) -> bool:
        if skill in self._decisions.left_out:
            return False
        if skill in self._decisions.added | self._decisions.accepted or self._of(skill).is_done:
            return True
        if skill in self._decisions.claimed:
            return False
        return skill in self._still_open or (self._of(skill).is_started and skill in self._applicable)

    def _weight(self, skill: SkillId) -> float:
        """Return how much of a skill's value counts: of an unsettled one, as much as it is likely to be missing.

        One that is started, done, accepted or added by hand counts whole, so that it does not drift meanwhile.
        """
        is_chosen = (
            self._of(skill).is_started
            or self._of(skill).is_done
            or skill in self._decisions.added | self._decisions.accepted
        )
        known = self._standing.by_skill.get(skill)
        if is_chosen or known is None or known.verdict is not Verdict.UNSETTLED:
            return 1.0
        return 1.0 - known.probability

    def _status(self, skill: SkillId) -> Status:
        progress = self._of(skill)
        if progress.is_done:
            is_old = progress.done_at is not None and self._now - progress.done_at > REVIEW_AFTER
            is_doubtful = self._verdict(skill) in (Verdict.MISSING, Verdict.UNSETTLED)
            return Status.DUE_FOR_REVIEW if is_old and is_doubtful else Status.DONE
        if skill in self._decisions.skipped:
            return Status.SKIPPED
        return Status.IN_PROGRESS if progress.is_started else Status.TODO

    def _builds_on(self, skill: SkillId) -> int:
        return len(self._graph.descendants(skill) & self._still_open)

    def _why(self, skill: SkillId, status: Status, unmet: tuple[SkillId, ...]) -> Iterator[Message]:
        """Yield the reasons, the main one first."""
        builds_on_it = self._builds_on(skill)
        if status is Status.DONE:
            yield message("roadmap.why_done")
        elif status is Status.DUE_FOR_REVIEW:
            yield message("roadmap.why_due_for_review")
        elif self._verdict(skill) is Verdict.MISSING:
            yield why_missing(builds_on_it)
        elif self._verdict(skill) is Verdict.UNSETTLED:
            yield from why_unsettled(builds_on_it, item_that_settles(self._curriculum, skill, frozenset()) is not None)
        elif skill not in self._decisions.added | self._decisions.accepted:
            yield message("roadmap.why_started")
        if skill in self._decisions.added:
            yield message("roadmap.why_added")
        if status is Status.SKIPPED:
            yield message("roadmap.why_skipped")
        if not status.is_ahead:
            return
        if self.leaning.is_favored(self._curriculum, skill):
            yield message("roadmap.why_goal")
        if self.leaning.is_for_team(skill):
            yield message("roadmap.why_team")
        if skill in self._decisions.accepted:
            yield message("roadmap.why_accepted")
        if skill in self._moved:
            yield message("roadmap.why_moved")
        if unmet:
            yield message("roadmap.why_after", title=self._curriculum.lesson_by_skill[unmet[0]].title)
