"""Simulated learners: a fixed world against which the diagnostic is measured, not the engine's own beliefs.

The world is the one the product is held to: maturity and leanings are normal, every skill's difficulty has noise of its
own that the engine does not know, prerequisites leak, answers slip and are claimed. All its numbers stand here and none
comes from the engine, so that a mistake there is not repeated here. How a learner of it answers: examinee.py.

Business facts are drawn without regard to maturity, and the number of orders is left unknown: the world says nothing
about how they go together, so the figures must not profit from a link of our invention.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import FactId, OptionId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import BUSINESS_MODEL, BUYER_MARKETS, SALES_CHANNELS, FactAnswers

WORLD_SEED = 20261123
"""Fixes the noise of difficulty and of acts: every learner of a population lives in the same world."""

CHANCE_BY_OPTION: Mapping[FactId, Mapping[str, float]] = {
    SALES_CHANNELS: {"shopify": 0.5, "etsy": 0.5, "other_store": 0.15, "other_marketplace": 0.15},
    BUSINESS_MODEL: {"pod": 0.75, "own_stock": 0.3, "digital": 0.15, "dropship": 0.1},
}
MARKETS = ("home_only", "abroad_planned", "abroad_some", "abroad_mostly")
UNDECIDED_SHARE = 0.1


class Style(StrEnum):
    """How somebody goes about answering."""

    LEARNER = "learner"
    ALWAYS_TOP = "always_top"
    RANDOM_CLICKS = "random_clicks"


class Habits(Struct, frozen=True):
    """How the people of a population answer; all but the spread are probabilities.

    slip: an act one has is not ticked. false_tick: an act one lacks is ticked by mistake. tick_spread: (low, high) of
    the factors on slip and false tick that each act has of its own. foil_tick: an act that does not exist is ticked by
    mistake. over_claimed: an act one lacks, or a foil, is ticked on purpose, or a situation answered with its top rung.
    random_answers: share of screens answered at random. error_again: an error about an act is repeated when it is asked
    a second time.

    Situations and scenarios have noise comparable to ticks. rung_below and rung_above: a situation is answered one rung
    below or above one's own, as often as an act is slipped or falsely ticked. solving_slip: who can solve a scenario
    guesses all the same: wrong about as often as a slip. guess: who cannot solve it guesses among all options rather
    than fall for the mistake that fits; with four options the right one is found about as often as an act is falsely
    ticked. not_sure: somebody whose fitting option speaks against them says so instead.
    """

    slip: float = 0.08
    false_tick: float = 0.15
    tick_spread: tuple[float, float] = (1.0, 1.0)
    foil_tick: float = 0.03
    over_claimed: float = 0.0
    random_answers: float = 0.0
    error_again: float = 0.5
    rung_below: float = 0.08
    rung_above: float = 0.15
    solving_slip: float = 0.1
    guess: float = 0.5
    not_sure: float = 0.2
    style: Style = Style.LEARNER

    def noisier(self, factor: float) -> "Habits":
        """Return the habits with every slip and every mistake in one's own favor so many times as frequent."""
        return replace(
            self,
            slip=factor * self.slip,
            false_tick=factor * self.false_tick,
            rung_below=factor * self.rung_below,
            rung_above=factor * self.rung_above,
            solving_slip=factor * self.solving_slip,
            guess=factor * self.guess,
        )


class Population(Struct, frozen=True):
    """Who the people are: logit of mastery given all prerequisites = maturity + leanings - difficulty.

    Difficulty: the base, a step for each step of difficulty and of path, and noise of each skill's own (sd). leak: the
    most that mastery can be likely without all prerequisites.
    """

    name: str
    habits: Habits = Habits()
    maturity_sd: float = 1.6
    program_sd: float = 0.9
    mission_sd: float = 0.8
    leak: float = 0.04
    base_difficulty: float = -1.2
    difficulty_step: float = 0.8
    path_step: float = 1.0
    difficulty_noise: float = 0.35


