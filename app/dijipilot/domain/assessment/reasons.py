"""Why a verdict is what it is: the answers that moved it most, and the skills it leans on.

The strength of an answer is the change in log-odds of mastery if that answer alone had not been given: exact for the
answer's own skill, by regression on it for every other (see Posterior.covariance). Answers on several skills at once
are taken out with the response style held.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dijipilot.domain.assessment.evidence import NOT_TICKED, TAKEN_BACK, TICKED, TICKED_AFTER_ALL, Evidence
from dijipilot.domain.assessment.items import Act, Item, ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.regression import joint_of
from dijipilot.domain.assessment.response_model import NOT_SURE
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, ItemId, OptionId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import MONTHLY_ORDERS, FactAnswers
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO, Reason, ReasonKind
from dijipilot.messages import Message, message

LEAST_STRENGTH = 0.1
MOST_ANSWERS = 4
MOST_LINKS = 2
STRENGTH_LIMIT = 9.0

_ACT_SENTENCES = {
    TICKED: "reason.act_ticked",
    NOT_TICKED: "reason.act_not_ticked",
    TAKEN_BACK: "reason.act_taken_back",
    TICKED_AFTER_ALL: "reason.act_ticked_after_all",
    NOT_SURE: "reason.act_not_sure",
}


class ReasonWriter:
    """Writes the reasons of one curriculum's verdicts."""

    def __init__(self, curriculum: Curriculum, graph: PrerequisiteGraph) -> None:
        self.curriculum = curriculum
        self.graph = graph
        self._acts: Mapping[ActId, Act] = {act.id: act for act in curriculum.acts}

    def write(
        self,
        posterior: Posterior,
        log_prior_without_facts: FloatArray,
        facts: FactAnswers,
        evidence: Sequence[Evidence],
    ) -> Callable[[SkillId], tuple[Reason, ...]]:
        """Return a function from skill to its reasons, strongest first; the work common to all skills is done here."""
        strengths = strengths_of(posterior, evidence)
        by_orders = _fact_strengths(posterior, log_prior_without_facts, facts)

        def reasons_of(skill: SkillId) -> tuple[Reason, ...]:
            place = posterior.model.position[skill]
            answers = [
                Reason(_kind(piece), piece.source, float(strength[place]), self._sentence(piece))
                for piece, strength in zip(evidence, strengths, strict=True)
                if abs(strength[place]) >= LEAST_STRENGTH
            ]
            if abs(by_orders[place]) >= LEAST_STRENGTH:
                answers.append(
                    Reason(ReasonKind.FACT, MONTHLY_ORDERS, float(by_orders[place]), self._fact_sentence(facts))
                )
            answers.sort(key=lambda reason: (-abs(reason.strength), reason.id))
            return (*answers[:MOST_ANSWERS], *self._links(posterior, skill))

        return reasons_of

    def _links(self, posterior: Posterior, skill: SkillId) -> list[Reason]:
        """Return what the verdict leans on: prerequisites and dependents whose own verdict is sure."""
        found: list[Reason] = []
        for other in self.graph.prerequisites(skill):
            found.extend(
                self._link(posterior, skill, other, "reason.prerequisite_mastered", "reason.prerequisite_missing")
            )
        for other in self.graph.dependents(skill):
            found.extend(self._link(posterior, skill, other, "reason.descendant_mastered", None))
        found.sort(key=lambda reason: (-abs(reason.strength), reason.id))
        return found[:MOST_LINKS]

    def _link(
        self, posterior: Posterior, skill: SkillId, other: SkillId, if_mastered: str, if_missing: str | None
    ) -> list[Reason]:
        place, its_place = posterior.model.position[skill], posterior.model.position[other]
        mastery = posterior.mastery
        chance = float(mastery[its_place])
        sentence = if_mastered if chance >= MASTERED_FROM else if_missing if chance <= MISSING_TO else None
        if sentence is None:
            return []
        opposite = 0.0 if chance >= MASTERED_FROM else 1.0
        slope = float(posterior.covariance[place, its_place]) / (chance * (1.0 - chance))
        changed = float(mastery[place]) + slope * (opposite - chance)
        strength = float(log_odds(np.array([mastery[place]]))[0] - log_odds(np.array([changed]))[0])
        if abs(strength) < LEAST_STRENGTH:
            return []
        text = message(sentence, title=self.curriculum.lesson_by_skill[other].title)
        return [Reason(ReasonKind.PREREQUISITE, other, max(-STRENGTH_LIMIT, min(STRENGTH_LIMIT, strength)), text)]

    def _sentence(self, piece: Evidence) -> Message:
        if piece.source.startswith("lesson."):
            return message("reason.lesson_done")
        if piece.source.startswith("check."):
            return message("reason.check_passed")
        act = self._acts.get(ActId(piece.source))
        if act is not None:
            return message(_ACT_SENTENCES[piece.chosen], text=act.text)
        return self._item_sentence(self.curriculum.item_by_id[ItemId(piece.source)], piece.chosen)

    def _item_sentence(self, item: Item, chosen: str) -> Message:
        if chosen == NOT_SURE:
            return message("reason.not_sure", prompt=item.prompt)
        option = item.option(OptionId(chosen))
        if item.kind is ItemKind.FOLLOW_UP:
            return message("reason.follow_up_kept" if option.keeps else "reason.follow_up_failed", text=option.text)
        return message("reason.option", prompt=item.prompt, text=option.text)

    def _fact_sentence(self, facts: FactAnswers) -> Message:
        fact = self.curriculum.fact_by_id[MONTHLY_ORDERS]
        chosen = sorted(facts[MONTHLY_ORDERS])
        return message("reason.fact", text=f"{fact.question} {fact.option(chosen[0]).label}")


