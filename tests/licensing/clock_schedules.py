"""Plays computers whose clocks are wrong, and counts what that does to licenses with and without a last day.

Each schedule is one computer from the day a trial was issued: starts of the program, how long each runs, and what the
clock says then. The mark goes through its JSON at every start, as it does through a file.
"""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from msgspec import Struct

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license_time import (
    NO_MARK,
    TOLERANCE,
    Access,
    AccessState,
    LicenseTerms,
    after_running,
    begin_start,
    check_access,
    mark_from_json,
    mark_to_json,
    reset_mark,
)

YEAR = timedelta(days=365.2425)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CLOSELY = timedelta(seconds=1)

LEAP_DAY = date(2028, 2, 29)


class ClockFigures(Struct):
    """What was counted.

    perpetual_lockouts: starts in which a license without a last day was closed. wrongly_closed: starts with a right
    clock, and at most one wrong start before, in which a trial was open for less than it should be; wrongly_open: for
    longer; wrongly_suspected: in which the clock was called suspect. bought_hours: the most that setting back bought
    where the program had been started at least once in 24 hours: hours of running time beyond those left by the true
    time; beyond_mark_hours: the most on any computer, beyond what the mark had left. grace_starts: the most starts in a
    row that a suspect clock opened. unsaved: computers that a clock-reset license did not help.
    """

    schedules: int = 0
    starts: int = 0
    perpetual_lockouts: int = 0
    wrongly_closed: int = 0
    wrongly_open: int = 0
    wrongly_suspected: int = 0
    bought_hours: float = float("-inf")
    beyond_mark_hours: float = float("-inf")
    grace_starts: int = 0
    unsaved: int = 0


class _Computer:
    """One computer with a trial on it and a license without a last day."""

    def __init__(self, chance: random.Random, figures: ClockFigures) -> None:
        self.chance = chance
        self.figures = figures
        issued = date(2026, 12, 1) + timedelta(days=chance.randrange(1500))
        last_day = LEAP_DAY if chance.random() < 0.2 else issued + timedelta(days=chance.choice((0, 7, 30, 90, 365)))
        if last_day < issued:
            issued = last_day - timedelta(days=30)
        self.terms = LicenseTerms(issued, last_day, chance.choice((0, 0, 7)))
        self.built = issued - timedelta(days=chance.randrange(400))
        self.end = datetime.combine(last_day, time(12), UTC) + DAY * (1 + self.terms.grace_days)
        self.true = datetime.combine(issued, time(12), UTC) + chance.random() * 2 * DAY
        self.kept = mark_to_json(NO_MARK)
        self.open_time = timedelta()
        self.grace_in_a_row = 0
        self.state = AccessState.OPEN
        self.mark_left = self.end - datetime.combine(issued, time(), UTC)

    def start(self, clock: datetime, run: timedelta) -> timedelta:
        """Start the program at this clock and let it run; return for how long the trial was open."""
        shown = clock.astimezone(timezone(timedelta(hours=self.chance.randint(-12, 14))))
        mark = begin_start(mark_from_json(self.kept) or NO_MARK, shown, max(self.built, self.terms.issued))

        def access_after(elapsed: timedelta, terms: LicenseTerms) -> Access:
            return check_access(after_running(mark, elapsed), shown + elapsed, terms)

        opened_for = _open_for(lambda elapsed: access_after(elapsed, self.terms).is_open, run)
        forever = LicenseTerms(self.terms.issued)
        is_locked = not all(access_after(elapsed, forever).is_open for elapsed in (timedelta(), run))
        self.state = access_after(timedelta(), self.terms).state
        self.grace_in_a_row = self.grace_in_a_row + 1 if self.state is AccessState.CLOCK_SUSPECT else 0
        self.kept = mark_to_json(after_running(mark, run))
        self.open_time += opened_for
        self.true += run
        self.figures.starts += 1
        self.figures.perpetual_lockouts += is_locked
        self.figures.grace_starts = max(self.figures.grace_starts, self.grace_in_a_row)
        return opened_for

    def right_start(self) -> None:
        """Start with a right clock, and count where the trial is not open for as long as it is."""
        run, left = self.some_run(), self.end - self.true
        opened_for = self.start(self.true, run)
        expected = min(run, max(left, timedelta()))
        self.figures.wrongly_closed += opened_for < expected - CLOSELY
        self.figures.wrongly_open += opened_for > expected + CLOSELY
        self.figures.wrongly_suspected += self.state in (AccessState.CLOCK_SUSPECT, AccessState.CLOCK_WRONG)

    def wait(self, least: timedelta, most: timedelta) -> None:
        """Let time go by with the program closed."""
        self.true += least + self.chance.random() * (most - least)

    def some_run(self) -> timedelta:
        return self.chance.choice((0.1, 1.0, 4.0, 12.0)) * self.chance.random() * HOUR

    def some_error(self) -> timedelta:
        """Return by how much a clock is wrong: minutes to 60 years, back or forward."""
        size = self.chance.choice((HOUR, DAY, 3 * DAY, 31 * DAY, YEAR, 4 * YEAR, 60 * YEAR))
        return self.chance.choice((-1, 1)) * self.chance.random() * size

    def note_bought(self, open_before: timedelta, left: timedelta) -> None:
        """Note what was open beyond what the true time had left."""
        bought = self.open_time - open_before - max(left, timedelta())
        self.figures.bought_hours = max(self.figures.bought_hours, bought / HOUR)

    def note_beyond_mark(self) -> None:
        """Note what was open beyond what the mark had left in the beginning."""
        beyond = self.open_time - self.mark_left
        self.figures.beyond_mark_hours = max(self.figures.beyond_mark_hours, beyond / HOUR)


