"""Let simulated learners take the assessment, and measure: how right, how calibrated, how sure, and how long.

Everything here is about one learner at a time, or about outcomes that are there already: how learners are spread over
processes is for the callers. Learner n of a seed is the same person under every strategy, and says the same of the
same thing, so strategies are compared in pairs.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dijipilot.domain.assessment import ranked_selection
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.held_out import HeldOutCheck
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.population import Population, SimulatedLearner, World
from dijipilot.domain.assessment.ranked_selection import RankedSelector
from dijipilot.domain.assessment.responses import Answer
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.ids import EventId
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO, Standing

CALIBRATION_BINS = 10
RESAMPLES = 400
"""Bootstrap samples of an interval: its half-width is then within a few percent of that of infinitely many."""

INTERVAL_DEVIATIONS = 1.96
"""A 95 % interval reaches so many standard deviations to each side."""

NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
"""Simulated answers need a time to be records; nothing depends on it."""

BoolArray = np.ndarray[tuple[int], np.dtype[np.bool_]]


class Strategy(StrEnum):
    """How screens are chosen; all are judged by the same posterior."""

    ADAPTIVE = "adaptive"
    HALF_SPLIT = "half_split"
    CURRICULUM_ORDER = "curriculum_order"
    RANDOM = "random"
    NO_QUESTIONS = "no_questions"


class Outcome(Struct, frozen=True):
    """One learner's assessment: probabilities and truth of the skills that apply, float64 and bool (skills,).

    held_out: how the act that did not count was answered; None where none was.
    """

    probabilities: FloatArray
    truths: BoolArray
    screens: int
    seconds: float
    flags: tuple[str, ...] = ()
    held_out: HeldOutCheck | None = None

    @property
    def accuracy(self) -> float:
        """Share of skills whose probability lies on the right side of one half."""
        return float(np.mean((self.probabilities > 0.5) == self.truths))


class Report(Struct, frozen=True):
    """Figures over all learners; `..._interval`: half-width of the 95 % interval of the figure before it.

    sure_share: share of verdicts that are not unsettled; sure_accuracy: how many of those are right. false_mastery:
    share of all verdicts that say mastered and are wrong. flagged: share of learners with a flag.
    """

    learners: int
    accuracy: float
    accuracy_interval: float
    calibration_error: float
    calibration_interval: float
    sure_share: float
    sure_share_interval: float
    sure_accuracy: float
    sure_accuracy_interval: float
    false_mastery: float
    false_mastery_interval: float
    flagged: float
    flagged_interval: float
    screens: float
    seconds: float


class Sitting(Struct, frozen=True):
    """A finished assessment with all that was answered, in order."""

    examinee: Examinee
    session: AssessmentSession
    answers: tuple[Answer, ...]

    @property
    def outcome(self) -> Outcome:
        """What the sitting led to, beside the truth."""
        diagnosis, session = self.session.diagnosis, self.session
        found = outcome_of(self.examinee.learner, diagnosis.standing(), session.screens_answered, session.seconds_used)
        return replace(found, held_out=diagnosis.held_out_check())


class Simulation:
    """Takes learners of a population through the diagnostic of one curriculum."""

    def __init__(self, engine: DiagnosticEngine, population: Population, seed: int, budget_seconds: float) -> None:
        self.engine = engine
        self.world = World(engine.curriculum, population)
        self.seed = seed
        self.budget_seconds = budget_seconds

    def examinee(self, number: int, sitting: int = 0) -> Examinee:
        """Return learner `number`, about to sit down; another sitting brings fresh answers of the same person."""
        learner = self.world.draw_learner(np.random.default_rng([self.seed, number, 0]))
        return Examinee(self.world, learner, (self.seed, number, 1, sitting))

    def sit(self, strategy: Strategy, number: int, sitting: int = 0) -> Sitting:
        """Return a learner's finished assessment."""
        examinee = self.examinee(number, sitting)
        session = self._open(strategy, examinee.learner, np.random.default_rng([self.seed, number, 2, sitting]))
        answers: list[Answer] = []
        while (screen := session.screen) is not None:
            chosen, is_not_sure = examinee.respond(screen)
            answers.append(session.make_answer(EventId(str(len(answers))), NO_CLOCK, chosen, is_not_sure, None))
            session.accept(answers[-1])
        return Sitting(examinee, session, tuple(answers))

    def run(self, strategy: Strategy, number: int) -> Outcome:
        """Return the outcome for one learner."""
        return self.sit(strategy, number).outcome

    def _open(self, strategy: Strategy, learner: SimulatedLearner, generator: np.random.Generator) -> AssessmentSession:
        seed = int(generator.integers(2**31))
        if strategy is Strategy.NO_QUESTIONS:
            return AssessmentSession(self.engine, seed, 0.0, (), learner.facts)
        selector = self._selector(strategy, generator)
        return AssessmentSession(self.engine, seed, self.budget_seconds, (), {}, selector)

    def _selector(self, strategy: Strategy, generator: np.random.Generator) -> RankedSelector | None:
        curriculum = self.engine.curriculum
        match strategy:
            case Strategy.HALF_SPLIT:
                return RankedSelector(curriculum, ranked_selection.half_split(curriculum))
            case Strategy.CURRICULUM_ORDER:
                return RankedSelector(curriculum, ranked_selection.curriculum_order(curriculum))
            case Strategy.RANDOM:
                return RankedSelector(curriculum, ranked_selection.random_order(curriculum, generator))
            case _:
                return None


