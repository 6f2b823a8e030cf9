"""The benchmark's peers and figures: a peer that is wrong would flatter us."""

import numpy as np
import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, Habits, SimulatedLearner, World
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.ids import EventId
from tests import builders
from tests.benchmarks._calibration import Sample, draw_sample, logistic
from tests.benchmarks._conditions import CONDITIONS, Measured
from tests.benchmarks._figures import Figure, figures
from tests.benchmarks._peers import HitRates, HopBelief, all_act_answers, passing_weights, score_tick_by_tick, take
from tests.benchmarks._replacement import other_answer
from tests.benchmarks._response_theory import fit_curves, fit_items
from tests.benchmarks.diagnostic import markdown

CURRICULUM = builders.small_curriculum()
POSITION = {skill: place for place, skill in enumerate(CURRICULUM.skills)}
PERFECT = Habits(slip=0.0, false_tick=0.0)


def examinee(mastered: str, habits: Habits = PERFECT) -> Examinee:
    """Return somebody who has mastered these skills of the small curriculum."""
    world = World(CURRICULUM, replace(POPULATIONS["reference"], habits=habits))
    return Examinee(world, SimulatedLearner(frozenset(builders.skills(mastered)), {}), (1,))


def weight(one: str, other: str) -> float:
    """Return what passes from one skill to another."""
    weights = passing_weights(CURRICULUM)
    return float(weights[POSITION[builders.skill(one)], POSITION[builders.skill(other)]])


def test_an_answer_loses_half_with_every_link_in_both_directions() -> None:
    assert weight("price.margin", "price.margin") == 1.0
    assert weight("price.margin", "price.cost-stack") == weight("price.cost-stack", "price.margin") == 0.5
    assert weight("price.cost-stack", "team.first-hire") == 0.125
    assert weight("niche.demand", "etsy.listing") == 0.25
    assert weight("niche.buyer", "price.margin") == 0.0


def test_without_turns_an_answer_passes_to_what_it_rests_on_and_what_rests_on_it_alone() -> None:
    turning, straight = passing_weights(CURRICULUM), passing_weights(CURRICULUM, turns=False)
    margin, stack = POSITION[builders.skill("price.margin")], POSITION[builders.skill("price.cost-stack")]

    assert straight[margin, stack] == straight[stack, margin] == 0.5
    assert (straight <= turning).all()
    assert ((straight == 0.0) & (turning > 0.0)).any()


def test_hop_propagation_adds_the_log_odds_of_ticks_to_the_base_rate() -> None:
    belief = HopBelief(CURRICULUM, np.zeros(len(POSITION)), passing_weights(CURRICULUM))
    margin = next(place for place, act in enumerate(CURRICULUM.acts) if act.skill == "price.margin")

    belief.learn([margin], [True])

    after = belief.probabilities()
    assert after[POSITION[builders.skill("price.margin")]] == pytest.approx(0.92 / (0.92 + 0.15))
    assert 0.5 < after[POSITION[builders.skill("ads.first")]] < 0.86
    assert after[POSITION[builders.skill("niche.buyer")]] == 0.5


def test_a_peer_answers_facts_first_and_keeps_to_the_time() -> None:
    belief = HopBelief(CURRICULUM, np.zeros(len(POSITION)), passing_weights(CURRICULUM))
    facts = sum(fact.asked_before_items for fact in CURRICULUM.facts)

    outcome = take(CURRICULUM, examinee("price.margin"), belief, 60.0)

    assert outcome.seconds <= 60.0
    assert outcome.screens == facts + 1
    assert len(outcome.probabilities) == len(CURRICULUM.skills)


