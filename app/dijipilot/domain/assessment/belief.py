"""The posterior over all skills after the evidence, exact on the model's grids, and how skills move together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from dijipilot.domain.assessment.evidence import Evidence
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.junction_tree import JunctionTree
from dijipilot.domain.assessment.mastery_model import (
    MATURITY_BY_MONTHLY_ORDERS,
    MONTHLY_ORDERS_SD,
    FloatArray,
    MasteryModel,
    mastery_probability,
)
from dijipilot.domain.curriculum import Curriculum, Mission
from dijipilot.domain.ids import SkillId
from dijipilot.domain.shop_facts import MONTHLY_ORDERS, FactAnswers


@dataclass(frozen=True, slots=True)
class MissionScope:
    """Variables of one mission's table: leaning of the program, prerequisites outside the mission, its own skills.

    states: float64 (entries, outside + own skills + 1): mastery of each and, last, the value of the leaning, for every
    entry of the flattened table; this makes moments a matrix product.
    """

    leaning: int
    outside: tuple[int, ...]
    own: tuple[int, ...]
    clique: int
    other_axes: tuple[int, ...]
    states: FloatArray


class BeliefModel:
    """Everything about the posterior that depends on the curriculum alone; built once, then asked for each evidence.

    Variables: the skills in curriculum order, then the leaning of each program. Leanings of missions never meet
    evidence directly and are summed out while the tables are built.
    """

    def __init__(self, curriculum: Curriculum, model: MasteryModel | None = None) -> None:
        self.curriculum = curriculum
        self.model = model or MasteryModel()
        self.position: Mapping[SkillId, int] = {skill: index for index, skill in enumerate(curriculum.skills)}
        self.maturity, self.maturity_prior = self.model.maturity_grid()
        scopes = [self._scope(mission) for mission in curriculum.missions()]
        items = [
            item.skills for item in curriculum.items if item.kind is not ItemKind.FOLLOW_UP and len(item.skills) > 1
        ]
        item_scopes = [tuple(sorted(self.position[skill] for skill in skills)) for skills in items]
        cardinalities = [2] * len(self.position) + [self.model.program_points] * len(curriculum.programs)
        self.tree = JunctionTree(cardinalities, [*scopes, *item_scopes])
        self._home = [self.tree.home_of((variable,)) for variable in range(len(cardinalities))]
        self.missions = tuple(
            self._mission_scope(mission, scope) for mission, scope in zip(curriculum.missions(), scopes, strict=True)
        )
        self._base = self._build_tables(scopes)

    def posterior(self, evidence: Sequence[Evidence], facts: FactAnswers) -> "Posterior":
        """Return the posterior after the evidence. Pass it in one order always (EvidenceReader sorts): sums round."""
        tables = list(self._base)
        for piece in evidence:
            scope = tuple(self.position[skill] for skill in piece.skills)
            clique = self._home[scope[0]] if len(scope) == 1 else self.tree.home_of(scope)
            factor = self.tree.laid_out(piece.likelihood[..., np.newaxis], scope, clique)
            tables[clique] = tables[clique] * factor
        beliefs, log_evidence = self.tree.calibrate(tables, self.log_prior(facts))
        return Posterior(self, beliefs, log_evidence)

    def log_prior(self, facts: FactAnswers) -> FloatArray:
        """Return the log prior of maturity, float64 (maturity,), with what the number of orders hints."""
        log_prior = np.log(self.maturity_prior)
        for option in sorted(facts.get(MONTHLY_ORDERS, frozenset())):
            typical = MATURITY_BY_MONTHLY_ORDERS.get(option)
            if typical is not None:
                log_prior = log_prior - 0.5 * ((self.maturity - typical) / MONTHLY_ORDERS_SD) ** 2
        return log_prior

    def mission_table(self, mission: Mission, scope: tuple[int, ...]) -> FloatArray:
        """Return P(own skills | outside skills, maturity, leaning) with the mission's leaning summed out.

        Times the weight of the leaning where this is the first mission of its program. Axes: the scope, then maturity.
        """
        model = self.model
        program, program_weights = model.program_grid()
        leaning, leaning_weights = model.mission_grid()
        logit = (
            program[:, np.newaxis, np.newaxis]
            + self.maturity[:, np.newaxis]
            + leaning
            - model.difficulty(self.curriculum, mission)
        )
        reached = mastery_probability(logit)
        leaked = np.minimum(reached, model.leak)
        own = [self.position[lesson.skill] for lesson in mission.lessons]
        skills = [variable for variable in scope if variable < len(self.position)]
        table = np.empty((*(2,) * len(skills), len(program), len(self.maturity)))
        needs = {self.position[each.skill]: [self.position[p] for p in each.prerequisites] for each in mission.lessons}
        for states in product((0, 1), repeat=len(skills)):
            state = dict(zip(skills, states, strict=True))
            chance = np.ones_like(reached)
            for variable in own:
                mastered = reached if all(state[need] for need in needs[variable]) else leaked
                chance = chance * (mastered if state[variable] else 1.0 - mastered)
            table[states] = chance @ leaning_weights
        if self.curriculum.program_by_mission[mission.number].missions[0] is mission:
            table = table * program_weights[:, np.newaxis]
        return table

    def _scope(self, mission: Mission) -> tuple[int, ...]:
        """Return the mission's variables in ascending order; the leaning of the program is the last."""
        skills = {self.position[lesson.skill] for lesson in mission.lessons}
        skills.update(self.position[need] for lesson in mission.lessons for need in lesson.prerequisites)
        program = self.curriculum.programs.index(self.curriculum.program_by_mission[mission.number])
        return (*sorted(skills), len(self.position) + program)

    def _mission_scope(self, mission: Mission, scope: tuple[int, ...]) -> MissionScope:
        clique = self.tree.home_of(scope)
        variables = self.tree.cliques[clique].variables
        other = tuple(axis for axis, variable in enumerate(variables) if variable not in scope)
        own = tuple(self.position[lesson.skill] for lesson in mission.lessons)
        skills = scope[:-1]
        outside = tuple(variable for variable in skills if variable not in own)
        values, _ = self.model.program_grid()
        grid = np.indices((*(2,) * len(skills), len(values))).reshape(len(scope), -1).T.astype(np.float64)
        columns = [skills.index(variable) for variable in (*outside, *own)]
        leaning = values[grid[:, -1].astype(np.int64)]
        states = np.column_stack([grid[:, columns], leaning])
        return MissionScope(scope[-1], outside, own, clique, other, states)

    def _build_tables(self, scopes: Sequence[tuple[int, ...]]) -> list[FloatArray]:
        batch = len(self.maturity)
        tables = [np.ones(self.tree.shape_of(index, batch)) for index in range(len(self.tree.cliques))]
        for mission, scope in zip(self.curriculum.missions(), scopes, strict=True):
            clique = self.tree.home_of(scope)
            tables[clique] = tables[clique] * self.tree.laid_out(self.mission_table(mission, scope), scope, clique)
        return tables


