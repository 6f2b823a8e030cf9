"""How likely each answer is, given what the learner has mastered: every slip and guess in one place.

Acts: a tick is P(tick | mastered) = 1 - slip and P(tick | not mastered) = guess.

Items: the authored evidence e (-2..2 by skill) becomes a choice model over the options, not sure among them:
    P(option | x) = lapse / n + (1 - lapse) * softmax(strength * sum over skills of e * (+1 if mastered else -1) + bias)
so that probabilities add up over the options, several skills of one item are judged together, and a careless click
(the lapse) bounds what a single answer can say.

Follow-ups: two outcomes, kept or not, by the same formula with evidence +1 and -1 on each skill the claim spoke for.
A kept follow-up so doubles the claim, a failed one takes it back, as authors are told.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from dijipilot.domain.assessment.items import Item, ItemKind, ItemOption
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.ids import OptionId, SkillId

NOT_SURE = OptionId("not_sure")
NOT_SURE_EVIDENCE = -1
UNCHECKED_CLAIM = 1
"""A claim counts +1 at most until its follow-up has checked it."""


@dataclass(frozen=True, slots=True)
class ResponseModel:
    """Slip, guess and strength of evidence.

    act_slip: one has it and does not tick it (overlooked, too strict). act_guess: one ticks what one could not show.
    situation_strength, scenario_strength: log-odds are twice this a unit of evidence; a solved scenario cannot be
    claimed, so it says more. lapse: share of answers that are careless clicks. not_sure_bias: log weight of not sure
    beside an authored option.
    done_ratio, check_ratio: likelihood ratios of a finished lesson and of a passed knowledge check; the first is a
    tick like any other, the second can be guessed once in eight tries.
    """

    act_slip: float = 0.08
    act_guess: float = 0.15
    situation_strength: float = 0.6
    scenario_strength: float = 0.75
    lapse: float = 0.06
    not_sure_bias: float = -0.7
    done_ratio: float = 6.0
    check_ratio: float = 8.0

    def act_likelihood(self, is_ticked: bool) -> tuple[float, float]:
        """Return P(this response | not mastered) and P(this response | mastered)."""
        if is_ticked:
            return self.act_guess, 1.0 - self.act_slip
        return 1.0 - self.act_guess, self.act_slip

    def strength(self, kind: ItemKind) -> float:
        """Return the log weight of one unit of evidence."""
        return self.scenario_strength if kind is ItemKind.SCENARIO else self.situation_strength

    def option_likelihoods(self, item: Item, has_follow_up: bool) -> dict[OptionId, FloatArray]:
        """Return P(option | mastery of the item's skills) of every option and of not sure.

        Each array has one axis of 2 (not mastered, mastered) a skill, in the order of item.skills.
        """
        weights = {
            option.id: self._log_weight(item, claimed_evidence(item, option, has_follow_up), 0.0)
            for option in item.options
        }
        blank = dict.fromkeys(item.skills, NOT_SURE_EVIDENCE)
        weights[NOT_SURE] = self._log_weight(item, blank, self.not_sure_bias)
        stacked = np.stack(list(weights.values()))
        chances = np.exp(stacked - stacked.max(axis=0))
        chances = self.lapse / len(weights) + (1.0 - self.lapse) * chances / chances.sum(axis=0)
        return dict(zip(weights, chances, strict=True))

    def follow_up_likelihood(
        self, skills: tuple[SkillId, ...], claimed: frozenset[SkillId], is_kept: bool
    ) -> FloatArray:
        """Return P(kept or not | mastery of the skills), axes as option_likelihoods has them."""
        direction = 1.0 if is_kept else -1.0
        table = np.empty((2,) * len(skills))
        for states in product((0, 1), repeat=len(skills)):
            total = sum(1 if state else -1 for skill, state in zip(skills, states, strict=True) if skill in claimed)
            table[states] = 1.0 / (1.0 + np.exp(-2.0 * self.situation_strength * direction * total))
        return self.lapse / 2.0 + (1.0 - self.lapse) * table

    def _log_weight(self, item: Item, evidence: dict[SkillId, int], bias: float) -> FloatArray:
        strength = self.strength(item.kind)
        table = np.empty((2,) * len(item.skills))
        for states in product((0, 1), repeat=len(item.skills)):
            pairs = zip(item.skills, states, strict=True)
            table[states] = bias + strength * sum(
                evidence.get(skill, 0) * (1 if state else -1) for skill, state in pairs
            )
        return table


def claimed_evidence(item: Item, option: ItemOption, has_follow_up: bool) -> dict[SkillId, int]:
    """Return the evidence of an option before its follow-up: what a follow-up checks counts +1 at most."""
    if not has_follow_up:
        return dict(option.evidence)
    return {skill: min(value, UNCHECKED_CLAIM) for skill, value in option.evidence.items()}
