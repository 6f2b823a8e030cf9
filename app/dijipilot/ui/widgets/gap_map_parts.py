"""What stands where on the map of gaps: bands, cards, missions and marks as plain data that painter and tests read."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont

from dijipilot.domain.gap_changes import Change, GapChanges
from dijipilot.domain.gaps import GapAnalysis, MissionGap, ProgramGap, SkillGap, StageGap


class SkillMark(Struct, frozen=True):
    """Where a skill is drawn. change: how it moved since the analysis compared with; None without one."""

    skill: SkillGap
    box: QRectF
    change: Change | None


class MissionBox(Struct, frozen=True):
    """Where a mission is drawn.

    row: counted over the whole map. rank: 1 for the mission worth most, 0 for none; badge: where it stands.
    """

    mission: MissionGap
    program: ProgramGap
    box: QRectF
    badge: QRectF
    row: int
    rank: int
    marks: tuple[SkillMark, ...]


class ProgramCard(Struct, frozen=True):
    """Where a program is drawn.

    lines: its title as it is broken. share: where its numbers stand; time: where its minutes do, None without room.
    """

    program: ProgramGap
    box: QRectF
    lines: tuple[str, ...]
    title: QRectF
    share: QRectF
    time: QRectF | None
    bar: QRectF
    missions: tuple[MissionBox, ...]


class StageBand(Struct, frozen=True):
    """Where a stage is drawn: its ground, its heading and the cards on it."""

    stage: StageGap
    box: QRectF
    heading: QRectF
    cards: tuple[ProgramCard, ...]


class MapLayout(Struct, frozen=True):
    """Everything in its place, in device-independent pixels; unit: the height of a letter, which all is made of."""

    bands: tuple[StageBand, ...]
    unit: float
    size: QSize

    def missions(self) -> Iterator[MissionBox]:
        """Yield every mission in order of number."""
        for band in self.bands:
            for card in band.cards:
                yield from card.missions

    def marks(self) -> Iterator[SkillMark]:
        """Yield every skill in order of number, as it is drawn."""
        for mission in self.missions():
            yield from mission.marks

    def font(self, font: QFont, *, is_strong: bool = False) -> QFont:
        """Return a font in the size of this map."""
        sized = QFont(font)
        sized.setPixelSize(max(6, round(self.unit)))
        if is_strong:
            sized.setWeight(QFont.Weight.DemiBold)
        return sized


class MapSubject(Struct, frozen=True):
    """What is to be drawn: an analysis, and what changed since another one, None where nothing is compared."""

    analysis: GapAnalysis
    changes: GapChanges | None = None
