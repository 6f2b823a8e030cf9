"""Spreads the programs of the map of gaps over rows: as few as the width allows, none much fuller than another."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from dijipilot.domain.gaps import MissionGap, ProgramGap, StageGap
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import share_text
from dijipilot.ui.widgets.wrapped_title import narrowest

_RANK, _MARK, _PITCH, _PILL_PADDING, _PILL_GAP, _BEFORE_SHARE = 1.45, 1.18, 1.5, 0.36, 0.42, 0.6
"""In letters, as are the numbers in Sizes."""


class CardWidths(Struct, frozen=True):
    """How wide the parts of a card are, in letters: its marks, its numbers, its title in two lines and in one."""

    marks: float
    share: float
    halves: float
    title: float


class Widths:
    """How wide the cards are in letters: measured once, as it holds for a map of any size."""

    def __init__(self, measure: Callable[[str], float], ranked: Collection[str]) -> None:
        """Take how wide a text is in letters, and the missions that carry a rank."""
        self.measure = measure
        self._ranked = ranked
        self._by_program: dict[str, CardWidths] = {}

    def of(self, program: ProgramGap) -> CardWidths:
        """Return those of a program."""
        found = self._by_program.get(program.number)
        if found is None:
            title = title_of(program)
            found = self._by_program[program.number] = CardWidths(
                marks=sum(self.pill(each) + _PILL_GAP for each in program.missions) - _PILL_GAP,
                share=self.measure(share_text(program.counts)) + _BEFORE_SHARE,
                halves=narrowest(title, self.measure),
                title=self.measure(title),
            )
        return found

    def pill(self, mission: MissionGap) -> float:
        """Return the width of a mission, its rank included."""
        rank = _RANK if mission.number in self._ranked else 0.0
        return 2 * _PILL_PADDING + (max(1, len(mission.skills)) - 1) * _PITCH + _MARK + rank


class Sizes:
    """All measures of the map in pixels, multiples of its unit."""

    def __init__(self, unit: float, widths: Widths) -> None:
        self.unit = unit
        self._widths = widths
        self.rank = _RANK * unit
        self.mark, self.pitch = _MARK * unit, _PITCH * unit
        self.pill, self.pill_padding, self.pill_gap = 1.72 * unit, _PILL_PADDING * unit, _PILL_GAP * unit
        self.padding, self.padding_above, self.padding_below = 0.7 * unit, 0.42 * unit, 0.48 * unit
        self.line, self.below_title = 1.24 * unit, 0.35 * unit
        self.bar, self.above_bar = 0.36 * unit, 0.38 * unit
        self.card_gap = self.row_gap = 0.5 * unit
        self.band_padding, self.band_gap = 0.5 * unit, 0.55 * unit
        self.heading = 1.55 * unit

    def card_height(self, lines: int) -> float:
        """Return the height of a card with a title of so many lines."""
        above = self.padding_above + self.line * lines + self.below_title
        return above + self.pill + self.above_bar + self.bar + self.padding_below

    def measure(self, text: str) -> float:
        """Return the width of a text."""
        return self._widths.measure(text) * self.unit

    def pill_width(self, mission: MissionGap) -> float:
        """Return the width of a mission, its rank included."""
        return self._widths.pill(mission) * self.unit

    def share(self, program: ProgramGap) -> float:
        """Return the width of a program's numbers, with the gap before them."""
        return self._widths.of(program).share * self.unit

    def narrowest_card(self, program: ProgramGap) -> float:
        """Return the width that the marks and a title of two lines need."""
        widths = self._widths.of(program)
        return 2 * self.padding + max(widths.marks, widths.halves + widths.share) * self.unit

    def pleasant_card(self, program: ProgramGap) -> float:
        """Return the width that the marks and a title of one line need."""
        widths = self._widths.of(program)
        return 2 * self.padding + max(widths.marks * self.unit, (widths.title + widths.share) * self.unit + 1)

    def marks(self, program: ProgramGap) -> float:
        """Return the width of all missions of a program."""
        return self._widths.of(program).marks * self.unit


