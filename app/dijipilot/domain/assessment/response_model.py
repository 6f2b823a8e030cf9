"""How likely each answer is, given what the learner has mastered: every slip and guess in one place, with its reason.

Acts: a tick is P(tick | mastered) = 1 - slip and P(tick | not mastered) = guess.

Situations: the authored evidence e (-2..2 by skill) becomes a choice model over the options, not sure among them:
    P(option | x) = softmax(strength * sum over skills of e * (+1 if mastered else -1) + bias),
after which a part of the answers moves to a neighboring rung: people see their own habit a little better or worse than
it is. The rungs are the authored options in the order of their total evidence.

Scenarios: the same formula with more strength, as a solved case cannot be claimed; instead of moving to a neighbor, a
part of the answers is guessed among the options.

Follow-ups: kept or not. One who has the skills the claim spoke for finds the right option but for a slip; one who lacks
any of them guesses among the options.

Response styles: a learner has one of a few styles, which is not known and is inferred with everything else (the batch
axis of belief.py). Over-claiming c: a part c of the acts not mastered is ticked all the same, and a part c of the
answers to a situation goes to the top rung. Careless r: a part r of all answers is given at random. Foils (acts that
do not exist), answers faster than one can read, and the same position chosen again and again speak about the style
alone. So a boast is not punished: the more somebody claims what cannot be, the less each of the claims says.
"""

from itertools import product

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dijipilot.domain.assessment.items import Item, ItemKind, ItemOption
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.ids import OptionId, SkillId

NOT_SURE = OptionId("not_sure")
NOT_SURE_EVIDENCE = -1
UNCHECKED_CLAIM = 1
"""A claim counts +1 at most until its follow-up has checked it."""


class ResponseStyle(Struct, frozen=True):
    """How somebody answers, whatever they know. prior: share of learners. over_claim, careless: see the module."""

    name: str
    prior: float
    over_claim: float
    careless: float

    @property
    def is_random(self) -> bool:
        """Whether answers say nothing at all."""
        return self.careless >= 1.0

    @property
    def unreliability(self) -> float:
        """How little answers in this style say, 0..1."""
        return max(self.over_claim, self.careless)

    @property
    def is_unreliable(self) -> bool:
        """Whether answers in this style say so little that the learner should hear of it."""
        return self.unreliability >= 0.5


PLAIN = ResponseStyle("plain", 1.0, 0.0, 0.0)

STYLES = (
    # Most people answer for what they do.
    ResponseStyle("plain", 0.63, 0.0, 0.0),
    # Some count what is planned or half done, or want to look good; a few of their answers are given without reading.
    ResponseStyle("over_claiming", 0.27, 0.30, 0.02),
    # A few tick whatever is there, foils too.
    ResponseStyle("boasting", 0.05, 0.96, 0.0),
    # A few click through. The style of random answers stands last.
    ResponseStyle("random", 0.05, 0.0, 1.0),
)
"""The shares are weak beliefs that a few answers outweigh. Where all answer plainly, as in the simulated reference
population, not taking that for granted costs half a point of accuracy; where 30 % of answers are over-claimed it lowers
the calibration error from 0.15 to 0.02 (tests/benchmarks/diagnostic.py)."""


