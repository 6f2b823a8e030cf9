"""dijipilot simulate: let simulated learners take the assessment, and measure it against simpler ways and chance."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from dijipilot.cli.argument_types import count, positive_minutes, seed
from dijipilot.cli.console import print_json
from dijipilot.paths import find_home

if TYPE_CHECKING:
    from dijipilot.domain.assessment.simulation import Outcome, Report, Simulation

POPULATION_NAMES = ("reference", "stressed", "matched", "over_claiming", "always_top", "random_clicks")
STRATEGY_NAMES = {
    "adaptive": "adaptive",
    "half_split": "half-split",
    "random": "random order",
    "no_questions": "no questions",
}
COLUMNS = ("", "right", "calibration", "sure", "right if sure", "false mastery", "flagged", "screens", "seconds")


class Task(Struct, frozen=True):
    """Some learners under one strategy, to be taken through the assessment by one process."""

    packs: Path
    population: str
    seed: int
    seconds: float
    strategy: str
    learners: range


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "simulate",
        description="Let simulated learners take the assessment: accuracy, calibration, length. "
        "The same seed gives the same figures.",
    )
    parser.add_argument("--learners", metavar="N", type=count, required=True)
    parser.add_argument("--seed", metavar="S", type=seed, required=True)
    parser.add_argument("--population", choices=POPULATION_NAMES, default="reference")
    parser.add_argument("--minutes", type=positive_minutes, help="without it, as long as the assessment is")
    parser.add_argument("--processes", metavar="N", type=count, help="without it, one for each core")
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print one line, or one object, for each way to choose questions."""
    reports, minutes = _simulate(arguments)
    if arguments.json:
        print_json(
            {
                "learners": arguments.learners,
                "seed": arguments.seed,
                "population": arguments.population,
                "minutes": minutes,
                "strategies": {strategy: _figures(report) for strategy, report in reports.items()},
            }
        )
    else:
        who = f"{arguments.learners} learners of the {arguments.population} population"
        print(f"{who}, seed {arguments.seed}, {minutes:g} min")
        print("\n".join(_table(reports)))
    return 0


def _simulate(arguments: argparse.Namespace) -> "tuple[dict[str, Report], float]":
    # Imported here: numpy, and what starts processes, which checking the arguments does without.
    from dijipilot.cli.processes import ranges, spread, usable_cores
    from dijipilot.content.freshness import shipped
    from dijipilot.content.installed import open_pack_in_use
    from dijipilot.domain.assessment.simulation import summarize

    packs = find_home(arguments.home).packs
    with open_pack_in_use(packs, shipped()) as pack:
        minutes = arguments.minutes or pack.curriculum.assessment_minutes
    processes = arguments.processes or usable_cores()
    tasks = [
        Task(packs, arguments.population, arguments.seed, 60.0 * minutes, strategy, learners)
        for strategy in STRATEGY_NAMES
        for learners in ranges(arguments.learners, processes)
    ]
    advance = _progress(arguments.learners * len(STRATEGY_NAMES))
    outcomes: dict[str, list[Outcome]] = {strategy: [] for strategy in STRATEGY_NAMES}
    for task, found in zip(tasks, spread(run_task, tasks, processes), strict=True):
        outcomes[task.strategy] += found
        advance(len(found))
    return {strategy: summarize(found) for strategy, found in outcomes.items()}, minutes


def run_task(task: Task) -> "list[Outcome]":
    """Return the outcomes of a task's learners; runs in a process of its own."""
    from dijipilot.domain.assessment.simulation import Strategy

    simulation = _simulation(task.packs, task.population, task.seed, task.seconds)
    return [simulation.run(Strategy(task.strategy), learner) for learner in task.learners]


@cache
def _simulation(packs: Path, population: str, seed: int, seconds: float) -> "Simulation":
    """Return what is built once a process: the engine and its world."""
    from dijipilot.content.freshness import shipped
    from dijipilot.content.installed import open_pack_in_use
    from dijipilot.domain.assessment.engine import DiagnosticEngine
    from dijipilot.domain.assessment.population import POPULATIONS
    from dijipilot.domain.assessment.simulation import Simulation

    with open_pack_in_use(packs, shipped()) as pack:
        engine = DiagnosticEngine(pack.curriculum, cliques=pack.cliques)
    return Simulation(engine, POPULATIONS[population], seed, seconds)


def _progress(total: int) -> Callable[[int], None]:
    """Return a function that counts on, on one line of the terminal; without a terminal nothing is shown."""
    is_shown = _is_terminal()
    done = 0

    def advance(number: int) -> None:
        nonlocal done
        done += number
        if is_shown:
            end = "\n" if done == total else ""
            print(f"\r{done} of {total} assessments", end=end, file=sys.stderr, flush=True)

    return advance


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _figures(report: "Report") -> dict[str, object]:
    figures = asdict(report)
    del figures["learners"]
    return figures


def _table(reports: "Mapping[str, Report]") -> Iterator[str]:
    rows = [COLUMNS]
    rows += [
        (
            STRATEGY_NAMES[strategy],
            f"{report.accuracy:.1%} ± {report.accuracy_interval:.1%}",
            f"{report.calibration_error:.3f}",
            f"{report.sure_share:.1%}",
            f"{report.sure_accuracy:.1%}",
            f"{report.false_mastery:.1%}",
            f"{report.flagged:.1%}",
            f"{report.screens:.1f}",
            f"{report.seconds:.0f}",
        )
        for strategy, report in reports.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        cells = [cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells])
