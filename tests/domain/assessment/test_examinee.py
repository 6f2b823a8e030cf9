"""Simulated learners answer by what they have mastered and by their habits, and the same whenever they are asked."""

from collections.abc import Callable

import numpy as np
import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.items import Foil, Item, ItemKind, ItemOption, follow_up_id
from dijipilot.domain.assessment.population import POPULATIONS, Habits, SimulatedLearner, Style, World
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, OptionId
from tests import builders

ACT = "act.price.margin"
FOIL = "foil.nothing"
SITUATION, SCENARIO = "item.situation", "item.scenario"
NO_ERRORS = Habits(
    slip=0.0, false_tick=0.0, foil_tick=0.0, rung_below=0.0, rung_above=0.0, solving_slip=0.0, guess=0.0, not_sure=0.0
)
MANY = range(4000)


def option(name: str, **evidence: int) -> ItemOption:
    """Return an option; evidence by skill of the program `price`."""
    by_skill = {builders.skill(f"price.{skill.replace('_', '-')}"): value for skill, value in evidence.items()}
    return ItemOption(OptionId(name), name, by_skill)


def ask(name: str, kind: ItemKind) -> Item:
    """Return an item of four rungs about the cost stack and the margin."""
    options = (
        option("best", cost_stack=1, margin=2),
        option("worst", cost_stack=-2, margin=-2),
        option("good", cost_stack=1, margin=-1),
        option("poor", cost_stack=-1, margin=-1),
    )
    return replace(builders.item(name, "1.1.2", "price.margin price.cost-stack", kind), options=options)


def curriculum() -> Curriculum:
    """Return the small curriculum with a foil, a situation with follow-up and a scenario."""
    small = builders.small_curriculum()
    situation = ask(SITUATION, ItemKind.SITUATION)
    kept = ItemOption(OptionId("right"), "right", {}, keeps=True)
    lost = [ItemOption(OptionId(name), name, {}, keeps=False) for name in ("wrong", "wronger")]
    check = replace(
        situation,
        id=follow_up_id(situation.id),
        kind=ItemKind.FOLLOW_UP,
        options=(kept, *lost),
        follows=situation.id,
        after=frozenset({OptionId("best")}),
    )
    foil = Foil(ActId(FOIL), "Nothing at all", (small.programs[0].number,))
    return replace(small, foils=(foil,), items=(situation, check, ask(SCENARIO, ItemKind.SCENARIO)))


def examinees(mastered: str, habits: Habits = NO_ERRORS) -> Callable[[int], Examinee]:
    """Return a function from a number to somebody who has mastered these skills."""
    world = World(curriculum(), replace(POPULATIONS["reference"], habits=habits))
    learner = SimulatedLearner(frozenset(builders.skills(mastered)), {})
    return lambda number: Examinee(world, learner, (number,))


def rate(of: Callable[[int], bool]) -> float:
    """Return how often something is true of many examinees."""
    return float(np.mean([of(number) for number in MANY]))


def chosen(name: str, mastered: str, habits: Habits = NO_ERRORS) -> dict[str | None, float]:
    """Return how often each option of an item is taken."""
    item = next(item for item in curriculum().items if item.id == name)
    make = examinees(mastered, habits)
    answers = [make(number).choose(item) for number in MANY]
    return {answer: answers.count(answer) / len(answers) for answer in set(answers)}


@pytest.mark.parametrize(
    ("mastered", "habits", "expected"),
    [
        ("price.margin", Habits(), 0.92),
        ("", Habits(), 0.15),
        ("", Habits(over_claimed=0.3), 0.405),
        ("price.margin", Habits(over_claimed=0.3), 0.92),
        ("", Habits(random_answers=1.0), 0.5),
        ("", Habits(style=Style.RANDOM_CLICKS), 0.5),
        ("", Habits(style=Style.ALWAYS_TOP), 1.0),
    ],
)
def test_an_act_is_ticked_as_often_as_the_habits_say(mastered: str, habits: Habits, expected: float) -> None:
    make = examinees(mastered, habits)

    assert rate(lambda number: ACT in make(number).tick("checklist.1", [ACT])) == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize(("over_claimed", "expected"), [(0.0, 0.03), (0.3, 0.321)])
