"""How long the engine takes, in one thread, after warming up: an answer, all reasons, a whole learner."""

import statistics
import time
from dataclasses import dataclass

import numpy as np

from dijipilot.domain.assessment.population import POPULATIONS
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.assessment.simulation import NO_CLOCK, Simulation, Strategy
from dijipilot.domain.ids import EventId
from tests.benchmarks._conditions import FIVE_MINUTES, engine

WARM_UP_LEARNER = 10**6
"""Not one of those who are measured."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of each answer (taken in, and the next screen chosen) and of all reasons of each assessment.

    learner_seconds: of each learner's whole simulated assessment. yardstick_ms: of a fixed piece of work, by which
    machines can be compared.
    """

    answers_ms: tuple[float, ...]
    reasons_ms: tuple[float, ...]
    learner_seconds: tuple[float, ...]
    yardstick_ms: float

    @property
    def median_ms(self) -> float:
        """Median time of an answer."""
        return statistics.median(self.answers_ms)

    @property
    def slow_ms(self) -> float:
        """99th percentile of the time of an answer."""
        return float(np.quantile(self.answers_ms, 0.99))


def measure_speed(task: tuple[int, int]) -> Speed:
    """Measure with so many learners of a seed; runs in a process of its own, alone."""
    learners, seed = task
    simulation = Simulation(engine(is_aware=True), POPULATIONS["reference"], seed, FIVE_MINUTES)
    simulation.run(Strategy.ADAPTIVE, WARM_UP_LEARNER)
    answers: list[float] = []
    reasons: list[float] = []
    whole: list[float] = []
    for number in range(learners):
        start = time.perf_counter()
        session = _sit(simulation, number, answers)
        whole.append(time.perf_counter() - start)
        reasons.append(_time_reasons(session))
    return Speed(tuple(answers), tuple(reasons), tuple(whole), _yardstick_ms())


def _sit(simulation: Simulation, number: int, times: list[float]) -> AssessmentSession:
    examinee = simulation.examinee(number)
    session = AssessmentSession(simulation.engine, number, simulation.budget_seconds, (), {})
    while (screen := session.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        answer = session.make_answer(EventId(screen.id), NO_CLOCK, chosen, is_not_sure, None)
        start = time.perf_counter()
        session.accept(answer)
        assert session.screen is not None or session.is_finished
        times.append(1000.0 * (time.perf_counter() - start))
    return session


def _time_reasons(session: AssessmentSession) -> float:
    skills = list(session.diagnosis.standing().by_skill)
    start = time.perf_counter()
    reasons_of = session.diagnosis.reasons()
    for skill in skills:
        reasons_of(skill)
    return 1000.0 * (time.perf_counter() - start)


def _yardstick_ms() -> float:
    """Return the time of 50 products of two arrays the size of a table of the engine, and 20,000 steps of Python."""
    table = np.ones((4000, 17))
    rounds = []
    for _ in range(21):
        start = time.perf_counter()
        for _ in range(50):
            (table * table).sum(axis=0)
        sum(step for step in range(20_000))
        rounds.append(1000.0 * (time.perf_counter() - start))
    return statistics.median(rounds)
