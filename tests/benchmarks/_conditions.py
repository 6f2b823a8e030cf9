"""Who is asked how: every line of the benchmark's table, and how one learner is taken through it.

Everything that reaches another process stands in a Task; what a process builds once (curriculum, engines, worlds) it
keeps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from dijipilot.content.freshness import shipped
from dijipilot.content.pack import open_pack
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.population import POPULATIONS
from dijipilot.domain.assessment.response_model import ResponseModel
from dijipilot.domain.assessment.simulation import Outcome, Simulation, Strategy
from dijipilot.domain.assessment.structure import Cliques
from dijipilot.domain.curriculum import Curriculum
from tests.benchmarks._calibration import FloatArray, Sample, act_skills
from tests.benchmarks._peers import (
    HitRates,
    HopBelief,
    ask_everything,
    passing_weights,
    score_tick_by_tick,
    take,
)
from tests.benchmarks._replacement import IntArray, verdict_changes
from tests.benchmarks._response_theory import AbilityAndTicksBelief, AbilityBelief, AbilityModel

FIVE_MINUTES = 300.0
TWO_MINUTES_MORE = 420.0


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the table.

    method: a Strategy, or a peer of PEERS. is_aware: whether the engine reckons with over-claiming and carelessness.
    sitting: 0, or 1 for fresh answers of the same learners. replaces: whether it is also measured what becomes of the
    verdicts when one answer is replaced.
    """

    name: str
    population: str
    method: str
    seconds: float = FIVE_MINUTES
    is_aware: bool = True
    sitting: int = 0
    replaces: bool = False


CONDITIONS = (
    Condition("reference", "reference", Strategy.ADAPTIVE, replaces=True),
    Condition("reference-420", "reference", Strategy.ADAPTIVE, TWO_MINUTES_MORE),
    Condition("reference-retest", "reference", Strategy.ADAPTIVE, sitting=1),
    Condition("reference-half-split", "reference", Strategy.HALF_SPLIT),
    Condition("reference-curriculum-order", "reference", Strategy.CURRICULUM_ORDER),
    Condition("reference-random", "reference", Strategy.RANDOM),
    Condition("reference-no-questions", "reference", Strategy.NO_QUESTIONS),
    Condition("reference-hops", "reference", "hops"),
    Condition("reference-straight-hops", "reference", "straight-hops"),
    Condition("reference-one-dimensional", "reference", "one-dimensional"),
    Condition("reference-one-dimensional-ticks", "reference", "one-dimensional-ticks"),
    Condition("reference-tick-by-tick", "reference", "tick-by-tick"),
    Condition("reference-all-acts", "reference", "all-acts"),
    Condition("reference-everything", "reference", "everything"),
    Condition("stressed", "stressed", Strategy.ADAPTIVE),
    Condition("stressed-unaware", "stressed", Strategy.ADAPTIVE, is_aware=False),
    Condition("stressed-420", "stressed", Strategy.ADAPTIVE, TWO_MINUTES_MORE),
    Condition("stressed-half-split", "stressed", Strategy.HALF_SPLIT),
    Condition("stressed-hops", "stressed", "hops"),
    Condition("stressed-one-dimensional", "stressed", "one-dimensional"),
    Condition("stressed-tick-by-tick", "stressed", "tick-by-tick"),
    Condition("stressed-all-acts", "stressed", "all-acts"),
    Condition("over-claiming", "over_claiming", Strategy.ADAPTIVE),
    Condition("over-claiming-unaware", "over_claiming", Strategy.ADAPTIVE, is_aware=False),
    Condition("always-top", "always_top", Strategy.ADAPTIVE),
    Condition("random-clicks", "random_clicks", Strategy.ADAPTIVE),
)


@dataclass(frozen=True, slots=True)
class Tuning:
    """What peers were given beforehand, from the calibration sample. ability: None where catsim is not installed."""

    base_log_odds: FloatArray
    hit_rates: HitRates
    ability: AbilityModel | None


@dataclass(frozen=True, slots=True)
class Task:
    """Some learners under one condition, for one process."""

    condition: Condition
    seed: int
    learners: range
    tuning: Tuning


