"""What the answers to situations and scenarios would bring, and could settle: worked out for all of them at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.evidence import EvidenceReader
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.regression import joints_of
from dijipilot.domain.ids import ItemId, SkillId

RIDGE = 1e-9
"""Keeps the regression solvable where a skill is all but certain."""


class _Group(Struct, frozen=True):
    """Items on the same number of skills.

    places: of their skills, int64 (items, skills). likelihoods: P(option | state of the skills, style), float64 (items,
    options, states, styles); items with fewer options than others have options of probability 0.
    """

    items: tuple[ItemId, ...]
    places: IntArray
    likelihoods: FloatArray


class Outcomes(Struct, frozen=True):
    """What the answers to one group of items would say.

    chances: P(option), float64 (items, options). before: P(mastered), (items, skills); after: the same given the
    option, (items, options, skills).
    """

    items: tuple[ItemId, ...]
    places: IntArray
    chances: FloatArray
    before: FloatArray
    after: FloatArray


class ItemBank:
    """All situations and scenarios of a curriculum, in groups of the same number of skills."""

    def __init__(self, items: Sequence[Item], position: Mapping[SkillId, int], reader: EvidenceReader) -> None:
        by_count: dict[int, list[Item]] = {}
        for item in items:
            by_count.setdefault(len(item.skills), []).append(item)
        self._groups = tuple(_group(by_count[count], position, reader) for count in sorted(by_count))

    def gains(self, posterior: Posterior, weights: FloatArray) -> dict[ItemId, float]:
        """Return the expected drop of weighted variance from the answer to each item; weights: float64 (skills,).

        The joint of an item's own skills is taken from their pairwise moments; the answer's effect on every other skill
        follows by regression on them.
        """
        found: dict[ItemId, float] = {}
        covariance = posterior.covariance
        for outcomes in self.outcomes(posterior):
            places = outcomes.places
            base = covariance[places[:, :, np.newaxis], places[:, np.newaxis, :]] + RIDGE * np.eye(places.shape[1])
            rows = covariance[places]
            # What a unit of change in the item's own skills is worth over all skills, (items, skills, skills).
            inverse = np.linalg.inv(base)
            worth = inverse @ ((rows * weights) @ rows.transpose(0, 2, 1)) @ inverse
            shifts = outcomes.after - outcomes.before[:, np.newaxis]
            drops = ((shifts @ worth) * shifts).sum(axis=-1)
            found.update(zip(outcomes.items, (outcomes.chances * drops).sum(axis=1).tolist(), strict=True))
        return found

    def outcomes(self, posterior: Posterior) -> list[Outcomes]:
        """Return what the answers would say, group by group."""
        found = []
        for group in self._groups:
            places = group.places
            before = posterior.mastery[places]
            covariance = posterior.covariance[places[:, :, np.newaxis], places[:, np.newaxis, :]]
            states, chances = joints_of(before, covariance)
            joint = (group.likelihoods @ posterior.style_weights) * chances[:, np.newaxis]
            of_option = joint.sum(axis=-1)
            after = (joint @ states) / np.maximum(of_option, 1e-300)[..., np.newaxis]
            found.append(Outcomes(group.items, places, of_option, chances @ states, after))
        return found


def _group(items: Sequence[Item], position: Mapping[SkillId, int], reader: EvidenceReader) -> _Group:
    tables = [np.stack(list(reader.likelihoods(item).values())) for item in items]
    states, styles = 2 ** len(items[0].skills), tables[0].shape[-1]
    likelihoods = np.zeros((len(items), max(len(table) for table in tables), states, styles))
    for row, table in enumerate(tables):
        likelihoods[row, : len(table)] = table.reshape(len(table), states, styles)
    places = np.array([[position[skill] for skill in item.skills] for item in items], dtype=np.int64)
    return _Group(tuple(item.id for item in items), places, likelihoods)
