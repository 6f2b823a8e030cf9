"""What an assessment has found out so far, skill by skill: how much is known of each, never which way it leans."""

from enum import IntEnum

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ProgramNumber
from dijipilot.domain.standing import MASTERED_FROM, SkillStanding, Standing, Verdict

CLEARER_FROM = (MASTERED_FROM - 0.5) / 2.0
"""Half the way from "may be either" to a verdict: a skill this far from one half is partly known."""


class Known(IntEnum):
    """How much is known of one skill."""

    NOT_ASKED = -1
    OPEN = 0
    CLEARER = 1
    SETTLED = 2


class ProgramCheckpoints(Struct, frozen=True):
    """The skills of one program in order of the curriculum."""

    number: ProgramNumber
    title: str
    known: tuple[Known, ...]

    @property
    def settled(self) -> int:
        """How many are settled."""
        return self.known.count(Known.SETTLED)

    @property
    def applicable(self) -> int:
        """How many concern this shop."""
        return len(self.known) - self.known.count(Known.NOT_ASKED)


class Checkpoints(Struct, frozen=True):
    """All skills of the curriculum, by program."""

    programs: tuple[ProgramCheckpoints, ...]

    @property
    def settled(self) -> int:
        """How many are settled."""
        return sum(program.settled for program in self.programs)

    @property
    def applicable(self) -> int:
        """How many concern this shop."""
        return sum(program.applicable for program in self.programs)


class Found(Struct, frozen=True):
    """What one answer brought. title: of the program in which most was settled, most_there: how many there.

    programs: in how many programs something was settled. reopened: skills that are not settled any more.
    left_out: skills that turned out not to concern this shop.
    """

    settled: int
    title: str
    most_there: int
    programs: int
    reopened: int
    clearer: int
    left_out: int


def checkpoints_of(curriculum: Curriculum, standing: Standing) -> Checkpoints:
    """Return what is known of every skill; before there is any evidence, nothing is."""
    return Checkpoints(
        tuple(
            ProgramCheckpoints(
                program.number,
                program.title,
                tuple(
                    _known(standing.by_skill.get(lesson.skill), standing.has_evidence)
                    for mission in program.missions
                    for lesson in mission.lessons
                ),
            )
            for program in curriculum.programs
        )
    )


def found_between(before: Checkpoints, after: Checkpoints) -> Found:
    """Return what was found out between two moments of one sitting."""
    newly: dict[str, int] = {}
    reopened = clearer = left_out = 0
    for earlier, later in zip(before.programs, after.programs, strict=True):
        for was, now in zip(earlier.known, later.known, strict=True):
            if now is Known.SETTLED and was is not Known.SETTLED:
                newly[later.title] = newly.get(later.title, 0) + 1
            reopened += was is Known.SETTLED and now in (Known.OPEN, Known.CLEARER)
            clearer += now is Known.CLEARER and was is Known.OPEN
            left_out += now is Known.NOT_ASKED and was is not Known.NOT_ASKED
    title = max(newly, key=lambda each: newly[each], default="")
    return Found(sum(newly.values()), title, newly.get(title, 0), len(newly), reopened, clearer, left_out)


def _known(skill: SkillStanding | None, has_evidence: bool) -> Known:
    if skill is None:
        return Known.NOT_ASKED
    if not has_evidence:
        return Known.OPEN
    if skill.verdict is not Verdict.UNSETTLED:
        return Known.SETTLED
    return Known.CLEARER if abs(skill.probability - 0.5) >= CLEARER_FROM else Known.OPEN
