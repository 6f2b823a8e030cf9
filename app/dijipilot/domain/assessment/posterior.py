"""What is believed after some evidence: mastery of each skill, response style, and how skills move together."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dijipilot.domain.assessment.covariance import covariance_within
from dijipilot.domain.assessment.junction_tree import NEGLIGIBLE, Collected
from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray
from dijipilot.domain.ids import SkillId

if TYPE_CHECKING:
    from dijipilot.domain.assessment.belief import BeliefModel

LEAST_WEIGHT = 1e-200
"""The floor of a point's weight before scaling: what is all but ruled out stays positive."""


class Posterior:
    """The belief after some evidence. Arrays over skills follow the order of the curriculum.

    weights: posterior of the points of maturity and style that the evidence has not ruled out, float64 (points,),
    summing to 1; maturities, styles: of each of them, int64 (points,). The points of random answers come last.
    log_random: log joint of the answers, random answers and maturity, float64 (maturity,); None without such a style.
    """

    def __init__(
        self, model: "BeliefModel", collected: Collected, log_joint: FloatArray, log_random: FloatArray | None
    ) -> None:
        self.model = model
        self.collected = collected
        everything = log_joint if log_random is None else np.concatenate([log_joint, log_random])
        # The floor keeps what is all but ruled out positive, so that nothing is divided by zero.
        weights = np.maximum(np.exp(everything - everything.max()), LEAST_WEIGHT)
        weights /= weights.sum()
        self._points = self._points_that_matter(weights[: len(log_joint)])
        at_random = weights[len(log_joint) :]
        if at_random.sum() < NEGLIGIBLE:
            at_random = at_random[:0]
        kept = np.concatenate([weights[self._points], at_random])
        self.weights: FloatArray = kept / kept.sum()
        self._tree_weights: FloatArray = self.weights[: len(kept) - len(at_random)]
        self.maturities: IntArray = np.concatenate([model.point_maturity[self._points], np.arange(len(at_random))])
        last = np.full(len(at_random), len(model.styles) - 1)
        self.styles: IntArray = np.concatenate([model.point_style[self._points], last])

    @classmethod
    def of_prior(cls, model: "BeliefModel") -> "Posterior":
        """Return what is believed of anybody, by maturity: that is all that is left when answers are random."""
        log_maturity = np.log(model.maturity_prior)
        log_style = np.log(1.0 / len(model.answering))
        return cls(model, model.blank, log_maturity[model.point_maturity] + log_style, None)

    def _points_that_matter(self, weights: FloatArray) -> slice:
        """Return the batch points without those of lowest and highest maturity that add up to less than NEGLIGIBLE."""
        styles = len(self.model.answering)
        by_maturity = weights.reshape(-1, styles).sum(axis=1)
        first = int(np.searchsorted(np.cumsum(by_maturity), NEGLIGIBLE / 2.0))
        last = len(by_maturity) - int(np.searchsorted(np.cumsum(by_maturity[::-1]), NEGLIGIBLE / 2.0))
        # When nearly all weight is with random answers, one maturity stays, so that no array is empty.
        first = min(first, len(by_maturity) - 1)
        return slice(first * styles, max(last, first + 1) * styles)

    @cached_property
    def mastery(self) -> FloatArray:
        """P(mastered) of each skill, float64 (skills,)."""
        return np.clip(self.weights @ self.mastery_by_point, 1e-12, 1.0 - 1e-12)

    @cached_property
    def style_weights(self) -> FloatArray:
        """P(response style), float64 (styles,)."""
        return np.asarray(np.bincount(self.styles, self.weights, len(self.model.styles)), dtype=np.float64)

    @cached_property
    def maturity_weights(self) -> FloatArray:
        """P(maturity), float64 (maturity,)."""
        return np.asarray(np.bincount(self.maturities, self.weights, len(self.model.maturity)), dtype=np.float64)

    @cached_property
    def mastery_by_point(self) -> FloatArray:
        """P(mastered | batch point), float64 (points, skills)."""
        asked = self.model.blocks.means(self._joints, self._tree_weights)
        if len(asked) < len(self.weights):
            asked = np.concatenate([asked, self.model.at_random.mastery_by_maturity])
        return np.clip(asked, 0.0, 1.0)

    @cached_property
    def mastery_by_maturity(self) -> FloatArray:
        """P(mastered | maturity), float64 (maturity, skills), where all maturities are kept and no style is random."""
        weighted = self.mastery_by_point * self.weights[:, np.newaxis]
        styles = len(self.model.answering)
        sums = weighted.reshape(-1, styles, weighted.shape[-1]).sum(axis=1)
        return np.asarray(sums / self.weights.reshape(-1, styles).sum(axis=1)[:, np.newaxis])

    @cached_property
    def covariance(self) -> FloatArray:
        """How skills move together, float64 (skills, skills).

        Exact between batch points and inside each mission with its prerequisites; between missions at one batch point
        it follows the links as a linear regression of each mission on its prerequisites and its program's leaning.
        Used to choose questions and to weigh reasons, never for the probabilities themselves.
        """
        deviation = self.mastery_by_point - self.weights @ self.mastery_by_point
        full = self.covariance_within + (deviation * self.weights[:, np.newaxis]).T @ deviation
        np.fill_diagonal(full, self.mastery * (1.0 - self.mastery))
        return full

    @cached_property
    def covariance_within(self) -> FloatArray:
        """The part of the covariance that stays when maturity and style are known, float64 (skills, skills)."""
        within = covariance_within(self.model.blocks, self._joints, self._tree_weights)
        random_share = float(self.weights[len(self._tree_weights) :].sum())
        return within + random_share * self.model.at_random.covariance_within if random_share else within

    @cached_property
    def unreliability_by_point(self) -> FloatArray:
        """How little the answers say in the response style of each point, 0..1, float64 (points,)."""
        return self.model.unreliability[self.styles]

    @cached_property
    def beliefs(self) -> list[FloatArray]:
        """The joint of points and variables of each clique; see JunctionTree.distribute."""
        return self.model.tree.distribute(self.collected, self._points, self._tree_weights)

    @cached_property
    def _joints(self) -> list[FloatArray]:
        return self.model.blocks.joints(self.beliefs)

    def sample(self, generator: np.random.Generator) -> tuple[frozenset[SkillId], int]:
        """Return skills mastered and response style of one learner who would have given this evidence."""
        point = int(generator.choice(len(self.weights), p=self.weights))
        if point < len(self._tree_weights):
            state = self._sample_states(point, generator)
        else:
            first_style = int(self.maturities[point]) * len(self.model.answering)
            state = self.model.at_random._sample_states(first_style, generator)
        skills = self.model.curriculum.skills
        return frozenset(skill for place, skill in enumerate(skills) if state[place]), int(self.styles[point])

    def _sample_states(self, point: int, generator: np.random.Generator) -> dict[int, int]:
        """Draw the variables clique by clique from the roots, each given what is drawn of it already."""
        state: dict[int, int] = {}
        for clique, belief in zip(reversed(self.model.tree.cliques), reversed(self.beliefs), strict=True):
            place = tuple(state.get(variable, slice(None)) for variable in clique.variables)
            table = belief[(*place, point)]
            flat = np.cumsum(table.reshape(-1))
            drawn = int(np.searchsorted(flat, generator.random() * flat[-1], side="right"))
            free = [variable for variable in clique.variables if variable not in state]
            state.update(_states_at(min(drawn, len(flat) - 1), free, table.shape))
        return state


def _states_at(index: int, variables: Iterable[int], shape: tuple[int, ...]) -> dict[int, int]:
    return {variable: int(value) for variable, value in zip(variables, np.unravel_index(index, shape), strict=True)}
