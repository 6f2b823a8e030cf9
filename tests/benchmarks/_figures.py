"""The figures the product is held to, beside what is a must and what is reached for.

A difference to a peer is paired, learner by learner. Half-widths of 95 % intervals stand behind each figure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dijipilot.domain.assessment.simulation import (
    FALSE_MASTERY,
    Report,
    counts_of,
    mean_interval,
    pooled_interval,
    share,
    summarize,
)
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO
from tests.benchmarks._calibration import FloatArray
from tests.benchmarks._conditions import Measured
from tests.benchmarks._speed import Speed

Results = Mapping[str, Sequence[Measured]]
"""What was measured, by name of condition; learners in the same order in each."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, and what was hoped for.

    must, reach: None where a figure is only reported. template: how values are written. is_above_zero: the interval
    must lie above 0 too.
    """

    name: str
    value: float
    interval: float | None
    must: float | None
    reach: float | None
    template: str
    is_higher_better: bool = True
    is_above_zero: bool = False

    @property
    def standing(self) -> str:
        """In one word, how the value stands to what was hoped for."""
        if self.must is None or self.reach is None:
            return ""
        sign = 1.0 if self.is_higher_better else -1.0
        if sign * self.value < sign * self.must or (self.is_above_zero and self.value <= (self.interval or 0.0)):
            return "missed"
        return "reached" if sign * self.value >= sign * self.reach else "met"

    def cells(self) -> tuple[str, ...]:
        """Return the cells of a table: name, measured, must, reach for, standing."""
        measured = self.template.format(self.value)
        if self.interval is not None:
            measured += f" ± {self.template.format(self.interval).lstrip('+')}"
        goals = ["" if goal is None else self.template.format(goal) for goal in (self.must, self.reach)]
        return (self.name, measured, *goals, self.standing)


SHARE = "{:.3f}"
SIGNED = "{:+.3f}"
PERCENT = "{:.1%}"
CHANGE = "{:+.0%}"
POINTS = "{:+.1f} points"
COUNT = "{:.2f}"
MILLISECONDS = "{:.1f} ms"


def figures(results: Results, speed: Speed | None) -> Iterator[Figure]:
    """Yield every figure for which there are results."""
    for needed, make in _MAKERS:
        if all(results.get(name) for name in needed):
            yield from make(results)
    if speed is not None:
        yield from _speed_figures(speed)


def _reference(results: Results) -> Iterator[Figure]:
    report = report_of(results["reference"])
    yield Figure("reference: right", report.accuracy, report.accuracy_interval, 0.87, 0.89, SHARE)
    yield Figure("reference: sure verdicts", report.sure_share, report.sure_share_interval, 0.66, 0.75, SHARE)
    yield Figure("reference: right if sure", report.sure_accuracy, report.sure_accuracy_interval, 0.93, 0.95, SHARE)
    yield _calibration("reference", report, 0.02, 0.008)


def _longer(results: Results) -> Iterator[Figure]:
    report = report_of(results["reference-420"])
    yield Figure("reference, 420 s: right", report.accuracy, report.accuracy_interval, 0.90, 0.915, SHARE)


def _ceiling(results: Results) -> Iterator[Figure]:
    ours, ceiling = accuracies(results["reference"]), accuracies(results["reference-all-acts"])
    pairs = np.column_stack([ours, ceiling])
    value, interval = pooled_interval(pairs, lambda sums: share(sums[..., 0], sums[..., 1]))
    yield Figure("reference: share of the ceiling", value, interval, 0.955, 0.98, SHARE)


def _stressed(results: Results) -> Iterator[Figure]:
    report = report_of(results["stressed"])
    yield Figure("stressed: right", report.accuracy, report.accuracy_interval, 0.80, 0.83, SHARE)
    yield _calibration("stressed", report, 0.06, 0.03)


def _against(name: str, one: str, other: str, must: float, reach: float, is_above_zero: bool) -> "_Maker":
    """Return the maker of a paired difference in points."""

    def make(results: Results) -> Iterator[Figure]:
        points = 100.0 * (accuracies(results[one]) - accuracies(results[other]))
        yield Figure(name, *mean_interval(list(points)), must, reach, POINTS, is_above_zero=is_above_zero)

    return (one, other), make


def _over_claiming(results: Results) -> Iterator[Figure]:
    yield _calibration("30 % over-claimed", report_of(results["over-claiming"]), 0.04, 0.02)


def _false_mastery(results: Results) -> Iterator[Figure]:
    names = ("over-claiming", "over-claiming-unaware")
    aware, unaware = (np.array([counts_of(each.outcome)[FALSE_MASTERY] for each in results[name]]) for name in names)
    pairs = np.column_stack([aware, unaware])
    value, interval = pooled_interval(pairs, lambda sums: share(sums[..., 0], sums[..., 1]) - 1.0)
    name = "30 % over-claimed: false mastery against unaware"
    yield Figure(name, value, interval, -0.30, -0.50, CHANGE, is_higher_better=False)


def _flagged(name: str, condition: str, must: float, reach: float, is_higher_better: bool) -> "_Maker":
    """Return the maker of the share of learners who are flagged."""

    def make(results: Results) -> Iterator[Figure]:
        report = report_of(results[condition])
        yield Figure(name, report.flagged, report.flagged_interval, must, reach, PERCENT, is_higher_better)

    return (condition,), make


def _replacement(results: Results) -> Iterator[Figure]:
    changes = [each.changes for each in results["reference"] if each.changes is not None and len(each.changes)]
    if changes:
        means = np.array([each.mean(axis=0) for each in changes])
        any_change, crossed, opposite = (mean_interval(list(column)) for column in means.T)
        # Flipped as the first row reads a verdict: above or below 0.5. Among three verdicts, most changes are those of
        # the screen's own acts, from sure to unsettled and back.
        yield Figure("one screen replaced: verdicts flipped", *crossed, 4.0, 2.5, COUNT, is_higher_better=False)
        yield Figure("one screen replaced: any change among the three", *any_change, None, None, COUNT)
        yield Figure("one screen replaced: mastered to missing or back", *opposite, None, None, COUNT)


def _held_out(results: Results) -> Iterator[Figure]:
    checks = [each.outcome.held_out for each in results["reference"]]
    surplus = [check.is_ticked - check.expected for check in checks if check is not None]
    if surplus:
        yield Figure("held-out acts: ticked beyond what was expected", *mean_interval(surplus), None, None, SIGNED)


def _retest(results: Results) -> Iterator[Figure]:
    pairs = zip(results["reference"], results["reference-retest"], strict=True)
    counts = np.array([_agreement(one.outcome.probabilities, two.outcome.probabilities) for one, two in pairs])
    value, interval = pooled_interval(counts, lambda sums: share(sums[..., 0], sums[..., 1]))
    yield Figure("retest: agreement where both are sure", value, interval, 0.95, 0.97, SHARE)


def _agreement(one: FloatArray, two: FloatArray) -> tuple[int, int]:
    """Return on how many skills two assessments agree, and on how many both are sure."""
    mastered = (one >= MASTERED_FROM) & (two >= MASTERED_FROM)
    missing = (one <= MISSING_TO) & (two <= MISSING_TO)
    is_sure = ((one >= MASTERED_FROM) | (one <= MISSING_TO)) & ((two >= MASTERED_FROM) | (two <= MISSING_TO))
    return int((mastered | missing).sum()), int(is_sure.sum())


def _speed_figures(speed: Speed) -> Iterator[Figure]:
    rate, reasons = 1.0 / np.mean(speed.learner_seconds), float(np.median(speed.reasons_ms))
    yield Figure("engine, an answer: median", speed.median_ms, None, 15.0, 4.0, MILLISECONDS, False)
    yield Figure("engine, an answer: 99th percentile", speed.slow_ms, None, 40.0, 12.0, MILLISECONDS, False)
    yield Figure("all reasons of an assessment", reasons, None, 100.0, 40.0, MILLISECONDS, False)
    yield Figure("learners a second and core", float(rate), None, 2.0, 20.0, COUNT)
    ratio = speed.median_ms / speed.yardstick_ms
    yield Figure(f"a median answer, in yardsticks of {speed.yardstick_ms:.1f} ms", ratio, None, None, None, COUNT)


def report_of(measured: Sequence[Measured]) -> Report:
    """Return the figures of one condition."""
    return summarize([each.outcome for each in measured])


def accuracies(measured: Sequence[Measured]) -> FloatArray:
    """Return each learner's share of right verdicts, float64 (learners,)."""
    return np.array([each.outcome.accuracy for each in measured])


