"""The gap analysis as a drawing one can walk through: arrow keys move from mission to mission, Enter opens one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dijipilot.domain.gaps import GapAnalysis, MissionGap
from dijipilot.ui.theme import LIGHT, Colors
from dijipilot.ui.widgets.gap_map_drawing import MapLayout, MissionBox, lay_out_map, paint_map
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.notice_bar import announce

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GapMap(QWidget):
    """Emits mission_chosen while moving and mission_activated on Enter; its table twin holds the same numbers."""

    mission_chosen = Signal(str)
    mission_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis: GapAnalysis | None = None
        self._colors = LIGHT
        self._layout: MapLayout | None = None
        self._current = 0
        self.setObjectName("gapMap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of all skills by mission; arrow keys move, Enter opens a mission"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> MissionGap | None:
        """The mission that is ringed."""
        place = self._current_box()
        return place.mission if place else None

    @property
    def missions(self) -> tuple[MissionGap, ...]:
        """The missions as they are drawn, each with the skills that stand as marks in its block."""
        return tuple(place.mission for place in self._boxes())

    def show_analysis(self, analysis: GapAnalysis, colors: Colors) -> None:
        """Draw this analysis; the mission chosen stays chosen."""
        self._analysis, self._colors = analysis, colors
        self.setAccessibleDescription(words_of_counts(analysis.totals))
        self._lay_out()

    def choose(self, mission: str) -> bool:
        """Ring a mission; False when there is none of this number."""
        boxes = self._boxes()
        found = next((at for at, place in enumerate(boxes) if place.mission.number == mission), None)
        if found is None:
            return False
        self._move_to(found)
        return True

    def current_box(self) -> QRectF:
        """Return where the ringed mission is drawn."""
        place = self._current_box()
        return place.box if place else QRectF()

    def sizeHint(self) -> QSize:
        """Ask for room for every mark."""
        return self._layout.size if self._layout else QSize(400, 300)

    def minimumSizeHint(self) -> QSize:
        """Never cut off a mark."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give titles what width there is."""
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out anew for another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map and, with the focus, a ring around the mission chosen."""
        if self._layout is None:
            return
        painter = QPainter(self)
        paint_map(painter, self._layout, self._colors, self.font(), self._current_box())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End; open by Enter."""
        key = Qt.Key(event.key())
        mission = self.current
        if mission is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _ENTER_KEYS:
            self.mission_activated.emit(mission.number)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_rows(1 if key is Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = Qt.Key.Key_Left if self._is_mirrored else Qt.Key.Key_Right
            self._move_to(self._current + (1 if key is forward else -1))
        elif key is Qt.Key.Key_Home:
            self._move_to(0)
        elif key is Qt.Key.Key_End:
            self._move_to(len(self._boxes()) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mission under the pointer."""
        at = self._at(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._move_to(at)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the mission under the pointer."""
        at = self._at(event.position())
        if at is not None:
            self.mission_activated.emit(self._boxes()[at].mission.number)

    def event(self, event: QEvent) -> bool:
        """Name the mission under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            if at is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), words_of_mission(self._boxes()[at].mission), self)
            return True
        return super().event(event)

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _boxes(self) -> list[MissionBox]:
        return list(self._layout.missions()) if self._layout else []

    def _current_box(self) -> MissionBox | None:
        boxes = self._boxes()
        return boxes[self._current] if self._current < len(boxes) else None

    def _at(self, point: QPointF) -> int | None:
        return next((at for at, place in enumerate(self._boxes()) if place.box.contains(point)), None)

    def _lay_out(self) -> None:
        if self._analysis is not None:
            self._layout = lay_out_map(self._analysis, float(self.width()), self.font(), self._is_mirrored)
            self.updateGeometry()
            self.update()

    def _move_rows(self, step: int) -> None:
        """Go to the nearest mission in the program above or below."""
        boxes = self._boxes()
        here = boxes[self._current]
        row = [at for at, place in enumerate(boxes) if place.row == here.row + step]
        if row:
            self._move_to(min(row, key=lambda at: abs(boxes[at].box.center().x() - here.box.center().x())))

    def _move_to(self, at: int) -> None:
        boxes = self._boxes()
        if not 0 <= at < len(boxes):
            return
        self._current = at
        self.update()
        words = words_of_mission(boxes[at].mission)
        if self.hasFocus():
            announce(self, words)
        self.mission_chosen.emit(boxes[at].mission.number)


def words_of_mission(mission: MissionGap) -> str:
    """Return a mission with its counts in words."""
    return f"{mission.number}  {mission.title}\n{words_of_counts(mission.counts)}"
