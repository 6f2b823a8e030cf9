"""What changed between two gap analyses: which skills rose, which fell, which were left as they were."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.gaps import GapAnalysis, SkillGap
from dijipilot.domain.ids import SkillId
from dijipilot.domain.skill_state import SkillState

_RANK: Mapping[SkillState, int] = {SkillState.MISSING: 0, SkillState.UNSETTLED: 1, SkillState.MASTERED: 2}


class Change(StrEnum):
    """How a skill moved. What does not apply at one of the two moments cannot be compared."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    NOT_COMPARED = "not_compared"


class GapChanges(Struct, frozen=True):
    """For every skill of the later analysis how it moved, and what it was before where it moved."""

    change_by_skill: Mapping[SkillId, Change]
    before_by_skill: Mapping[SkillId, SkillState]

    def of(self, skill: SkillId) -> Change:
        """Return how a skill moved."""
        return self.change_by_skill.get(skill, Change.NOT_COMPARED)

    def count(self, change: Change, skills: Iterable[SkillGap]) -> int:
        """Return how many of these skills moved so."""
        return sum(self.of(gap.skill) is change for gap in skills)


def compare_gaps(before: GapAnalysis, after: GapAnalysis) -> GapChanges:
    """Return how each skill of `after` moved since `before`; missing is below unsettled, unsettled below mastered."""
    known = {gap.skill: gap.state for gap in before.skills}
    moved = {gap.skill: _change(known.get(gap.skill), gap.state) for gap in after.skills}
    return GapChanges(
        moved, {skill: known[skill] for skill, change in moved.items() if change in (Change.ROSE, Change.FELL)}
    )


def _change(before: SkillState | None, after: SkillState) -> Change:
    if before is None or before not in _RANK or after not in _RANK:
        return Change.NOT_COMPARED
    step = _RANK[after] - _RANK[before]
    return Change.SAME if step == 0 else Change.ROSE if step > 0 else Change.FELL
