"""Accuracy, honesty and speed of the diagnostic for simulated learners, beside other ways to ask and to score.

    python -m tests.benchmarks.diagnostic --learners 2000 --seed 1 [--only NAME ...] [--processes N]

prints one table of all conditions and then the figures the product is held to. The same seed gives the same figures,
times apart, however many processes there are. Names for --only are those of the table.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from dijipilot.cli.argument_types import count, seed
from dijipilot.cli.processes import ranges, spread, usable_cores
from tests.benchmarks._calibration import Sample, draw_sample
from tests.benchmarks._conditions import (
    CONDITIONS,
    FIVE_MINUTES,
    Condition,
    Measured,
    Task,
    Tuning,
    curriculum,
    needs_ability,
    run_task,
    tune,
)
from tests.benchmarks._figures import Results, figures, report_of
from tests.benchmarks._response_theory import (
    HOW_TO_INSTALL,
    AbilityModel,
    fit_curves,
    fit_items,
    is_installed,
    measure_ability,
)
from tests.benchmarks._speed import Speed, measure_speed

FEW_LEARNERS = 24
"""Enough to see that all runs and nothing is far off; figures to be believed need 2,000."""

MOST_TIMED = 100
CURVE_LEARNERS = 1000

CONDITION_COLUMNS = (
    *("condition", "right", "calibration error", "sure", "right if sure"),
    *("false mastery", "flagged", "screens", "seconds"),
)
FIGURE_COLUMNS = ("figure", "measured", "must", "reach for", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, and print it."""
    chosen = _parser().parse_args(arguments)
    conditions = [each for each in CONDITIONS if not chosen.only or each.name in chosen.only]
    if any(map(needs_ability, conditions)) and not is_installed():
        conditions = [each for each in conditions if not needs_ability(each)]
        print(f"One-dimensional item response theory is left out; it needs catsim: {HOW_TO_INSTALL}\n")
    processes = chosen.processes or usable_cores()
    tuning = _tune(conditions, processes)
    results = _run(conditions, chosen.learners, chosen.seed, tuning, processes)
    speed = None if chosen.only else _time(min(chosen.learners, MOST_TIMED), chosen.seed)
    print(f"{chosen.learners} learners a population, seed {chosen.seed}; ± are 95 % intervals; 300 s where not said\n")
    print("\n".join(markdown(CONDITION_COLUMNS, _condition_rows(results))), end="\n\n")
    print("\n".join(markdown(FIGURE_COLUMNS, (figure.cells() for figure in figures(results, speed)))))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.diagnostic")
    parser.add_argument("--learners", metavar="N", type=count, default=FEW_LEARNERS)
    parser.add_argument("--seed", metavar="S", type=seed, default=1)
    parser.add_argument("--only", metavar="NAME", nargs="+", choices=[each.name for each in CONDITIONS])
    parser.add_argument("--processes", metavar="N", type=count, help="without it, one for each core")
    return parser


def _tune(conditions: Iterable[Condition], processes: int) -> Tuning:
    """Return what peers need to know beforehand."""
    sample = draw_sample(curriculum())
    ability = _fit_ability(sample, processes) if any(map(needs_ability, conditions)) else None
    return tune(sample, ability)


def _fit_ability(sample: Sample, processes: int) -> AbilityModel:
    """Fit items on every act asked, then the skills' curves on sittings that choose among those items."""
    items = fit_items(sample)
    tasks = [(items, part) for part in ranges(CURVE_LEARNERS, processes)]
    abilities = [each for part in spread(_measure_abilities, tasks, processes) for each in part]
    return AbilityModel(items, fit_curves(sample, np.array(abilities)))


def _measure_abilities(task: tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], range]) -> list[float]:
    items, learners = task
    return [measure_ability(curriculum(), number, items, FIVE_MINUTES) for number in learners]


def _run(
    conditions: Sequence[Condition], learners: int, chosen_seed: int, tuning: Tuning, processes: int
) -> dict[str, list[Measured]]:
    """Return what was measured of each learner by name of condition."""
    tasks = [
        Task(condition, chosen_seed, part, tuning) for condition in conditions for part in ranges(learners, processes)
    ]
    results: dict[str, list[Measured]] = {condition.name: [] for condition in conditions}
    for task, measured in zip(tasks, spread(run_task, tasks, processes), strict=True):
        results[task.condition.name] += measured
        if sys.stderr.isatty():
            done = len(results[task.condition.name])
            print(f"\r{task.condition.name}: {done} of {learners}".ljust(60), end="\r", file=sys.stderr, flush=True)
    return results


def _time(learners: int, chosen_seed: int) -> Speed:
    """Measure times when nothing else runs."""
    [speed] = spread(measure_speed, [(learners, chosen_seed)], 1)
    return speed


def _condition_rows(results: Results) -> Iterator[tuple[str, ...]]:
    for name, measured in results.items():
        report = report_of(measured)
        yield (
            name,
            f"{report.accuracy:.3f} ± {report.accuracy_interval:.3f}",
            f"{report.calibration_error:.3f} ± {report.calibration_interval:.3f}",
            f"{report.sure_share:.3f} ± {report.sure_share_interval:.3f}",
            f"{report.sure_accuracy:.3f} ± {report.sure_accuracy_interval:.3f}",
            f"{report.false_mastery:.3f} ± {report.false_mastery_interval:.3f}",
            f"{report.flagged:.1%} ± {report.flagged_interval:.1%}",
            f"{report.screens:.1f}",
            f"{report.seconds:.0f}",
        )


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table that can be read as it is."""
    table = [list(columns), *map(list, rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(columns))]
    rule = [f"{'-' * (width - 1)}:" if place else "-" * width for place, width in enumerate(widths)]
    for row in (table[0], rule, *table[1:]):
        cells = [
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