def title_of(program: ProgramGap) -> str:
    """Return number and title, as they stand on a card."""
    return f"{program.number}\N{NO-BREAK SPACE} {program.title}"


def time_text(program: ProgramGap) -> str:
    """Return how long closing the gaps of a program takes, "" where nothing is to be closed."""
    return minutes_text(program.counts.minutes) if program.counts.minutes else ""


class Slot(Struct, frozen=True):
    """A card's place across."""

    stage: StageGap
    program: ProgramGap
    left: float
    width: float


class Rows(Struct, frozen=True):
    """Stages and the rows on which they lie: one stage on one or more rows, or several stages on one."""

    stages: tuple[StageGap, ...]
    rows: tuple[tuple[Slot, ...], ...]


def rows_of_bands(stages: Sequence[StageGap], width: float, sizes: Sizes) -> Iterator[Rows]:
    """Yield the rows from the top."""
    waiting: list[StageGap] = []
    for stage in stages:
        if not stage.programs:
            continue
        if waiting and _needed(_cards([*waiting, stage]), sizes) > width:
            yield _rows(waiting, width, sizes)
            waiting = []
        waiting.append(stage)
    if waiting:
        yield _rows(waiting, width, sizes)


_Cards = list[tuple[StageGap, ProgramGap]]


def _cards(stages: Sequence[StageGap]) -> _Cards:
    return [(stage, program) for stage in stages for program in stage.programs]


def _rows(stages: Sequence[StageGap], width: float, sizes: Sizes) -> Rows:
    split = _split(_cards(stages), width, sizes)
    return Rows(tuple(stages), tuple(tuple(_slots(row, width, sizes)) for row in split))


def _split(cards: _Cards, width: float, sizes: Sizes) -> list[_Cards]:
    """Return as few rows as there can be, and of these ways the one whose fullest row is least full."""

    @cache
    def needed(start: int, end: int) -> float:
        return _needed(cards[start:end], sizes)

    for count in range(1, len(cards) + 1):
        ways = ((max(needed(*row) for row in pairwise(cut)), cut) for cut in _cuts(len(cards), count))
        fullest, best = min(ways, key=lambda way: way[0])
        if count == len(cards) or fullest <= width:
            return [cards[start:end] for start, end in pairwise(best)]
    return [cards]


def _cuts(length: int, count: int) -> Iterator[tuple[int, ...]]:
    """Yield where a row of so many cards can be cut into so many parts."""
    if count == 1:
        yield 0, length
        return
    for last in range(count - 1, length):
        for cut in _cuts(last, count - 1):
            yield *cut, length


def _gaps(cards: _Cards, sizes: Sizes) -> list[float]:
    """Return what stands before each card: more where another stage begins."""
    gaps = [sizes.band_padding]
    for (stage, _), (following, _) in pairwise(cards):
        is_same = stage is following
        gaps.append(sizes.card_gap if is_same else 2 * sizes.band_padding + sizes.band_gap)
    return gaps


def _needed(cards: _Cards, sizes: Sizes) -> float:
    cards_wide = sum(sizes.narrowest_card(program) for _, program in cards)
    return cards_wide + sum(_gaps(cards, sizes)) + sizes.band_padding


def _slots(cards: _Cards, width: float, sizes: Sizes) -> Iterator[Slot]:
    """Yield the cards of a row, which together take the whole width."""
    gaps = _gaps(cards, sizes)
    room = width - sum(gaps) - sizes.band_padding
    widths = [sizes.pleasant_card(program) for _, program in cards]
    if sum(widths) > room:
        widths = [sizes.narrowest_card(program) for _, program in cards]
    spare = max(0.0, room - sum(widths)) / len(cards)
    left = 0.0
    for (stage, program), gap, wide in zip(cards, gaps, widths, strict=True):
        left += gap
        yield Slot(stage, program, left, wide + spare)
        left += wide + spare
