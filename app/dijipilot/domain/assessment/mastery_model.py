"""Which skills sellers have before they answered anything: maturity, leanings, difficulty and soft prerequisites.

logit P(skill mastered | all prerequisites mastered) = maturity + leaning of its program + leaning of its mission - b,
where b grows with the difficulty and the path of the mission. Without all prerequisites the probability is at most the
leak: prerequisites are soft, and lacking one never helps.

Maturity and leanings are normal and stand on grids, so that the posterior over the whole curriculum can be computed
exactly on them (see junction_tree.py).
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import OptionId

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

MATURITY_BY_MONTHLY_ORDERS: dict[OptionId, float] = {
    OptionId("no_orders"): -1.0,
    OptionId("up_to_20"): -0.3,
    OptionId("from_21_to_100"): 0.5,
    OptionId("from_101_to_500"): 1.1,
    OptionId("more_than_500"): 1.6,
}
"""Typical maturity at a number of monthly orders: shops that sell tend to be run better, with many exceptions."""

MONTHLY_ORDERS_SD = 2.0
"""Spread of maturity around that: wider than maturity itself, so that the fact hints and never decides."""


class MasteryModel(Struct, frozen=True):
    """Parameters of the prior; the defaults describe a broad population of small sellers.

    maturity_points, program_points, mission_points: sizes of the grids. Against grids of 25, 7 and 7 points these move
    probabilities by 0.0008 on average and by 0.011 at most (40 simulated learners with 70 ticks each).
    difficulty_sd: each skill's own difficulty is not known better than this; it flattens the logistic curve.
    leak: see module.

    Leanings and leak are a little wider than in the reference population of the simulations (0.9, 0.8 and 0.04): there
    it costs about 0.1 points of accuracy, and where people are more uneven (stressed) it makes the probabilities
    better calibrated.
    """

    maturity_sd: float = 1.6
    program_sd: float = 1.0
    mission_sd: float = 0.9
    leak: float = 0.05
    base_difficulty: float = -1.2
    difficulty_step: float = 0.8
    path_step: float = 1.0
    difficulty_sd: float = 0.35
    maturity_points: int = 11
    program_points: int = 3
    mission_points: int = 3

    def maturity_grid(self) -> tuple[FloatArray, FloatArray]:
        """Return values and prior weights of maturity, float64 (maturity,): even steps, 2.75 deviations each way."""
        values = np.linspace(-2.75 * self.maturity_sd, 2.75 * self.maturity_sd, self.maturity_points)
        weights = np.exp(-0.5 * (values / self.maturity_sd) ** 2)
        return values, weights / weights.sum()

    def program_grid(self) -> tuple[FloatArray, FloatArray]:
        """Return values and weights of the leaning of a program, float64 (leanings,)."""
        return _normal_grid(self.program_points, self.program_sd)

    def mission_grid(self) -> tuple[FloatArray, FloatArray]:
        """Return values and weights of the leaning of a mission, float64 (leanings,)."""
        return _normal_grid(self.mission_points, self.mission_sd)

    def difficulty(self, curriculum: Curriculum, mission: Mission) -> float:
        """Return b of the skills of a mission."""
        difficulty_ids = [difficulty.id for difficulty in curriculum.difficulties]
        path_ids = [path.id for path in curriculum.paths]
        return (
            self.base_difficulty
            + self.difficulty_step * difficulty_ids.index(mission.difficulty)
            + self.path_step * path_ids.index(mission.path)
        )

    def mastery_probability(self, logit: FloatArray) -> FloatArray:
        """Return P(mastered) with all prerequisites at a logit, elementwise, the unknown part of difficulty averaged.

        The average of a logistic over a normal is close to a flatter logistic. Source: MacKay (1992).
        """
        flattened = logit / np.sqrt(1.0 + np.pi / 8.0 * self.difficulty_sd**2)
        return np.asarray(1.0 / (1.0 + np.exp(-flattened)), dtype=np.float64)


def _normal_grid(points: int, sd: float) -> tuple[FloatArray, FloatArray]:
    """Return Gauss-Hermite nodes and weights of a normal distribution around 0."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    return nodes * sd, weights / weights.sum()
