"""What licenses and packs are held to, with full counts: attacks, slips, clocks, kills, what is left behind; and times.

    python -m tests.benchmarks.licensing --share 0.01 [--only NAME ...] [--processes N]

prints a line or a few for each; --share does that part of the counts, and times are the same whatever it is. Everything
takes about two hours on two cores. The same seeds are used each time, so that what gets through can be found again.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from dijipilot.cli.argument_types import count
from dijipilot.cli.processes import usable_cores
from tests.benchmarks import _license_attacks as attacks
from tests.benchmarks import _license_times as times
from tests.benchmarks._license_attacks import Work

ATTACKS: Mapping[str, Callable[[Work], Iterator[str]]] = {
    "codes": attacks.codes,
    "typing": attacks.typing,
    "files": attacks.files,
    "packs": attacks.packs,
    "splices": attacks.splices,
    "clocks": attacks.clocks,
    "nonces": attacks.nonces,
    "classroom": attacks.classroom,
    "kills": attacks.kills,
    "logs": attacks.logs,
    "sessions": attacks.sessions,
}
TIMES: Mapping[str, Callable[[], Iterator[str]]] = {
    "opening": times.opening,
    "issuing": times.issuing,
    "starting": times.starting,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked for, and print what came of it."""
    chosen = _parser().parse_args(arguments)
    work = Work(chosen.share, chosen.processes or usable_cores())
    # Times first: nothing else of ours runs then.
    for name, measure in TIMES.items():
        if not chosen.only or name in chosen.only:
            _print(name, measure())
    for name, attack in ATTACKS.items():
        if not chosen.only or name in chosen.only:
            _print(name, attack(work))
    return 0


def _print(name: str, lines: Iterator[str]) -> None:
    start = time.perf_counter()
    for line in lines:
        print(f"{name}: {line}", flush=True)
    print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.licensing")
    parser.add_argument("--share", metavar="S", type=_share, default=1.0, help="part of the counts, up to 1")
    parser.add_argument("--only", metavar="NAME", nargs="+", choices=[*TIMES, *ATTACKS])
    parser.add_argument("--processes", metavar="N", type=count, help="without it, one for each core")
    return parser


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no part of the whole")
    return share


if __name__ == "__main__":
    sys.exit(main())
