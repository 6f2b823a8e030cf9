"""Gives everything on the map of gaps its place: stages as bands, programs as cards, missions as groups of marks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF

from dijipilot.domain.gaps import ProgramGap, SkillGap, worth_most
from dijipilot.domain.ids import MissionNumber
from dijipilot.ui.widgets.gap_map_parts import MapLayout, MapSubject, MissionBox, ProgramCard, SkillMark, StageBand
from dijipilot.ui.widgets.gap_map_rows import Rows, Sizes, Slot, Widths, rows_of_bands, time_text, title_of
from dijipilot.ui.widgets.wrapped_title import wrapped

RANKED = 3
"""So many missions worth most to close carry their rank."""

_SMALLEST, _LARGEST, _STEP = 0.9, 1.5, 0.02
"""How far the map may shrink or grow to fit, as multiples of small text."""

_SMALL = 0.88
_PIXELS_PER_LINE = 0.83
_MEASURED = 64
_SMALL_LETTERS = 1.02
"""Small letters are set a little wider than large ones."""

Measure = Callable[[str], float]


def lay_out_map(
    subject: MapSubject, width: float, font: QFont, height: float | None = None, is_mirrored: bool = False
) -> MapLayout:
    """Return the layout for a width: as large as fits into the height, or of the font's own size without a height.

    Where even the smallest readable size is too high, that is what is returned: its place has to scroll.
    """
    small, widths, ranked = _small(font), *_measured(subject, font)
    if height is None:
        return _Places(subject, width, widths, ranked, small).layout(is_mirrored)
    best = None
    fitting, too_large = 0, round((_LARGEST - _SMALLEST) / _STEP) + 1
    # Halving: each layout takes milliseconds, and a window that is resized asks for many.
    while too_large - fitting > 1:
        step = (fitting + too_large) // 2
        layout = _Places(subject, width, widths, ranked, small * (_SMALLEST + step * _STEP)).layout(is_mirrored)
        if layout.size.height() <= height and layout.size.width() <= width:
            best, fitting = layout, step
        else:
            too_large = step
    return best or _Places(subject, width, widths, ranked, small * _SMALLEST).layout(is_mirrored)


def least_height(subject: MapSubject, width: float, font: QFont) -> int:
    """Return the height below which a map of this width is no longer readable."""
    smallest = _small(font) * _SMALLEST
    return _Places(subject, width, *_measured(subject, font), smallest).layout(False).size.height()


def _measured(subject: MapSubject, font: QFont) -> tuple[Widths, Mapping[MissionNumber, int]]:
    """Return how wide the cards are, and the ranks by mission."""
    rank_by_mission = {mission.number: at for at, mission in enumerate(worth_most(subject.analysis, RANKED), 1)}
    return Widths(_measure_of(font.toString()), rank_by_mission), rank_by_mission


def _small(font: QFont) -> float:
    """Return the pixels of small text beside body text of this font."""
    return QFontMetricsF(font).height() * _PIXELS_PER_LINE * _SMALL


@lru_cache(maxsize=4)
def _measure_of(font: str) -> Measure:
    """Return how wide a text is in titles of a font given as text, in letters; asked once for each text."""
    large = QFont()
    large.fromString(font)
    large.setPixelSize(_MEASURED)
    large.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(large)

    @cache
    def measure(text: str) -> float:
        return metrics.horizontalAdvance(text) / _MEASURED * _SMALL_LETTERS

    return measure


class _Places:
    """Goes down the map row by row, left to right; what is to be mirrored is mirrored at the end."""

    def __init__(
        self,
        subject: MapSubject,
        width: float,
        widths: Widths,
        rank_by_mission: Mapping[MissionNumber, int],
        unit: float,
    ) -> None:
        self._subject = subject
        self._width = width
        self._unit = unit
        self._rank_by_mission = rank_by_mission
        self._sizes = Sizes(unit, widths)
        self._row = 0
        self._top = 0.0

    def layout(self, is_mirrored: bool) -> MapLayout:
        bands: list[StageBand] = []
        rows = rows_of_bands(self._subject.analysis.stages, self._width, self._sizes)
        for group in rows:
            bands.extend(self._bands(group))
        bottom = self._top - self._sizes.band_gap if bands else 0.0
        widest = max((band.box.right() for band in bands), default=self._width)
        layout = MapLayout(tuple(bands), self._unit, QSize(round(max(widest, 1)), round(bottom)))
        return _mirrored(layout, self._width) if is_mirrored else layout

    def _bands(self, rows: Rows) -> Iterator[StageBand]:
        """Yield the stages that share these rows: one stage on several rows, or several stages on one."""
        sizes, top = self._sizes, self._top
        y = top + sizes.band_padding + sizes.heading
        cards_by_stage: dict[str, list[ProgramCard]] = {stage.number: [] for stage in rows.stages}
        for row in rows.rows:
            lines = max(len(self._broken(slot.program, slot.width)) for slot in row)
            height = sizes.card_height(lines)
            # All of a row or none: one that has none would look as if nothing were to be closed.
            has_time = all(self._has_time(slot) for slot in row)
            for slot in row:
                box = QRectF(slot.left, y, slot.width, height)
                cards_by_stage[slot.stage.number].append(self._card(slot.program, box, lines, has_time))
            self._row += 1
            y += height + sizes.row_gap
        bottom = y - sizes.row_gap + sizes.band_padding
        self._top = bottom + sizes.band_gap
        for stage in rows.stages:
            cards = tuple(cards_by_stage[stage.number])
            left = min(card.box.left() for card in cards) - sizes.band_padding
            right = max(card.box.right() for card in cards) + sizes.band_padding
            box = QRectF(left, top, right - left, bottom - top)
            heading = QRectF(left + sizes.band_padding, top + sizes.band_padding * 0.6, box.width(), sizes.heading)
            yield StageBand(stage, box, heading.adjusted(0, 0, -2 * sizes.band_padding, 0), cards)

    def _broken(self, program: ProgramGap, width: float) -> tuple[str, ...]:
        room = width - 2 * self._sizes.padding - self._sizes.share(program)
        return wrapped(title_of(program), room, self._sizes.measure)

    def _card(self, program: ProgramGap, box: QRectF, lines: int, has_time: bool) -> ProgramCard:
        sizes = self._sizes
        share = sizes.share(program)
        left, top, inner = box.left() + sizes.padding, box.top() + sizes.padding_above, box.width() - 2 * sizes.padding
        title = QRectF(left, top, inner - share, sizes.line * lines)
        marks_top = title.bottom() + sizes.below_title
        bar = QRectF(left, marks_top + sizes.pill + sizes.above_bar, inner, sizes.bar)
        return ProgramCard(
            program,
            box,
            self._broken(program, box.width()),
            title,
            QRectF(left + inner - share, top, share, sizes.line),
            QRectF(left, marks_top, inner, sizes.pill) if has_time else None,
            bar,
            tuple(self._missions(program, left, marks_top)),
        )

    def _has_time(self, slot: Slot) -> bool:
        """Tell whether the minutes to close find room beside the marks."""
        taken = self._sizes.marks(slot.program) + self._unit + self._sizes.measure(time_text(slot.program))
        return taken + 2 * self._sizes.padding <= slot.width

    def _missions(self, program: ProgramGap, left: float, top: float) -> Iterator[MissionBox]:
        sizes = self._sizes
        for mission in program.missions:
            box = QRectF(left, top, sizes.pill_width(mission), sizes.pill)
            rank = self._rank_by_mission.get(mission.number, 0)
            badge = QRectF(box.left(), box.top(), sizes.rank + sizes.pill_padding if rank else 0.0, box.height())
            marks = tuple(self._marks(mission.skills, box.adjusted(sizes.rank if rank else 0.0, 0, 0, 0)))
            yield MissionBox(mission, program, box, badge, self._row, rank, marks)
            left = box.right() + sizes.pill_gap

    def _marks(self, skills: Sequence[SkillGap], box: QRectF) -> Iterator[SkillMark]:
        sizes, changes = self._sizes, self._subject.changes
        left, top = box.left() + sizes.pill_padding, box.center().y() - sizes.mark / 2
        for skill in skills:
            change = changes.of(skill.skill) if changes is not None else None
            yield SkillMark(skill, QRectF(left, top, sizes.mark, sizes.mark), change)
            left += sizes.pitch


def _mirrored(layout: MapLayout, width: float) -> MapLayout:
    def flip(box: QRectF) -> QRectF:
        return QRectF(width - box.right(), box.top(), box.width(), box.height())

    def flip_mission(place: MissionBox) -> MissionBox:
        marks = tuple(replace(mark, box=flip(mark.box)) for mark in place.marks)
        return replace(place, box=flip(place.box), badge=flip(place.badge), marks=marks)

    def flip_card(card: ProgramCard) -> ProgramCard:
        missions = tuple(flip_mission(place) for place in card.missions)
        return replace(
            card,
            box=flip(card.box),
            title=flip(card.title),
            share=flip(card.share),
            time=flip(card.time) if card.time is not None else None,
            bar=flip(card.bar),
            missions=missions,
        )

    bands = tuple(
        replace(band, box=flip(band.box), heading=flip(band.heading), cards=tuple(map(flip_card, band.cards)))
        for band in layout.bands
    )
    return replace(layout, bands=bands)