def test_a_foil_is_ticked_by_mistake_or_claimed(over_claimed: float, expected: float) -> None:
    make = examinees("", Habits(over_claimed=over_claimed))

    assert rate(lambda number: FOIL in make(number).tick("checklist.1", [FOIL])) == pytest.approx(expected, abs=0.03)


def test_answers_do_not_hang_on_when_or_beside_what_one_is_asked() -> None:
    make = examinees("price.margin", POPULATIONS["stressed"].habits)
    item = curriculum().items[0]
    one, two = make(3), make(3)

    together = one.tick("checklist.1", [ACT, FOIL, "act.niche.buyer"])
    first = one.choose(item)
    assert two.choose(item) == first
    apart = [*two.tick("checklist.1", ["act.niche.buyer"]), *two.tick("checklist.1", [FOIL])]
    assert set(together) - {ACT} == set(apart)


def test_half_of_the_errors_are_repeated_when_an_act_is_asked_a_second_time() -> None:
    make = examinees("", Habits(false_tick=0.4))
    twice = []
    for number in MANY:
        person = make(number)
        twice.append((bool(person.tick("checklist.1", [ACT])), bool(person.tick("checklist.second", [ACT]))))

    again = [second for first, second in twice if first]
    anew = [second for first, second in twice if not first]
    assert np.mean(again) == pytest.approx(0.5, abs=0.06)
    assert np.mean(anew) == pytest.approx(0.4, abs=0.06)


@pytest.mark.parametrize("name", [SITUATION, SCENARIO])
@pytest.mark.parametrize(
    ("mastered", "expected"), [("price.margin price.cost-stack", "best"), ("price.cost-stack", "good"), ("", "worst")]
)
def test_the_option_that_fits_is_taken(name: str, mastered: str, expected: str) -> None:
    assert chosen(name, mastered) == {expected: 1.0}


def test_a_situation_is_answered_one_rung_off_now_and_then() -> None:
    habits = replace(NO_ERRORS, rung_below=0.08, rung_above=0.15)

    shares = chosen(SITUATION, "price.cost-stack", habits)

    assert shares["best"] == pytest.approx(0.15, abs=0.03)
    assert shares["poor"] == pytest.approx(0.08, abs=0.03)
    assert set(shares) == {"best", "good", "poor"}


def test_a_scenario_is_guessed_by_those_who_cannot_solve_it() -> None:
    habits = replace(NO_ERRORS, guess=0.6, solving_slip=0.1)

    assert chosen(SCENARIO, "", habits)["best"] == pytest.approx(0.15, abs=0.03)
    assert chosen(SCENARIO, "price.margin price.cost-stack", habits)["best"] == pytest.approx(0.925, abs=0.03)


def test_some_of_those_whom_the_fitting_option_speaks_against_are_not_sure() -> None:
    habits = replace(NO_ERRORS, not_sure=0.2)

    assert chosen(SITUATION, "", habits)[None] == pytest.approx(0.2, abs=0.03)
    assert None not in chosen(SITUATION, "price.cost-stack", habits)


def test_a_situation_can_be_claimed_and_a_scenario_cannot() -> None:
    habits = replace(NO_ERRORS, over_claimed=0.3)

    assert chosen(SITUATION, "", habits)["best"] == pytest.approx(0.3, abs=0.04)
    assert chosen(SCENARIO, "", habits) == {"worst": 1.0}


def test_a_follow_up_is_guessed_by_those_who_only_claimed() -> None:
    follow_up = follow_up_id(curriculum().items[0].id)
    claims_all = replace(NO_ERRORS, over_claimed=1.0)

    assert chosen(follow_up, "price.margin price.cost-stack", claims_all) == {"right": 1.0}
    assert chosen(follow_up, "price.margin", claims_all)["right"] == pytest.approx(1 / 3, abs=0.04)


def test_who_always_takes_the_top_takes_it_everywhere() -> None:
    habits = Habits(style=Style.ALWAYS_TOP)

    tops = [chosen(item.id, "", habits) for item in curriculum().items]
    assert tops == [{"best": 1.0}, {"right": 1.0}, {"best": 1.0}]


def test_random_clicks_hit_every_option_alike() -> None:
    shares = chosen(SCENARIO, "price.margin price.cost-stack", Habits(style=Style.RANDOM_CLICKS))

    assert set(shares) == {"best", "good", "poor", "worst"}
    assert max(shares.values()) < 0.3
