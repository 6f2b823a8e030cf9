"""Simulated learners are those of the design: its numbers, its prerequisites, and a world that stays the same."""

import numpy as np
import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.domain.curriculum import Curriculum
from tests import builders


def test_the_reference_population_has_the_numbers_of_the_design() -> None:
    people = POPULATIONS["reference"]

    assert (people.maturity_sd, people.program_sd, people.mission_sd, people.leak) == (1.6, 0.9, 0.8, 0.04)
    assert (people.base_difficulty, people.difficulty_step, people.path_step) == (-1.2, 0.8, 1.0)
    assert people.difficulty_noise == 0.35
    assert (people.habits.slip, people.habits.false_tick) == (0.08, 0.15)
    assert (people.habits.over_claimed, people.habits.random_answers) == (0.0, 0.0)


def test_the_stressed_population_has_the_numbers_of_the_design() -> None:
    people = POPULATIONS["stressed"]

    assert people.leak == 0.10
    assert (people.program_sd, people.mission_sd) == pytest.approx((1.35, 1.2))
    assert (people.habits.slip, people.habits.false_tick) == pytest.approx((0.104, 0.195))
    assert people.habits.tick_spread == (0.3, 1.7)
    assert (people.habits.over_claimed, people.habits.random_answers) == (0.15, 0.05)


def test_learners_of_a_world_keep_to_its_prerequisites_but_for_the_leak(real_curriculum: Curriculum) -> None:
    world = World(real_curriculum, POPULATIONS["reference"])
    generator = np.random.default_rng(1)
    linked, broken = 0, 0
    for _ in range(150):
        learner = world.draw_learner(generator)
        for lesson in real_curriculum.lessons:
            if lesson.prerequisites and not learner.mastered.issuperset(lesson.prerequisites):
                linked += 1
                broken += lesson.skill in learner.mastered

    assert 0.005 < broken / linked <= 0.045


def test_the_same_draw_is_the_same_learner() -> None:
    first, second = (
        World(builders.small_curriculum(), POPULATIONS["stressed"]).draw_learner(np.random.default_rng(5))
        for _ in range(2)
    )

    assert first == second


def test_every_act_of_a_stressed_world_has_slips_of_its_own_and_keeps_them(real_curriculum: Curriculum) -> None:
    factors = World(real_curriculum, POPULATIONS["stressed"]).tick_factors

    assert factors.shape == (len(real_curriculum.acts), 2)
    assert factors.min() >= 0.3
    assert factors.max() <= 1.7
    assert factors.std() > 0.3
    np.testing.assert_array_equal(factors, World(real_curriculum, POPULATIONS["stressed"]).tick_factors)


def test_what_is_hard_is_mastered_more_seldom() -> None:
    world = World(builders.small_curriculum(), replace(POPULATIONS["matched"], leak=1.0))
    generator = np.random.default_rng(2)
    learners = [world.draw_learner(generator) for _ in range(800)]

    shares = [
        np.mean([builders.skill(name) in learner.mastered for learner in learners])
        for name in ("niche.buyer", "ads.first", "team.first-hire")
    ]
    assert shares == sorted(shares, reverse=True)


def test_nobody_says_how_many_orders_came() -> None:
    world = World(builders.small_curriculum(), POPULATIONS["reference"])

    assert "monthly_orders" not in world.draw_learner(np.random.default_rng(1)).facts
