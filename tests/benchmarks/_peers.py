"""Other ways to tell what somebody has mastered, each with its own scoring, on the same acts in the same time.

Hop propagation and one-dimensional item response theory assemble checklists as half-split does, by their own belief;
what one-dimensional theory believes is in _response_theory.py. Scoring tick by tick asks every act. All are given what
they can use: the reference population's rates, from a sample of their own (_calibration.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.assessment.ranked_selection import RankedChecklists, places_left
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.simulation import NO_CLOCK, Outcome, outcome_of
from dijipilot.domain.assessment.timing import fact_seconds, item_seconds
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import EventId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from tests.benchmarks._calibration import FloatArray, Sample, act_skills, logistic, tick_log_odds

LINK_STRENGTH = 0.5
"""What is left of an answer's log-odds after each prerequisite link."""


class Belief(Protocol):
    """What a peer thinks of one learner, and what it would ask next."""

    def ranks(self, left: Sequence[int]) -> FloatArray:
        """Return one number an act, float64 (acts,): the smallest is asked first. left: acts that can be asked."""

    def learn(self, places: Sequence[int], ticked: Sequence[bool]) -> None:
        """Take in a checklist: places of its acts, and which were ticked."""

    def probabilities(self) -> FloatArray:
        """Return P(mastered), float64 (skills,)."""


def take(curriculum: Curriculum, examinee: Examinee, belief: Belief, budget_seconds: float) -> Outcome:
    """Return the outcome of a sitting led by a belief of its own: facts first, then checklists to the end of time."""
    checklists, facts = RankedChecklists(curriculum), _early_fact_seconds(curriculum)
    place_of = {act.id: place for place, act in enumerate(curriculum.acts)}
    applicable = curriculum.applicable_skills(examinee.learner.facts)
    left = places_left(curriculum.acts, applicable, frozenset())
    seconds, screens = sum(facts), 0
    while screen := checklists.next(belief.ranks(left), left, screens == 0, budget_seconds - seconds):
        shown = [act.id for act in screen.acts]
        ticked = examinee.tick(f"checklist.{screens + 1}", shown)
        belief.learn([place_of[act] for act in shown], [act in ticked for act in shown])
        left = [place for place in left if curriculum.acts[place] not in screen.acts]
        seconds, screens = seconds + screen.seconds, screens + 1
    return _outcome(curriculum, examinee, belief.probabilities(), screens + len(facts), seconds)


class HopBelief:
    """Starts from each skill's base rate and passes the log-odds of every tick on along the prerequisite links."""

    def __init__(self, curriculum: Curriculum, base_log_odds: FloatArray, passing: FloatArray) -> None:
        self._skills = act_skills(curriculum)
        self._log_odds = base_log_odds.copy()
        self._passing = passing

    def ranks(self, left: Sequence[int]) -> FloatArray:
        """Rank acts by how far their skill is from a coin flip."""
        return np.abs(self._log_odds[self._skills])

    def learn(self, places: Sequence[int], ticked: Sequence[bool]) -> None:
        """Add what each tick says, with the slip and false tick of the reference population."""
        for place, is_ticked in zip(places, ticked, strict=True):
            self._log_odds += tick_log_odds(is_ticked) * self._passing[self._skills[place]]

    def probabilities(self) -> FloatArray:
        """Return P(mastered), float64 (skills,)."""
        return logistic(self._log_odds)


def passing_weights(curriculum: Curriculum, turns: bool = True) -> FloatArray:
    """Return what of an answer on one skill reaches another, float64 (skills, skills), by the shortest way of links.

    Links are walked in both directions. turns: also one after the other, as two skills that share a prerequisite tell
    of each other too; else straight to what a skill rests on and to what rests on it, as the rule is mostly stated.
    Turns make the better peer.
    """
    graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in curriculum.lessons})
    position = {skill: place for place, skill in enumerate(curriculum.skills)}
    down = {skill: frozenset(graph.prerequisites(skill)) for skill in position}
    up = {skill: frozenset(graph.dependents(skill)) for skill in position}
    ways = [{skill: down[skill] | up[skill] for skill in position}] if turns else [down, up]
    weights = np.zeros((len(position), len(position)))
    for links in ways:
        for skill, place in position.items():
            seen, reached, strength = {skill}, {skill}, 1.0
            while reached:
                for other in reached:
                    weights[place, position[other]] = strength
                reached = {beside for other in reached for beside in links[other]} - seen
                seen |= reached
                strength *= LINK_STRENGTH
    return weights


