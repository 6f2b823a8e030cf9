"""One-dimensional item response theory as a peer: one ability a learner, items of maximum information (catsim).

catsim selects the items and estimates the ability. It does not fit item parameters, so that is done here, by marginal
maximum likelihood on the calibration sample; and because an ability is no verdict, a curve per skill says how likely
the skill is at an estimated ability, fitted on sittings of that sample, so that errors of estimation are allowed for.
"""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dijipilot.domain.curriculum import Curriculum
from tests.benchmarks._calibration import FloatArray, Sample, logistic, sample_examinee, sample_world, tick_log_odds
from tests.benchmarks._peers import take

HOW_TO_INSTALL = 'python -m pip install -e ".[bench]"'

FIT_ROUNDS = 60
FIT_POINTS = np.linspace(-4.0, 4.0, 41)
RIDGE = 1.0
"""Weight of a pull toward a flat curve, in learners: it matters only for skills that almost nobody has or lacks."""

FIRST_ABILITY = 0.0


def is_installed() -> bool:
    """Tell whether catsim is there."""
    return importlib.util.find_spec("catsim") is not None


@dataclass(frozen=True, slots=True)
class AbilityModel:
    """items: discrimination and difficulty, float64 (acts, 2). curves: level and slope, float64 (skills, 2)."""

    items: FloatArray
    curves: FloatArray


class AbilityBelief:
    """One number for one learner, and the items that say most about it."""

    def __init__(self, model: AbilityModel) -> None:
        # Imported here: it takes a second, and those who have not installed it measure the other peers.
        from catsim.estimation import NumericalSearchEstimator
        from catsim.item_bank import ItemBank
        from catsim.selection import MaxInfoSelector

        self.ability = FIRST_ABILITY
        self._curves = model.curves
        # Checked as they are fitted; catsim's own check prints an empty line.
        self._bank = ItemBank(model.items, validate=False)
        self._selector = MaxInfoSelector()
        self._estimator = NumericalSearchEstimator()
        self._asked: list[int] = []
        self._ticked: list[bool] = []

    def ranks(self, left: Sequence[int]) -> FloatArray:
        """Rank acts by their information at the ability, and before all the one that catsim selects."""
        ranks = -np.asarray(self._bank.information(self.ability), dtype=np.float64)
        if left:
            kept = set(left)
            others = [place for place in range(self._bank.n_items) if place not in kept]
            selected = self._selector.select(item_bank=self._bank, administered_items=others, est_theta=self.ability)
            ranks[selected] = -np.inf
        return ranks

    def learn(self, places: Sequence[int], ticked: Sequence[bool]) -> None:
        """Estimate the ability anew from everything asked."""
        self._asked += places
        self._ticked += ticked
        self.ability = float(
            self._estimator.estimate(
                item_bank=self._bank,
                administered_items=self._asked,
                response_vector=self._ticked,
                est_theta=self.ability,
            )
        )

    def probabilities(self) -> FloatArray:
        """Return P(mastered) at the ability, float64 (skills,)."""
        return logistic(self._log_odds())

    def _log_odds(self) -> FloatArray:
        return np.asarray(self._curves[:, 0] + self._curves[:, 1] * self.ability)


class AbilityAndTicksBelief(AbilityBelief):
    """The same, but a skill whose act was asked is judged by the tick as well: more than one dimension, and better."""

    def __init__(self, model: AbilityModel, skills: NDArray[np.int64]) -> None:
        super().__init__(model)
        self._skills = skills
        self._by_ticks = np.zeros(len(model.curves))

    def learn(self, places: Sequence[int], ticked: Sequence[bool]) -> None:
        """Estimate the ability anew, and add what the ticks say of their own skills."""
        super().learn(places, ticked)
        for place, is_ticked in zip(places, ticked, strict=True):
            self._by_ticks[self._skills[place]] += tick_log_odds(is_ticked)

    def _log_odds(self) -> FloatArray:
        return np.asarray(super()._log_odds() + self._by_ticks)


def measure_ability(curriculum: Curriculum, number: int, items: FloatArray, budget_seconds: float) -> float:
    """Return the ability that a sitting of a learner of the sample ends with."""
    belief = AbilityBelief(AbilityModel(items, np.zeros((len(curriculum.skills), 2))))
    take(curriculum, sample_examinee(sample_world(curriculum), number), belief, budget_seconds)
    return belief.ability


def fit_items(sample: Sample) -> FloatArray:
    """Return discrimination and difficulty of each act, float64 (acts, 2), of the two-parameter logistic model.

    Marginal maximum likelihood by expectation and maximization, the ability standard normal on a grid.
    Source: Bock and Aitkin (1981).
    """
    ticked = sample.ticked.astype(np.float64)
    log_prior = -0.5 * FIT_POINTS**2
    slopes, levels = np.ones(ticked.shape[1]), np.zeros(ticked.shape[1])
    for _ in range(FIT_ROUNDS):
        chance = np.clip(logistic(levels + np.outer(FIT_POINTS, slopes)), 1e-9, 1.0 - 1e-9)
        log_joint = log_prior + ticked @ np.log(chance).T + (1.0 - ticked) @ np.log(1.0 - chance).T
        weights = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True)
        levels, slopes = _fit_curves(FIT_POINTS, weights.sum(axis=0), weights.T @ ticked, levels, slopes)
    return np.column_stack([slopes, -levels / slopes])


def fit_curves(sample: Sample, abilities: NDArray[np.float64]) -> FloatArray:
    """Return level and slope of P(mastered | ability) of each skill, float64 (skills, 2): logistic regressions.

    abilities: float64 (learners,), of the first learners of the sample.
    """
    mastered = sample.mastered[: len(abilities)].astype(np.float64)
    count = mastered.shape[1]
    return np.column_stack(_fit_curves(abilities, np.ones(len(abilities)), mastered, np.zeros(count), np.ones(count)))


def _fit_curves(
    at: FloatArray, cases: FloatArray, hits: FloatArray, levels: FloatArray, slopes: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return level and slope of a logistic curve for each column of hits, by Newton's method.

    at, cases: float64 (points,), where and how many. hits: float64 (points, columns), how many of them.
    levels, slopes: float64 (columns,), where to start.
    """
    for _ in range(20):
        chance = logistic(levels + np.outer(at, slopes))
        surplus = hits - cases[:, np.newaxis] * chance
        spread = cases[:, np.newaxis] * chance * (1.0 - chance)
        by_level = surplus.sum(axis=0)
        by_slope = at @ surplus - RIDGE * slopes
        level_level, level_slope = spread.sum(axis=0) + 1e-6, at @ spread
        slope_slope = (at**2) @ spread + RIDGE
        determinant = level_level * slope_slope - level_slope**2
        level_step = (slope_slope * by_level - level_slope * by_slope) / determinant
        slope_step = (level_level * by_slope - level_slope * by_level) / determinant
        # A step too far from a flat place would overshoot.
        levels = levels + np.clip(level_step, -1.0, 1.0)
        slopes = slopes + np.clip(slope_step, -1.0, 1.0)
        if max(np.abs(level_step).max(), np.abs(slope_step).max()) < 1e-8:
            break
    return levels, slopes
