"""The gap analysis without what is locked, for those who would rather not see it: the same tree, made smaller."""

from msgspec.structs import replace

from dijipilot.domain.gaps import GapAnalysis, MissionGap, ProgramGap, StageGap, count_of_skill, total_counts
from dijipilot.domain.skill_state import SkillState


def without_locked(analysis: GapAnalysis) -> GapAnalysis:
    """Return the analysis of what can be read here or is mastered, which needs no key and is not marked as locked.

    Levels with nothing left in them are not there.
    """
    stages = tuple(filter(None, map(_stage_without_locked, analysis.stages)))
    return GapAnalysis(total_counts(stage.counts for stage in stages), stages)


def _stage_without_locked(stage: StageGap) -> StageGap | None:
    programs = tuple(filter(None, map(_program_without_locked, stage.programs)))
    counts = total_counts(part.counts for part in programs)
    return replace(stage, counts=counts, programs=programs) if programs else None


def _program_without_locked(program: ProgramGap) -> ProgramGap | None:
    missions = tuple(filter(None, map(_mission_without_locked, program.missions)))
    counts = total_counts(part.counts for part in missions)
    return replace(program, counts=counts, missions=missions) if missions else None


def _mission_without_locked(mission: MissionGap) -> MissionGap | None:
    skills = tuple(
        replace(skill, locked=False)
        for skill in mission.skills
        if not skill.locked or skill.state is SkillState.MASTERED
    )
    counts = total_counts(count_of_skill(skill) for skill in skills)
    return replace(mission, counts=counts, skills=skills) if skills else None