class ResponseModel(Struct, frozen=True):
    """Slip, guess and strength of evidence.

    act_slip: one has it and does not tick it (overlooked, too strict). act_guess: one ticks what one could not show.
    Both as in the design's trial; checklists of self-reports in other fields have such rates.
    foil_tick: an honest learner takes a foil for something real.
    act_not_sure: P(whole page "not sure" | mastered) over P(... | not mastered) for each act on it: weaker than leaving
    the act unticked (0.09), since somebody who has the thing at hand seldom wonders.
    situation_strength, scenario_strength: log-odds are twice this a unit of evidence; a solved scenario cannot be
    claimed, so it says more. neighbor: share of situation answers one rung off. scenario_guess: share of scenario
    answers that are guessed. lapse: share of answers that are slips of the hand, over all options.
    not_sure_bias: log weight of not sure beside an authored option.
    follow_up_slip: one has the skill and picks a wrong option of the follow-up.
    repeated_error: chance that a second answer about the same act repeats the first without thinking again.
    done_ratio, check_ratio: likelihood ratios of a finished lesson and of a passed knowledge check; the first is a
    tick like any other, the second can be guessed once in eight tries.
    hurried_if_careful, hurried_if_careless: chance of an answer in less than HURRIED_SHARE of the expected time.
    hurried_random: what share of a hurried answer is taken for chance, whatever the style.
    lining_if_careless: share of careless people who keep to one position.
    """

    act_slip: float = 0.08
    act_guess: float = 0.15
    foil_tick: float = 0.04
    act_not_sure: float = 0.6
    situation_strength: float = 1.0
    scenario_strength: float = 1.0
    neighbor: float = 0.1
    scenario_guess: float = 0.1
    lapse: float = 0.03
    not_sure_bias: float = -0.7
    follow_up_slip: float = 0.1
    repeated_error: float = 0.5
    done_ratio: float = 6.0
    check_ratio: float = 8.0
    hurried_if_careful: float = 0.12
    hurried_if_careless: float = 0.5
    hurried_random: float = 0.3
    lining_if_careless: float = 0.2
    styles: tuple[ResponseStyle, ...] = STYLES

    def unaware(self) -> "ResponseModel":
        """Return the model of somebody who believes that everybody answers plainly."""
        return replace(self, styles=(PLAIN,))

    # Arrays by style

    def _over_claim(self) -> FloatArray:
        return np.array([style.over_claim for style in self.styles])

    def _careless(self, is_hurried: bool) -> FloatArray:
        careless = np.array([style.careless for style in self.styles])
        return careless + (1.0 - careless) * self.hurried_random if is_hurried else careless

    # Acts and foils

    def tick_chance(self, is_hurried: bool = False) -> FloatArray:
        """Return P(tick | not mastered, mastered), float64 (2, styles)."""
        honest = np.array([[self.act_guess], [1.0 - self.act_slip]])
        claimed = honest + (1.0 - honest) * self._over_claim()
        careless = self._careless(is_hurried)
        return np.asarray((1.0 - careless) * claimed + careless * 0.5)

    def act_likelihood(self, is_ticked: bool, is_hurried: bool = False) -> FloatArray:
        """Return P(this response | not mastered, mastered), float64 (2, styles)."""
        tick = self.tick_chance(is_hurried)
        return tick if is_ticked else 1.0 - tick

    def act_not_sure_likelihood(self) -> FloatArray:
        """Return what "not sure" on a checklist says about each act on it, up to a factor, float64 (2, styles)."""
        return self._unless_random(np.array([[1.0], [self.act_not_sure]]))

    def learned_likelihood(self, ratio: float) -> FloatArray:
        """Return what a lesson done says, up to a factor: the ratio for mastery, float64 (2, styles)."""
        return self._unless_random(np.array([[1.0], [ratio]]))

    def _unless_random(self, by_mastery: FloatArray) -> FloatArray:
        """Return (2, 1) as (2, styles); who answers at random does so here too, so it says nothing."""
        careless = self._careless(False)
        return np.asarray((1.0 - careless) * by_mastery + careless * by_mastery.mean())

    def second_answer_likelihood(self, first: bool, second: bool) -> FloatArray:
        """Return P(both answers about the same act | not mastered, mastered), float64 (2, styles).

        The second repeats the first unthinkingly with `repeated_error`, else is given anew.
        """
        repeated = self.repeated_error * float(first == second)
        return self.act_likelihood(first) * (repeated + (1.0 - self.repeated_error) * self.act_likelihood(second))

    def foil_chance(self) -> FloatArray:
        """Return P(a foil is ticked), float64 (styles,)."""
        claimed = self.foil_tick + (1.0 - self.foil_tick) * self._over_claim()
        careless = self._careless(False)
        return np.asarray((1.0 - careless) * claimed + careless * 0.5)

    # Hurry and lines

    def hurry_log_likelihood(self, hurried: int, judged: int) -> FloatArray:
        """Return log P(so many hurried answers of those whose time is known | style), float64 (styles,)."""
        careless = np.array([style.careless for style in self.styles])
        chance = (1.0 - careless) * self.hurried_if_careful + careless * self.hurried_if_careless
        return np.asarray(hurried * np.log(chance) + (judged - hurried) * np.log1p(-chance))

    def lining_log_likelihood(self, length: int, by_chance: float) -> FloatArray:
        """Return log of what answers all in one position say about each style, float64 (styles,).

        length: how many there are, 0 when they are not all in one position. by_chance: P(that | no line meant).
        """
        lining = self.lining_if_careless * np.array([float(style.careless >= 0.5) for style in self.styles])
        return np.asarray(np.log((1.0 - lining) + lining / by_chance if length else np.ones(len(lining))))

    # Situations, scenarios, follow-ups

    def option_likelihoods(
        self, item: Item, has_follow_up: bool, is_hurried: bool = False
    ) -> dict[OptionId, FloatArray]:
        """Return P(option | mastery of the item's skills, style) of every option and of not sure.

        Each array has one axis of 2 (not mastered, mastered) a skill, in the order of item.skills, then one of styles.
        """
        claims = {option.id: claimed_evidence(item, option, has_follow_up) for option in item.options}
        claims[NOT_SURE] = dict.fromkeys(item.skills, NOT_SURE_EVIDENCE)
        strength = self.scenario_strength if item.kind is ItemKind.SCENARIO else self.situation_strength
        bias = np.zeros(len(claims))
        bias[-1] = self.not_sure_bias
        fits = np.stack([_fit(item, evidence) for evidence in claims.values()], axis=-1)
        weights = np.exp(strength * fits + bias)
        honest = weights / weights.sum(axis=-1, keepdims=True)
        blurred = self._guessed(honest) if item.kind is ItemKind.SCENARIO else honest @ self._rung_noise(item)
        chances = self.lapse / len(claims) + (1.0 - self.lapse) * blurred
        by_style = self._in_styles(item, chances, is_hurried)
        return {option: by_style[..., place, :] for place, option in enumerate(claims)}

    def follow_up_likelihood(
        self, skills: tuple[SkillId, ...], claimed: frozenset[SkillId], is_kept: bool, option_count: int
    ) -> FloatArray:
        """Return P(kept or not | mastery of the skills, style), axes as option_likelihoods has them."""
        table = np.empty((*(2,) * len(skills), len(self.styles)))
        guess, careless = 1.0 / option_count, self._careless(False)
        for states in product((0, 1), repeat=len(skills)):
            has_all = all(state for skill, state in zip(skills, states, strict=True) if skill in claimed)
            kept = (1.0 - careless) * ((1.0 - self.follow_up_slip) if has_all else guess) + careless * guess
            table[states] = kept if is_kept else 1.0 - kept
        return table

    def _guessed(self, honest: FloatArray) -> FloatArray:
        """Return the chances with a part of the answers guessed among the authored options."""
        options = honest.shape[-1] - 1
        evenly = np.append(np.full(options, 1.0 / options), 0.0)
        return (1.0 - self.scenario_guess) * honest + self.scenario_guess * evenly

    def _rung_noise(self, item: Item) -> FloatArray:
        """Return P(option chosen | option that fits), float64 (options + 1, options + 1); not sure stays itself."""
        ranked = rungs(item)
        moves = np.eye(len(item.options) + 1)
        for rank, place in enumerate(ranked):
            beside = [ranked[other] for other in (rank - 1, rank + 1) if 0 <= other < len(ranked)]
            for other in beside:
                moves[place, other] += self.neighbor / len(beside)
                moves[place, place] -= self.neighbor / len(beside)
        return moves

    def _in_styles(self, item: Item, chances: FloatArray, is_hurried: bool) -> FloatArray:
        """Return the chances in each style, float64 (2, ..., options + 1, styles)."""
        top = np.zeros(chances.shape[-1])
        top[rungs(item)[-1]] = 1.0
        claimable = item.kind is not ItemKind.SCENARIO
        claim = self._over_claim() if claimable else np.zeros(len(self.styles))
        careless = self._careless(is_hurried)
        evenly = np.append(np.full(len(item.options), 1.0 / len(item.options)), 0.0)
        claimed = chances[..., np.newaxis] * (1.0 - claim) + top[:, np.newaxis] * claim
        # A random click never lands on "not sure", but a trace keeps every answer possible.
        return np.asarray((1.0 - careless) * claimed + careless * (0.99 * evenly + 0.01 / len(evenly))[:, np.newaxis])


def rungs(item: Item) -> list[int]:
    """Return the places of the options from the rung that speaks most against the skills to the one most for them."""
    total = [sum(option.evidence.values()) for option in item.options]
    return sorted(range(len(total)), key=lambda place: (total[place], place))


def claimed_evidence(item: Item, option: ItemOption, has_follow_up: bool) -> dict[SkillId, int]:
    """Return the evidence of an option before its follow-up: what a follow-up checks counts +1 at most."""
    if not has_follow_up:
        return dict(option.evidence)
    return {skill: min(value, UNCHECKED_CLAIM) for skill, value in option.evidence.items()}


def _fit(item: Item, evidence: dict[SkillId, int]) -> FloatArray:
    """Return how well an answer fits each state, float64 (2, ..., 2)."""
    table = np.empty((2,) * len(item.skills))
    for states in product((0, 1), repeat=len(item.skills)):
        pairs = zip(item.skills, states, strict=True)
        table[states] = sum(evidence.get(skill, 0) * (1 if state else -1) for skill, state in pairs)
    return table
