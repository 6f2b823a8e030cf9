"""How much each act and item tells per second, for authors: before anything is known of a learner who answers plainly.

Measured as mutual information of the answer and the state of the skills it is about, in bits. What an answer tells on
through prerequisites and leanings comes on top, and is left out: it depends on what was asked before.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.regression import joint_of
from dijipilot.domain.assessment.selection import ACTS_PER_CHECKLIST
from dijipilot.domain.assessment.timing import checklist_seconds, item_seconds
from dijipilot.domain.ids import SkillId


class ItemWorth(Struct, frozen=True):
    """One act, situation or scenario. bits: expected information; seconds: reading and answering.

    An act takes its share of a full checklist.
    """

    id: str
    kind: str
    bits: float
    seconds: float

    @property
    def bits_per_second(self) -> float:
        """Expected information per second."""
        return self.bits / self.seconds


def worth_of_all(engine: DiagnosticEngine) -> list[ItemWorth]:
    """Return the worth of every act, situation and scenario, the least per second first."""
    found = [*_acts(engine), *_items(engine)]
    return sorted(found, key=lambda each: (each.bits_per_second, each.id))


def _acts(engine: DiagnosticEngine) -> list[ItemWorth]:
    tick = engine.responses.tick_chance()[:, 0]
    found = []
    for act in engine.curriculum.acts:
        title = engine.curriculum.program_of(act.skill).title
        seconds = checklist_seconds(title, [act.text] * ACTS_PER_CHECKLIST, False) / ACTS_PER_CHECKLIST
        chances = _chances(engine, (act.skill,))
        found.append(ItemWorth(act.id, "act", information(np.stack([tick, 1.0 - tick]), chances), seconds))
    return found


def _items(engine: DiagnosticEngine) -> list[ItemWorth]:
    found = []
    for item in engine.curriculum.items:
        if item.kind is not ItemKind.FOLLOW_UP:
            tables = np.stack([table[..., 0].reshape(-1) for table in engine.reader.likelihoods(item).values()])
            bits = information(tables, _chances(engine, item.skills))
            found.append(ItemWorth(item.id, item.kind.value, bits, item_seconds(item)))
    return found


def _chances(engine: DiagnosticEngine, skills: Sequence[SkillId]) -> FloatArray:
    """Return P(state) of some skills before anything is known, float64 (states,)."""
    prior = engine.belief.at_random
    places = [engine.belief.position[skill] for skill in skills]
    return joint_of(prior.mastery[places], prior.covariance[np.ix_(places, places)])[1]


def information(likelihoods: FloatArray, chances: FloatArray) -> float:
    """Return the mutual information of answer and state in bits.

    likelihoods: P(answer | state), float64 (answers, states), each column adding up to 1; chances: (states,).
    """
    joint = likelihoods * chances
    independent = joint.sum(axis=1, keepdims=True) * chances
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(joint > 0.0, joint * np.log2(joint / independent), 0.0)
    return float(terms.sum())
