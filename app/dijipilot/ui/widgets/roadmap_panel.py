"""One roadmap item in detail: why it stands there, whether it can be started, and what can be decided about it."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from dijipilot.domain.assessment.items import Item
from dijipilot.domain.roadmap import RoadmapItem
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.roadmap_words import readiness_text, status_word
from dijipilot.ui.widgets.action_button import action_button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import chip, label
from dijipilot.ui.widgets.settling_card import SettlingCard


class RoadmapPanel(Card):
    """Shows one item; the first action given is the main one."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10, padding=20)
        self._title = label("", "subtitle", self)
        self._title.setObjectName("roadmapPanelTitle")
        self._chips = FlowLayout(spacing=6, line_gap=6)
        self._about = label("", "muted", self)
        self._reasons = QWidget(self)
        self._reason_column = QVBoxLayout(self._reasons)
        self._reason_column.setContentsMargins(0, 0, 0, 0)
        self._reason_column.setSpacing(4)
        self._question = QVBoxLayout()
        self._question_card: SettlingCard | None = None
        self.column.addWidget(self._title)
        self.column.addLayout(self._chips)
        self.column.addWidget(self._about)
        self.column.addWidget(self._reasons)
        self.column.addLayout(self._question)
        self.column.addLayout(self._lay_out_actions(actions))
        self.column.addStretch(1)

    def show_item(self, item: RoadmapItem, program: str) -> None:
        """Show an item."""
        self._title.setText(f"{item.position}.  {item.title}")
        clear(self._chips)
        for text, tone in ((status_word(item.status), "accent"), (minutes_text(item.minutes), ""), (item.path, "")):
            self._chips.addWidget(chip(text, tone, self))
        self._about.setText(f"{item.lesson}  ·  {program}  ·  {item.difficulty}")
        clear(self._reason_column)
        self._reason_column.addWidget(label(self.tr("Why it stands here"), "eyebrow", self._reasons))
        for reason in item.why:
            self._reason_column.addWidget(label(f"•  {text_of(reason)}", "", self._reasons))
        readiness = readiness_text(item)
        if readiness:
            self._reason_column.addWidget(label(readiness, "muted", self._reasons))
        self.close_question()

    def ask(self, item: Item) -> SettlingCard:
        """Show the one question that settles an "I know this"."""
        self.close_question()
        card = SettlingCard(item, self)
        self._question.addWidget(card)
        self._question_card = card
        return card

    @property
    def is_question_focused(self) -> bool:
        """Whether the focus would be lost with the question."""
        focused = QApplication.focusWidget()
        return self._question_card is not None and focused is not None and self._question_card.isAncestorOf(focused)

    def close_question(self) -> None:
        """Take the question away."""
        self._question_card = None
        clear(self._question)

    def _lay_out_actions(self, actions: Sequence[QAction]) -> FlowLayout:
        flow = FlowLayout(spacing=8)
        flow.setContentsMargins(0, 8, 0, 0)
        for place, action in enumerate(actions):
            flow.addWidget(action_button(action, f"{action.objectName()}Button", self, "primary" if place == 0 else ""))
        return flow