def _calibration(name: str, report: Report, must: float, reach: float) -> Figure:
    error, interval = report.calibration_error, report.calibration_interval
    return Figure(f"{name}: calibration error", error, interval, must, reach, SHARE, is_higher_better=False)


_Maker = tuple[tuple[str, ...], Callable[[Results], Iterator[Figure]]]
"""The conditions that figures need, and how they are made of them."""

_MAKERS: tuple[_Maker, ...] = (
    (("reference",), _reference),
    (("reference-420",), _longer),
    (("reference", "reference-all-acts"), _ceiling),
    (("stressed",), _stressed),
    _against("reference: against tick by tick", "reference", "reference-tick-by-tick", -1.0, 1.0, False),
    _against("stressed: against tick by tick", "stressed", "stressed-tick-by-tick", 1.5, 4.0, False),
    _against("reference: against hop propagation", "reference", "reference-hops", 5.0, 8.0, True),
    _against("reference: against straight hops", "reference", "reference-straight-hops", 5.0, 8.0, True),
    _against("reference: against one-dimensional", "reference", "reference-one-dimensional", 5.0, 8.0, True),
    _against("reference: against random acts", "reference", "reference-random", 3.0, 5.0, True),
    _against("reference: against curriculum order", "reference", "reference-curriculum-order", 3.0, 5.0, True),
    _against("reference: against half-split", "reference", "reference-half-split", 0.5, 1.5, True),
    (("over-claiming",), _over_claiming),
    (("over-claiming", "over-claiming-unaware"), _false_mastery),
    _flagged("always top: flagged", "always-top", 0.95, 0.99, True),
    _flagged("random clicks: flagged", "random-clicks", 0.95, 0.99, True),
    _flagged("honest learners (reference): flagged", "reference", 0.03, 0.01, False),
    (("reference",), _held_out),
    (("reference",), _replacement),
    (("reference", "reference-retest"), _retest),
)
