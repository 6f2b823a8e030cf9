"""The gap analysis: what is mastered, missing, unsettled or does not apply, on every level, and what closing takes."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum, Lesson, Mission, Program, Stage
from dijipilot.domain.ids import LessonNumber, MissionNumber, ProgramNumber, SkillId, StageNumber
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.domain.standing import Standing, Verdict

_STATE_BY_VERDICT: Mapping[Verdict, SkillState] = {verdict: SkillState(verdict.value) for verdict in Verdict}


class SkillGap(Struct, frozen=True):
    """One skill.

    minutes and value: to close it, so 0 where nothing is to be closed. probability: None where it does not apply.
    """

    skill: SkillId
    lesson: LessonNumber
    title: str
    state: SkillState
    locked: bool
    minutes: int
    value: float
    probability: float | None


class MissionGap(Struct, frozen=True):
    """One mission and its skills."""

    number: MissionNumber
    title: str
    difficulty: str
    path: str
    counts: Counts
    skills: tuple[SkillGap, ...]


class ProgramGap(Struct, frozen=True):
    """One program and its missions."""

    number: ProgramNumber
    title: str
    counts: Counts
    missions: tuple[MissionGap, ...]


class StageGap(Struct, frozen=True):
    """One stage and its programs."""

    number: StageNumber
    title: str
    counts: Counts
    programs: tuple[ProgramGap, ...]


class GapAnalysis(Struct, frozen=True):
    """The whole curriculum."""

    totals: Counts
    stages: tuple[StageGap, ...]

    @property
    def programs(self) -> tuple[ProgramGap, ...]:
        """Every program in order of number."""
        return tuple(program for stage in self.stages for program in stage.programs)

    @property
    def missions(self) -> tuple[MissionGap, ...]:
        """Every mission in order of number."""
        return tuple(mission for program in self.programs for mission in program.missions)

    @property
    def skills(self) -> tuple[SkillGap, ...]:
        """Every skill in order of its lesson's number."""
        return tuple(skill for mission in self.missions for skill in mission.skills)

    def program_of(self, mission: str) -> ProgramGap | None:
        """Return the program of a mission, None where there is no such mission."""
        return next(
            (program for program in self.programs if any(each.number == mission for each in program.missions)), None
        )


def analyze_gaps(
    curriculum: Curriculum, graph: PrerequisiteGraph, standing: Standing, locked: frozenset[SkillId]
) -> GapAnalysis:
    """Return what is mastered and what is not, from the whole down to each skill.

    A skill that the standing does not mention counts as not applicable: nothing is claimed of it.
    """
    analyst = _Analyst(graph, standing, locked)
    stages = tuple(analyst.stage(stage) for stage in curriculum.stages)
    return GapAnalysis(total_counts(stage.counts for stage in stages), stages)


def strongest_program(analysis: GapAnalysis) -> ProgramGap | None:
    """Return the program with the greatest share mastered, of equals the larger one; None where nothing is mastered."""
    known = [program for program in analysis.programs if program.counts.mastered]
    return max(
        known,
        key=lambda each: (each.counts.mastered / each.counts.counted.applicable, each.counts.mastered),
        default=None,
    )


def worth_most(analysis: GapAnalysis, how_many: int) -> tuple[MissionGap, ...]:
    """Return the missions whose gaps are worth most to close, best first; of equals the shorter one."""
    with_gaps = [mission for mission in analysis.missions if mission.counts.value > 0]
    return tuple(sorted(with_gaps, key=lambda each: (-each.counts.value, each.counts.minutes))[:how_many])


def open_skills(standing: Standing) -> frozenset[SkillId]:
    """Return the skills that apply and are not mastered."""
    return frozenset(
        skill
        for skill, skill_standing in standing.by_skill.items()
        if skill_standing.verdict is not Verdict.MASTERED and skill not in standing.not_applicable
    )


def value_of_closing(lesson: Lesson, graph: PrerequisiteGraph, still_open: frozenset[SkillId]) -> float:
    """Return what closing a skill is worth: its impact times what it unlocks.

    What it unlocks is the skill itself and every skill among `still_open` that leans on it, directly or not.
    """
    return float(lesson.impact * (1 + len(graph.descendants(lesson.skill) & still_open)))


def total_counts(parts: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    rows = tuple(parts)
    return Counts(
        mastered=sum(row.mastered for row in rows),
        missing=sum(row.missing for row in rows),
        unsettled=sum(row.unsettled for row in rows),
        not_applicable=sum(row.not_applicable for row in rows),
        locked=sum(row.locked for row in rows),
        minutes=sum(row.minutes for row in rows),
        value=sum(row.value for row in rows),
        locked_missing=sum(row.locked_missing for row in rows),
        locked_unsettled=sum(row.locked_unsettled for row in rows),
    )


class _Analyst:
    """Builds the tree from the skills up, so that every level adds up to the one above."""

    def __init__(self, graph: PrerequisiteGraph, standing: Standing, locked: frozenset[SkillId]) -> None:
        self._graph = graph
        self._standing = standing
        self._locked = locked
        self._still_open = open_skills(standing)

    def stage(self, stage: Stage) -> StageGap:
        programs = tuple(self.program(program) for program in stage.programs)
        return StageGap(stage.number, stage.title, total_counts(part.counts for part in programs), programs)

    def program(self, program: Program) -> ProgramGap:
        missions = tuple(self.mission(mission) for mission in program.missions)
        return ProgramGap(program.number, program.title, total_counts(part.counts for part in missions), missions)

    def mission(self, mission: Mission) -> MissionGap:
        skills = tuple(self.skill(lesson) for lesson in mission.lessons)
        counts = total_counts(count_of_skill(skill) for skill in skills)
        return MissionGap(mission.number, mission.title, mission.difficulty, mission.path, counts, skills)

    def skill(self, lesson: Lesson) -> SkillGap:
        known = self._standing.by_skill.get(lesson.skill)
        if known is None or lesson.skill in self._standing.not_applicable:
            state, probability = SkillState.NOT_APPLICABLE, None
        else:
            state, probability = _STATE_BY_VERDICT[known.verdict], known.probability
        return SkillGap(
            skill=lesson.skill,
            lesson=lesson.number,
            title=lesson.title,
            state=state,
            locked=lesson.skill in self._locked,
            minutes=lesson.minutes if state.is_gap else 0,
            value=value_of_closing(lesson, self._graph, self._still_open) if state.is_gap else 0.0,
            probability=probability,
        )


def count_of_skill(skill: SkillGap) -> Counts:
    """Return the counts of one skill alone."""
    return Counts(
        mastered=int(skill.state is SkillState.MASTERED),
        missing=int(skill.state is SkillState.MISSING),
        unsettled=int(skill.state is SkillState.UNSETTLED),
        not_applicable=int(skill.state is SkillState.NOT_APPLICABLE),
        locked=int(skill.locked),
        minutes=skill.minutes,
        value=skill.value,
        locked_missing=int(skill.locked and skill.state is SkillState.MISSING),
        locked_unsettled=int(skill.locked and skill.state is SkillState.UNSETTLED),
    )
