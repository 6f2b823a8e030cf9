"""dijipilot simulate: let simulated learners take the assessment, and measure it against guessing and chance."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from dijipilot.cli.argument_types import count, positive_minutes, seed
from dijipilot.cli.console import print_json
from dijipilot.paths import find_home

if TYPE_CHECKING:
    from dijipilot.domain.assessment.simulation import Report

POPULATION_NAMES = ("reference", "stressed", "matched")
STRATEGY_NAMES = {"adaptive": "adaptive", "random": "random order", "no_questions": "no questions"}
COLUMNS = ("", "right", "calibration", "sure", "right if sure", "screens", "seconds")


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
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print one line, or one object, for each way to choose questions."""
    reports, minutes = _simulate(arguments)
    if arguments.json:
        figures = {report.strategy.value: _figures(report) for report in reports}
        print_json(
            {
                "learners": arguments.learners,
                "seed": arguments.seed,
                "population": arguments.population,
                "minutes": minutes,
                "strategies": figures,
            }
        )
    else:
        who = f"{arguments.learners} learners of the {arguments.population} population"
        print(f"{who}, seed {arguments.seed}, {minutes:g} min")
        print("\n".join(_table(reports)))
    return 0


def _simulate(arguments: argparse.Namespace) -> "tuple[list[Report], float]":
    # Imported here: numpy, which checking the arguments does without.
    from dijipilot.content.installed import open_pack_in_use
    from dijipilot.domain.assessment.engine import DiagnosticEngine
    from dijipilot.domain.assessment.population import POPULATIONS
    from dijipilot.domain.assessment.simulation import Simulation, Strategy, summarize

    with open_pack_in_use(find_home(arguments.home).packs) as pack:
        curriculum = pack.curriculum
    minutes = arguments.minutes or curriculum.assessment_minutes
    population = POPULATIONS[arguments.population]
    simulation = Simulation(DiagnosticEngine(curriculum), population, arguments.seed, 60.0 * minutes)
    advance = _progress(arguments.learners * len(Strategy))
    reports = []
    for strategy in Strategy:
        outcomes = []
        for learner in range(arguments.learners):
            outcomes.append(simulation.run(strategy, learner))
            advance()
        reports.append(summarize(strategy, outcomes))
    return reports, minutes


def _progress(total: int) -> Callable[[], None]:
    """Return a function that counts on, on one line of the terminal; without a terminal nothing is shown."""
    is_shown = _is_terminal()
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if is_shown:
            end = "\n" if done == total else ""
            print(f"\r{done} of {total} assessments", end=end, file=sys.stderr, flush=True)

    return advance


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _figures(report: "Report") -> dict[str, object]:
    figures = asdict(report)
    del figures["strategy"], figures["learners"]
    return figures


def _table(reports: "Sequence[Report]") -> Iterator[str]:
    rows = [COLUMNS]
    rows += [
        (
            STRATEGY_NAMES[report.strategy.value],
            f"{report.accuracy:.1%} ± {report.accuracy_interval:.1%}",
            f"{report.calibration_error:.3f}",
            f"{report.sure_share:.1%}",
            f"{report.sure_accuracy:.1%}",
            f"{report.screens:.1f}",
            f"{report.seconds:.0f}",
        )
        for report in reports
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        cells = [cell.rjust(size) for cell, size in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells])
