"""What mastered, missing, unsettled and not applicable look like and are called: shape and word, not color alone."""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from dijipilot.domain.skill_state import SkillState
from dijipilot.ui.icons import grown
from dijipilot.ui.theme import Colors
from dijipilot.ui.translation import QT_TRANSLATE_NOOP

SIDE = 16
"""Width and height of a mark at the usual text size, in device-independent pixels."""

ALL_STATES = (SkillState.MASTERED, SkillState.MISSING, SkillState.UNSETTLED, SkillState.NOT_APPLICABLE)
_CONTEXT = "states"
_WORD_BY_STATE = {
    SkillState.MASTERED: QT_TRANSLATE_NOOP("states", "Mastered"),
    SkillState.MISSING: QT_TRANSLATE_NOOP("states", "Missing"),
    SkillState.UNSETTLED: QT_TRANSLATE_NOOP("states", "Unsettled"),
    SkillState.NOT_APPLICABLE: QT_TRANSLATE_NOOP("states", "Does not apply"),
}
_MEANING_BY_STATE = {
    SkillState.MASTERED: QT_TRANSLATE_NOOP("states", "Your answers show that you can do this."),
    SkillState.MISSING: QT_TRANSLATE_NOOP("states", "Your answers show that this is still to learn."),
    SkillState.UNSETTLED: QT_TRANSLATE_NOOP(
        "states", "Your answers do not say yet: the lesson begins with one question that settles it."
    ),
    SkillState.NOT_APPLICABLE: QT_TRANSLATE_NOOP(
        "states", "Your kind of shop does not need this, so it was neither asked nor counted."
    ),
}


def word_of(state: SkillState) -> str:
    """Return what a state is called."""
    return QCoreApplication.translate(_CONTEXT, _WORD_BY_STATE[state])


def meaning_of(state: SkillState) -> str:
    """Return one sentence that explains a state."""
    return QCoreApplication.translate(_CONTEXT, _MEANING_BY_STATE[state])


def locked_word() -> str:
    """Return what a locked lesson is called."""
    return QCoreApplication.translate(_CONTEXT, "Locked")


def color_of(state: SkillState, colors: Colors) -> QColor:
    """Return the color of a state."""
    return QColor(
        {
            SkillState.MASTERED: colors.mastered,
            SkillState.MISSING: colors.missing,
            SkillState.UNSETTLED: colors.unsettled,
            SkillState.NOT_APPLICABLE: colors.not_applicable,
        }[state]
    )


def locked_meaning() -> str:
    """Return what it means that a lesson is locked."""
    return QCoreApplication.translate("roadmap status", "Locked: its outline is open, its text opens with a license.")


def paint_mark(painter: QPainter, box: QRectF, state: SkillState, colors: Colors, is_locked: bool = False) -> None:
    """Draw a mark: a full box with a tick, an empty box, a half full one, a dash; a padlock in the corner if locked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    line = max(1.4, side / 9)
    inner = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
    color = color_of(state, colors)
    round_box = QPainterPath()
    round_box.addRoundedRect(inner, side * 0.2, side * 0.2)
    painter.setPen(QPen(color, line))
    if state is SkillState.MASTERED:
        painter.fillPath(round_box, color)
        painter.drawPath(round_box)
        _paint_tick(painter, box, QColor(colors.surface), line * 1.15)
    elif state is SkillState.MISSING:
        painter.fillPath(round_box, QColor(colors.surface))
        painter.drawPath(round_box)
    elif state is SkillState.UNSETTLED:
        painter.fillPath(round_box, QColor(colors.surface))
        painter.save()
        painter.setClipPath(round_box)
        painter.fillRect(QRectF(inner.left(), inner.center().y(), inner.width(), inner.height() / 2), color)
        painter.restore()
        painter.drawPath(round_box)
    else:
        middle = box.center().y()
        painter.setPen(QPen(color, line * 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(box.left() + side * 0.22, middle), QPointF(box.right() - side * 0.22, middle))
    if is_locked:
        _paint_lock(painter, box, colors)
    painter.restore()


def mark_picture(
    state: SkillState, colors: Colors, is_locked: bool = False, side: int = SIDE, scale: float = 1.0
) -> QImage:
    """Return a mark as a picture for screens of this scale."""
    room = side + (3 if is_locked else 0)
    picture = QImage(QSize(round(room * scale), round(room * scale)), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, QRectF(0, 0, side, side), state, colors, is_locked)
    painter.end()
    return picture


def mark_icon(state: SkillState, colors: Colors, is_locked: bool = False) -> QIcon:
    """Return a mark for tables, the same whether its row is chosen or not."""
    result, side = QIcon(), grown(SIDE)
    for scale in (1.0, 2.0):
        picture = QPixmap.fromImage(mark_picture(state, colors, is_locked, side, scale))
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(picture, mode)
    return result


class StateMark(QWidget):
    """A mark as a widget; whoever shows it gives the word beside it."""

    def __init__(self, state: SkillState, colors: Colors, parent: QWidget | None = None, side: int = SIDE) -> None:
        super().__init__(parent)
        self._state = state
        self._colors = colors
        self._side = side
        self.setFixedSize(grown(side), grown(side))

    def show_state(self, state: SkillState, colors: Colors) -> None:
        """Draw this state in these colors from now on."""
        self._state, self._colors = state, colors
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_side"):
            self.setFixedSize(grown(self._side), grown(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._state, self._colors)
        painter.end()


def _paint_tick(painter: QPainter, box: QRectF, color: QColor, line: float) -> None:
    painter.setPen(QPen(color, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    tick = QPainterPath(_at(box, 0.27, 0.53))
    tick.lineTo(_at(box, 0.44, 0.69))
    tick.lineTo(_at(box, 0.74, 0.33))
    painter.drawPath(tick)


def _paint_lock(painter: QPainter, box: QRectF, colors: Colors) -> None:
    """Draw a padlock over the lower corner, cut out of what lies below it."""
    side = box.width() * 0.46
    body = QRectF(box.right() - side * 0.62, box.bottom() - side * 0.46, side, side * 0.72)
    around = body.adjusted(-1.2, -side * 0.46, 1.2, 1.2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colors.surface)))
    painter.drawRoundedRect(around, 2, 2)
    painter.setPen(QPen(QColor(colors.muted), max(1.0, side * 0.14)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bow = QRectF(body.left() + side * 0.22, body.top() - side * 0.36, side * 0.56, side * 0.72)
    painter.drawArc(bow, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colors.muted)))
    painter.drawRoundedRect(body, 1, 1)


def _at(box: QRectF, across: float, down: float) -> QPointF:
    return QPointF(box.left() + box.width() * across, box.top() + box.height() * down)
