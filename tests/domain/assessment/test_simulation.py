"""Simulated learners: repeatable, and the engine does better than asking at random or not at all."""

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.domain.assessment.simulation import Simulation, Strategy, calibration_error, summarize


def test_the_same_seed_gives_the_same_outcome(engine: DiagnosticEngine) -> None:
    first = Simulation(engine, POPULATIONS["reference"], 3, 120.0).run(Strategy.ADAPTIVE, 5)
    second = Simulation(engine, POPULATIONS["reference"], 3, 120.0).run(Strategy.ADAPTIVE, 5)

    np.testing.assert_array_equal(first.probabilities, second.probabilities)
    assert first.screens == second.screens


def test_asking_well_beats_asking_at_random_and_not_asking(engine: DiagnosticEngine) -> None:
    simulation = Simulation(engine, POPULATIONS["reference"], 1, 300.0)
    reports = {
        strategy: summarize(strategy, [simulation.run(strategy, number) for number in range(8)])
        for strategy in Strategy
    }

    adaptive, at_random, silent = (reports[strategy] for strategy in Strategy)
    assert adaptive.accuracy > at_random.accuracy > silent.accuracy
    assert adaptive.seconds <= 300
    assert adaptive.sure_share > at_random.sure_share


def test_learners_of_a_world_keep_to_its_prerequisites_but_for_the_leak(engine: DiagnosticEngine) -> None:
    world = World(engine.curriculum, POPULATIONS["reference"])
    generator = np.random.default_rng(1)
    linked, broken = 0, 0
    for _ in range(150):
        learner = world.draw_learner(generator)
        for lesson in engine.curriculum.lessons:
            if lesson.prerequisites and not learner.mastered.issuperset(lesson.prerequisites):
                linked += 1
                broken += lesson.skill in learner.mastered

    assert 0.005 < broken / linked <= 0.045


def test_calibration_error_is_zero_when_stated_and_observed_agree() -> None:
    probabilities = np.array([0.25] * 4 + [0.75] * 4)
    truths = np.array([True, False, False, False, True, True, True, False])

    assert calibration_error(probabilities, truths) == pytest.approx(0.0)
    assert calibration_error(probabilities, ~truths) == pytest.approx(0.5)


def test_a_summary_needs_outcomes() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        summarize(Strategy.ADAPTIVE, [])
