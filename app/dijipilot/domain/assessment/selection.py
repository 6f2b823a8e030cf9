"""Which screen to show next: the one that is expected to sharpen the verdicts most per second of reading and answering.

Sharpness of a verdict is measured by the variance p(1-p) of its skill, so the criterion is the expected drop of the
(weighted) Brier score of the whole curriculum. For one yes/no act the drop is exact from the covariances, because the
posterior mean is linear in a binary answer; for the acts of one checklist together it is what linear regression on
their answers explains, so acts that would tell the same twice count once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dijipilot.domain.assessment.belief import Posterior
from dijipilot.domain.assessment.evidence import EvidenceReader
from dijipilot.domain.assessment.items import Act, Foil, Item, ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.timing import checklist_seconds, item_seconds
from dijipilot.domain.curriculum import Curriculum, Program
from dijipilot.domain.ids import ActId, ItemId, ProgramNumber, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph

ACTS_PER_CHECKLIST = 5
FOIL_EVERY = 4
"""One checklist in so many carries a foil, where the program has one left."""

THIRD_IN_A_ROW = 0.8
"""Factor on the worth per second of a third screen in a row from one program: reading on pays, monotony does not."""

TURN_SECONDS = 12.0
"""What a new screen counts beyond reading and clicking when screens are compared; no part of the budget. Beginning anew
tires: without it an assessment has 50 screens of one act, with it 25, at the same accuracy (simulated)."""

UNLOCKING_WEIGHT = 0.15
"""A skill that unlocks n others counts 1 + this * log2(1 + n): wrong verdicts there mislead a whole branch."""


@dataclass(frozen=True, slots=True)
class ChecklistScreen:
    """A checklist assembled from acts of one program, in the order chosen, and at times a foil."""

    program: Program
    acts: tuple[Act, ...]
    foil: Foil | None
    seconds: float


@dataclass(frozen=True, slots=True)
class ItemScreen:
    """A situation, scenario or follow-up."""

    item: Item
    seconds: float


Candidate = ChecklistScreen | ItemScreen


@dataclass(frozen=True, slots=True)
class Asked:
    """What was shown so far, and the programs of the last screens, latest last."""

    acts: frozenset[ActId]
    items: frozenset[ItemId]
    foils: frozenset[ActId]
    checklist_count: int
    recent_programs: tuple[ProgramNumber, ...]


class ScreenSelector:
    """Knows everything that can be asked of a curriculum; chooses by a posterior."""

    def __init__(self, curriculum: Curriculum, reader: EvidenceReader, graph: PrerequisiteGraph) -> None:
        self.curriculum = curriculum
        self.reader = reader
        self.position: Mapping[SkillId, int] = {skill: index for index, skill in enumerate(curriculum.skills)}
        unlocked = np.array([len(graph.descendants(skill)) for skill in curriculum.skills], dtype=np.float64)
        self.weights: FloatArray = 1.0 + UNLOCKING_WEIGHT * np.log2(1.0 + unlocked)
        self._acts_by_program: Mapping[ProgramNumber, tuple[Act, ...]] = {
            program.number: tuple(act for act in curriculum.acts if curriculum.program_of(act.skill) is program)
            for program in curriculum.programs
        }
        self._items = tuple(item for item in curriculum.items if item.kind is not ItemKind.FOLLOW_UP)

    def select(
        self, posterior: Posterior, applicable: frozenset[SkillId], asked: Asked, seconds_left: float
    ) -> tuple[Candidate | None, float]:
        """Return the best screen that fits the time left and the drop of weighted variance expected of it.

        (None, 0.0) when nothing fits or nothing is left to ask. Ties go to the smaller program number or item id.
        """
        mask = np.array([skill in applicable for skill in self.curriculum.skills])
        best: tuple[float, Candidate, float] | None = None
        for candidate, gain in [
            *self._checklists(posterior, mask, asked, seconds_left),
            *self._single_items(posterior, mask, asked, seconds_left),
        ]:
            rate = gain / (candidate.seconds + TURN_SECONDS) * self._monotony(candidate, asked)
            if best is None or rate > best[0] * (1.0 + 1e-9):
                best = (rate, candidate, gain)
        return (None, 0.0) if best is None else (best[1], best[2])

    def acts_of(self, program: Program) -> tuple[Act, ...]:
        """Return the acts of a program in order of authoring."""
        return self._acts_by_program[program.number]

    def program_of(self, candidate: Candidate) -> ProgramNumber:
        """Return the number of the program a screen is about."""
        if isinstance(candidate, ChecklistScreen):
            return candidate.program.number
        return self.curriculum.program_by_mission[candidate.item.mission].number

    def _monotony(self, candidate: Candidate, asked: Asked) -> float:
        number = self.program_of(candidate)
        return THIRD_IN_A_ROW if asked.recent_programs[-2:] == (number, number) else 1.0

    def _checklists(
        self, posterior: Posterior, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], asked: Asked, seconds_left: float
    ) -> list[tuple[Candidate, float]]:
        found: list[tuple[Candidate, float]] = []
        for program in self.curriculum.programs:
            acts = [act for act in self.acts_of(program) if act.id not in asked.acts and mask[self.position[act.skill]]]
            if not acts:
                continue
            foil = self._foil(program, asked)
            screen = self._assemble(program, acts, foil, posterior, mask, asked, seconds_left)
            if screen is not None:
                found.append(screen)
        return found

    def _assemble(
        self,
        program: Program,
        acts: Sequence[Act],
        foil: Foil | None,
        posterior: Posterior,
        mask: np.ndarray[tuple[int], np.dtype[np.bool_]],
        asked: Asked,
        seconds_left: float,
    ) -> tuple[Candidate, float] | None:
        """Add the act that explains most per second until five, or until one more would lower the rate or not fit."""
        places = [self.position[act.skill] for act in acts]
        explained = ExplainedVariance(
            posterior, places, self.reader.responses.act_slip, self.reader.responses.act_guess
        )
        weights = np.where(mask, self.weights, 0.0)
        extra = [foil.text] if foil else []
        chosen: list[int] = []
        total, seconds = 0.0, 0.0
        while len(chosen) < min(ACTS_PER_CHECKLIST, len(acts)):
            gains = explained.gains(weights)
            gains[chosen] = -1.0
            index = int(np.argmax(gains))
            texts = [*(acts[each].text for each in (*chosen, index)), *extra]
            longer = checklist_seconds(program.title, texts, asked.checklist_count == 0)
            worse = chosen and (total + gains[index]) / (longer + TURN_SECONDS) < total / (seconds + TURN_SECONDS)
            if longer > seconds_left or worse:
                break
            chosen.append(index)
            total, seconds = total + float(gains[index]), longer
            explained.take(index)
        if not chosen:
            return None
        return ChecklistScreen(program, tuple(acts[index] for index in chosen), foil, seconds), total

    def _foil(self, program: Program, asked: Asked) -> Foil | None:
        if asked.checklist_count % FOIL_EVERY != 1:
            return None
        fitting = (foil for foil in self.curriculum.foils if program.number in foil.programs)
        return next((foil for foil in fitting if foil.id not in asked.foils), None)

    def _single_items(
        self, posterior: Posterior, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], asked: Asked, seconds_left: float
    ) -> list[tuple[Candidate, float]]:
        found: list[tuple[Candidate, float]] = []
        weights = np.where(mask, self.weights, 0.0)
        for item in self._items:
            seconds = item_seconds(item)
            places = [self.position[skill] for skill in item.skills]
            if item.id not in asked.items and seconds <= seconds_left and mask[places].all():
                found.append((ItemScreen(item, seconds), self._item_gain(item, places, posterior, weights)))
        return found

    def _item_gain(self, item: Item, places: list[int], posterior: Posterior, weights: FloatArray) -> float:
        """Return the expected drop of weighted variance from the item's answer.

        The joint of the item's own skills is taken from their pairwise moments; the answer's effect on every other
        skill follows by regression on them.
        """
        covariance = posterior.covariance
        states, chances = joint_of(posterior.mastery[places], covariance[np.ix_(places, places)])
        base = covariance[np.ix_(places, places)] + 1e-9 * np.eye(len(places))
        slopes = np.linalg.solve(base, covariance[places]).T
        gain = 0.0
        for likelihood in self.reader.likelihoods(item).values():
            joint = likelihood.reshape(-1) * chances
            chance = joint.sum()
            shift = slopes @ ((joint / chance) @ states - chances @ states)
            gain += float(chance * (weights * shift**2).sum())
        return gain


class ExplainedVariance:
    """Forward regression: what each act would explain beyond the acts taken so far."""

    def __init__(self, posterior: Posterior, places: list[int], slip: float, guess: float) -> None:
        self._slope = 1.0 - slip - guess
        mastery = posterior.mastery[places]
        self._noise = mastery * slip * (1.0 - slip) + (1.0 - mastery) * guess * (1.0 - guess)
        self._columns = posterior.covariance[:, places].copy()
        self._places = places

    def gains(self, weights: FloatArray) -> FloatArray:
        """Return the drop of weighted variance that each act alone would bring now, float64 (acts,)."""
        effects = (self._slope * self._columns) ** 2 / self._answer_variance()
        return np.asarray(weights @ effects)

    def take(self, index: int) -> None:
        """Count an act as answered."""
        column = self._columns[:, index] * self._slope
        variance = self._answer_variance()[index]
        self._columns = self._columns - np.outer(column, column[self._places]) / variance

    def _answer_variance(self) -> FloatArray:
        own = self._columns[self._places, range(len(self._places))]
        return np.asarray(self._slope**2 * np.maximum(own, 0.0) + self._noise)


def joint_of(means: FloatArray, covariance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the states (states, skills) of a few binary skills and their chances (states,) from means and covariance.

    Second-order Bahadur expansion, cut at zero; exact for one and two skills.
    """
    count = len(means)
    states = np.indices((2,) * count).reshape(count, -1).T.astype(np.float64)
    chances = np.prod(np.where(states == 1.0, means, 1.0 - means), axis=1)
    deviations = (states - means) / np.sqrt(means * (1.0 - means))
    scaled = covariance / np.sqrt(np.outer(means * (1.0 - means), means * (1.0 - means)))
    pairs = 0.5 * (np.einsum("si,ij,sj->s", deviations, scaled, deviations) - (deviations**2) @ np.diag(scaled))
    chances = np.maximum(chances * (1.0 + pairs), 0.0)
    return states, chances / chances.sum()
