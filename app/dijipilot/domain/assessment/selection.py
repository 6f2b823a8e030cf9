"""Which screen to show next: the one that is expected to sharpen the verdicts most per second of reading and answering.

Sharpness of a verdict is measured by the variance p(1-p) of its skill, so the criterion is the expected drop of the
(weighted) Brier score of the whole curriculum. For one yes/no act the drop is exact from the covariances, because the
posterior mean is linear in a binary answer; for the acts of one checklist together it is what linear regression on
their answers explains, so acts that would tell the same twice count once. Whether the answers can be relied on counts
as one more verdict: that is what makes a foil worth its two seconds while somebody ticks a lot, and not otherwise.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Protocol

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.evidence import EvidenceReader
from dijipilot.domain.assessment.item_bank import ItemBank
from dijipilot.domain.assessment.items import Act, Foil, Item, ItemKind
from dijipilot.domain.assessment.mastery_model import BoolArray, FloatArray, IntArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.regression import ExplainedVariance
from dijipilot.domain.assessment.timing import checklist_seconds, item_seconds, option_seconds
from dijipilot.domain.curriculum import Curriculum, Program
from dijipilot.domain.ids import ActId, ItemId, ProgramNumber, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph

ACTS_PER_CHECKLIST = 5

THIRD_IN_A_ROW = 0.8
"""Factor on the worth per second of a third screen in a row from one program: reading on pays, monotony does not."""

TURN_SECONDS = 8.0
"""What a new screen counts beyond reading and clicking when screens are compared; no part of the budget. Beginning anew
tires: without it there are a third more screens, at the same accuracy (simulated)."""

UNLOCKING_WEIGHT = 0.08
"""A skill that unlocks n others counts 1 + this * log2(1 + n): wrong verdicts there mislead a whole branch."""

DOUBT_POWER = 1.0
"""A verdict counts by its doubt, 4 p (1-p), to this power: what is all but sure gains little from one more answer."""

RELIABILITY_WEIGHT = 6.0
"""How far the answers can be relied on counts as much as the verdicts on six skills."""

HELD_OUT_BY_SECONDS_LEFT = 75.0
"""With less time left than this the act that is held out is shown, unless it was."""


class ChecklistScreen(Struct, frozen=True):
    """A checklist assembled from acts of one program, in the order chosen, and at times a foil.

    is_second: the acts were claimed before and are asked about once more, in neutral words.
    """

    program: Program
    acts: tuple[Act, ...]
    foil: Foil | None
    seconds: float
    is_second: bool = False


class ItemScreen(Struct, frozen=True):
    """A situation, scenario or follow-up."""

    item: Item
    seconds: float


Candidate = ChecklistScreen | ItemScreen


class Asked(Struct, frozen=True):
    """What was shown so far, and the programs of the last screens, latest last.

    held_out: the act whose answer is not to count and that was not shown yet; None when there is none (any more).
    """

    acts: frozenset[ActId]
    items: frozenset[ItemId]
    foils: frozenset[ActId]
    checklist_count: int
    recent_programs: tuple[ProgramNumber, ...]
    held_out: ActId | None = None


class _Search(Struct, frozen=True):
    """What one choice is made with.

    weights: what a drop of variance is worth, float64 (skills + 1,), that of reliability last.
    """

    posterior: Posterior
    weights: FloatArray
    mask: BoolArray
    asked: Asked
    seconds_left: float


class _Deck(Struct, frozen=True):
    """What can be ticked on a checklist of one program.

    columns: of the regression's answers, one an act, then one a foil.
    """

    program: Program
    acts: tuple[Act, ...]
    foils: tuple[Foil, ...]
    columns: tuple[int, ...]
    most_acts: int
    held_out: Act | None
    is_second: bool = False


class Selector(Protocol):
    """A way to choose screens: the engine's own, or one it is compared with."""

    def select(
        self, posterior: Posterior, applicable: frozenset[SkillId], asked: Asked, seconds_left: float
    ) -> tuple[Candidate | None, float]:
        """Return the screen to show and the drop of weighted variance expected of it; see ScreenSelector."""