_ALL = (
    Population("reference"),
    Population(
        "stressed",
        replace(Habits().noisier(1.3), tick_spread=(0.3, 1.7), over_claimed=0.15, random_answers=0.05),
        program_sd=1.5 * 0.9,
        mission_sd=1.5 * 0.8,
        leak=0.10,
    ),
    Population("matched", difficulty_noise=0.0),
    Population("over_claiming", Habits(over_claimed=0.30)),
    Population("always_top", Habits(style=Style.ALWAYS_TOP)),
    Population("random_clicks", Habits(style=Style.RANDOM_CLICKS)),
)

POPULATIONS: Mapping[str, Population] = {population.name: population for population in _ALL}
"""Reference and stressed as the design has them; matched: reference without what the engine cannot know of difficulty;
over_claiming: reference, with many answers claimed; and two of people who do not answer for themselves at all."""


class SimulatedLearner(Struct, frozen=True):
    """What is true of one learner."""

    mastered: frozenset[SkillId]
    facts: FactAnswers


class World:
    """One curriculum under one population: draws learners, and knows how hard each skill and act is.

    tick_factors: on slip and false tick of each act, float64 (acts, 2), in the curriculum's order.
    """

    def __init__(self, curriculum: Curriculum, population: Population) -> None:
        self.curriculum = curriculum
        self.population = population
        generator = np.random.default_rng(WORLD_SEED)
        noise = generator.normal(0.0, population.difficulty_noise, len(curriculum.skills))
        self._difficulty = {
            skill: self._mission_difficulty(curriculum.mission_by_skill[skill]) + float(noise[place])
            for place, skill in enumerate(curriculum.skills)
        }
        spread = population.habits.tick_spread
        self.tick_factors: NDArray[np.float64] = generator.uniform(*spread, size=(len(curriculum.acts), 2))
        graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in curriculum.lessons})
        self._order = graph.study_order(curriculum.skills)

    def draw_learner(self, generator: np.random.Generator) -> SimulatedLearner:
        """Return a learner; skills are drawn along the prerequisites."""
        population = self.population
        maturity = generator.normal(0.0, population.maturity_sd)
        programs = {each.number: generator.normal(0.0, population.program_sd) for each in self.curriculum.programs}
        missions = {each.number: generator.normal(0.0, population.mission_sd) for each in self.curriculum.missions()}
        mastered: set[SkillId] = set()
        for skill in self._order:
            mission = self.curriculum.mission_by_skill[skill]
            program = self.curriculum.program_by_mission[mission.number]
            logit = maturity + programs[program.number] + missions[mission.number] - self._difficulty[skill]
            chance = 1.0 / (1.0 + np.exp(-logit))
            if not mastered.issuperset(self.curriculum.lesson_by_skill[skill].prerequisites):
                chance = min(chance, population.leak)
            if generator.random() < chance:
                mastered.add(skill)
        return SimulatedLearner(frozenset(mastered), _draw_facts(generator))

    def _mission_difficulty(self, mission: Mission) -> float:
        difficulties = [difficulty.id for difficulty in self.curriculum.difficulties]
        paths = [path.id for path in self.curriculum.paths]
        return (
            self.population.base_difficulty
            + self.population.difficulty_step * difficulties.index(mission.difficulty)
            + self.population.path_step * paths.index(mission.path)
        )


def _draw_facts(generator: np.random.Generator) -> FactAnswers:
    facts: dict[FactId, frozenset[OptionId]] = {}
    for fact, chances in CHANCE_BY_OPTION.items():
        chosen = frozenset(OptionId(option) for option, chance in chances.items() if generator.random() < chance)
        is_undecided = generator.random() < UNDECIDED_SHARE or not chosen
        facts[fact] = frozenset({OptionId("undecided")}) if is_undecided else chosen
    facts[BUYER_MARKETS] = frozenset({OptionId(MARKETS[int(generator.integers(len(MARKETS)))])})
    return facts
