"""How a simulated learner answers: by what they have mastered, their population's habits, and chance.

Written apart from the engine's likelihoods, on purpose and from its own numbers (population.py): rules that a person
might follow rather than formulas. What somebody answers depends on the learner, the sitting and the thing asked, and
not on when it is asked or beside what: so ways of asking are compared on the same answers.
"""

import zlib
from collections.abc import Sequence

import numpy as np

from dijipilot.domain.assessment.items import Act, Foil, Item, ItemKind
from dijipilot.domain.assessment.population import SimulatedLearner, Style, World
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.ids import FactId, ItemId, OptionId

DRAWS_AN_ACT = 3
DRAWS_AN_ITEM = 5


class Examinee:
    """One learner in one sitting. seed: names the learner and the sitting; the same seed, the same answers.

    Remembers what was ticked: an act shown again is asked a second time.
    """

    def __init__(self, world: World, learner: SimulatedLearner, seed: Sequence[int]) -> None:
        self.learner = learner
        self._world = world
        self._habits = world.population.habits
        self._seed = tuple(seed)
        curriculum = world.curriculum
        generator = np.random.default_rng(self._seed)
        self._acts: dict[str, Act | Foil] = {act.id: act for act in curriculum.acts}
        self._acts.update((foil.id, foil) for foil in curriculum.foils)
        self._place = {each: place for place, each in enumerate(self._acts)}
        self._items = {item.id: place for place, item in enumerate(curriculum.items)}
        self._act_draws = generator.random((len(self._acts), DRAWS_AN_ACT))
        self._item_draws = generator.random((len(self._items), DRAWS_AN_ITEM))
        self._ticked: dict[str, bool] = {}

    def respond(self, screen: Screen) -> tuple[Sequence[str], bool]:
        """Return what the learner chooses on a screen, and whether the answer is not sure."""
        if screen.kind is ScreenKind.FACT:
            chosen = self.learner.facts.get(FactId(screen.id), frozenset())
            return sorted(chosen), not chosen
        if screen.kind is ScreenKind.CHECKLIST:
            return self.tick(screen.id, [option.id for option in screen.options]), False
        option = self.choose(self._world.curriculum.item_by_id[ItemId(screen.id)])
        return ([], True) if option is None else ([option], False)

    def tick(self, screen: str, shown: Sequence[str]) -> list[str]:
        """Return the acts and foils that the learner ticks on a checklist. screen: its id."""
        is_random = self._answers_at_random(screen)
        ticked = [each for each in shown if self._ticks(each, is_random)]
        self._ticked.update((each, each in ticked) for each in shown)
        return ticked

    def choose(self, item: Item) -> OptionId | None:
        """Return the option that the learner takes, None for not sure."""
        claim, not_sure, slip, among_equals, guessed = self._item_draws[self._items[item.id]]
        guess = item.options[int(guessed * len(item.options))].id
        if self._habits.style is Style.ALWAYS_TOP:
            return _top_option(item)
        if self._answers_at_random(item.id):
            return guess
        if item.kind is ItemKind.FOLLOW_UP:
            return self._right_option(item, among_equals) if self._can_keep(item, slip) else guess
        if item.kind is ItemKind.SITUATION and claim < self._habits.over_claimed:
            return _top_option(item)
        fitting = self._fitting_option(item, among_equals)
        if _total_evidence(item, fitting) < 0 and not_sure < self._habits.not_sure:
            return None
        if item.kind is ItemKind.SITUATION:
            return self._beside(item, fitting, slip)
        can_solve = fitting == _top_option(item)
        return guess if slip < (self._habits.solving_slip if can_solve else self._habits.guess) else fitting

    def _answers_at_random(self, screen: str) -> bool:
        if self._habits.style is Style.RANDOM_CLICKS:
            return True
        share = self._habits.random_answers
        return share > 0.0 and self._draw(screen) < share

    def _draw(self, name: str) -> float:
        """Return the draw that belongs to a screen, 0..1; screens are assembled, so it cannot be drawn ahead."""
        return float(np.random.default_rng([*self._seed, zlib.crc32(name.encode())]).random())

    def _ticks(self, shown: str, is_random: bool) -> bool:
        has_it = self._has(shown)
        first, again, second = self._act_draws[self._place[shown]]
        if self._habits.style is Style.ALWAYS_TOP:
            return True
        if shown not in self._ticked:
            return bool(first < (0.5 if is_random else self._tick_chance(shown)))
        if is_random:
            return bool(second < 0.5)
        if self._ticked[shown] != has_it:
            return has_it if again >= self._habits.error_again else not has_it
        return bool(second < self._tick_chance(shown))

    def _has(self, shown: str) -> bool:
        """Tell whether the learner could show an act; a foil nobody can."""
        act = self._acts[shown]
        return isinstance(act, Act) and act.skill in self.learner.mastered

    def _tick_chance(self, shown: str) -> float:
        habits = self._habits
        by_mistake = habits.foil_tick
        if isinstance(self._acts[shown], Act):
            slip_factor, false_tick_factor = self._world.tick_factors[self._place[shown]]
            if self._has(shown):
                return float(1.0 - habits.slip * slip_factor)
            by_mistake = float(habits.false_tick * false_tick_factor)
        return by_mistake + (1.0 - by_mistake) * habits.over_claimed

    def _fitting_option(self, item: Item, draw: float) -> OptionId:
        """Return the option whose evidence agrees best with what is true of the learner; equals by the draw."""
        fits = [
            sum(value if skill in self.learner.mastered else -value for skill, value in option.evidence.items())
            for option in item.options
        ]
        best = [option.id for option, fit in zip(item.options, fits, strict=True) if fit == max(fits)]
        return best[int(draw * len(best))]

    def _beside(self, item: Item, own: OptionId, draw: float) -> OptionId:
        """Return one's own rung, or now and then the one below or above it."""
        rungs = _rungs(item)
        place = rungs.index(own)
        below, above = self._habits.rung_below, self._habits.rung_above
        if draw < below:
            return rungs[max(0, place - 1)]
        if draw < below + above:
            return rungs[min(len(rungs) - 1, place + 1)]
        return own

    def _can_keep(self, follow_up: Item, draw: float) -> bool:
        """Tell whether the learner knows what the claim stands for; even so it is guessed now and then."""
        if follow_up.follows is None:
            return False
        claim = self._world.curriculum.item_by_id[follow_up.follows]
        option = self.choose(claim)
        evidence = claim.option(option).evidence if option else {}
        claimed = {skill for skill, value in evidence.items() if value > 0}
        return claimed <= self.learner.mastered and draw >= self._habits.solving_slip

    def _right_option(self, follow_up: Item, draw: float) -> OptionId:
        right = [option.id for option in follow_up.options if option.keeps]
        return right[int(draw * len(right))]


def _rungs(item: Item) -> list[OptionId]:
    """Return the options from the one that speaks most against its taker to the one that speaks most for them."""
    return [option.id for option in sorted(item.options, key=lambda option: sum(option.evidence.values()))]


def _top_option(item: Item) -> OptionId:
    """Return what looks best: the top rung, the solution, or what keeps a claim."""
    if item.kind is ItemKind.FOLLOW_UP:
        return next(option.id for option in item.options if option.keeps)
    return _rungs(item)[-1]


def _total_evidence(item: Item, option: OptionId) -> int:
    return sum(item.option(option).evidence.values())