class ScreenSelector:
    """Knows everything that can be asked of a curriculum; chooses by a posterior."""

    def __init__(self, curriculum: Curriculum, reader: EvidenceReader, graph: PrerequisiteGraph) -> None:
        self.curriculum = curriculum
        self.reader = reader
        self.position: Mapping[SkillId, int] = {skill: index for index, skill in enumerate(curriculum.skills)}
        unlocked = np.array([len(graph.descendants(skill)) for skill in curriculum.skills], dtype=np.float64)
        self.weights: FloatArray = 1.0 + UNLOCKING_WEIGHT * np.log2(1.0 + unlocked)
        self._column_by_act = {act.id: column for column, act in enumerate(curriculum.acts)}
        self._column_by_foil = {foil.id: len(curriculum.acts) + at for at, foil in enumerate(curriculum.foils)}
        self._places: IntArray = np.array([self.position[act.skill] for act in curriculum.acts], dtype=np.int64)
        self._acts_by_program: Mapping[ProgramNumber, tuple[Act, ...]] = {
            program.number: tuple(
                sorted(
                    (a for a in curriculum.acts if curriculum.program_of(a.skill) is program), key=lambda act: act.id
                )
            )
            for program in curriculum.programs
        }
        texts = [*(act.text for act in curriculum.acts), *(foil.text for foil in curriculum.foils)]
        self._own_seconds: FloatArray = np.array([option_seconds(text) for text in texts])
        self._title_seconds = {each.number: checklist_seconds(each.title, [], False) for each in curriculum.programs}
        asked_alone = (item for item in curriculum.items if item.kind is not ItemKind.FOLLOW_UP)
        self._items = tuple(sorted(asked_alone, key=lambda item: item.id))
        self._item_places = {item.id: [self.position[skill] for skill in item.skills] for item in self._items}
        self._item_bank = ItemBank(self._items, self.position, reader)
        self._item_seconds = {item.id: item_seconds(item) for item in self._items}

    def select(
        self,
        posterior: Posterior,
        applicable: frozenset[SkillId],
        asked: Asked,
        seconds_left: float,
        about: SkillId | None = None,
    ) -> tuple[Candidate | None, float]:
        """Return the best screen that fits the time left and the drop of weighted variance expected of it.

        (None, 0.0) when nothing fits or nothing is left to ask. Ties go to the smaller number of a program or id.
        about: the one skill whose verdict is to be settled; all of them when left out.
        """
        search = self._search(posterior, applicable, asked, seconds_left, about)
        answers = ExplainedVariance.of_acts_and_foils(
            posterior, self._places, self.reader.responses, len(self.curriculum.foils)
        )
        single = answers.gains(search.weights)
        if self._is_held_out_due(search):
            due = self._deck(self._program_of_held_out(asked), search)
            screen = self._assemble(due, search, answers)
            if screen is not None:
                return screen
        best = self._best_checklist(search, answers, single)
        best = self._best_item(search, best)
        return (None, 0.0) if best is None else best[1:]

    def select_second(
        self, posterior: Posterior, claimed: Sequence[Act], asked: Asked, seconds_left: float
    ) -> ChecklistScreen | None:
        """Return the checklist that asks claimed acts of one program a second time, or None where none fits."""
        weights = np.append(self.weights, RELIABILITY_WEIGHT)
        responses = self.reader.responses
        again = responses.repeated_error + (1.0 - responses.repeated_error) * responses.tick_chance()
        answers = ExplainedVariance.of_ticks(posterior, self._places, again)
        search = _Search(posterior, weights, np.ones(len(self.position), dtype=np.bool_), asked, seconds_left)
        best: tuple[float, ChecklistScreen] | None = None
        for program in self.curriculum.programs:
            acts = tuple(act for act in claimed if self.curriculum.program_of(act.skill) is program)
            if not acts:
                continue
            columns = tuple(self._column_by_act[act.id] for act in acts)
            deck = _Deck(program, acts, (), columns, ACTS_PER_CHECKLIST, None, is_second=True)
            found = self._assemble(deck, search, answers)
            if found is not None and (best is None or found[1] > best[0] * (1.0 + 1e-9)):
                best = (found[1], found[0])
        return best[1] if best else None

    def acts_of(self, program: Program) -> tuple[Act, ...]:
        """Return the acts of a program by id."""
        return self._acts_by_program[program.number]

    def program_of(self, candidate: Candidate) -> ProgramNumber:
        """Return the number of the program a screen is about."""
        if isinstance(candidate, ChecklistScreen):
            return candidate.program.number
        return self.curriculum.program_by_mission[candidate.item.mission].number

    def _search(
        self,
        posterior: Posterior,
        applicable: frozenset[SkillId],
        asked: Asked,
        seconds_left: float,
        about: SkillId | None,
    ) -> _Search:
        mask = np.array([skill in applicable for skill in self.curriculum.skills])
        doubt = (4.0 * posterior.mastery * (1.0 - posterior.mastery)) ** DOUBT_POWER
        weights = np.append(np.where(mask, self.weights * doubt, 0.0), RELIABILITY_WEIGHT)
        if about is not None:
            weights = np.zeros(len(weights))
            weights[self.position[about]] = 1.0
        return _Search(posterior, weights, mask, asked, seconds_left)

    # Checklists

    def _best_checklist(
        self, search: _Search, answers: ExplainedVariance, single: FloatArray
    ) -> tuple[float, Candidate, float] | None:
        """Return worth per second, screen and gain of the best checklist.

        Programs whose acts, each taken alone, could not add up to the best found so far are not assembled.
        """
        decks = [self._deck(program, search) for program in self.curriculum.programs]
        bounds = [
            (self._bound(deck, single) * self._monotony(deck.program.number, search.asked), deck) for deck in decks
        ]
        best: tuple[float, Candidate, float] | None = None
        for bound, deck in sorted(bounds, key=lambda each: (-each[0], each[1].program.number)):
            if bound <= 0.0 or (best is not None and bound <= best[0]):
                break
            found = self._assemble(deck, search, answers)
            if found is not None:
                rate = self._rate(found[1], found[0].seconds, deck.program.number, search.asked)
                if best is None or rate > best[0] * (1.0 + 1e-9):
                    best = (rate, *found)
        return best

    def _deck(self, program: Program, search: _Search) -> _Deck:
        asked = search.asked
        acts = tuple(
            act
            for act in self.acts_of(program)
            if act.id not in asked.acts and act.id != asked.held_out and search.mask[self.position[act.skill]]
        )
        foils = tuple(f for f in self.curriculum.foils if program.number in f.programs and f.id not in asked.foils)
        held_out = next((act for act in self.acts_of(program) if act.id == asked.held_out), None)
        columns = (*(self._column_by_act[act.id] for act in acts), *(self._column_by_foil[foil.id] for foil in foils))
        return _Deck(program, acts, foils, columns, ACTS_PER_CHECKLIST - (held_out is not None), held_out)

    def _bound(self, deck: _Deck, single: FloatArray) -> float:
        """Return more than a checklist of this deck can be worth per second, where acts tell each other nothing new."""
        if not deck.acts:
            return 0.0
        gains = sorted(single[list(deck.columns)].tolist(), reverse=True)[: ACTS_PER_CHECKLIST + 1]
        seconds = TURN_SECONDS + self._title_seconds[deck.program.number]
        # Whatever an option's length, its click takes a second.
        return float(max(total / (seconds + 1.0 + place) for place, total in enumerate(accumulate(gains))))

    def _assemble(
        self, deck: _Deck, search: _Search, answers: ExplainedVariance
    ) -> tuple[ChecklistScreen, float] | None:
        """Add the act or foil that lifts the worth per second most, until none lifts it or none fits any more."""
        is_first = search.asked.checklist_count == 0
        explained = answers.restricted_to(deck.columns)
        texts = [deck.held_out.text] if deck.held_out else []
        is_open = np.ones(len(deck.columns), dtype=np.bool_)
        chosen: list[int] = []
        total, seconds = 0.0, 0.0
        own_seconds = self._own_seconds[list(deck.columns)]
        base = checklist_seconds(deck.program.title, texts, is_first, deck.is_second)
        while is_open.any():
            gains = explained.gains(search.weights)
            longer = (seconds or base) + own_seconds
            rates = np.where(is_open & (longer <= search.seconds_left), (total + gains) / (longer + TURN_SECONDS), -1.0)
            index = int(np.argmax(rates))
            if rates[index] < 0.0 or (chosen and rates[index] < total / (seconds + TURN_SECONDS)):
                break
            chosen.append(index)
            total, seconds = total + float(gains[index]), float(longer[index])
            explained.take(index)
            is_open[index] = False
            if index >= len(deck.acts):
                is_open[len(deck.acts) :] = False
            elif sum(each < len(deck.acts) for each in chosen) == deck.most_acts:
                is_open[: len(deck.acts)] = False
        return self._screen(deck, chosen, total, seconds)

    def _screen(
        self, deck: _Deck, chosen: Sequence[int], total: float, seconds: float
    ) -> tuple[ChecklistScreen, float] | None:
        acts = [deck.acts[index] for index in chosen if index < len(deck.acts)]
        if deck.held_out is not None:
            acts.append(deck.held_out)
        if not acts or not chosen:
            return None
        foil = next((deck.foils[index - len(deck.acts)] for index in chosen if index >= len(deck.acts)), None)
        return ChecklistScreen(deck.program, tuple(acts), foil, seconds, deck.is_second), total

    def _is_held_out_due(self, search: _Search) -> bool:
        held_out = search.asked.held_out
        is_late = search.seconds_left < HELD_OUT_BY_SECONDS_LEFT and search.asked.checklist_count > 0
        return held_out in self._column_by_act and is_late if held_out else False

    def _program_of_held_out(self, asked: Asked) -> Program:
        act = next(act for act in self.curriculum.acts if act.id == asked.held_out)
        return self.curriculum.program_of(act.skill)

    # Situations and scenarios

    def _best_item(
        self, search: _Search, best: tuple[float, Candidate, float] | None
    ) -> tuple[float, Candidate, float] | None:
        """Return the best of an earlier candidate and all items."""
        gains = self._item_bank.gains(search.posterior, search.weights[:-1])
        for item in self._items:
            seconds, places = self._item_seconds[item.id], self._item_places[item.id]
            if item.id in search.asked.items or seconds > search.seconds_left or not search.mask[places].all():
                continue
            number = self.curriculum.program_by_mission[item.mission].number
            rate = self._rate(gains[item.id], seconds, number, search.asked)
            if best is None or rate > best[0] * (1.0 + 1e-9):
                best = (rate, ItemScreen(item, seconds), gains[item.id])
        return best

    def _rate(self, gain: float, seconds: float, program: ProgramNumber, asked: Asked) -> float:
        return gain / (seconds + TURN_SECONDS) * self._monotony(program, asked)

    def _monotony(self, number: ProgramNumber, asked: Asked) -> float:
        return THIRD_IN_A_ROW if asked.recent_programs[-2:] == (number, number) else 1.0