class Posterior:
    """The belief after some evidence. Arrays over skills follow the order of the curriculum."""

    def __init__(self, model: BeliefModel, beliefs: Sequence[FloatArray], log_evidence: FloatArray) -> None:
        self.model = model
        self.log_evidence = log_evidence
        weights = np.exp(log_evidence - log_evidence.max())
        self.maturity_weights: FloatArray = weights / weights.sum()
        self._marginals = [self._mission_belief(scope, beliefs) for scope in model.missions]
        self.mastery_by_maturity = self._mastery_by_maturity()

    @cached_property
    def mastery(self) -> FloatArray:
        """P(mastered) of each skill, float64 (skills,)."""
        return np.clip(self.maturity_weights @ self.mastery_by_maturity, 1e-12, 1.0 - 1e-12)

    @cached_property
    def covariance(self) -> FloatArray:
        """How skills move together, float64 (skills, skills).

        Exact between maturity points and inside each mission with its prerequisites; between missions at one maturity
        it follows the links as a linear regression of each mission on its prerequisites and its program's leaning.
        Used to choose questions and to weigh reasons, never for the probabilities themselves.
        """
        count = len(self.model.position)
        within = np.zeros((count + len(self.model.curriculum.programs),) * 2)
        seen: set[int] = set()
        for scope, belief in zip(self.model.missions, self._marginals, strict=True):
            self._extend(within, scope, belief, seen)
        deviation = self.mastery_by_maturity - self.mastery
        between = (deviation * self.maturity_weights[:, np.newaxis]).T @ deviation
        full = within[:count, :count] + between
        np.fill_diagonal(full, self.mastery * (1.0 - self.mastery))
        return np.asarray(full)

    def _extend(self, within: FloatArray, scope: MissionScope, belief: FloatArray, seen: set[int]) -> None:
        """Add one mission to the covariance at fixed maturity, regressing it on what it hangs on."""
        moments = self._moments_within(scope, belief)
        given = [*scope.outside, scope.leaning]
        own = list(scope.own)
        places = [*range(len(scope.outside)), len(scope.outside) + len(own)]
        mine = list(range(len(scope.outside), len(scope.outside) + len(own)))
        if scope.leaning not in seen:
            within[scope.leaning, scope.leaning] = moments[-1, -1]
            seen.add(scope.leaning)
        base = moments[np.ix_(places, places)] + 1e-12 * np.eye(len(places))
        slopes = np.linalg.solve(base, moments[np.ix_(places, mine)]).T
        cross = slopes @ within[given]
        within[own] = cross
        within[:, own] = cross.T
        within[np.ix_(own, own)] = moments[np.ix_(mine, mine)]

    def _moments_within(self, scope: MissionScope, belief: FloatArray) -> FloatArray:
        """Return the covariance of outside skills, own skills and leaning, averaged over maturity."""
        means = (belief @ scope.states) / np.maximum(self.maturity_weights[:, np.newaxis], 1e-300)
        second = (scope.states * belief.sum(axis=0)[:, np.newaxis]).T @ scope.states
        return np.asarray(second - (means * self.maturity_weights[:, np.newaxis]).T @ means)

    def _mission_belief(self, scope: MissionScope, beliefs: Sequence[FloatArray]) -> FloatArray:
        """Return the joint of maturity and the mission's variables, float64 (maturity, entries)."""
        belief = beliefs[scope.clique]
        summed = belief.sum(axis=scope.other_axes) if scope.other_axes else belief
        return np.asarray(summed.reshape(-1, belief.shape[-1]).T)

    def _mastery_by_maturity(self) -> FloatArray:
        """Return P(mastered | maturity) of each skill, float64 (maturity, skills)."""
        result = np.empty((len(self.maturity_weights), len(self.model.position)))
        for scope, belief in zip(self.model.missions, self._marginals, strict=True):
            first = len(scope.outside)
            own = scope.states[:, first : first + len(scope.own)]
            result[:, list(scope.own)] = belief @ own
        return result / np.maximum(self.maturity_weights[:, np.newaxis], 1e-300)
