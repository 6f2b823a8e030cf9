"""All checkpoints as small marks that fill while one answers; it shows how much is known, never which way it leans."""

import math

from msgspec import Struct
from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dijipilot.domain.assessment.checkpoints import Checkpoints, Known, ProgramCheckpoints
from dijipilot.ui.motion import moves
from dijipilot.ui.theme import LIGHT, Colors

ROWS = 3
FILL_MS = 600
_LEAST_PITCH, _MOST_PITCH = 6.0, 13.0
_GAP_PITCHES = 0.75
"""Between two programs, in distances between two marks."""

_MARK_SHARE = 0.72
"""Side of a mark, of the distance between two."""

_GROWTH = 0.7
"""A mark that has just been settled begins so much larger than it stays."""


class _Block(Struct, frozen=True):
    """Where the marks of one program stand: its first column, counted in pitches from the start."""

    program: ProgramCheckpoints
    left: float

    @property
    def columns(self) -> int:
        return math.ceil(len(self.program.known) / ROWS)


class CheckpointPicture(QWidget):
    """Full: settled. Half as large: clearer than before. Outline: open. Dash: does not concern this shop.

    The words below it hold the same number; its accessible description tells it by program.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checkpointPicture")
        self._colors = LIGHT
        self._blocks: tuple[_Block, ...] = ()
        self._wide = 1.0
        self._fresh: frozenset[tuple[int, int]] = frozenset()
        self._checkpoints: Checkpoints | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(FILL_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def checkpoints(self) -> Checkpoints | None:
        """What is shown."""
        return self._checkpoints

    @property
    def is_moving(self) -> bool:
        """Whether marks are being filled right now."""
        return self._animation.state() is QVariantAnimation.State.Running

    def show_checkpoints(self, checkpoints: Checkpoints, colors: Colors, *, fills: bool = False) -> None:
        """Show this; fills: let what was settled since before be seen to fill, where things may move."""
        before = self._checkpoints
        self._checkpoints, self._colors = checkpoints, colors
        self._fresh = _fresh(before, checkpoints) if fills and before is not None else frozenset()
        self._place()
        self._describe()
        self._animation.stop()
        if self._fresh and moves(self):
            self._animation.start()
        self.update()

    def recolor(self, colors: Colors) -> None:
        """Draw in these colors."""
        self._colors = colors
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as the marks at this width."""
        return QSize(300, math.ceil(ROWS * _MOST_PITCH))

    def minimumSizeHint(self) -> QSize:
        """Shrink with the window, down to marks that can still be told apart."""
        return QSize(round(self._wide * _LEAST_PITCH), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every mark, from the side where reading begins."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        for at, block in enumerate(self._blocks):
            for place, known in enumerate(block.program.known):
                self._paint_mark(painter, self._center(block, place), known, (at, place) in self._fresh)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Name the program under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            block = self._block_at(float(event.pos().x()))
            QToolTip.showText(event.globalPos(), self._words(block.program) if block else "", self)
            return True
        return super().event(event)

    @property
    def _pitch(self) -> float:
        return min(_MOST_PITCH, max(_LEAST_PITCH, self.width() / self._wide))

    def _place(self) -> None:
        blocks: list[_Block] = []
        left = 0.0
        for program in self._checkpoints.programs if self._checkpoints else ():
            blocks.append(_Block(program, left))
            left += blocks[-1].columns + _GAP_PITCHES
        self._blocks = tuple(blocks)
        self._wide = max(1.0, left - _GAP_PITCHES)

    def _center(self, block: _Block, place: int) -> QPointF:
        column, row = divmod(place, ROWS)
        top = (self.height() - ROWS * self._pitch) / 2.0
        return QPointF((block.left + column + 0.5) * self._pitch, top + (row + 0.5) * self._pitch)

    def _block_at(self, across: float) -> _Block | None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            across = self.width() - across
        for block in self._blocks:
            if 0.0 <= across / self._pitch - block.left < block.columns:
                return block
        return None

    def _paint_mark(self, painter: QPainter, center: QPointF, known: Known, is_fresh: bool) -> None:
        half = self._pitch * _MARK_SHARE / 2.0
        if known is Known.NOT_ASKED:
            painter.setPen(QPen(QColor(self._colors.not_applicable), 1.4))
            painter.drawLine(center - QPointF(half * 0.7, 0), center + QPointF(half * 0.7, 0))
            return
        painter.setPen(QPen(QColor(self._colors.outline), 1.0))
        painter.setBrush(QColor(self._colors.surface))
        painter.drawRoundedRect(_square(center, half), 2, 2)
        if known is Known.OPEN:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colors.accent))
        painter.drawRoundedRect(_square(center, self._filled(half, known, is_fresh)), 2, 2)

    def _filled(self, half: float, known: Known, is_fresh: bool) -> float:
        if known is Known.CLEARER:
            return half * 0.45
        if is_fresh and self.is_moving:
            done = float(self._animation.currentValue())
            return (half + 0.5) * (done + _GROWTH * math.sin(math.pi * done))
        return half + 0.5

    def _describe(self) -> None:
        checkpoints = self._checkpoints
        if checkpoints is None:
            return
        self.setAccessibleName(
            self.tr("{settled} of {all} checkpoints settled").format(
                settled=checkpoints.settled, all=checkpoints.applicable
            )
        )
        self.setAccessibleDescription("; ".join(self._words(program) for program in checkpoints.programs))

    def _words(self, program: ProgramCheckpoints) -> str:
        if not program.applicable:
            return self.tr("{program}: does not concern your shop").format(program=program.title)
        return self.tr("{program}: {settled} of {all} settled").format(
            program=program.title, settled=program.settled, all=program.applicable
        )


def _square(center: QPointF, half: float) -> QRectF:
    return QRectF(center.x() - half, center.y() - half, 2 * half, 2 * half)


def _fresh(before: Checkpoints, after: Checkpoints) -> frozenset[tuple[int, int]]:
    """Return the marks settled since, by program and place in it."""
    return frozenset(
        (at, place)
        for at, (earlier, later) in enumerate(zip(before.programs, after.programs, strict=True))
        for place, (was, now) in enumerate(zip(earlier.known, later.known, strict=True))
        if now is Known.SETTLED and was is not Known.SETTLED
    )