def test_scored_tick_by_tick_a_tick_is_mastered_at_the_rate_of_hits() -> None:
    two_acts = replace(CURRICULUM, acts=tuple(builders.act(f"act.{skill}", skill) for skill in CURRICULUM.skills))
    rates = HitRates.of(two_acts, draw_sample(two_acts, 300))
    world = World(two_acts, replace(POPULATIONS["reference"], habits=PERFECT))
    person = Examinee(world, SimulatedLearner(frozenset(builders.skills("niche.buyer ads.first")), {}), (1,))

    outcome = score_tick_by_tick(two_acts, person, rates)

    assert outcome.accuracy == 1.0
    assert set(outcome.probabilities) == {rates.by_ticks[1, 0], rates.by_ticks[1, 1]}
    assert rates.by_ticks[1, 0] < 0.2 < 0.6 < rates.by_ticks[1, 1]


def test_all_acts_are_asked_once() -> None:
    shown = [each for answer in all_act_answers(CURRICULUM, examinee("")) for each in answer.shown]

    assert sorted(shown) == sorted(act.id for act in CURRICULUM.acts)


def test_item_parameters_are_found_again_from_simulated_answers() -> None:
    generator = np.random.default_rng(7)
    slopes, difficulties = np.array([0.6, 1.0, 1.5, 2.0, 1.2, 0.9]), np.array([-1.0, 0.0, 0.5, 1.0, -0.5, 1.5])
    abilities = generator.normal(size=6000)
    chance = logistic(slopes * (abilities[:, np.newaxis] - difficulties))
    ticked = generator.random(chance.shape) < chance

    found = fit_items(Sample(ticked, ticked))

    np.testing.assert_allclose(found[:, 0], slopes, rtol=0.2)
    np.testing.assert_allclose(found[:, 1], difficulties, atol=0.2)


def test_a_curve_says_how_likely_a_skill_is_at_an_ability() -> None:
    generator = np.random.default_rng(8)
    abilities = generator.normal(size=5000)
    mastered = generator.random((5000, 1)) < logistic(0.5 + 2.0 * abilities)[:, np.newaxis]

    level, slope = fit_curves(Sample(mastered, mastered), abilities)[0]

    assert level == pytest.approx(0.5, abs=0.1)
    assert slope == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize(
    ("value", "is_higher_better", "expected"),
    [(0.95, True, "reached"), (0.92, True, "met"), (0.8, True, "missed"), (0.8, False, "reached")],
)
def test_a_figure_says_how_it_stands(value: float, is_higher_better: bool, expected: str) -> None:
    must, reach = (0.9, 0.94) if is_higher_better else (0.9, 0.85)

    assert Figure("any", value, 0.01, must, reach, "{:.2f}", is_higher_better).standing == expected


def test_a_difference_that_may_be_chance_is_missed() -> None:
    assert Figure("any", 6.0, 6.5, 5.0, 8.0, "{:.1f}", is_above_zero=True).standing == "missed"


def test_figures_are_made_of_what_was_measured_alone() -> None:
    outcome = score_tick_by_tick(CURRICULUM, examinee(""), HitRates({(0, 0): 0.2, (1, 0): 0.1, (1, 1): 0.9}))
    measured = [Measured(outcome)] * 3

    names = [figure.name for figure in figures({"stressed": measured, "stressed-tick-by-tick": measured}, None)]

    assert names == ["stressed: right", "stressed: calibration error", "stressed: against tick by tick"]


def test_conditions_have_names_of_their_own() -> None:
    assert len({condition.name for condition in CONDITIONS}) == len(CONDITIONS)


@pytest.mark.parametrize("kind", [ScreenKind.CHECKLIST, ScreenKind.SITUATION])
def test_a_replaced_answer_is_always_another_one(kind: ScreenKind) -> None:
    generator = np.random.default_rng(9)
    answer = Answer(EventId("1"), builders.NOON, "any", kind, ("a", "b", "c"), ("b",), False, 5.0)

    others = {other_answer(answer, generator).chosen for _ in range(200)}

    assert ("b",) not in others
    assert len(others) == (7 if kind is ScreenKind.CHECKLIST else 3)


def test_a_table_is_markdown() -> None:
    assert list(markdown(("a", "figure"), [("first", "1.0")])) == [
        "| a     | figure |",
        "| ----- | -----: |",
        "| first |    1.0 |",
    ]
