"""Which variables the belief has and which of them belong together: skills, leanings, and what hangs on what.

Variables: the skills in curriculum order, the leaning of each program, the leanings of wide missions. Leanings of other
missions never meet evidence directly and are summed out while the tables are built.
"""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray, MasteryModel
from dijipilot.domain.assessment.triangulation import find_cliques
from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import MissionNumber, SkillId

WIDEST_MISSION_TABLE = 9
"""A mission whose skills and prerequisites are more than this keeps its leaning as a variable of its own: summing it
out would put them all into one table."""

Cliques = tuple[tuple[int, ...], ...]


class Family(Struct, frozen=True):
    """Own skills of one mission, or one skill of a wide mission, with all that they hang on.

    given: prerequisites outside `own`, ascending, then leanings. scope: given skills and own ascending, then leanings.
    is_leaning_kept: whether the mission's leaning is the last variable of the scope, not summed out.
    """

    mission: Mission
    given: tuple[int, ...]
    own: tuple[int, ...]
    scope: tuple[int, ...]
    is_leaning_kept: bool


class Structure:
    """The variables of one curriculum under one mastery model."""

    def __init__(self, curriculum: Curriculum, model: MasteryModel) -> None:
        self.curriculum = curriculum
        self.model = model
        self.position: Mapping[SkillId, int] = {skill: index for index, skill in enumerate(curriculum.skills)}
        self.skill_count = len(self.position)
        self.leaning_by_program = {
            program.number: self.skill_count + place for place, program in enumerate(curriculum.programs)
        }
        self.leaning_by_wide_mission = self._wide_missions()
        self.families = tuple(family for mission in curriculum.missions() for family in self._families(mission))

    @cached_property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of values of each variable."""
        return (
            *(2 for _ in self.position),
            *(self.model.program_points for _ in self.leaning_by_program),
            *(self.model.mission_points for _ in self.leaning_by_wide_mission),
        )

    def find_cliques(self) -> Cliques:
        """Return maximal cliques such that each family, and the skills of each item, lie in one; takes a second."""
        items = [item for item in self.curriculum.items if item.kind is not ItemKind.FOLLOW_UP and len(item.skills) > 1]
        of_items = [tuple(sorted(self.position[skill] for skill in item.skills)) for item in items]
        return tuple(find_cliques(self.cardinalities, [*(family.scope for family in self.families), *of_items]))

    def do_fit(self, cliques: Cliques) -> bool:
        """Tell whether these cliques, found for a pack, hold together what this version of the app needs."""
        members = [set(clique) for clique in cliques]
        scopes = [set(family.scope) for family in self.families]
        scopes += [{self.position[skill] for skill in item.skills} for item in self.curriculum.items]
        known = set(range(len(self.cardinalities)))
        return all(each <= known for each in members) and all(any(s <= each for each in members) for s in scopes)

    def leaning_values(self, variable: int) -> FloatArray:
        """Return the grid of the leaning that a variable is."""
        is_program = variable < self.skill_count + len(self.leaning_by_program)
        return (self.model.program_grid() if is_program else self.model.mission_grid())[0]

    def _wide_missions(self) -> Mapping[MissionNumber, int]:
        first = self.skill_count + len(self.leaning_by_program)
        missions = self.curriculum.missions()
        wide = [mission.number for mission in missions if len(self._skills_around(mission)) > WIDEST_MISSION_TABLE]
        return {number: first + place for place, number in enumerate(wide)}

    def _skills_around(self, mission: Mission) -> set[int]:
        skills = {self.position[lesson.skill] for lesson in mission.lessons}
        return skills | {self.position[need] for lesson in mission.lessons for need in lesson.prerequisites}

    def _families(self, mission: Mission) -> list[Family]:
        leaning = self.leaning_by_program[self.curriculum.program_by_mission[mission.number].number]
        own = tuple(self.position[lesson.skill] for lesson in mission.lessons)
        extra = self.leaning_by_wide_mission.get(mission.number)
        if extra is None:
            around = sorted(self._skills_around(mission))
            outside = tuple(skill for skill in around if skill not in own)
            return [Family(mission, (*outside, leaning), own, (*around, leaning), False)]
        found = []
        for lesson in mission.lessons:
            needs = tuple(sorted(self.position[need] for need in lesson.prerequisites))
            skill = self.position[lesson.skill]
            scope = (*sorted((*needs, skill)), leaning, extra)
            found.append(Family(mission, (*needs, leaning, extra), (skill,), scope, True))
        return found
