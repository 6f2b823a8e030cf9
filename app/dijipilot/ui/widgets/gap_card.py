"""The card beside the pointer or the ring on the map of gaps: a mission in words, every skill with mark and word."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dijipilot.domain.gap_changes import Change
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import change_word, value_text
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.gap_map_parts import MissionBox, SkillMark
from dijipilot.ui.widgets.gap_map_rows import title_of
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import SIDE, StateMark, locked_word, word_of

_CHARACTERS = 52
_AWAY = 8


class GapCard(QFrame):
    """Lies over the map and lets the pointer through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        self.setObjectName("gapCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._program = label("", "small", self)
        self._title = label("", "strong", self)
        self._skills = QVBoxLayout()
        self._skills.setSpacing(5)
        self._foot = label("", "small", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 12)
        column.setSpacing(4)
        column.addWidget(self._program)
        column.addWidget(self._title)
        column.addSpacing(2)
        column.addLayout(self._skills)
        column.addSpacing(4)
        column.addWidget(self._foot)
        self.hide()

    def show_mission(self, place: MissionBox, colors: Colors) -> None:
        """Show a mission beside its place, wholly within the map where that is large enough."""
        self._program.setText(title_of(place.program))
        self._title.setText(f"{place.mission.number}  {place.mission.title}")
        clear(self._skills)
        for mark in place.marks:
            self._skills.addLayout(self._skill(mark, colors))
        self._foot.setText(self._closing(place))
        self._foot.setVisible(bool(place.mission.counts.minutes))
        # A label that was just added takes no room until it is shown.
        for child in self.findChildren(QWidget):
            if child is not self._foot:
                child.show()
        width = min(self.fontMetrics().averageCharWidth() * _CHARACTERS, self._map.width() - 4)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 0
        self.setGeometry(self._beside(place.box.toRect(), width, height))
        self.raise_()
        self.show()

    def _closing(self, place: MissionBox) -> str:
        counts = place.mission.counts
        closing = self.tr("{time} to close").format(time=minutes_text(counts.minutes))
        parts = [place.mission.path, place.mission.difficulty, closing, value_text(counts.value)]
        if place.rank:
            parts.append(self.tr("number {rank} of what is worth most").format(rank=place.rank))
        return "  ·  ".join(parts)

    def _skill(self, mark: SkillMark, colors: Colors) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        side = max(SIDE, self.fontMetrics().height() - 2)
        row.addWidget(StateMark(mark.skill.state, colors, self, side), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(mark.skill.title, "", self), 1)
        words: QLabel = label(words_of_mark(mark), "small", self, wraps=False)
        row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _beside(self, box: QRect, width: int, height: int) -> QRect:
        """Return a place below the box, above it where there is no room below."""
        area = self._map.visibleRegion().boundingRect()
        left = min(max(area.left() + 2, box.left()), max(area.left() + 2, area.right() - width - 2))
        top = box.bottom() + _AWAY
        if top + height > area.bottom() and box.top() - _AWAY - height >= area.top():
            top = box.top() - _AWAY - height
        return QRect(QPoint(left, top), QPoint(left + width, top + height))


def words_of_mark(mark: SkillMark) -> str:
    """Return what a mark says in words: its state, whether it is locked, and how it moved."""
    words = [word_of(mark.skill.state)]
    words += [locked_word()] if mark.skill.locked else []
    words += [change_word(mark.change)] if mark.change in (Change.ROSE, Change.FELL) else []
    return ", ".join(words)
