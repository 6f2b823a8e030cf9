"""Let simulated learners take the assessment, and measure: how right, how calibrated, how sure, and how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np

from dijipilot.domain.assessment.belief import Posterior
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.population import Population, SimulatedLearner, World
from dijipilot.domain.assessment.selection import ACTS_PER_CHECKLIST, Asked, Candidate, ChecklistScreen, ScreenSelector
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.assessment.timing import checklist_seconds
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.standing import Verdict, verdict_of

CALIBRATION_BINS = 10
NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
"""Simulated answers need a time to be records; nothing depends on it."""


class Strategy(StrEnum):
    """How screens are chosen."""

    ADAPTIVE = "adaptive"
    RANDOM = "random"
    NO_QUESTIONS = "no_questions"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One learner's assessment: probabilities and truth of the skills that apply, float64 and bool (skills,)."""

    probabilities: FloatArray
    truths: np.ndarray[tuple[int], np.dtype[np.bool_]]
    screens: int
    seconds: float

    @property
    def accuracy(self) -> float:
        """Share of skills whose probability lies on the right side of one half."""
        return float(np.mean((self.probabilities > 0.5) == self.truths))


@dataclass(frozen=True, slots=True)
class Report:
    """Figures over all learners; interval: half-width of the 95 % interval of the mean over learners."""

    strategy: Strategy
    learners: int
    accuracy: float
    accuracy_interval: float
    calibration_error: float
    sure_share: float
    sure_accuracy: float
    screens: float
    seconds: float


class RandomSelector(ScreenSelector):
    """Asks five acts of a program at random: what adaptive choice is compared with."""

    def __init__(self, engine: DiagnosticEngine, generator: np.random.Generator) -> None:
        super().__init__(engine.curriculum, engine.reader, engine.graph)
        self._generator = generator

    def select(
        self, posterior: Posterior, applicable: frozenset[SkillId], asked: Asked, seconds_left: float
    ) -> tuple[Candidate | None, float]:
        """Return a checklist of random acts of a random program."""
        programs = [
            (program, [act for act in self.acts_of(program) if act.id not in asked.acts and act.skill in applicable])
            for program in self.curriculum.programs
        ]
        left = [(program, acts) for program, acts in programs if acts]
        if not left:
            return None, 0.0
        program, acts = left[int(self._generator.integers(len(left)))]
        chosen = [acts[int(index)] for index in self._generator.permutation(len(acts))[:ACTS_PER_CHECKLIST]]
        while chosen:
            texts = [act.text for act in chosen]
            seconds = checklist_seconds(program.title, texts, asked.checklist_count == 0)
            if seconds <= seconds_left:
                return ChecklistScreen(program, tuple(chosen), None, seconds), 1.0
            chosen.pop()
        return None, 0.0


class Simulation:
    """Runs learners of a population through the diagnostic of one curriculum."""

    def __init__(self, engine: DiagnosticEngine, population: Population, seed: int, budget_seconds: float) -> None:
        self.engine = engine
        self.world = World(engine.curriculum, population)
        self.seed = seed
        self.budget_seconds = budget_seconds

    def run(self, strategy: Strategy, learner_number: int) -> Outcome:
        """Return the outcome for one learner; the same number is the same learner under every strategy."""
        learner = self.world.draw_learner(np.random.default_rng([self.seed, learner_number, 0]))
        answering = np.random.default_rng([self.seed, learner_number, 1])
        selector = None
        if strategy is Strategy.RANDOM:
            selector = RandomSelector(self.engine, np.random.default_rng([self.seed, learner_number, 2]))
        budget = 0.0 if strategy is Strategy.NO_QUESTIONS else self.budget_seconds
        facts = learner.facts if strategy is Strategy.NO_QUESTIONS else {}
        session = AssessmentSession(self.engine, self.seed + learner_number, budget, (), facts, selector)
        while (screen := session.screen) is not None:
            chosen, is_not_sure = self.world.respond(learner, screen, answering)
            event = EventId(str(session.screens_answered))
            session.accept(session.make_answer(event, NO_CLOCK, chosen, is_not_sure, None))
        return self._outcome(learner, session)

    def _outcome(self, learner: SimulatedLearner, session: AssessmentSession) -> Outcome:
        standing = session.diagnosis.standing()
        skills = [skill for skill in self.engine.curriculum.skills if skill in standing.by_skill]
        probabilities = np.array([standing.by_skill[skill].probability for skill in skills])
        truths = np.array([skill in learner.mastered for skill in skills])
        return Outcome(probabilities, truths, session.screens_answered, session.seconds_used)


def summarize(strategy: Strategy, outcomes: Sequence[Outcome]) -> Report:
    """Return the figures of many outcomes. Raises ValueError without outcomes."""
    if not outcomes:
        raise ValueError("no outcomes to summarize")
    accuracies = np.array([outcome.accuracy for outcome in outcomes])
    probabilities = np.concatenate([outcome.probabilities for outcome in outcomes])
    truths = np.concatenate([outcome.truths for outcome in outcomes])
    sure = np.array([verdict_of(float(each)) is not Verdict.UNSETTLED for each in probabilities])
    right = (probabilities > 0.5) == truths
    spread = float(accuracies.std(ddof=1)) if len(accuracies) > 1 else 0.0
    return Report(
        strategy,
        len(outcomes),
        float(accuracies.mean()),
        1.96 * spread / float(np.sqrt(len(accuracies))),
        calibration_error(probabilities, truths),
        float(sure.mean()),
        float(right[sure].mean()) if sure.any() else 0.0,
        float(np.mean([outcome.screens for outcome in outcomes])),
        float(np.mean([outcome.seconds for outcome in outcomes])),
    )


def calibration_error(probabilities: FloatArray, truths: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    """Return the mean gap between stated and observed frequency over ten bins, weighted by their size.

    Source: Naeini, Cooper and Hauskrecht (2015), expected calibration error.
    """
    bins = np.minimum((probabilities * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    total = 0.0
    for each in range(CALIBRATION_BINS):
        inside = bins == each
        if inside.any():
            total += float(inside.mean()) * abs(float(probabilities[inside].mean()) - float(truths[inside].mean()))
    return total
