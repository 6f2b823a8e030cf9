"""What answers would explain: linear regression of verdicts on answers, from means and covariances alone."""

from collections.abc import Sequence

import numpy as np

from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.response_model import ResponseModel


class ExplainedVariance:
    """Forward regression: what each answer would explain beyond the answers taken so far.

    on_verdicts: covariance of skills and, last, reliability with the answers, float64 (skills + 1, answers);
    among: covariance of the answers, float64 (answers, answers).
    """

    def __init__(self, on_verdicts: FloatArray, among: FloatArray) -> None:
        self._on_verdicts = on_verdicts
        self._among = among

    @classmethod
    def of_ticks(cls, posterior: Posterior, places: IntArray, chance: FloatArray) -> "ExplainedVariance":
        """Return the regression on ticks of acts on the skills at these places.

        chance: P(tick | not mastered, mastered), float64 (2, styles).
        """
        return cls._of(posterior, places, chance, np.empty((len(posterior.weights), 0)))

    @classmethod
    def of_acts_and_foils(
        cls, posterior: Posterior, places: IntArray, responses: ResponseModel, foil_count: int
    ) -> "ExplainedVariance":
        """Return the regression on ticks of acts on the skills at these places, then of so many foils."""
        foil = responses.foil_chance()[posterior.styles]
        return cls._of(posterior, places, responses.tick_chance(), np.repeat(foil[:, np.newaxis], foil_count, axis=1))

    @classmethod
    def _of(
        cls, posterior: Posterior, places: IntArray, chance: FloatArray, style_only: FloatArray
    ) -> "ExplainedVariance":
        by_style = chance[:, posterior.styles]
        slope = float((posterior.weights * (by_style[1] - by_style[0])).sum())
        ticks = (
            by_style[0][:, np.newaxis]
            + (by_style[1] - by_style[0])[:, np.newaxis] * posterior.mastery_by_point[:, places]
        )
        by_point = np.concatenate([ticks, style_only], axis=1)
        means = posterior.weights @ by_point
        centered = by_point - means
        weighted = centered * posterior.weights[:, np.newaxis]
        unreliable = posterior.unreliability_by_point
        verdicts = np.concatenate([posterior.mastery_by_point, unreliable[:, np.newaxis]], axis=1)
        on_verdicts = (verdicts - posterior.weights @ verdicts).T @ weighted
        among = centered.T @ weighted
        count = len(places)
        within = posterior.covariance_within[:, places]
        on_verdicts[:-1, :count] += slope * within
        among[:count, :count] += slope**2 * within[places]
        np.fill_diagonal(among, means * (1.0 - means))
        return cls(on_verdicts, among)

    def restricted_to(self, answers: Sequence[int]) -> "ExplainedVariance":
        """Return a regression of its own on some of the answers."""
        places = list(answers)
        return ExplainedVariance(self._on_verdicts[:, places], self._among[np.ix_(places, places)])

    def gains(self, weights: FloatArray) -> FloatArray:
        """Return the drop of weighted variance that each answer alone would bring now, float64 (answers,)."""
        return np.asarray((weights @ self._on_verdicts**2) / self._variance())

    def take(self, index: int) -> None:
        """Count an answer as given."""
        slopes = self._among[index] / self._variance()[index]
        self._on_verdicts = self._on_verdicts - np.outer(self._on_verdicts[:, index], slopes)
        self._among = self._among - np.outer(self._among[:, index], slopes)

    def _variance(self) -> FloatArray:
        return np.asarray(np.maximum(np.diagonal(self._among), 1e-9))


def joint_of(means: FloatArray, covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the states (states, skills) of a few binary skills and their chances (states,); see joints_of."""
    states, chances = joints_of(means[np.newaxis], covariance[np.newaxis])
    return states, chances[0]


def joints_of(means: FloatArray, covariances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the states (states, skills) of a few binary skills and their chances in several cases (cases, states).

    means: float64 (cases, skills); covariances: float64 (cases, skills, skills). Second-order Bahadur expansion, cut at
    zero; exact for one and two skills.
    """
    count = means.shape[1]
    states = np.indices((2,) * count).reshape(count, -1).T.astype(np.float64)
    spreads = np.sqrt(means * (1.0 - means))
    deviations = (states - means[:, np.newaxis]) / spreads[:, np.newaxis]
    chances = np.prod(np.where(states == 1.0, means[:, np.newaxis], 1.0 - means[:, np.newaxis]), axis=-1)
    scaled = covariances / (spreads[:, :, np.newaxis] * spreads[:, np.newaxis])
    scaled = scaled * (1.0 - np.eye(count))
    pairs = 0.5 * ((deviations @ scaled) * deviations).sum(axis=-1)
    chances = np.maximum(chances * (1.0 + pairs), 0.0)
    return states, chances / chances.sum(axis=1, keepdims=True)
