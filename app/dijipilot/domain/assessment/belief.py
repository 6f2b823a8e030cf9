"""The posterior over all skills after the evidence: exact on the model's grids."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product

import numpy as np

from dijipilot.domain.assessment.covariance import Blocks, CovarianceBlock, covariance_within
from dijipilot.domain.assessment.evidence import Evidence, Key
from dijipilot.domain.assessment.junction_tree import NEGLIGIBLE, Collected, JunctionTree
from dijipilot.domain.assessment.mastery_model import (
    MATURITY_BY_MONTHLY_ORDERS,
    MONTHLY_ORDERS_SD,
    FloatArray,
    IntArray,
    MasteryModel,
)
from dijipilot.domain.assessment.response_model import PLAIN, ResponseStyle
from dijipilot.domain.assessment.structure import Cliques, Family, Structure
from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import SkillId
from dijipilot.domain.shop_facts import MONTHLY_ORDERS, FactAnswers

LEAST_WEIGHT = 1e-200

FACTORS_KEPT = 4096
"""So many pieces of evidence are kept as they multiply tables: all acts and options of a curriculum, ticked or not."""


class BeliefModel:
    """Everything about the posterior that depends on the curriculum alone; built once, then asked for each evidence.

    The batch axis of the junction tree is maturity times response style, style running faster. A style of random
    answers (the last, if any) needs no tree: its answers say nothing, so the prior stays.

    cliques: of the triangulated graph, as found earlier for this curriculum (Structure.find_cliques); those that no
    longer fit, or none, are found anew, which takes a second.
    """

    def __init__(
        self,
        curriculum: Curriculum,
        model: MasteryModel | None = None,
        styles: Sequence[ResponseStyle] = (PLAIN,),
        cliques: Cliques | None = None,
    ) -> None:
        self.curriculum = curriculum
        self.model = model or MasteryModel()
        self.styles = tuple(styles)
        self.answering = tuple(style for style in styles if not style.is_random)
        self.style_prior: FloatArray = np.array([style.prior for style in styles])
        self.is_random: FloatArray = np.array([float(style.is_random) for style in styles])
        self.unreliability: FloatArray = np.array([style.unreliability for style in styles])
        self.structure = Structure(curriculum, self.model)
        self.position: Mapping[SkillId, int] = self.structure.position
        self.maturity, self.maturity_prior = self.model.maturity_grid()
        self.point_maturity: IntArray = np.repeat(np.arange(len(self.maturity)), len(self.answering))
        self.point_style: IntArray = np.tile(np.arange(len(self.answering)), len(self.maturity))
        fitting = cliques if cliques is not None and self.structure.do_fit(cliques) else self.structure.find_cliques()
        self.tree = JunctionTree(self.structure.cardinalities, fitting)
        self._home = [self.tree.home_of((variable,)) for variable in range(len(self.structure.cardinalities))]
        self._base = self._build_tables()
        self._factor_by_key: dict[Key, tuple[int, FloatArray, FloatArray]] = {}
        self.blank = self.tree.collect(self._base, {})
        self.blocks = Blocks([self._block(family) for family in self.structure.families], self.structure, self.tree)
        self.at_random = Posterior.of_prior(self)

    def posterior(
        self,
        evidence: Sequence[Evidence],
        facts: FactAnswers,
        style_log_likelihood: FloatArray | None = None,
        before: "Posterior | None" = None,
    ) -> "Posterior":
        """Return the posterior after the evidence. Pass it in one order always (EvidenceReader sorts): sums round.

        style_log_likelihood: float64 (styles,). before: an earlier posterior of this model; what the evidence has in
        common with it is not computed again. The result is the same, bit by bit, with and without.
        """
        factors, log_scale, log_random = self._factors(evidence)
        collected = self.tree.collect(self._base, factors, before.collected if before else self.blank)
        on_style = np.log(self.style_prior)
        if style_log_likelihood is not None:
            on_style = on_style + style_log_likelihood
        log_maturity = self.log_prior(facts)
        log_points = log_maturity[self.point_maturity] + on_style[self.point_style] + log_scale
        log_joint = self.tree.log_evidence(collected) + log_points
        if len(self.answering) == len(self.styles):
            return Posterior(self, collected, log_joint, None)
        return Posterior(self, collected, log_joint, log_maturity + on_style[-1] + log_random)

    def log_prior(self, facts: FactAnswers) -> FloatArray:
        """Return the log prior of maturity, float64 (maturity,), with what the number of orders hints."""
        log_prior = np.log(self.maturity_prior)
        for option in sorted(facts.get(MONTHLY_ORDERS, frozenset())):
            typical = MATURITY_BY_MONTHLY_ORDERS.get(option)
            if typical is not None:
                log_prior = log_prior - 0.5 * ((self.maturity - typical) / MONTHLY_ORDERS_SD) ** 2
        return log_prior

    def skill_chances(self, mission: Mission) -> tuple[FloatArray, FloatArray]:
        """Return P(mastered) with all prerequisites and without, float64 (leanings, mission leanings, maturity)."""
        program, _ = self.model.program_grid()
        leaning, _ = self.model.mission_grid()
        logit = program[:, np.newaxis, np.newaxis] + leaning[:, np.newaxis] + self.maturity
        reached = self.model.mastery_probability(logit - self.model.difficulty(self.curriculum, mission))
        return reached, np.minimum(reached, self.model.leak)

    # The evidence as factors of cliques

    def _factors(
        self, evidence: Sequence[Evidence]
    ) -> tuple[dict[int, tuple[object, Sequence[FloatArray]]], FloatArray, float]:
        """Return key and factors of each clique with evidence, and two logs.

        The first: of what scaling the factors to a maximum of 1 took out, float64 (batch points,). The second: of the
        probability of all answers if they are random.
        """
        arrays: dict[int, list[FloatArray]] = {}
        keys: dict[int, list[object]] = {}
        log_scale, log_random = np.zeros(len(self.point_style)), 0.0
        for piece in evidence:
            clique, factor, log_largest = self._factor(piece)
            arrays.setdefault(clique, []).append(factor)
            keys.setdefault(clique, []).append(piece.key or id(piece))
            log_scale = log_scale + log_largest
            log_random += float(np.log(piece.likelihood[(0,) * len(piece.skills)][-1]))
        return {clique: (tuple(keys[clique]), arrays[clique]) for clique in arrays}, log_scale, log_random

    def _factor(self, piece: Evidence) -> tuple[int, FloatArray, FloatArray]:
        """Return the clique of a piece of evidence, its likelihood laid out for it, and the log of what scaled it."""
        known = self._factor_by_key.get(piece.key)
        if known is not None:
            return known
        scope = tuple(self.position[skill] for skill in piece.skills)
        clique = self._home[scope[0]] if len(scope) == 1 else self.tree.home_of(scope)
        by_point = self._by_point(piece.likelihood)
        largest = by_point.max(axis=tuple(range(len(scope))))
        made = clique, self.tree.laid_out(by_point / largest, scope, clique), np.log(largest)
        if piece.key and len(self._factor_by_key) < FACTORS_KEPT:
            self._factor_by_key[piece.key] = made
        return made

    def _by_point(self, table: FloatArray) -> FloatArray:
        """Return a table over (..., styles or 1) as one over (..., batch points)."""
        by_style = np.broadcast_to(table, (*table.shape[:-1], len(self.styles)))
        return np.asarray(by_style[..., self.point_style])

    # Tables

    def _build_tables(self) -> list[FloatArray]:
        """Return the prior as one table a clique, every batch point of maturity repeated for each style."""
        maturities, styles = len(self.maturity), len(self.answering)
        tables = [np.ones(self.tree.shape_of(index, maturities)) for index in range(len(self.tree.cliques))]
        for family in self.structure.families:
            clique = self.tree.home_of(family.scope)
            tables[clique] = tables[clique] * self.tree.laid_out(self._family_table(family), family.scope, clique)
        grids = (
            (self.structure.leaning_by_program, self.model.program_grid()),
            (
                self.structure.leaning_by_wide_mission,
                self.model.mission_grid(),
            ),
        )
        for leanings, (_, weights) in grids:
            for variable in leanings.values():
                clique = self._home[variable]
                tables[clique] = tables[clique] * self.tree.laid_out(weights[:, np.newaxis], (variable,), clique)
        return [np.repeat(table, styles, axis=-1) for table in tables]

    def _family_table(self, family: Family) -> FloatArray:
        """Return P(own | given, maturity), axes as family.scope, then maturity; a summed-out leaning is averaged."""
        reached, leaked = self.skill_chances(family.mission)
        _, weights = self.model.mission_grid()
        skills = [variable for variable in family.scope if variable < self.structure.skill_count]
        needs = {
            self.position[lesson.skill]: [self.position[need] for need in lesson.prerequisites]
            for lesson in family.mission.lessons
        }
        table = []
        for states in product((0, 1), repeat=len(skills)):
            state = dict(zip(skills, states, strict=True))
            chance = np.ones_like(reached)
            for variable in family.own:
                mastered = reached if all(state[need] for need in needs[variable]) else leaked
                chance = chance * (mastered if state[variable] else 1.0 - mastered)
            table.append(chance if family.is_leaning_kept else np.einsum("lmt,m->lt", chance, weights))
        stacked = np.stack(table)
        return stacked.reshape((*(2,) * len(skills), *stacked.shape[1:]))

    def _block(self, family: Family) -> CovarianceBlock:
        leanings = [variable for variable in family.scope if variable >= self.structure.skill_count]
        values = tuple(self.structure.leaning_values(variable) for variable in leanings)
        return CovarianceBlock(family.given, family.own, family.scope, self.tree.home_of(family.scope), values)


class Posterior:
    """The belief after some evidence. Arrays over skills follow the order of the curriculum.

    weights: posterior of the points of maturity and style that the evidence has not ruled out, float64 (points,),
    summing to 1; maturities, styles: of each of them, int64 (points,). The points of random answers come last.
    log_random: log joint of the answers, random answers and maturity, float64 (maturity,); None without such a style.
    """

    def __init__(
        self, model: BeliefModel, collected: Collected, log_joint: FloatArray, log_random: FloatArray | None
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
    def of_prior(cls, model: BeliefModel) -> "Posterior":
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
