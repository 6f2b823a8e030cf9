"""Simulations: repeatable, the engine does better than simpler ways, and figures mean what they say."""

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.population import POPULATIONS
from dijipilot.domain.assessment.simulation import (
    FALSE_MASTERY,
    Outcome,
    Simulation,
    Strategy,
    calibration_of,
    counts_of,
    mean_interval,
    pooled_interval,
    share,
    summarize,
)


def outcome(probabilities: list[float], truths: list[bool], *flags: str) -> Outcome:
    """Return an outcome of one screen."""
    return Outcome(np.array(probabilities), np.array(truths), 1, 10.0, flags)


def test_the_same_seed_gives_the_same_outcome(engine: DiagnosticEngine) -> None:
    first = Simulation(engine, POPULATIONS["reference"], 3, 120.0).run(Strategy.ADAPTIVE, 5)
    second = Simulation(engine, POPULATIONS["reference"], 3, 120.0).run(Strategy.ADAPTIVE, 5)

    np.testing.assert_array_equal(first.probabilities, second.probabilities)
    assert first.screens == second.screens


def test_a_second_sitting_is_the_same_learner_with_fresh_answers(engine: DiagnosticEngine) -> None:
    simulation = Simulation(engine, POPULATIONS["stressed"], 3, 120.0)

    first, second = (simulation.sit(Strategy.ADAPTIVE, 5, sitting) for sitting in (0, 1))

    assert first.examinee.learner == second.examinee.learner
    assert [each.chosen for each in first.answers] != [each.chosen for each in second.answers]


def test_asking_well_beats_asking_at_random_and_not_asking(engine: DiagnosticEngine) -> None:
    simulation = Simulation(engine, POPULATIONS["reference"], 1, 300.0)
    strategies = (Strategy.ADAPTIVE, Strategy.RANDOM, Strategy.NO_QUESTIONS)
    reports = [summarize([simulation.run(strategy, number) for number in range(8)]) for strategy in strategies]

    adaptive, at_random, silent = reports
    assert adaptive.accuracy > at_random.accuracy > silent.accuracy
    assert adaptive.seconds <= 300
    assert adaptive.sure_share > at_random.sure_share


@pytest.mark.parametrize("strategy", [Strategy.HALF_SPLIT, Strategy.CURRICULUM_ORDER])
def test_simpler_ways_use_the_time_and_no_more(engine: DiagnosticEngine, strategy: Strategy) -> None:
    taken = Simulation(engine, POPULATIONS["reference"], 1, 120.0).run(strategy, 0)

    assert 105 < taken.seconds <= 120


def test_an_outcome_knows_only_the_skills_that_apply(engine: DiagnosticEngine) -> None:
    simulation = Simulation(engine, POPULATIONS["reference"], 1, 60.0)

    sittings = [simulation.sit(Strategy.NO_QUESTIONS, number) for number in range(6)]

    applicable = [engine.curriculum.applicable_skills(each.examinee.learner.facts) for each in sittings]
    assert min(map(len, applicable)) < len(engine.curriculum.skills)
    for sitting, skills in zip(sittings, applicable, strict=True):
        assert len(sitting.outcome.truths) == len(skills)
        assert sitting.outcome.truths.sum() == len(skills & sitting.examinee.learner.mastered)


def test_calibration_error_is_zero_when_stated_and_observed_agree() -> None:
    probabilities = [0.25] * 4 + [0.75] * 4
    truths = [True, False, False, False, True, True, True, False]

    assert calibration_of(counts_of(outcome(probabilities, truths))) == pytest.approx(0.0)
    opposite = [not truth for truth in truths]
    assert calibration_of(counts_of(outcome(probabilities, opposite))) == pytest.approx(0.5)


def test_a_report_tells_sure_from_unsettled_and_wrong_from_right() -> None:
    report = summarize(
        [outcome([0.9, 0.9, 0.1, 0.5], [True, False, False, False]), outcome([0.85, 0.15], [True, True], "hurried")]
    )

    assert report.accuracy == pytest.approx((0.75 + 0.5) / 2)
    assert report.sure_share == pytest.approx(5 / 6)
    assert report.sure_accuracy == pytest.approx(3 / 5)
    assert report.false_mastery == pytest.approx(1 / 6)
    assert report.flagged == pytest.approx(0.5)
    assert (report.screens, report.seconds) == (1.0, 10.0)


def test_a_summary_needs_outcomes() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        summarize([])


def test_intervals_cover_the_mean_and_shrink_with_the_root_of_the_number() -> None:
    generator = np.random.default_rng(3)
    few, many = generator.normal(0.0, 1.0, 100), generator.normal(0.0, 1.0, 10_000)

    assert mean_interval(list(few))[1] == pytest.approx(0.196, rel=0.2)
    assert mean_interval(list(many))[1] == pytest.approx(0.0196, rel=0.1)
    assert mean_interval([0.5]) == (0.5, 0.0)


def test_a_pooled_interval_is_about_that_of_the_mean_where_learners_weigh_the_same() -> None:
    hits = np.random.default_rng(4).binomial(100, 0.8, 400).astype(np.float64)
    counts = np.column_stack([hits, np.full(400, 100.0)])

    value, interval = pooled_interval(counts, lambda sums: share(sums[..., 0], sums[..., 1]))

    mean, half_width = mean_interval(list(hits / 100.0))
    assert value == pytest.approx(mean)
    assert interval == pytest.approx(half_width, rel=0.15)


def test_false_mastery_counts_what_is_called_mastered_and_is_not() -> None:
    assert counts_of(outcome([0.9, 0.84, 0.9], [False, False, True]))[FALSE_MASTERY] == 1


def test_an_outcome_tells_how_the_held_out_act_was_answered(engine: DiagnosticEngine) -> None:
    simulation = Simulation(engine, POPULATIONS["reference"], 1, 300.0)

    checks = [simulation.run(Strategy.ADAPTIVE, number).held_out for number in range(4)]

    assert any(check is not None for check in checks)
    assert all(0.0 < check.expected < 1.0 for check in checks if check is not None)
