"""Paints the map of gaps, on the screen and on paper alike."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from dijipilot.domain.gap_changes import Change
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import share_text, share_words
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.gap_map_parts import MapLayout, MissionBox, ProgramCard, SkillMark, StageBand
from dijipilot.ui.widgets.gap_map_rows import time_text
from dijipilot.ui.widgets.mastery_bar import paint_bar
from dijipilot.ui.widgets.state_mark import paint_mark


def paint_map(painter: QPainter, layout: MapLayout, colors: Colors, font: QFont, current: MissionBox | None) -> None:
    """Draw the map; current: the mission to ring, None for none."""
    _MapPainter(painter, layout, colors, font).paint(current)


def paint_rank(painter: QPainter, center: QPointF, unit: float, rank: int, colors: Colors, font: QFont) -> None:
    """Draw a disk with the rank of a mission: 1 for the one worth most. unit: the height of the map's letters."""
    painter.save()
    radius = unit * 0.62
    painter.setPen(QPen(QColor(colors.surface), max(1.0, unit * 0.1)))
    painter.setBrush(QColor(colors.accent))
    painter.drawEllipse(center, radius, radius)
    figure = QFont(font)
    figure.setPixelSize(max(6, round(unit * 0.86)))
    figure.setWeight(QFont.Weight.Bold)
    painter.setFont(figure)
    painter.setPen(QColor(colors.on_accent))
    box = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(rank))
    painter.restore()


def paint_change(painter: QPainter, box: QRectF, change: Change, colors: Colors) -> None:
    """Draw an arrow into the upper corner of a mark: upwards where it rose, downwards where it fell, else nothing."""
    if change not in (Change.ROSE, Change.FELL):
        return
    is_up = change is Change.ROSE
    side = box.width() * 0.48
    center = QPointF(box.right() + side * 0.12, box.top() + side * 0.02)
    tip, base = (-0.6, 0.5) if is_up else (0.6, -0.5)
    arrow = QPolygonF(
        [
            QPointF(center.x(), center.y() + tip * side),
            QPointF(center.x() + side * 0.62, center.y() + base * side),
            QPointF(center.x() - side * 0.62, center.y() + base * side),
        ]
    )
    painter.save()
    painter.setPen(QPen(QColor(colors.surface), max(1.6, side * 0.28), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(QColor(colors.text))
    painter.drawPolygon(arrow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(arrow)
    painter.restore()


class _MapPainter:
    """Holds what every part needs."""

    def __init__(self, painter: QPainter, layout: MapLayout, colors: Colors, font: QFont) -> None:
        self._painter = painter
        self._layout = layout
        self._colors = colors
        self._usual = layout.font(font)
        self._strong = layout.font(font, is_strong=True)
        self._unit = layout.unit

    def paint(self, current: MissionBox | None) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in self._layout.bands:
            self._band(band)
            for card in band.cards:
                self._card(card)
                for mission in card.missions:
                    self._mission(mission, mission is current)

    def _band(self, band: StageBand) -> None:
        radius = self._unit * 0.8
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._colors.sunken))
        self._painter.drawRoundedRect(band.box, radius, radius)
        name = f"{band.stage.number}\N{NO-BREAK SPACE} {band.stage.title}"
        used = QFontMetricsF(self._strong).horizontalAdvance(name) + self._unit
        self._line(band.heading, name, self._strong, self._colors.text)
        counts = band.stage.counts
        parts = share_words(counts)
        if counts.minutes:
            time = minutes_text(counts.minutes)
            parts.append(QCoreApplication.translate("gap map", "{time} to close").format(time=time))
        is_mirrored = self._painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        rest = band.heading.adjusted(0, 0, -used, 0) if is_mirrored else band.heading.adjusted(used, 0, 0, 0)
        self._line(rest, "  ·  ".join(parts), self._usual, self._colors.muted, Qt.AlignmentFlag.AlignRight)

    def _card(self, card: ProgramCard) -> None:
        radius, counts, colors = self._unit * 0.55, card.program.counts, self._colors
        self._painter.setPen(QPen(QColor(colors.line), 1))
        self._painter.setBrush(QColor(colors.surface))
        self._painter.drawRoundedRect(card.box, radius, radius)
        ink = colors.text if counts.applicable else colors.muted
        height = card.title.height() / max(1, round(card.title.height() / (1.24 * self._unit)))
        for at, text in enumerate(card.lines):
            line = QRectF(card.title.left(), card.title.top() + at * height, card.title.width(), height)
            self._line(line, text, self._strong, ink)
        far = Qt.AlignmentFlag.AlignRight
        self._line(card.share, share_text(card.program.counts), self._usual, colors.muted, far)
        if card.time is not None:
            self._line(card.time, time_text(card.program), self._usual, colors.muted, far)
        self._painter.save()
        if self._painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._painter.translate(card.bar.left() + card.bar.right(), 0)
            self._painter.scale(-1, 1)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_bar(self._painter, card.bar, counts, colors)
        self._painter.restore()

    def _mission(self, place: MissionBox, is_current: bool) -> None:
        colors, radius = self._colors, self._unit * 0.5
        stands_out = place.rank > 0
        self._painter.setPen(QPen(QColor(colors.accent if stands_out else colors.line), 1.4 if stands_out else 1))
        self._painter.setBrush(QColor(colors.accent_soft if stands_out else colors.window))
        self._painter.drawRoundedRect(place.box, radius, radius)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        if stands_out:
            paint_rank(self._painter, place.badge.center(), self._unit, place.rank, colors, self._usual)
        for mark in place.marks:
            self._mark(mark)
        if is_current:
            around = self._unit * 0.16
            self._painter.setPen(QPen(QColor(colors.text), max(2.0, self._unit * 0.17)))
            self._painter.drawRoundedRect(place.box.adjusted(-around, -around, around, around), radius, radius)

    def _mark(self, mark: SkillMark) -> None:
        paint_mark(self._painter, mark.box, mark.skill.state, self._colors, mark.skill.locked)
        if mark.change is not None:
            paint_change(self._painter, mark.box, mark.change, self._colors)

    def _line(
        self, box: QRectF, text: str, font: QFont, color: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(color))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
        self._painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side), shown)
