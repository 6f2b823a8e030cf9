"""Spreads the programs of the map of gaps over rows: as few as the width allows, none much fuller than another."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from dijipilot.domain.gaps import MissionGap, ProgramGap, StageGap
from dijipilot.domain.skill_state import SkillState
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.widgets.state_mark import word_of
from dijipilot.ui.widgets.wrapped_title import narrowest


class Sizes:
    """All measures of the map in pixels, multiples of its unit."""

    def __init__(self, unit: float, measure: Callable[[str], float], ranked: Collection[str]) -> None:
        """Take how wide a text is in letters of the unit, and the missions that carry a rank."""
        self.unit = unit
        self.measure = measure
        self._ranked = ranked
        self.rank = 1.45 * unit
        self.mark, self.pitch = 1.18 * unit, 1.5 * unit
        self.pill, self.pill_padding, self.pill_gap = 1.72 * unit, 0.36 * unit, 0.42 * unit
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

    def pill_width(self, mission: MissionGap) -> float:
        """Return the width of a mission, its rank included."""
        count = max(1, len(mission.skills))
        rank = self.rank if mission.number in self._ranked else 0.0
        return 2 * self.pill_padding + (count - 1) * self.pitch + self.mark + rank

    def share(self, program: ProgramGap) -> float:
        """Return the width of a program's numbers, with the gap before them."""
        return self.measure(share_text(program)) + 0.6 * self.unit

    def narrowest_card(self, program: ProgramGap) -> float:
        """Return the width that the marks and a title of two lines need."""
        title = narrowest(title_of(program), self.measure)
        return 2 * self.padding + max(self.marks(program), title + self.share(program))

    def pleasant_card(self, program: ProgramGap) -> float:
        """Return the width that the marks and a title of one line need."""
        title = self.measure(title_of(program))
        return 2 * self.padding + max(self.marks(program), title + self.share(program) + 1)

    def marks(self, program: ProgramGap) -> float:
        """Return the width of all missions of a program."""
        return sum(self.pill_width(each) + self.pill_gap for each in program.missions) - self.pill_gap


def title_of(program: ProgramGap) -> str:
    """Return number and title, as they stand on a card."""
    return f"{program.number}\N{NO-BREAK SPACE} {program.title}"


def share_text(program: ProgramGap) -> str:
    """Return how many skills of those that apply are mastered, or that none applies."""
    counts = program.counts
    if not counts.applicable:
        return word_of(SkillState.NOT_APPLICABLE)
    return QCoreApplication.translate("gap map", "{mastered} of {all}").format(
        mastered=counts.mastered, all=counts.applicable
    )


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
    for count in range(1, len(cards) + 1):
        ways = [[cards[a:b] for a, b in pairwise(cut)] for cut in _cuts(len(cards), count)]
        best = min(ways, key=lambda rows: max(_needed(row, sizes) for row in rows))
        if count == len(cards) or max(_needed(row, sizes) for row in best) <= width:
            return best
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
