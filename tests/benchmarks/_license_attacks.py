"""The full counts of what the suite tries in small: attacks, typing errors, wrong clocks, kills and talkative logs."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from msgspec import Struct

from dijipilot.cli.processes import ranges, spread
from tests.cli.classroom import FOR_ALL, PER_HOME, ready_classroom
from tests.content.forged_packs import PackTask, attack_packs, places_of
from tests.homes import licensed
from tests.licensing.clock_schedules import ClockFigures, play_schedules
from tests.licensing.forged_files import FileTask, alter_file, splice_many
from tests.licensing.genuine import code_of, pack_bytes
from tests.licensing.guessed_codes import CodeTask, attack_keyring
from tests.licensing.kills import (
    AFTER,
    BEFORE,
    CHANGING,
    Call,
    Story,
    Wreck,
    calls_of,
    can_trace,
    kill_at,
    make_stories,
    spread_out,
)
from tests.licensing.loud_activations import LoudFigures, LoudLicenses
from tests.licensing.nonce_watch import build_many
from tests.licensing.tally import Tally, merged
from tests.licensing.typing_errors import TypingFigures, count_detected
from tests.licensing.unlocked_sessions import Sessions, live_through, plan
from tests.ui.sample_learner import START, fill_home

MUTATIONS, GUESSES = 10_000_000, 1_000_000
FILES = 20
FLIPS = 100_000
FILE_SPLICES, PACK_SPLICES = 1_900_000, 100_000
TYPED_CODES = 100
SCHEDULES = 2_000
BUILDS = 200
MACHINES = 200
ACTIVATIONS = 10_000
SESSIONS = 1_000

_FLIPS_A_TASK, _SPLICES_A_TASK, _PACKS_A_TASK, _LENGTHS_A_TASK = 2_500, 50_000, 1_000, 20_000
_CARDS = 1_000
_SESSIONS_A_HOME = 20


class Work(Struct, frozen=True):
    """How much of it is done, 1.0 for all, and by how many processes."""

    share: float
    processes: int

    def some(self, count: int) -> int:
        """Return how many of so many."""
        return max(1, round(self.share * count))


def codes(work: Work) -> Iterator[str]:
    """L1: mutations of real codes, and random ones, on a keyring of 10,000 cards."""
    # Making the keyring takes as long as some 100,000 codes: few tasks.
    number = 2 * work.processes
    tasks = [
        CodeTask(seed, work.some(MUTATIONS) // number, max(1, work.some(GUESSES) // number)) for seed in range(number)
    ]
    yield from _told(merged(spread(attack_keyring, tasks, work.processes)))


def typing(work: Work) -> Iterator[str]:
    """L2: every single error, double error and swap of some codes."""
    total = TypingFigures()
    for counted in spread(_count_typing, range(work.some(TYPED_CODES)), work.processes):
        total = total.plus(counted)
    yield (
        f"{total.codes} codes, noticed: {total.singles_detected:,} of {total.singles:,} single errors, "
        f"{total.doubles_detected:,} of {total.doubles:,} double errors, "
        f"{total.swaps_detected:,} of {total.swaps:,} swaps"
    )
    yield f"the right code was suggested for {total.suggested_right / total.singles:.2%} of single errors"


def _count_typing(number: int) -> TypingFigures:
    return count_detected([code_of(number)])


def files(work: Work) -> Iterator[str]:
    """L3: every bit and every length of license files."""
    yield from _told(merged(spread(alter_file, range(work.some(FILES)), work.processes)))


def packs(work: Work) -> Iterator[str]:
    """L3: bits of packs and keyrings, and every length of a pack."""
    flips = [PackTask(seed, flips=len(part)) for seed, part in enumerate(_parts(work.some(FLIPS), _FLIPS_A_TASK))]
    yield from _told(merged(spread(attack_packs, flips, work.processes)), "bits: ")
    lengths = _parts(work.some(places_of(pack_bytes()).end), _LENGTHS_A_TASK)
    cuts = [PackTask(0, shortest=part.start, longest=part.stop) for part in lengths]
    yield from _told(merged(spread(attack_packs, cuts, work.processes)), "lengths: ")


def splices(work: Work) -> Iterator[str]:
    """L3: random splices of genuine license files, and of packs."""
    of_files = [FileTask(seed, len(part)) for seed, part in enumerate(_parts(work.some(FILE_SPLICES), _SPLICES_A_TASK))]
    yield from _told(merged(spread(splice_many, of_files, work.processes)), "files: ")
    of_packs = _parts(work.some(PACK_SPLICES), _PACKS_A_TASK)
    tasks = [PackTask(seed, splices=len(part)) for seed, part in enumerate(of_packs)]
    yield from _told(merged(spread(attack_packs, tasks, work.processes)), "packs: ")


def classroom(work: Work) -> Iterator[str]:
    """L8: machines that are readied from one stick."""
    for way in (FOR_ALL, PER_HOME):
        with tempfile.TemporaryDirectory() as folder:
            yield ready_classroom(Path(folder), work.some(MACHINES), way).told()


def clocks(work: Work) -> Iterator[str]:
    """L7: computers whose clocks are wrong."""
    found = list(spread(play_schedules, ranges(work.some(SCHEDULES), work.processes), work.processes))
    wrong = [each.wrongly_closed + each.wrongly_open + each.wrongly_suspected + each.unsaved for each in found]
    yield (
        f"{sum(each.schedules for each in found):,} schedules, {sum(each.starts for each in found):,} starts: "
        f"{sum(each.perpetual_lockouts for each in found)} lock-outs without a last day, {sum(wrong)} wrong verdicts"
    )
    yield (
        f"setting back bought {_most(found, 'bought_hours'):.1f} hours and {_most(found, 'grace_starts'):.0f} starts, "
        f"{_most(found, 'beyond_mark_hours'):.1f} hours beyond what the mark had left"
    )


def nonces(work: Work) -> Iterator[str]:
    """L6: one pack after the other, built by a publisher who edits, takes back and forgets to raise a serial."""
    found = build_many(work.some(BUILDS), seed=1)
    made = ", ".join(f"{number:,} {kind}" for kind, number in sorted(found.calls.items()))
    yield f"{found.packs} packs, {made}: {len(found.reused)} keys met two texts under one nonce"
    yield f"{found.repeated:,} were made again as before"


def _most(found: list[ClockFigures], name: str) -> float:
    return max(float(getattr(each, name)) for each in found)


def kills(work: Work) -> Iterator[str]:
    """L10: a kill at each system call from the first about the home on, while activating and adding a pack."""
    if not can_trace():
        yield "strace is missing, or may not trace"
        return
    with tempfile.TemporaryDirectory() as folder:
        tasks = [
            (story, call)
            for story in make_stories(Path(folder))
            for call in _some_calls(calls_of(story, ("all",)), work)
        ]
        wrecks = list(spread(_kill, tasks, work.processes))
    states = Counter(wreck.state for wreck in wrecks)
    yield (
        f"{sum(wreck.was_killed for wreck in wrecks):,} killed of {len(wrecks):,}: {states.pop(BEFORE, 0):,} before, "
        f"{states.pop(AFTER, 0):,} after, {states.total()} half; "
        f"{sum(wreck.repeated != AFTER for wreck in wrecks)} not repeated"
    )
    bad = [wreck for wreck in wrecks if wreck.state not in (BEFORE, AFTER) or wreck.repeated != AFTER]
    yield from (f"{wreck.call.name} {wreck.call.number}: {wreck.state}; {wreck.repeated}" for wreck in bad[:20])


def _some_calls(calls: Sequence[Call], work: Work) -> list[Call]:
    """Return that part of the calls; those that change the disk come before all others."""
    changing = [call for call in calls if call.name in CHANGING]
    others = [call for call in calls if call.name not in CHANGING]
    wanted = work.some(len(calls))
    return spread_out(changing, wanted) + spread_out(others, max(0, wanted - len(changing)))


def _kill(task: tuple[Story, Call]) -> Wreck:
    return kill_at(*task)


def logs(work: Work) -> Iterator[str]:
    """L11: activations with everything logged and much going wrong."""
    number = work.some(ACTIVATIONS)
    tasks = [(seed, len(part)) for seed, part in enumerate(_parts(number, _CARDS))]
    found = list(spread(_activate, tasks, work.processes))
    leaks = [leak for each in found for leak in each.leaks]
    yield (
        f"{sum(each.activated for each in found):,} activations, {sum(each.refused for each in found):,} refusals, "
        f"{sum(each.defects for each in found):,} crash reports: {len(leaks)} secrets in "
        f"{sum(each.said for each in found):,} characters"
    )
    yield from leaks[:20]


def _activate(task: tuple[int, int]) -> LoudFigures:
    seed, count = task
    with tempfile.TemporaryDirectory() as folder:
        return LoudLicenses(Path(folder), min(count, _CARDS)).activate_many(count, Random(seed).randrange(10**9))


def sessions(work: Work) -> Iterator[str]:
    """L5: windows in which opened lessons are read and searched, which are closed, crash or are killed."""
    done = Sessions()
    with tempfile.TemporaryDirectory() as folder:
        filled = licensed(Path(folder) / "academy")
        fill_home(filled, START)
        homes = _parts(work.some(SESSIONS), _SESSIONS_A_HOME)
        tasks = [(filled, seed, len(part)) for seed, part in enumerate(homes)]
        for lived in spread(_live, tasks, work.processes):
            done.add(lived)
    ends, acts = (
        ", ".join(f"{name} {number:,}" for name, number in counted.most_common()) for counted in (done.ends, done.acts)
    )
    yield (
        f"{done.sessions:,} sessions in {len(tasks)} homes ({ends}): {len(done.leaks)} sealed words in "
        f"{done.looked_at / 2**20:,.0f} MB, {len(done.wrong)} ended otherwise"
    )
    yield f"  acts: {acts}"
    yield from (f"  FOUND {leak}" for leak in done.leaks[:20])
    yield from (f"  WRONG {wrong}" for wrong in done.wrong[:20])


def _live(task: tuple[Path, int, int]) -> Sessions:
    filled, seed, count = task
    return live_through(filled, plan(seed, count))


def _parts(count: int, longest: int) -> list[range]:
    return [range(start, min(start + longest, count)) for start in range(0, count, longest)]


def _told(tally: Tally, before: str = "") -> Iterator[str]:
    yield before + tally.line()
    yield "  refused: " + ", ".join(f"{name} {number:,}" for name, number in tally.refused.most_common())
    yield from (f"  ACCEPTED {name}" for name in tally.accepted)
    yield from (f"  UNCAUGHT {name}" for name in tally.uncaught)
    yield from (f"  UNSIGNED {name}" for name in tally.strangers)