@dataclass(frozen=True, slots=True)
class HitRates:
    """P(mastered | so many acts of the skill asked, so many of them ticked), over all skills alike."""

    by_ticks: dict[tuple[int, int], float]

    @classmethod
    def of(cls, curriculum: Curriculum, sample: Sample) -> "HitRates":
        """Count them in the sample."""
        asked, ticks = tick_counts(curriculum, sample.ticked)
        rates = {}
        for acts in np.unique(asked):
            for count in range(int(acts) + 1):
                cases = sample.mastered[(ticks == count) & (asked == acts)]
                rates[int(acts), count] = float((cases.sum() + 0.5) / (cases.size + 1.0))
        return cls(rates)


def tick_counts(curriculum: Curriculum, ticked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many acts each skill has, int64 (skills,), and how many are ticked, int64 (learners, skills)."""
    belongs = np.eye(len(curriculum.skills), dtype=np.int64)[act_skills(curriculum)]
    return belongs.sum(axis=0), ticked.astype(np.int64) @ belongs


def score_tick_by_tick(curriculum: Curriculum, examinee: Examinee, rates: HitRates) -> Outcome:
    """Ask every act; a skill whose act is ticked is mastered. Of two acts that disagree the hit rates decide."""
    answers = all_act_answers(curriculum, examinee)
    chosen = {each for answer in answers for each in answer.chosen}
    asked, ticks = tick_counts(curriculum, np.array([[act.id in chosen for act in curriculum.acts]]))
    probabilities = [rates.by_ticks[int(acts), int(count)] for acts, count in zip(asked, ticks[0], strict=True)]
    seconds = sum(answer.expected_seconds for answer in answers) + sum(_early_fact_seconds(curriculum))
    return _outcome(curriculum, examinee, np.array(probabilities), len(answers), seconds)


def ask_everything(engine: DiagnosticEngine, examinee: Examinee, with_items: bool) -> Outcome:
    """Ask every act, or every act and every item of the bank, and let the engine judge."""
    answers = all_act_answers(engine.curriculum, examinee)
    if with_items:
        answers += all_item_answers(engine.curriculum, examinee)
    facts = examinee.learner.facts
    seconds = sum(answer.expected_seconds for answer in answers) + sum(_early_fact_seconds(engine.curriculum))
    return outcome_of(examinee.learner, engine.diagnose(answers, facts).standing(), len(answers), seconds)


def all_act_answers(curriculum: Curriculum, examinee: Examinee) -> list[Answer]:
    """Return the answers to checklists of all acts that apply, in the order of the curriculum."""
    checklists = RankedChecklists(curriculum)
    order = np.arange(len(curriculum.acts), dtype=np.float64)
    left = places_left(curriculum.acts, curriculum.applicable_skills(examinee.learner.facts), frozenset())
    answers: list[Answer] = []
    while screen := checklists.next(order, left, not answers, float("inf")):
        shown = tuple(act.id for act in screen.acts)
        name = f"checklist.{len(answers) + 1}"
        chosen = tuple(examinee.tick(name, shown))
        answers.append(
            Answer(EventId(name), NO_CLOCK, name, ScreenKind.CHECKLIST, shown, chosen, False, screen.seconds)
        )
        left = [place for place in left if curriculum.acts[place] not in screen.acts]
    return answers


def all_item_answers(curriculum: Curriculum, examinee: Examinee) -> list[Answer]:
    """Return the answers to all situations and scenarios that apply, and to the follow-ups of what was claimed."""
    applicable = curriculum.applicable_skills(examinee.learner.facts)
    chosen = {item.id: examinee.choose(item) for item in curriculum.items if item.kind is not ItemKind.FOLLOW_UP}
    asked = [
        item
        for item in curriculum.items
        if applicable.issuperset(item.skills) and (item.follows is None or chosen[item.follows] in item.after)
    ]
    return [_item_answer(examinee, item) for item in asked]


def _item_answer(examinee: Examinee, item: Item) -> Answer:
    option = examinee.choose(item)
    shown = tuple(each.id for each in item.options)
    kind, seconds = ScreenKind(item.kind.value), item_seconds(item)
    chosen = () if option is None else (option,)
    return Answer(EventId(item.id), NO_CLOCK, item.id, kind, shown, chosen, option is None, seconds)


def _early_fact_seconds(curriculum: Curriculum) -> list[float]:
    return [fact_seconds(fact) for fact in curriculum.facts if fact.asked_before_items]


def _outcome(
    curriculum: Curriculum, examinee: Examinee, probabilities: FloatArray, screens: int, seconds: float
) -> Outcome:
    """Return the outcome over the skills that apply."""
    applicable = curriculum.applicable_skills(examinee.learner.facts)
    places = [place for place, skill in enumerate(curriculum.skills) if skill in applicable]
    truths = np.array([curriculum.skills[place] in examinee.learner.mastered for place in places])
    return Outcome(probabilities[places], truths, screens, seconds)
