"""What is taught, frozen: stage, program, mission, lesson; look-up by number and by skill id."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from dijipilot.domain.assessment.items import Act, Foil, Item
from dijipilot.domain.ids import (
    ConditionId,
    FactId,
    ItemId,
    LessonNumber,
    MissionNumber,
    ProgramNumber,
    SkillId,
    StageNumber,
)
from dijipilot.domain.shop_facts import Condition, FactAnswers, ShopFact, do_all_hold


class Lesson(Struct, frozen=True):
    """One lesson teaches exactly one skill; `skill` identifies both for ever.

    published: day on which it was first published, such as 2026-12-01; a revised lesson keeps its. "" where unknown.
    """

    number: LessonNumber
    title: str
    skill: SkillId
    can_do: str
    minutes: int
    impact: int
    prerequisites: tuple[SkillId, ...]
    is_ready: bool
    earlier_numbers: tuple[LessonNumber, ...] = ()
    published: str = ""


class Mission(Struct, frozen=True):
    """A masterclass with its own lesson roadmap."""

    number: MissionNumber
    slug: str
    title: str
    difficulty: str
    path: str
    outcome: str
    is_free: bool
    applies_if: tuple[ConditionId, ...]
    lessons: tuple[Lesson, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every lesson of the mission is written."""
        return all(lesson.is_ready for lesson in self.lessons)


class Program(Struct, frozen=True):
    """A subject area: a handful of missions."""

    number: ProgramNumber
    slug: str
    title: str
    outcome: str
    applies_if: tuple[ConditionId, ...]
    missions: tuple[Mission, ...]


class Stage(Struct, frozen=True):
    """A phase of the business: a handful of programs."""

    number: StageNumber
    slug: str
    title: str
    outcome: str
    programs: tuple[Program, ...]


class Difficulty(Struct, frozen=True):
    """A step of difficulty; their order in the curriculum is from easy to hard."""

    id: str
    meaning: str


class LearningPath(Struct, frozen=True):
    """Launch, Grow or Scale. suggested_for: option ids of shop facts that suggest this path."""

    id: str
    meaning: str
    suggested_for: Mapping[FactId, frozenset[str]]


class RetiredLesson(Struct, frozen=True):
    """A lesson that earlier editions had: its id is never used again, records of it are kept."""

    skill: SkillId
    title: str
    last_number: LessonNumber


class Curriculum(Struct, frozen=True, dict=True):
    """The whole curriculum with everything that can be asked; lesson texts stay in the content pack."""

    title: str
    language: str
    assessment_minutes: float
    stages: tuple[Stage, ...]
    difficulties: tuple[Difficulty, ...]
    paths: tuple[LearningPath, ...]
    facts: tuple[ShopFact, ...]
    conditions: tuple[Condition, ...]
    acts: tuple[Act, ...]
    foils: tuple[Foil, ...]
    items: tuple[Item, ...]
    retired: tuple[RetiredLesson, ...] = field(default=())

    def missions(self) -> Iterator[Mission]:
        """Yield every mission in order of number."""
        for program in self.programs:
            yield from program.missions

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """Every program in order of number."""
        return tuple(program for stage in self.stages for program in stage.programs)

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """Every lesson in order of number; the order of skills in all arrays of the engine."""
        return tuple(lesson for mission in self.missions() for lesson in mission.lessons)

    @cached_property
    def skills(self) -> tuple[SkillId, ...]:
        """Every skill in order of its lesson's number."""
        return tuple(lesson.skill for lesson in self.lessons)

    @cached_property
    def lesson_by_skill(self) -> Mapping[SkillId, Lesson]:
        """Lesson of each skill."""
        return {lesson.skill: lesson for lesson in self.lessons}

    @cached_property
    def mission_by_skill(self) -> Mapping[SkillId, Mission]:
        """Mission of each skill."""
        return {lesson.skill: mission for mission in self.missions() for lesson in mission.lessons}

    @cached_property
    def program_by_mission(self) -> Mapping[MissionNumber, Program]:
        """Program of each mission."""
        return {mission.number: program for program in self.programs for mission in program.missions}

    @cached_property
    def stage_by_program(self) -> Mapping[ProgramNumber, Stage]:
        """Stage of each program."""
        return {program.number: stage for stage in self.stages for program in stage.programs}

    @cached_property
    def skill_by_number(self) -> Mapping[LessonNumber, SkillId]:
        """Skill by lesson number, earlier numbers included where no lesson of today has them."""
        earlier = {number: lesson.skill for lesson in self.lessons for number in lesson.earlier_numbers}
        return earlier | {lesson.number: lesson.skill for lesson in self.lessons}

    @cached_property
    def mission_by_number(self) -> Mapping[MissionNumber, Mission]:
        """Mission by number."""
        return {mission.number: mission for mission in self.missions()}

    @cached_property
    def fact_by_id(self) -> Mapping[FactId, ShopFact]:
        """Shop fact by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def item_by_id(self) -> Mapping[ItemId, Item]:
        """Item by id, follow-ups included."""
        return {item.id: item for item in self.items}

    @cached_property
    def _condition_by_id(self) -> Mapping[ConditionId, Condition]:
        return {condition.id: condition for condition in self.conditions}

    def program_of(self, skill: SkillId) -> Program:
        """Return the program that teaches a skill."""
        return self.program_by_mission[self.mission_by_skill[skill].number]

    def does_mission_apply(self, mission: Mission, facts: FactAnswers) -> bool:
        """Tell whether the mission's own conditions and its program's all hold."""
        names = (*mission.applies_if, *self.program_by_mission[mission.number].applies_if)
        return do_all_hold((self._condition_by_id[name] for name in names), facts)

    def applicable_skills(self, facts: FactAnswers) -> frozenset[SkillId]:
        """Return the skills of all missions that apply to a business of these facts."""
        return frozenset(
            lesson.skill
            for mission in self.missions()
            if self.does_mission_apply(mission, facts)
            for lesson in mission.lessons
        )
