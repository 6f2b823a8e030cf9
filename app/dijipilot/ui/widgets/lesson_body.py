"""A lesson as one reads and works through it: what, why, steps, example, mistakes, tip, checklist, check."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.lesson_text import LessonText, Section, SectionKind
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.knowledge_check import KnowledgeCheck
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.step_row import StepRow

LESSON_LINK = "lesson:"
_MENTIONED_LESSON = re.compile(r"\blesson (\d+\.\d+\.\d+\.\d+)\b")
_TONE_BY_KIND = {SectionKind.EXAMPLE: "sunken", SectionKind.TIP: "accent"}


class LessonBody(QWidget):
    """Shows one lesson. What the learner does goes up by signals; what is on record comes down by show_progress."""

    step_ticked = Signal(str, bool)
    box_ticked = Signal(str, bool)
    check_answered = Signal(str, str)
    link_clicked = Signal(str)

    def __init__(self, text: LessonText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._step_rows: list[StepRow] = []
        self._boxes: dict[str, Choice] = {}
        for section in text.sections:
            if section.kind is SectionKind.STEPS:
                self._add_steps(section.title, text)
            else:
                self._add_section(section)
        self._add_checklist(text)
        self.check = KnowledgeCheck(text.check, self)
        self._add_heading(self.tr("Check what you know"))
        self._column.addWidget(self.check)
        self.check.answered.connect(self.check_answered)

    def show_progress(self, progress: LessonProgress) -> None:
        """Show what is ticked and answered."""
        for row in self._step_rows:
            row.show_ticked(row.step_id in progress.ticked_steps)
        for box_id, choice in self._boxes.items():
            choice.control.blockSignals(True)
            choice.choose(box_id in progress.ticked_boxes)
            choice.control.blockSignals(False)
        self.check.show_answers(progress.check_answers)

    def _add_heading(self, title: str) -> None:
        self._column.addSpacing(14)
        self._column.addWidget(label(title, "subtitle", self))

    def _add_section(self, section: Section) -> None:
        view = LessonView(section.title, self)
        view.setObjectName(f"{section.kind.value}Text")
        view.show_markdown(with_links(section.markdown))
        view.link_clicked.connect(self.link_clicked)
        if section.kind in _TONE_BY_KIND:
            card = Card(self, _TONE_BY_KIND[section.kind])
            card.column.addWidget(label(section.title, "strong", card))
            card.column.addWidget(view)
            self._column.addSpacing(10)
            self._column.addWidget(card)
        else:
            self._add_heading(section.title)
            self._column.addWidget(view)

    def _add_steps(self, title: str, text: LessonText) -> None:
        self._add_heading(title)
        for number, step in enumerate(text.steps, start=1):
            row = StepRow(step.id, number, with_links(step.markdown), self)
            row.ticked.connect(self.step_ticked)
            row.link_clicked.connect(self.link_clicked)
            self._step_rows.append(row)
            self._column.addWidget(row)

    def _add_checklist(self, text: LessonText) -> None:
        if not text.checklist:
            return
        self._add_heading(self.tr("Done when all of this is true"))
        for number, entry in enumerate(text.checklist, start=1):
            choice = Choice(entry.text, f"box{number}", self, is_plain=True)
            choice.toggled.connect(lambda is_on, box=entry.id: self.box_ticked.emit(box, is_on))
            self._boxes[entry.id] = choice
            self._column.addWidget(choice)


def with_links(markdown: str) -> str:
    """Return the text with each mention of a lesson's number made a link to it."""
    return _MENTIONED_LESSON.sub(rf"[lesson \1]({LESSON_LINK}\1)", markdown)