def strengths_of(posterior: Posterior, evidence: Sequence[Evidence]) -> FloatArray:
    """Return the change in log-odds of every skill that each piece of evidence made, float64 (pieces, skills)."""
    shifts = np.zeros((len(evidence), len(posterior.mastery)))
    single = [row for row, piece in enumerate(evidence) if len(piece.skills) == 1]
    if single:
        shifts[single] = _shifts_of_single(posterior, [evidence[row] for row in single])
    for row, piece in enumerate(evidence):
        if len(piece.skills) > 1:
            shifts[row] = _shift_of_several(posterior, piece)
    change = log_odds(posterior.mastery) - log_odds(posterior.mastery - shifts)
    return np.clip(change, -STRENGTH_LIMIT, STRENGTH_LIMIT)


def _shifts_of_single(posterior: Posterior, evidence: Sequence[Evidence]) -> FloatArray:
    """Return the change of P(mastered) of every skill by answers on one skill each, float64 (pieces, skills)."""
    places = [posterior.model.position[piece.skills[0]] for piece in evidence]
    styles = len(posterior.model.styles)
    likelihoods = np.stack([np.broadcast_to(piece.likelihood, (2, styles)) for piece in evidence], axis=-1)
    by_point = likelihoods[:, posterior.styles]
    mastered = posterior.weights[:, np.newaxis] * posterior.mastery_by_point[:, places]
    missing = posterior.weights[:, np.newaxis] - mastered
    if_left_out = (mastered / by_point[1]).sum(axis=0), (missing / by_point[0]).sum(axis=0)
    without = if_left_out[0] / (if_left_out[0] + if_left_out[1])
    chances = posterior.mastery[places]
    slopes = posterior.covariance[places] / (chances * (1.0 - chances))[:, np.newaxis]
    return np.asarray(slopes * (chances - without)[:, np.newaxis])


def _in_mean_style(posterior: Posterior, piece: Evidence) -> FloatArray:
    """Return the likelihood averaged over response styles as they are believed now."""
    if piece.likelihood.shape[-1] == 1:
        return np.asarray(piece.likelihood[..., 0])
    return np.asarray(piece.likelihood @ posterior.style_weights)


def _shift_of_several(posterior: Posterior, piece: Evidence) -> FloatArray:
    """Return the change of P(mastered) of every skill by an answer on several skills, float64 (skills,)."""
    places = [posterior.model.position[skill] for skill in piece.skills]
    base = posterior.covariance[np.ix_(places, places)]
    states, chances = joint_of(posterior.mastery[places], base)
    without = chances / _in_mean_style(posterior, piece).reshape(-1)
    without = without / without.sum()
    slopes = np.linalg.solve(base + 1e-12 * np.eye(len(places)), posterior.covariance[places]).T
    return np.asarray(slopes @ (chances @ states - without @ states))


def _fact_strengths(posterior: Posterior, log_prior_without_facts: FloatArray, facts: FactAnswers) -> FloatArray:
    """Return the change in log-odds that the number of orders made, float64 (skills,)."""
    hint = posterior.model.log_prior(facts) - log_prior_without_facts
    weights = posterior.weights * np.exp(-hint[posterior.maturities])
    without = (weights / weights.sum()) @ posterior.mastery_by_point
    return np.asarray(log_odds(posterior.mastery) - log_odds(without))


def _kind(piece: Evidence) -> ReasonKind:
    return ReasonKind.LESSON if piece.source.startswith(("lesson.", "check.")) else ReasonKind.ANSWER


def log_odds(probability: FloatArray) -> FloatArray:
    """Return the natural log of the odds; probabilities closer to 0 or 1 than a millionth count as that far."""
    bounded = np.clip(probability, 1e-6, 1.0 - 1e-6)
    return np.asarray(np.log(bounded) - np.log1p(-bounded))
