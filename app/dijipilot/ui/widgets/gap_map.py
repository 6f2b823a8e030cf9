"""The gap analysis as a drawing one can walk through: arrow keys move from mission to mission, Enter opens one."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dijipilot.domain.gap_changes import GapChanges
from dijipilot.domain.gaps import GapAnalysis, MissionGap
from dijipilot.ui.gap_words import words_of_mission
from dijipilot.ui.theme import LIGHT, Colors
from dijipilot.ui.widgets.gap_card import GapCard, words_of_mark
from dijipilot.ui.widgets.gap_map_drawing import paint_map
from dijipilot.ui.widgets.gap_map_layout import lay_out_map, least_height
from dijipilot.ui.widgets.gap_map_parts import MapLayout, MapSubject, MissionBox, SkillMark
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.notice_bar import announce

_SHORTEST = 240
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class GapMap(QWidget):
    """Emits mission_chosen while moving and mission_activated on Enter or a click.

    Grows and shrinks to the room there is. Its table twin holds the same numbers.
    """

    mission_chosen = Signal(str)
    mission_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject: MapSubject | None = None
        self._colors = LIGHT
        self._layout: MapLayout | None = None
        self._least_by_width: dict[int, int] = {}
        self._current = 0
        self.has_been_walked = False
        self._hovered: int | None = None
        self._card = GapCard(self)
        self.setObjectName("gapMap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Map of all skills by mission; arrow keys move, Enter opens a mission"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def current(self) -> MissionGap | None:
        """The mission that is ringed."""
        missions = self.missions
        return missions[self._current] if self._current < len(missions) else None

    @property
    def missions(self) -> tuple[MissionGap, ...]:
        """The missions in the order in which they are drawn and walked through."""
        return self._subject.analysis.missions if self._subject else ()

    def marks(self) -> tuple[SkillMark, ...]:
        """Return every skill as it is drawn, in order of number: state, lock, arrow and place."""
        layout = self._laid_out()
        return tuple(layout.marks()) if layout else ()

    def show_analysis(self, analysis: GapAnalysis, colors: Colors, changes: GapChanges | None = None) -> None:
        """Draw this analysis, with arrows where something changed; the mission chosen stays chosen."""
        self._subject, self._colors = MapSubject(analysis, changes), colors
        self._forget_heights()
        self._card.hide()
        self.setAccessibleDescription(words_of_counts(analysis.totals))
        self._forget_layout()

    def choose(self, mission: str) -> bool:
        """Ring a mission; False when there is none of this number."""
        found = next((at for at, each in enumerate(self.missions) if each.number == mission), None)
        if found is None:
            return False
        self._move_to(found)
        return True

    def current_box(self) -> QRectF:
        """Return where the ringed mission is drawn."""
        place = self._current_box()
        return place.box if place else QRectF()

    def sizeHint(self) -> QSize:
        """Be content with little: the least height depends on the width, and whatever more there is will be used."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Take any width."""
        return QSize(0, _SHORTEST)

    def hasHeightForWidth(self) -> bool:
        """Be higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the least height at which everything can be read."""
        if self._subject is None:
            return _SHORTEST
        if width not in self._least_by_width:
            self._least_by_width[width] = least_height(self._subject, float(width), self.font())
        return self._least_by_width[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the room there is."""
        self._card.hide()
        self._forget_layout()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out anew for another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_card"):
            self._forget_heights()
            self._forget_layout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map and, with the focus, a ring around the mission chosen."""
        layout = self._laid_out()
        if layout is None:
            return
        painter = QPainter(self)
        current = self._current_box() if self.hasFocus() else None
        paint_map(painter, layout, self._colors, self.font(), current)
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
            self._walk_to(self._current + (1 if key is forward else -1))
        elif key is Qt.Key.Key_Home:
            self._walk_to(0)
        elif key is Qt.Key.Key_End:
            self._walk_to(len(self.missions) - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the mission under the pointer."""
        at = self._at(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self.has_been_walked = True
            self._move_to(at)
            self._card.hide()
            self.mission_activated.emit(self.missions[at].number)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer in words."""
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self._show_card(at)
            self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the card away."""
        self._hovered = None
        self._card.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the mission chosen."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take ring and card away."""
        super().focusOutEvent(event)
        self._card.hide()
        self.update()

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _boxes(self) -> list[MissionBox]:
        layout = self._laid_out()
        return list(layout.missions()) if layout else []

    def _current_box(self) -> MissionBox | None:
        boxes = self._boxes()
        return boxes[self._current] if self._current < len(boxes) else None

    def _at(self, point: QPointF) -> int | None:
        return next((at for at, place in enumerate(self._boxes()) if place.box.contains(point)), None)

    def _show_card(self, at: int | None) -> None:
        if at is None:
            self._card.hide()
        else:
            self._card.show_mission(self._boxes()[at], self._colors)

    def _forget_heights(self) -> None:
        self._least_by_width = {}
        self.updateGeometry()

    def _forget_layout(self) -> None:
        self._layout = None
        self.update()

    def _laid_out(self) -> MapLayout | None:
        """Return what stands where, once it is asked for: before a page is drawn, its size changes several times."""
        if self._layout is None and self._subject is not None:
            width, font = float(self.width()), self.font()
            self._layout = lay_out_map(self._subject, width, font, self.height(), self._is_mirrored)
        return self._layout

    def _move_rows(self, step: int) -> None:
        """Go to the nearest mission in the program above or below."""
        boxes = self._boxes()
        here = boxes[self._current]
        row = [at for at, place in enumerate(boxes) if place.row == here.row + step]
        if row:
            self._walk_to(min(row, key=lambda at: abs(boxes[at].box.center().x() - here.box.center().x())))

    def _move_to(self, at: int) -> None:
        missions = self.missions
        if not 0 <= at < len(missions):
            return
        self._current = at
        self.update()
        self.mission_chosen.emit(missions[at].number)

    def _walk_to(self, at: int) -> None:
        """Move by keyboard: show the mission in words, and have them said."""
        self.has_been_walked = True
        self._move_to(at)
        boxes = self._boxes()
        if 0 <= self._current < len(boxes):
            place = boxes[self._current]
            self._show_card(self._current)
            skills = "; ".join(f"{mark.skill.title}: {words_of_mark(mark)}" for mark in place.marks)
            announce(self, f"{words_of_mission(place.mission)}. {skills}")
