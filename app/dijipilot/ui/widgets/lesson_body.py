"""A lesson as one reads and works through it: what, why, steps, example, mistakes, tip, checklist, check."""

import re

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.freshness import Freshness
from dijipilot.domain.highlights import STEP_PREFIX
from dijipilot.domain.ids import LessonNumber
from dijipilot.domain.lesson_text import LessonText, Section, SectionKind
from dijipilot.domain.progress import LessonProgress
from dijipilot.domain.terms import TermFinder
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.knowledge_check import KnowledgeCheck
from dijipilot.ui.widgets.labels import chip, label
from dijipilot.ui.widgets.lesson_marks import LessonMarks
from dijipilot.ui.widgets.lesson_stamp import LessonStamp
from dijipilot.ui.widgets.lesson_term import TERM_LINK
from dijipilot.ui.widgets.lesson_view import LessonView, TextLink
from dijipilot.ui.widgets.step_row import StepRow

LESSON_LINK = "lesson:"
# The word may stand at the end of a line, and before several numbers it stands once.
_MENTIONED_LESSON = re.compile(r"\b((?:lesson\s+)?(\d+\.\d+\.\d+\.\d+))\b")
_TONE_BY_KIND = {SectionKind.EXAMPLE: "sunken", SectionKind.TIP: "accent"}


class LessonBody(QWidget):
    """Shows one lesson. What the learner does goes up by signals; what is on record comes down by show_progress."""

    step_ticked = Signal(str, bool)
    box_ticked = Signal(str, bool)
    check_answered = Signal(str, str)
    difference_told = Signal(str, str)
    link_clicked = Signal(str)

    def __init__(self, text: LessonText, freshness: Freshness | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._freshness = freshness
        self._step_rows: list[StepRow] = []
        self._boxes: dict[str, Choice] = {}
        self._view_by_part: dict[str, LessonView] = {}
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
        self.marks = LessonMarks(self._view_by_part, self)

    def show_progress(self, progress: LessonProgress) -> None:
        """Show what is ticked and answered."""
        for row in self._step_rows:
            row.show_ticked(row.step_id in progress.ticked_steps)
        done = sum(row.box.isChecked() for row in self._step_rows)
        self._steps_done.setText(self.tr("{done} of {all} done").format(done=done, all=len(self._step_rows)))
        for box_id, choice in self._boxes.items():
            choice.control.blockSignals(True)
            choice.choose(box_id in progress.ticked_boxes)
            choice.control.blockSignals(False)
        self.check.show_answers(progress.check_answers)

    def show_terms(self, finder: TermFinder, lesson: LessonNumber) -> None:
        """Let each term of the glossary lead to what it means, where the lesson first mentions it."""
        shown: set[str] = set()
        for view in self._view_by_part.values():
            links = []
            for spot in finder.find(view.toPlainText(), lesson):
                if spot.term not in shown:
                    shown.add(spot.term)
                    links.append(TextLink(spot.start, spot.end, TERM_LINK + spot.term))
            view.show_links(links)

    def place_of_link(self, target: str) -> QRect:
        """Return where on the screen the words stand that lead to a target."""
        for view in self._view_by_part.values():
            place = view.place_of_link(target)
            if not place.isNull():
                return QRect(view.viewport().mapToGlobal(place.topLeft()), place.size())
        return QRect(self.mapToGlobal(self.rect().topLeft()), self.rect().size())

    def _add_heading(self, title: str, beside: QWidget | None = None) -> None:
        self._column.addSpacing(20)
        row = QHBoxLayout()
        row.addWidget(label(title, "subtitle", self), 1)
        if beside is not None:
            row.addWidget(beside)
        self._column.addLayout(row)

    def _add_section(self, section: Section) -> None:
        card = Card(self, _TONE_BY_KIND[section.kind]) if section.kind in _TONE_BY_KIND else None
        view = LessonView(section.title, card or self)
        view.setObjectName(f"{section.kind.value}Text")
        view.show_markdown(with_links(section.markdown))
        view.link_clicked.connect(self.link_clicked)
        self._view_by_part[section.kind.value] = view
        if card is not None:
            card.column.addWidget(label(section.title, "subtitle", card))
            card.column.addWidget(view)
            self._column.addSpacing(18)
            self._column.addWidget(card)
        else:
            self._add_heading(section.title)
            self._column.addWidget(view)

    def _add_steps(self, title: str, text: LessonText) -> None:
        self._steps_done = chip("", "", self)
        self._steps_done.setObjectName("stepsDoneChip")
        self._add_heading(title, self._steps_done)
        card = Card(self, gap=0, padding=18)
        card.column.setContentsMargins(18, 4, 12, 4)
        for number, step in enumerate(text.steps, start=1):
            row = StepRow(step.id, number, with_links(step.markdown), card)
            row.ticked.connect(self.step_ticked)
            row.link_clicked.connect(self.link_clicked)
            row.difference_told.connect(self.difference_told)
            self._step_rows.append(row)
            self._view_by_part[STEP_PREFIX + step.id] = row.text
            card.column.addWidget(row)
        self._column.addWidget(card)
        hint = self.tr("Does a step look different on your screen? Press the flag beside it.")
        self._column.addWidget(label(hint, "small", self))
        if self._freshness is not None:
            self._column.addWidget(LessonStamp(self._freshness, self))

    def _add_checklist(self, text: LessonText) -> None:
        if not text.checklist:
            return
        self._add_heading(self.tr("Done when all of this is true"))
        for number, entry in enumerate(text.checklist, start=1):
            choice = Choice(entry.text, f"box{number}", self, is_plain=True)
            choice.label.setProperty("role", "reading")
            choice.toggled.connect(lambda is_on, box=entry.id: self.box_ticked.emit(box, is_on))
            self._boxes[entry.id] = choice
            self._column.addWidget(choice)


def with_links(markdown: str) -> str:
    """Return the text with each mention of a lesson's number made a link to it."""
    return _MENTIONED_LESSON.sub(rf"[\1]({LESSON_LINK}\2)", markdown)
