"""A sample of simulated learners who are in no other figure: what peers that need tuning are tuned on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.domain.curriculum import Curriculum

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

SAMPLE_SEED = 5821
"""Far from the seeds that people choose: none of these learners is measured."""

SAMPLE_SIZE = 1500


@dataclass(frozen=True, slots=True)
class Sample:
    """Learners of the reference population.

    mastered: bool (learners, skills). ticked: bool (learners, acts), every act asked.
    """

    mastered: BoolArray
    ticked: BoolArray

    @property
    def base_log_odds(self) -> FloatArray:
        """Log-odds of mastery of each skill before any answer, float64 (skills,)."""
        return log_odds((self.mastered.sum(axis=0) + 0.5) / (len(self.mastered) + 1.0))


def draw_sample(curriculum: Curriculum, size: int = SAMPLE_SIZE) -> Sample:
    """Return the sample, the same each time."""
    world = sample_world(curriculum)
    acts = [act.id for act in curriculum.acts]
    mastered, ticked = [], []
    for number in range(size):
        examinee = sample_examinee(world, number)
        mastered.append([skill in examinee.learner.mastered for skill in curriculum.skills])
        ticks = set(examinee.tick("all", acts))
        ticked.append([act in ticks for act in acts])
    return Sample(np.array(mastered), np.array(ticked))


def sample_world(curriculum: Curriculum) -> World:
    """Return the world of the sample: the reference population."""
    return World(curriculum, POPULATIONS["reference"])


def sample_examinee(world: World, number: int) -> Examinee:
    """Return one learner of the sample, before they were asked anything."""
    learner = world.draw_learner(np.random.default_rng([SAMPLE_SEED, number, 0]))
    return Examinee(world, learner, (SAMPLE_SEED, number, 1))


def act_skills(curriculum: Curriculum) -> NDArray[np.int64]:
    """Return the place of each act's skill, int64 (acts,)."""
    position = {skill: place for place, skill in enumerate(curriculum.skills)}
    return np.array([position[act.skill] for act in curriculum.acts])


def tick_log_odds(is_ticked: bool) -> float:
    """Return what a tick, or none, adds to the log-odds of its skill by slip and false tick of the sample."""
    habits = POPULATIONS["reference"].habits
    if is_ticked:
        return float(np.log((1.0 - habits.slip) / habits.false_tick))
    return float(np.log(habits.slip / (1.0 - habits.false_tick)))


def log_odds(probability: FloatArray) -> FloatArray:
    """Return log(p / (1 - p)), elementwise."""
    return np.asarray(np.log(probability / (1.0 - probability)))


def logistic(log_odds_: FloatArray) -> FloatArray:
    """Return 1 / (1 + exp(-x)), elementwise."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds_)))
