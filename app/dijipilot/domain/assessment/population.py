"""Simulated learners: a fixed world against which the diagnostic is measured, not the engine's own beliefs.

The world is the one the product is held to: maturity and leanings are normal, every skill's difficulty has noise of its
own that the engine does not know, prerequisites leak, ticks slip and are claimed. Business facts are drawn without
regard to maturity, and the number of orders is left unknown: the world says nothing about how they go together, so the
figures must not profit from a link of our invention.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dijipilot.domain.assessment.items import Act, Item
from dijipilot.domain.assessment.mastery_model import MasteryModel
from dijipilot.domain.assessment.response_model import NOT_SURE, ResponseModel, claimed_evidence
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.session import Screen
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import FactId, ItemId, OptionId, SkillId
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


@dataclass(frozen=True, slots=True)
class Population:
    """How a world differs from the engine's defaults.

    difficulty_noise: sd of each skill's own difficulty. tick_spread: (low, high) factor on slip and false tick of each
    act. over_claiming: share of acts not mastered that are ticked all the same, beyond false ticks. careless: share of
    answers that are random. foil_tick: chance of ticking an act that does not exist.
    """

    name: str
    model: MasteryModel
    responses: ResponseModel
    difficulty_noise: float = 0.35
    tick_spread: tuple[float, float] = (1.0, 1.0)
    over_claiming: float = 0.0
    careless: float = 0.0
    foil_tick: float = 0.03


_DEFAULT_MODEL = MasteryModel()
_DEFAULT_RESPONSES = ResponseModel()

POPULATIONS: Mapping[str, Population] = {
    "reference": Population("reference", _DEFAULT_MODEL, _DEFAULT_RESPONSES),
    "stressed": Population(
        "stressed",
        replace(
            _DEFAULT_MODEL,
            leak=0.10,
            program_sd=1.5 * _DEFAULT_MODEL.program_sd,
            mission_sd=1.5 * _DEFAULT_MODEL.mission_sd,
        ),
        replace(
            _DEFAULT_RESPONSES,
            act_slip=1.3 * _DEFAULT_RESPONSES.act_slip,
            act_guess=1.3 * _DEFAULT_RESPONSES.act_guess,
        ),
        tick_spread=(0.3, 1.7),
        over_claiming=0.15,
        careless=0.05,
        foil_tick=0.15,
    ),
    "matched": Population("matched", _DEFAULT_MODEL, _DEFAULT_RESPONSES, difficulty_noise=0.0),
}


@dataclass(frozen=True, slots=True)
class SimulatedLearner:
    """What is true of one learner."""

    mastered: frozenset[SkillId]
    facts: FactAnswers


class World:
    """One curriculum under one population: draws learners and their answers."""

    def __init__(self, curriculum: Curriculum, population: Population) -> None:
        self.curriculum = curriculum
        self.population = population
        generator = np.random.default_rng(WORLD_SEED)
        noise = generator.normal(0.0, population.difficulty_noise, len(curriculum.skills))
        self._difficulty = {
            skill: population.model.difficulty(curriculum, curriculum.mission_by_skill[skill]) + float(noise[place])
            for place, skill in enumerate(curriculum.skills)
        }
        spread = generator.uniform(*population.tick_spread, size=(len(curriculum.acts), 2))
        self._tick_factors = {act.id: spread[place] for place, act in enumerate(curriculum.acts)}
        self._acts: Mapping[str, Act] = {act.id: act for act in curriculum.acts}
        self._follow_ups = {item.follows for item in curriculum.items if item.follows}
        graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in curriculum.lessons})
        self._order = graph.study_order(curriculum.skills)

    def draw_learner(self, generator: np.random.Generator) -> SimulatedLearner:
        """Return a learner; skills are drawn along the prerequisites."""
        model = self.population.model
        maturity = generator.normal(0.0, model.maturity_sd)
        programs = {each.number: generator.normal(0.0, model.program_sd) for each in self.curriculum.programs}
        missions = {each.number: generator.normal(0.0, model.mission_sd) for each in self.curriculum.missions()}
        mastered: set[SkillId] = set()
        for skill in self._order:
            mission = self.curriculum.mission_by_skill[skill]
            program = self.curriculum.program_by_mission[mission.number]
            logit = maturity + programs[program.number] + missions[mission.number] - self._difficulty[skill]
            chance = 1.0 / (1.0 + np.exp(-logit))
            if not mastered.issuperset(self.curriculum.lesson_by_skill[skill].prerequisites):
                chance = min(chance, model.leak)
            if generator.random() < chance:
                mastered.add(skill)
        return SimulatedLearner(frozenset(mastered), _draw_facts(generator))

    def respond(
        self, learner: SimulatedLearner, screen: Screen, generator: np.random.Generator
    ) -> tuple[Sequence[str], bool]:
        """Return what the learner chooses on a screen, and whether the answer is not sure."""
        if screen.kind is ScreenKind.FACT:
            chosen = learner.facts.get(FactId(screen.id), frozenset())
            return sorted(chosen), not chosen
        is_careless = generator.random() < self.population.careless
        if screen.kind is ScreenKind.CHECKLIST:
            return [each.id for each in screen.options if self._ticks(learner, each.id, is_careless, generator)], False
        if is_careless:
            return [screen.options[int(generator.integers(len(screen.options)))].id], False
        chosen_option = self._choose(learner, self.curriculum.item_by_id[ItemId(screen.id)], generator)
        return ([], True) if chosen_option == NOT_SURE else ([chosen_option], False)

    def _ticks(self, learner: SimulatedLearner, act_id: str, is_careless: bool, generator: np.random.Generator) -> bool:
        if is_careless:
            return bool(generator.random() < 0.5)
        act = self._acts.get(act_id)
        if act is None:
            return bool(generator.random() < self.population.foil_tick)
        slip_factor, guess_factor = self._tick_factors[act.id]
        responses = self.population.responses
        if act.skill in learner.mastered:
            return bool(generator.random() >= responses.act_slip * slip_factor)
        chance = responses.act_guess * guess_factor
        return bool(generator.random() < chance + (1.0 - chance) * self.population.over_claiming)

    def _choose(self, learner: SimulatedLearner, item: Item, generator: np.random.Generator) -> OptionId:
        responses = self.population.responses
        states = tuple(int(skill in learner.mastered) for skill in item.skills)
        if item.follows is not None:
            return self._choose_follow_up(item, states, generator)
        table = responses.option_likelihoods(item, item.id in self._follow_ups)
        chances = np.array([float(likelihood[states]) for likelihood in table.values()])
        return list(table)[int(generator.choice(len(chances), p=chances / chances.sum()))]

    def _choose_follow_up(self, item: Item, states: tuple[int, ...], generator: np.random.Generator) -> OptionId:
        parent = self.curriculum.item_by_id[item.follows] if item.follows else item
        claims = [claimed_evidence(parent, parent.option(option), True) for option in sorted(item.after)]
        claimed = frozenset(skill for claim in claims for skill, value in claim.items() if value > 0)
        kept = float(self.population.responses.follow_up_likelihood(parent.skills, claimed, True)[states])
        right = [option.id for option in item.options if option.keeps]
        wrong = [option.id for option in item.options if not option.keeps]
        among = right if generator.random() < kept else wrong
        return among[int(generator.integers(len(among)))]


def _draw_facts(generator: np.random.Generator) -> FactAnswers:
    facts: dict[FactId, frozenset[OptionId]] = {}
    for fact, chances in CHANCE_BY_OPTION.items():
        chosen = frozenset(OptionId(option) for option, chance in chances.items() if generator.random() < chance)
        is_undecided = generator.random() < UNDECIDED_SHARE or not chosen
        facts[fact] = frozenset({OptionId("undecided")}) if is_undecided else chosen
    facts[BUYER_MARKETS] = frozenset({OptionId(MARKETS[int(generator.integers(len(MARKETS)))])})
    return facts