def play_schedules(seeds: Iterable[int]) -> ClockFigures:
    """Play one schedule for each seed, of all kinds in turn, and return the figures of all together."""
    figures = ClockFigures()
    for seed in seeds:
        figures.schedules += 1
        _KINDS[seed % len(_KINDS)](_Computer(random.Random(seed), figures))
    return figures


def _right_clock(computer: _Computer) -> None:
    """Start now and then, over summer times and leap days, and lose the mark at times."""
    for _ in range(20):
        computer.right_start()
        computer.wait(timedelta(), computer.chance.choice((DAY, 10 * DAY, 100 * DAY)))
        if computer.chance.random() < 0.1:
            computer.kept = computer.kept[: computer.chance.randrange(len(computer.kept))]


def _wrong_now_and_then(computer: _Computer) -> None:
    """Start with a right clock, and once in a while with any other, at times shortly before the end."""
    for _ in range(8):
        if computer.chance.random() < 0.1:
            computer.true = max(computer.true, computer.end - computer.chance.random() * 5 * DAY)
        for _ in range(computer.chance.randint(1, 4)):
            computer.right_start()
            computer.wait(DAY, computer.chance.choice((DAY, 3 * DAY, 40 * DAY)))
        computer.start(computer.true + computer.some_error(), computer.some_run())
        if computer.chance.random() < 0.5:
            computer.right_start()
        computer.wait(DAY, 3 * DAY)


def _wrong_zone(computer: _Computer) -> None:
    """Start with clocks that are hours off: summer time missed, another zone, two systems on one computer."""
    for _ in range(20):
        if computer.chance.random() < 0.5:
            computer.right_start()
        else:
            computer.start(computer.true + computer.chance.randint(-11, 11) * HOUR, computer.some_run())
        computer.wait(timedelta(), computer.chance.choice((HOUR, DAY, 10 * DAY)))


def _any_clock(computer: _Computer) -> None:
    """Start with any clock at all; whatever that did, a clock-reset license puts it right."""
    for _ in range(40):
        computer.start(computer.true + computer.some_error(), computer.some_run())
        computer.wait(timedelta(), 3 * DAY)
    computer.note_beyond_mark()
    mark = mark_from_json(computer.kept) or NO_MARK
    computer.kept = mark_to_json(reset_mark(mark, LicenseId("R-1"), computer.true.date()))
    run, left = computer.some_run(), computer.end - computer.true
    opened_for = computer.start(computer.true, run)
    computer.figures.unsaved += abs(opened_for - min(run, max(left, timedelta()))) > CLOSELY


def _set_back(computer: _Computer) -> None:
    """Use it every day up to some day, at least the third, then set the clock back before every start."""
    for _ in range(computer.chance.randint(6, 60)):
        computer.right_start()
        computer.wait(8 * HOUR, DAY)
    computer.right_start()
    before, left = computer.open_time, computer.end - computer.true
    back = _WAYS_BACK[computer.chance.randrange(len(_WAYS_BACK))]
    fixed = computer.true - computer.chance.random() * computer.chance.choice((DAY, 30 * DAY, 60 * YEAR))
    for _ in range(80):
        mark = mark_from_json(computer.kept) or NO_MARK
        computer.wait(timedelta(), 2 * DAY)
        computer.start(back(computer, fixed, mark.at), computer.chance.random() * 24 * HOUR)
    computer.note_bought(before, left)
    computer.note_beyond_mark()


def _set_back_from_the_first(computer: _Computer) -> None:
    """Set the clock to the same moment, or to where the mark is, before every start from the first on."""
    fixed = computer.true
    stands_still = computer.chance.random() < 0.5
    for _ in range(120):
        mark = mark_from_json(computer.kept) or NO_MARK
        computer.start(fixed if stands_still else max(mark.at, fixed), computer.chance.random() * 24 * HOUR)
        computer.wait(timedelta(), 2 * DAY)
    computer.note_beyond_mark()


_KINDS: tuple[Callable[[_Computer], None], ...] = (
    _right_clock,
    _wrong_now_and_then,
    _wrong_zone,
    _any_clock,
    _set_back,
    _set_back_from_the_first,
)

_WAYS_BACK: tuple[Callable[[_Computer, datetime, datetime], datetime], ...] = (
    lambda computer, fixed, mark: fixed,
    lambda computer, fixed, mark: mark,
    lambda computer, fixed, mark: mark - TOLERANCE,
    lambda computer, fixed, mark: mark - computer.chance.random() * computer.chance.choice((DAY, 30 * DAY, 60 * YEAR)),
)
"""The same date each time; to where the mark is; as far back as is trusted; anywhere."""


def _open_for(is_open_after: Callable[[timedelta], bool], run: timedelta) -> timedelta:
    """Return how long a run was open: once closed, it stays so."""
    if not is_open_after(timedelta()):
        return timedelta()
    if is_open_after(run):
        return run
    least, most = timedelta(), run
    while most - least > timedelta(milliseconds=1):
        middle = (least + most) / 2
        least, most = (middle, most) if is_open_after(middle) else (least, middle)
    return least
