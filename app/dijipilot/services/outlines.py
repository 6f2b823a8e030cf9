"""What can be said of a lesson or mission that is locked here: why, what opens it, what it closes and builds on."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.gaps import SkillGap
from dijipilot.domain.ids import MissionNumber, ProfileId, SkillId
from dijipilot.domain.skill_state import SkillState
from dijipilot.messages import Message, message
from dijipilot.services.activate import Licenses
from dijipilot.services.learn import Learn
from dijipilot.services.library import Library
from dijipilot.services.plan import Plan
from dijipilot.services.standing import Standings


class Need(Struct, frozen=True):
    """A lesson that another builds on. state: of its skill, None while nothing is known of the learner."""

    lesson: Lesson
    state: SkillState | None
    is_done: bool

    @property
    def is_met(self) -> bool:
        """Whether the learner has what is needed."""
        return self.is_done or self.state is SkillState.MASTERED


class Outline(Struct, frozen=True):
    """What is public. locked: its lessons that are; openers: titles of the editions of which any opens it.

    skills: what is known of the learner in what is locked, None while nothing is; needs: what it builds on.
    questions: how many questions that sellers ask are answered in the mission.
    """

    why: Message
    locked: tuple[Lesson, ...]
    openers: tuple[str, ...]
    skills: tuple[SkillGap, ...] | None
    needs: tuple[Need, ...]
    questions: int

    @property
    def gaps(self) -> tuple[SkillGap, ...]:
        """The gaps of the learner that it would close."""
        return tuple(skill for skill in self.skills or () if skill.state.is_gap)

    @property
    def value(self) -> float:
        """What closing them is worth."""
        return sum(skill.value for skill in self.gaps)


class Outlines:
    """Writes outlines."""

    def __init__(self, library: Library, licenses: Licenses, standings: Standings, plan: Plan, learn: Learn) -> None:
        self._library = library
        self._licenses = licenses
        self._standings = standings
        self._plan = plan
        self._learn = learn

    @property
    def _curriculum(self) -> Curriculum:
        return self._library.curriculum

    def lesson(self, profile: ProfileId, skill: SkillId) -> Outline | None:
        """Return the outline of a lesson, None where it is not locked."""
        if not self._library.is_locked(skill):
            return None
        return self._outline(profile, [self._curriculum.lesson_by_skill[skill]], self._licenses.why_locked(skill))

    def mission(self, profile: ProfileId, number: MissionNumber) -> Outline | None:
        """Return the outline of what is locked in a mission, None where nothing is."""
        mission, locked = self._curriculum.mission_by_number[number], self._library.locked_skills()
        lessons = [lesson for lesson in mission.lessons if lesson.skill in locked]
        if not lessons:
            return None
        why = self._licenses.why_locked(lessons[0].skill)
        if why.id == "pack.lesson_locked" and len(lessons) == len(mission.lessons):
            why = message("pack.lesson_locked", title=mission.title)
        return self._outline(profile, lessons, why)

    def needs(self, profile: ProfileId, lessons: Iterable[Lesson]) -> tuple[Need, ...]:
        """Return what lessons build on outside of themselves, in the order of the curriculum."""
        own = {lesson.skill for lesson in lessons}
        wanted = {skill for each in own for skill in self._curriculum.lesson_by_skill[each].prerequisites} - own
        state_by_skill, progress = self._states(profile), self._learn.progress(profile)
        return tuple(
            Need(
                lesson,
                state_by_skill.get(lesson.skill),
                lesson.skill in progress and progress[lesson.skill].is_done,
            )
            for lesson in self._curriculum.lessons
            if lesson.skill in wanted
        )

    def openers(self, skill: SkillId) -> tuple[str, ...]:
        """Return the titles of the editions of which any opens a lesson that is locked here, none where it is not."""
        return self._licenses.openers(skill) if self._library.is_locked(skill) else ()

    def _states(self, profile: ProfileId) -> Mapping[SkillId, SkillState]:
        if not self._standings.current(profile).has_evidence:
            return {}
        return {gap.skill: gap.state for gap in self._plan.gaps(profile).skills}

    def _outline(self, profile: ProfileId, lessons: Sequence[Lesson], why: Message) -> Outline:
        skills = {lesson.skill for lesson in lessons}
        is_known = self._standings.current(profile).has_evidence
        openers = dict.fromkeys(title for lesson in lessons for title in self._licenses.openers(lesson.skill))
        return Outline(
            why=why,
            locked=tuple(lessons),
            openers=tuple(title for title in openers if title),
            skills=tuple(gap for gap in self._plan.gaps(profile).skills if gap.skill in skills) if is_known else None,
            needs=self.needs(profile, lessons),
            questions=self._library.count_questions(self._curriculum.mission_by_skill[lessons[0].skill].number),
        )