@dataclass(frozen=True, slots=True)
class Measured:
    """One learner under one condition. changes: see verdict_changes; None where it was not measured."""

    outcome: Outcome
    changes: IntArray | None = None


@cache
def _pack() -> tuple[Curriculum, Cliques | None]:
    """Return the curriculum that belongs to the program, and the tables of its diagnostic."""
    own = shipped()
    with open_pack(own.pack, own.trusted) as pack:
        return pack.curriculum, pack.cliques


def curriculum() -> Curriculum:
    """Return the curriculum that belongs to the program."""
    return _pack()[0]


@cache
def engine(is_aware: bool) -> DiagnosticEngine:
    """Return the engine, or the one that believes that everybody answers plainly."""
    responses = ResponseModel()
    used = responses if is_aware else responses.unaware()
    return DiagnosticEngine(curriculum(), responses=used, cliques=_pack()[1])


@cache
def _simulation(population: str, is_aware: bool, seed: int, seconds: float) -> Simulation:
    return Simulation(engine(is_aware), POPULATIONS[population], seed, seconds)


@cache
def _passing(turns: bool) -> FloatArray:
    return passing_weights(curriculum(), turns)


def needs_ability(condition: Condition) -> bool:
    """Tell whether a condition needs catsim."""
    return condition.method.startswith("one-dimensional")


def tune(sample: Sample, ability: AbilityModel | None) -> Tuning:
    """Return what the peers need to know of the reference population."""
    return Tuning(sample.base_log_odds, HitRates.of(curriculum(), sample), ability)


def run_task(task: Task) -> list[Measured]:
    """Take the learners of a task through its condition."""
    return [measure(task.condition, task.seed, number, task.tuning) for number in task.learners]


def measure(condition: Condition, seed: int, number: int, tuning: Tuning) -> Measured:
    """Take one learner through a condition."""
    simulation = _simulation(condition.population, condition.is_aware, seed, condition.seconds)
    if condition.method in PEERS:
        return Measured(PEERS[condition.method](simulation, number, tuning))
    sitting = simulation.sit(Strategy(condition.method), number, condition.sitting)
    generator = np.random.default_rng([seed, number, 4])
    return Measured(sitting.outcome, verdict_changes(sitting, generator) if condition.replaces else None)


Peer = Callable[[Simulation, int, Tuning], Outcome]


def _hops(simulation: Simulation, number: int, tuning: Tuning, turns: bool = True) -> Outcome:
    belief = HopBelief(curriculum(), tuning.base_log_odds, _passing(turns))
    return take(curriculum(), simulation.examinee(number), belief, simulation.budget_seconds)


def _one_dimensional(simulation: Simulation, number: int, tuning: Tuning) -> Outcome:
    belief = AbilityBelief(_ability(tuning))
    return take(curriculum(), simulation.examinee(number), belief, simulation.budget_seconds)


def _one_dimensional_ticks(simulation: Simulation, number: int, tuning: Tuning) -> Outcome:
    belief = AbilityAndTicksBelief(_ability(tuning), act_skills(curriculum()))
    return take(curriculum(), simulation.examinee(number), belief, simulation.budget_seconds)


def _ability(tuning: Tuning) -> AbilityModel:
    if tuning.ability is None:
        raise ValueError("one-dimensional item response theory needs catsim")
    return tuning.ability


PEERS: Mapping[str, Peer] = {
    "hops": _hops,
    "straight-hops": partial(_hops, turns=False),
    "one-dimensional": _one_dimensional,
    "one-dimensional-ticks": _one_dimensional_ticks,
    "tick-by-tick": lambda simulation, number, tuning: score_tick_by_tick(
        curriculum(), simulation.examinee(number), tuning.hit_rates
    ),
    "all-acts": lambda simulation, number, tuning: ask_everything(
        simulation.engine, simulation.examinee(number), with_items=False
    ),
    "everything": lambda simulation, number, tuning: ask_everything(
        simulation.engine, simulation.examinee(number), with_items=True
    ),
}
