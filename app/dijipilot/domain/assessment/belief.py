"""From evidence to the posterior over all skills, exact on the model's grids."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from dijipilot.domain.assessment.covariance import Blocks, CovarianceBlock
from dijipilot.domain.assessment.evidence import Evidence, Key
from dijipilot.domain.assessment.junction_tree import JunctionTree
from dijipilot.domain.assessment.mastery_model import (
    MATURITY_BY_MONTHLY_ORDERS,
    MONTHLY_ORDERS_SD,
    FloatArray,
    IntArray,
    MasteryModel,
)
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.response_model import PLAIN, ResponseStyle
from dijipilot.domain.assessment.structure import Cliques, Family, Structure
from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import SkillId
from dijipilot.domain.shop_facts import MONTHLY_ORDERS, FactAnswers

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
        before: Posterior | None = None,
    ) -> Posterior:
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