def outcome_of(learner: SimulatedLearner, standing: Standing, screens: int, seconds: float) -> Outcome:
    """Return what a standing says beside the truth."""
    probabilities = np.array([each.probability for each in standing.by_skill.values()])
    truths = np.array([skill in learner.mastered for skill in standing.by_skill])
    return Outcome(probabilities, truths, screens, seconds, standing.flags)


def summarize(outcomes: Sequence[Outcome]) -> Report:
    """Return the figures of many outcomes. Raises ValueError without outcomes."""
    if not outcomes:
        raise ValueError("no outcomes to summarize")
    counts = np.array([counts_of(outcome) for outcome in outcomes])
    flagged = mean_interval([float(bool(outcome.flags)) for outcome in outcomes])
    return Report(
        len(outcomes),
        *mean_interval([outcome.accuracy for outcome in outcomes]),
        *pooled_interval(counts, calibration_of),
        *pooled_interval(counts, lambda sums: share(sums[..., SURE], sums[..., SKILLS])),
        *pooled_interval(counts, lambda sums: share(sums[..., SURE_RIGHT], sums[..., SURE])),
        *pooled_interval(counts, lambda sums: share(sums[..., FALSE_MASTERY], sums[..., SKILLS])),
        *flagged,
        float(np.mean([outcome.screens for outcome in outcomes])),
        float(np.mean([outcome.seconds for outcome in outcomes])),
    )


# Figures over learners ------------------------------------------------------------------------------------

SKILLS, SURE, SURE_RIGHT, FALSE_MASTERY, BINS = range(5)
"""Places in the counts of an outcome; the bins reach to the end: numbers, sums of probabilities, sums of truths."""


def counts_of(outcome: Outcome) -> FloatArray:
    """Return what figures over many skills are made of, float64 (4 + 3 * bins,); they add up over learners."""
    probabilities, truths = outcome.probabilities, outcome.truths
    mastered, missing = probabilities >= MASTERED_FROM, probabilities <= MISSING_TO
    sure_right = (mastered & truths).sum() + (missing & ~truths).sum()
    bins = np.minimum((probabilities * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    binned = [np.bincount(bins, weights, CALIBRATION_BINS) for weights in (None, probabilities, truths)]
    sure = (mastered | missing).sum()
    return np.concatenate([[len(truths), sure, sure_right, (mastered & ~truths).sum()], *binned])


def calibration_of(sums: FloatArray) -> FloatArray:
    """Return the mean gap between stated and observed frequency over ten bins, weighted by their size.

    sums: counts added up, float64 (..., counts). Source: Naeini, Cooper and Hauskrecht (2015), expected calibration
    error.
    """
    stated = sums[..., BINS + CALIBRATION_BINS : BINS + 2 * CALIBRATION_BINS]
    observed = sums[..., BINS + 2 * CALIBRATION_BINS :]
    return share(np.abs(stated - observed).sum(axis=-1), sums[..., SKILLS])


def share(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return part / whole, 0 where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0))


def mean_interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean over learners and the half-width of its 95 % interval."""
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return float(np.mean(values)), INTERVAL_DEVIATIONS * spread / float(np.sqrt(len(values)))


def pooled_interval(counts: FloatArray, figure: Callable[[FloatArray], FloatArray]) -> tuple[float, float]:
    """Return a figure of the counts added up over learners, and the half-width of its 95 % interval.

    counts: float64 (learners, counts). The interval is that of a bootstrap over learners, since the skills of one
    learner hang together. Source: Efron (1979).
    """
    learners = len(counts)
    weights = np.random.default_rng(learners).multinomial(learners, np.full(learners, 1.0 / learners), RESAMPLES)
    spread = float(np.std(figure(weights @ counts)))
    return float(figure(counts.sum(axis=0))), INTERVAL_DEVIATIONS * spread
