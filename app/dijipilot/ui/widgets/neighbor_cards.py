"""The end of a lesson: whole titles of the lessons before and after it, and the order they follow."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow

Neighbor = tuple[str, str]
"""Title and target."""


class NeighborCards(QWidget):
    """Emits the target of the neighbor chosen, and whether the roadmap is to be followed."""

    chosen = Signal(str)
    roadmap_followed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Neighbor | None, Neighbor | None] | None = None
        self._cards = QGridLayout()
        self._cards.setHorizontalSpacing(12)
        self._by_curriculum = QRadioButton(self.tr("Curriculum order"), self)
        self._by_roadmap = QRadioButton(self.tr("Roadmap order"), self)
        self._group = QButtonGroup(self)
        switch = FlowLayout()
        switch.addWidget(label(self.tr("Previous and next in"), "muted", self, wraps=False))
        for choice, name in ((self._by_curriculum, "curriculumOrder"), (self._by_roadmap, "roadmapOrder")):
            choice.setObjectName(f"{name}Choice")
            choice.setAccessibleName(choice.text())
            self._group.addButton(choice)
            switch.addWidget(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._cards)
        column.addLayout(switch)
        self._by_curriculum.clicked.connect(lambda: self.roadmap_followed.emit(False))
        self._by_roadmap.clicked.connect(lambda: self.roadmap_followed.emit(True))

    def show_neighbors(self, previous: Neighbor | None, following: Neighbor | None, *, follows_roadmap: bool) -> None:
        """Show title and target of each neighbor, None where there is none, and which order holds."""
        (self._by_roadmap if follows_roadmap else self._by_curriculum).setChecked(True)
        if self._shown == (previous, following):
            return
        self._shown = (previous, following)
        clear(self._cards)
        details = (self.tr("Previous lesson"), self.tr("Next lesson"))
        for at, neighbor in enumerate(self._shown):
            name, icon_name = (("bottomPreviousButton", "back"), ("bottomNextButton", "forward"))[at]
            if neighbor is not None:
                card = Card(self, padding=4)
                go = partial(self.chosen.emit, neighbor[1])
                link = LinkRow(neighbor[0], name, go, card, detail=details[at], icon_name=icon_name)
                # The arrow stands at the side it points to.
                link.setLayoutDirection(card.layoutDirection() if at == 0 else _opposite(card.layoutDirection()))
                card.column.addWidget(link)
                self._cards.addWidget(card, 0, at)
            self._cards.setColumnStretch(at, 1)


def _opposite(direction: Qt.LayoutDirection) -> Qt.LayoutDirection:
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight if is_mirrored else Qt.LayoutDirection.RightToLeft
