"""Lays out and paints the map of gaps: programs by stage, their missions as blocks, every skill a mark."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from dijipilot.domain.gaps import GapAnalysis, MissionGap, ProgramGap, StageGap
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.state_mark import paint_mark

_MARK_EMS, _GAP_EMS, _PADDING_EMS = 1.15, 0.35, 0.5
_TITLE_EMS, _NARROWEST_TITLE_EMS = 19.0, 11.0
_ROW_EMS, _HEADING_EMS, _COUNTS_EMS = 2.35, 2.3, 10.0


@dataclass(frozen=True, slots=True)
class MissionBox:
    """Where a mission is drawn. row: of its program, counted over all stages; column: within the program."""

    mission: MissionGap
    box: QRectF
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """Where a program is drawn. counts: where its numbers stand, None where there is no room for them."""

    program: ProgramGap
    title: QRectF
    counts: QRectF | None
    missions: tuple[MissionBox, ...]


@dataclass(frozen=True, slots=True)
class StageBand:
    """Where a stage is drawn: its heading and the rows below it."""

    stage: StageGap
    box: QRectF
    rows: tuple[ProgramRow, ...]


@dataclass(frozen=True, slots=True)
class MapLayout:
    """Everything in its place, in device-independent pixels."""

    bands: tuple[StageBand, ...]
    em: float
    size: QSize

    def missions(self) -> Iterator[MissionBox]:
        """Yield every mission in order of number."""
        for band in self.bands:
            for row in band.rows:
                yield from row.missions


def lay_out_map(analysis: GapAnalysis, width: float, font: QFont, is_mirrored: bool = False) -> MapLayout:
    """Return the layout for a width; the height follows from the text size: a mark is about as high as a letter."""
    em = QFontMetricsF(font).height() * 0.8
    programs = [program for stage in analysis.stages for program in stage.programs]
    widest = max((_row_width(program, em) for program in programs), default=0.0)
    title_width = min(_TITLE_EMS * em, max(_NARROWEST_TITLE_EMS * em, width - widest - em))
    places = _Places(width, em, title_width, widest, is_mirrored)
    bands = tuple(places.band(stage) for stage in analysis.stages)
    return MapLayout(bands, em, QSize(round(title_width + widest + em), round(places.top + em * 0.3)))


class _Places:
    """Goes down the map and gives everything its place; mirrored where reading begins at the right."""

    def __init__(self, width: float, em: float, title_width: float, widest: float, is_mirrored: bool) -> None:
        self.top = em * 0.2
        self._width = width
        self._em = em
        self._title_width = title_width
        self._widest = widest
        self._is_mirrored = is_mirrored
        self._rows = 0

    def band(self, stage: StageGap) -> StageBand:
        heading = self._box(0, self._width, self._em * _HEADING_EMS)
        self.top += heading.height()
        rows = tuple(self._row(program) for program in stage.programs)
        self.top += self._em * 0.5
        return StageBand(stage, heading, rows)

    def _row(self, program: ProgramGap) -> ProgramRow:
        em, left, boxes = self._em, self._title_width, []
        for column, mission in enumerate(program.missions):
            box = self._box(left, _mission_width(mission, em), em * _ROW_EMS).adjusted(0, em * 0.2, 0, -em * 0.2)
            boxes.append(MissionBox(mission, box, self._rows, column))
            left += box.width() + em * 0.5
        title = self._box(0, self._title_width - em * 0.6, em * _ROW_EMS)
        room = em * _COUNTS_EMS
        counts = self._box(self._width - room, room - em * 0.4, em * _ROW_EMS) if self._has_room(room) else None
        self._rows += 1
        self.top += title.height()
        return ProgramRow(program, title, counts, tuple(boxes))

    def _has_room(self, width: float) -> bool:
        return self._title_width + self._widest + width <= self._width

    def _box(self, left: float, width: float, height: float) -> QRectF:
        return QRectF(self._width - left - width if self._is_mirrored else left, self.top, width, height)


def _row_width(program: ProgramGap, em: float) -> float:
    return sum(_mission_width(mission, em) + em * 0.5 for mission in program.missions)


def _mission_width(mission: MissionGap, em: float) -> float:
    count = max(2, len(mission.skills))
    return em * (2 * _PADDING_EMS + count * _MARK_EMS + (count - 1) * _GAP_EMS)


def paint_map(painter: QPainter, layout: MapLayout, colors: Colors, font: QFont, current: MissionBox | None) -> None:
    """Draw the map; current: the mission to ring, None for none."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    strong = QFont(small)
    strong.setWeight(QFont.Weight.DemiBold)
    for band in layout.bands:
        _paint_heading(painter, band, colors, strong, layout.em)
        for row in band.rows:
            painter.setFont(small)
            painter.setPen(QColor(colors.text))
            _paint_line(painter, row.title, f"{row.program.number}  {row.program.title}")
            if row.counts is not None:
                painter.setPen(QColor(colors.muted))
                _paint_line(painter, row.counts, _counts_text(row.program), Qt.AlignmentFlag.AlignRight)
            for mission in row.missions:
                _paint_mission(painter, mission, colors, layout.em, mission is current)


def _paint_heading(painter: QPainter, band: StageBand, colors: Colors, font: QFont, em: float) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colors.muted))
    box = band.box.adjusted(0, em * 0.5, 0, -em * 0.1)
    _paint_line(painter, box, f"{band.stage.number}  {band.stage.title}")
    painter.setPen(QPen(QColor(colors.line), 1))
    painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))


def _paint_line(painter: QPainter, box: QRectF, text: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


def _counts_text(program: ProgramGap) -> str:
    return QCoreApplication.translate("gap map", "{mastered} of {all} mastered").format(
        mastered=program.counts.mastered, all=program.counts.applicable
    )


def _paint_mission(painter: QPainter, place: MissionBox, colors: Colors, em: float, is_current: bool) -> None:
    painter.setPen(QPen(QColor(colors.accent if is_current else colors.line), 2.5 if is_current else 1))
    painter.setBrush(QColor(colors.accent_soft if is_current else colors.surface))
    painter.drawRoundedRect(place.box, em * 0.35, em * 0.35)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = em * _MARK_EMS
    left, top = place.box.left() + em * _PADDING_EMS, place.box.center().y() - side / 2
    for skill in place.mission.skills:
        paint_mark(painter, QRectF(left, top, side, side), skill.state, colors, skill.locked)
        left += side + em * _GAP_EMS
