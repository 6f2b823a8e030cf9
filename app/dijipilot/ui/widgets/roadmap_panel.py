"""The why-card: why a lesson is on the roadmap, what it needs and gives, how long it takes, and what to do about it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from dijipilot.domain.assessment.items import Item
from dijipilot.domain.roadmap import RoadmapItem, Status
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.models.roadmap_nodes import RollUp
from dijipilot.ui.roadmap_words import gives_text, minutes_range_text, readiness_text, status_word, why_lines
from dijipilot.ui.tally_words import tally_chips
from dijipilot.ui.widgets.action_button import action_button
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import chip, label
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.settling_card import SettlingCard

if TYPE_CHECKING:
    from dijipilot.services.why import WhyCard
    from dijipilot.ui.pages.roadmap_actions import RoadmapActions

_TONE_BY_STATUS = {Status.DONE: "good", Status.IN_PROGRESS: "accent", Status.DUE_FOR_REVIEW: "caution"}

_PART_GAP = 8


class RoadmapPanel(Card):
    """Shows one lesson, or what a group of them comes to. Emits lesson_chosen(skill) for one that is needed first."""

    lesson_chosen = Signal(str)

    def __init__(self, actions: "RoadmapActions", parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12, padding=22)
        self._title = label("", "subtitle", self)
        self._title.setObjectName("roadmapPanelTitle")
        self._chips = FlowLayout(spacing=6, line_gap=6)
        self._about = label("", "muted", self)
        self._open = action_button(actions.open, "roadmapOpenButton", self, "primary")
        self._answers = self._lay_out_answers(actions)
        self._reasons = QWidget(self)
        self._reason_column = QVBoxLayout(self._reasons)
        self._reason_column.setContentsMargins(0, 0, 0, 0)
        self._reason_column.setSpacing(6)
        self._question = QVBoxLayout()
        self._question_card: SettlingCard | None = None
        self.column.addWidget(self._title)
        self.column.addLayout(self._chips)
        for each in (self._about, self._open, self._answers):
            self.column.addWidget(each)
        self.column.addLayout(self._question)
        self.column.addWidget(self._reasons)
        self.column.addStretch(1)

    def show_item(
        self, item: RoadmapItem, program: str, card: "WhyCard", needed: Sequence[tuple[str, str]], opens: str
    ) -> None:
        """Show a lesson. needed: skill and title of each lesson to do first; opens: what opens it, "" if not locked."""
        self._title.setText(f"{item.position}.  {item.title}")
        time = minutes_range_text(*card.minutes)
        if card.is_own_pace:
            time = self.tr("{time} at your pace").format(time=time)
        chips = [(status_word(item.status), _TONE_BY_STATUS.get(item.status, "")), (time, ""), (item.path, "")]
        if item.is_accepted:
            chips.append((self.tr("Accepted"), "good"))
        self._show_chips(chips)
        self._about.setText(f"{item.lesson}  ·  {program}  ·  {item.difficulty}")
        clear(self._reason_column)
        self._add_part(self.tr("Why it is here"), why_lines(item, card))
        if item.status.is_ahead:
            self._add_needed(needed)
            readiness = readiness_text(item) if item.locked or item.is_in_preparation else ""
            self._add_part(self.tr("What it gives"), [each for each in (gives_text(item), readiness, opens) if each])
        self._show_buttons(True)
        self.close_question()

    def show_group(self, title: str, roll_up: RollUp, about: str) -> None:
        """Show what a group of lessons comes to."""
        self._title.setText(title)
        left = self.tr("{time} left").format(time=minutes_text(roll_up.minutes)) if roll_up.minutes else ""
        self._show_chips([*tally_chips(roll_up.tally), (left, "")])
        self._about.setText(about or self.tr("Open it to see its lessons; tick it to mark them all."))
        clear(self._reason_column)
        self._show_buttons(False)
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

    def _show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        clear(self._chips)
        for text, tone in chips:
            if text:
                self._chips.addWidget(chip(text, tone, self))

    def _show_buttons(self, are_shown: bool) -> None:
        self._open.setVisible(are_shown)
        self._answers.setVisible(are_shown)

    def _add_part(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            self._add_heading(heading)
        for line in lines:
            self._add(label(line, "", self._reasons))

    def _add_needed(self, needed: Sequence[tuple[str, str]]) -> None:
        if needed:
            self._add_heading(self.tr("Easier after"))
        for number, (skill, title) in enumerate(needed, start=1):
            go = partial(self.lesson_chosen.emit, skill)
            name = f"neededLesson{number}Button"
            self._add(LinkRow(title, name, go, self._reasons, icon_name="forward"))

    def _add_heading(self, text: str) -> None:
        if self._reason_column.count():
            self._reason_column.addSpacing(_PART_GAP)
        self._add(label(text, "eyebrow", self._reasons))

    def _add(self, widget: QWidget) -> None:
        self._reason_column.addWidget(widget)
        # At once, and not by an event of its own, so that the panel knows its height.
        widget.show()

    def _lay_out_answers(self, actions: "RoadmapActions") -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=2, line_gap=2)
        for action in actions.answers():
            flow.addWidget(action_button(action, f"{action.objectName()}Button", holder, "quiet"))
        more = button(self.tr("Mor&e"), "roadmapMoreButton", lambda: None, holder, "quiet")
        menu = QMenu(more)
        menu.addActions(list(actions.others()))
        more.setMenu(menu)
        flow.addWidget(more)
        return holder
