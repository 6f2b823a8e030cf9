"""Simpler ways to choose acts, with which adaptive choice is compared: in order, at random, nearest to a coin flip."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from dijipilot.domain.assessment.items import Act
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.selection import ACTS_PER_CHECKLIST, Asked, Candidate, ChecklistScreen
from dijipilot.domain.assessment.timing import checklist_seconds
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, ProgramNumber, SkillId

Rank = Callable[[Posterior], FloatArray]
"""From a posterior to one number an act, float64 (acts,) in the curriculum's order; the smallest is asked first."""

WORTH_ASKING = 1.0
"""Told to the session as the gain of every screen, so that it goes on to the end of the time."""


class RankedChecklists:
    """Assembles checklists by a rank of acts: the first in rank, then the next of the same program, up to five."""

    def __init__(self, curriculum: Curriculum) -> None:
        self.curriculum = curriculum
        self._programs = {program.number: program for program in curriculum.programs}
        self._program_by_act = [curriculum.program_of(act.skill).number for act in curriculum.acts]

    def next(
        self, ranks: FloatArray, left: Sequence[int], is_first: bool, seconds_left: float
    ) -> ChecklistScreen | None:
        """Return the next checklist; where it does not fit the time, a shorter one, or one of the next program.

        ranks: float64 (acts,). left: places of the acts that can still be asked. is_first: no checklist was shown yet.
        """
        for program, places in self._in_order(ranks, left):
            for count in range(min(ACTS_PER_CHECKLIST, len(places)), 0, -1):
                acts = tuple(self.curriculum.acts[place] for place in places[:count])
                title = self._programs[program].title
                seconds = checklist_seconds(title, [act.text for act in acts], is_first)
                if seconds <= seconds_left:
                    return ChecklistScreen(self._programs[program], acts, None, seconds)
        return None

    def _in_order(self, ranks: FloatArray, left: Sequence[int]) -> Iterator[tuple[ProgramNumber, list[int]]]:
        """Yield each program with its acts by rank; first the program of the first act."""
        by_program: dict[ProgramNumber, list[int]] = {}
        for place in sorted(left, key=lambda place: (ranks[place], place)):
            by_program.setdefault(self._program_by_act[place], []).append(place)
        yield from by_program.items()


class RankedSelector:
    """Chooses checklists by rank, in place of the engine's own selector."""

    def __init__(self, curriculum: Curriculum, rank: Rank) -> None:
        self._checklists = RankedChecklists(curriculum)
        self._acts: tuple[Act, ...] = curriculum.acts
        self._rank = rank

    def select(
        self, posterior: Posterior, applicable: frozenset[SkillId], asked: Asked, seconds_left: float
    ) -> tuple[Candidate | None, float]:
        """Return the next checklist that fits the time left, (None, 0.0) when none does."""
        left = places_left(self._acts, applicable, asked.acts)
        screen = self._checklists.next(self._rank(posterior), left, asked.checklist_count == 0, seconds_left)
        return (None, 0.0) if screen is None else (screen, WORTH_ASKING)


def places_left(acts: Sequence[Act], applicable: frozenset[SkillId], asked: frozenset[ActId]) -> list[int]:
    """Return the places of the acts that apply and were not asked yet."""
    return [place for place, act in enumerate(acts) if act.skill in applicable and act.id not in asked]


def curriculum_order(curriculum: Curriculum) -> Rank:
    """Return the rank of acts in the order of the curriculum."""
    order = np.arange(len(curriculum.acts), dtype=np.float64)
    return lambda posterior: order


def random_order(curriculum: Curriculum, generator: np.random.Generator) -> Rank:
    """Return a rank by chance."""
    order = generator.random(len(curriculum.acts))
    return lambda posterior: order


def half_split(curriculum: Curriculum) -> Rank:
    """Return the rank by distance of the act's skill from a probability of one half."""
    position = {skill: place for place, skill in enumerate(curriculum.skills)}
    skills = [position[act.skill] for act in curriculum.acts]
    return lambda posterior: np.abs(posterior.mastery[skills] - 0.5)
