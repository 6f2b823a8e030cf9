"""A lesson: read, tick, check, finish, note, ask, and go on to the next."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dijipilot.domain.assessment.items import Item
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.lesson_text import LessonText
from dijipilot.domain.progress import LessonProgress
from dijipilot.domain.standing import Verdict
from dijipilot.errors import LessonLocked, UsageProblem
from dijipilot.services.events import AnswerGiven, LessonProgressed
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.lesson_status import status_of
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import Crumb, PageContext, ScrollPage
from dijipilot.ui.scroll_memory import ScrollMemory
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK, LessonBody
from dijipilot.ui.widgets.lesson_outline import LessonOutline, OutlineRow
from dijipilot.ui.widgets.lesson_view import LINE_CHARACTERS
from dijipilot.ui.widgets.neighbors import Neighbors
from dijipilot.ui.widgets.note_field import NoteField
from dijipilot.ui.widgets.public_outline import PublicOutline
from dijipilot.ui.widgets.question_list import QuestionList
from dijipilot.ui.widgets.settling_card import SettlingCard
from dijipilot.ui.widgets.side_by_side import SideBySide

PAGE_WIDTH = 1040
ROOM_FOR_OUTLINE = 92
"""Characters across, below which the list of lessons stands under the text."""


class LessonPage(ScrollPage):
    """Its place is the skill id, which outlives numbers."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LessonProgressed, AnswerGiven)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, PAGE_WIDTH)
        self._library = context.academy.library
        self._learn = context.academy.learn
        self._curriculum = context.academy.library.curriculum
        self._lesson: Lesson | None = None
        self._body: LessonBody | None = None
        self._scrolled = ScrollMemory(context, self.scroll_area)
        self._build()
        self._lay_out()
        self._connect()

    @property
    def lesson(self) -> Lesson:
        """The lesson shown; the very first before any was asked for."""
        return self._lesson or self._curriculum.lessons[0]

    def crumbs(self) -> tuple[Crumb, ...]:
        """Library, program, mission, lesson."""
        mission = self._curriculum.mission_by_skill[self.lesson.skill]
        program = self._curriculum.program_of(self.lesson.skill)
        return (
            Crumb(self.tr("Library"), "library"),
            Crumb(program.title, f"library:{program.number}"),
            Crumb(mission.title, f"mission:{mission.number}"),
            Crumb(self.tr("Lesson {number}").format(number=self.lesson.number)),
        )

    def place(self) -> str:
        """Return the skill."""
        return self.lesson.skill

    def restore(self, place: str) -> None:
        """Show the lesson of a skill or number; where there is none, say so and stay."""
        lesson = self.lesson
        try:
            lesson = self._library.find(place) if place else lesson
        except UsageProblem as error:
            self.notice_raised.emit(text_of_error(error), "caution")
        if lesson != self._lesson:
            self._lesson = lesson
            self._show_lesson()

    def leave(self) -> None:
        """Keep the note and how far the page is scrolled."""
        self._note.flush()
        if self._lesson is not None:
            self._scrolled.keep(self._lesson.skill)

    def refresh(self) -> None:
        """Show what is on record of this lesson."""
        progress = self._learn.progress_of(self.context.profile_id, self.lesson.skill)
        if self._body is not None:
            self._body.show_progress(progress)
        self._show_labels(progress)
        self._show_finish(progress)
        self._note.show_note(self._learn.note(self.context.profile_id, self.lesson.skill))
        self._outline.show_rows(self.tr("In this mission"), self._outline_rows())

    def _build(self) -> None:
        self._chips = ChipRow(self)
        self._can_do = label("", "lead", self)
        self._top_neighbors = Neighbors("top", self)
        self._bottom_neighbors = Neighbors("bottom", self)
        self._parts = QVBoxLayout()
        self._questions = QVBoxLayout()
        self._finish = button("", "finishLessonButton", self._on_finish, self, "primary", self.tr("Finish"))
        self._finished = label(self.tr("✓  You have finished this lesson."), "good", self)
        self._note_label = QLabel(self.tr("My &note"), self)
        self._note_label.setProperty("role", "subtitle")
        self._note = NoteField(self)
        self._note.setAccessibleName(self.tr("My note on this lesson"))
        self._note.setPlaceholderText(self.tr("Saved as you type"))
        self._note_label.setBuddy(self._note)
        self._ask = button(self.tr("&Ask an instructor about this lesson"), "askAboutLessonButton", self._on_ask, self)
        self._outline = LessonOutline(self)

    def _lay_out(self) -> None:
        self._reading = QWidget(self.content)
        reading = QVBoxLayout(self._reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(12)
        finish = QHBoxLayout()
        finish.addWidget(self._finish)
        finish.addStretch(1)
        ask = QHBoxLayout()
        ask.addWidget(self._ask)
        ask.addStretch(1)
        reading.addWidget(self._can_do)
        reading.addLayout(self._parts)
        reading.addWidget(self._finished)
        reading.addLayout(finish)
        for widget in (self._bottom_neighbors, self._note_label, self._note):
            reading.addWidget(widget)
        reading.addSpacing(8)
        reading.addLayout(self._questions)
        reading.addLayout(ask)
        reading.addStretch(1)
        side = QWidget(self.content)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._outline)
        beside.addStretch(1)
        both = SideBySide(self._reading, side, (5, 2), ROOM_FOR_OUTLINE, self.content, gap=44)
        self.column.addWidget(self._chips)
        self.column.addWidget(self._top_neighbors)
        self.column.addWidget(both)

    def _connect(self) -> None:
        for neighbors in (self._top_neighbors, self._bottom_neighbors):
            neighbors.chosen.connect(self.page_requested)
        self._outline.chosen.connect(self.page_requested)
        self._note.note_written.connect(self._on_note_written)

    def _show_lesson(self) -> None:
        lesson = self.lesson
        self.heading.show_text(lesson.title)
        self._can_do.setText(lesson.can_do)
        self._reading.setMaximumWidth(self.fontMetrics().averageCharWidth() * (LINE_CHARACTERS + 16))
        self._show_neighbors()
        self._show_parts()
        self._show_questions()
        if self._body is not None and not self.context.academy.is_read_only:
            self.attempt(lambda: self._learn.open_lesson(self.context.profile_id, lesson.skill))
        self.mark_stale()
        self._scrolled.restore(lesson.skill)

    def _show_neighbors(self) -> None:
        lessons = self._curriculum.lessons
        at = lessons.index(self.lesson)
        previous = lessons[at - 1] if at else None
        following = lessons[at + 1] if at + 1 < len(lessons) else None
        before, after = ((each.title, LESSON_LINK + each.skill) if each else None for each in (previous, following))
        self._top_neighbors.show_neighbors(before, after)
        self._bottom_neighbors.show_neighbors(before, after)

    def _show_parts(self) -> None:
        """Put the text in its place, or what stands in for it."""
        clear(self._parts)
        self._body = None
        preparing = self.tr("This lesson is being written. What it will teach, and what it builds on, is settled.")
        try:
            text = self._library.lesson(self.lesson.skill)
        except LessonLocked as error:
            self._parts.addWidget(self._public_outline(self.tr("Locked"), text_of_error(error)))
        else:
            if text is None:
                self._parts.addWidget(self._public_outline(self.tr("In preparation"), preparing))
            else:
                self._show_text(text)
        for widget in (self._finish, self._finished):
            widget.setVisible(self._body is not None)

    def _show_text(self, text: LessonText) -> None:
        item = self._settling_item()
        if item is not None:
            card = SettlingCard(item, self)
            card.answered.connect(lambda option: self._on_settled(card, item, option))
            self._parts.addWidget(card)
        self._body = LessonBody(text, self)
        self._body.step_ticked.connect(lambda step, is_on: self._record(self._learn.tick_step, step, is_on))
        self._body.box_ticked.connect(lambda box, is_on: self._record(self._learn.tick_box, box, is_on))
        self._body.check_answered.connect(lambda asked, option: self._record(self._learn.answer_check, asked, option))
        self._body.link_clicked.connect(self._on_link_clicked)
        self._parts.addWidget(self._body)

    def _settling_item(self) -> Item | None:
        """Return the question a lesson starts with while its skill is not settled."""
        standing = self.context.academy.standings.current(self.context.profile_id)
        known = standing.by_skill.get(self.lesson.skill)
        if not standing.has_evidence or known is None or known.verdict is not Verdict.UNSETTLED:
            return None
        return self.context.academy.plan.settling_item(self.context.profile_id, self.lesson.skill)

    def _public_outline(self, heading: str, sentence: str) -> PublicOutline:
        lessons = [self._curriculum.lesson_by_skill[skill] for skill in self.lesson.prerequisites]
        prerequisites = [(f"{each.number}  {each.title}", LESSON_LINK + each.skill) for each in lessons]
        outline = PublicOutline(heading, sentence, self.lesson.minutes, prerequisites, self)
        outline.chosen.connect(self.page_requested)
        return outline

    def _show_questions(self) -> None:
        clear(self._questions)
        questions = self._library.questions(self._curriculum.mission_by_skill[self.lesson.skill].number)
        if questions:
            heading = self.tr("Questions sellers ask ({count})").format(count=len(questions))
            self._questions.addWidget(label(heading, "subtitle", self))
            titles = {str(lesson.number): lesson.title for lesson in self._curriculum.lessons}
            listed = QuestionList(questions, titles, self)
            listed.link_clicked.connect(self._on_link_clicked)
            self._questions.addWidget(listed)

    def _show_labels(self, progress: LessonProgress) -> None:
        mission = self._curriculum.mission_by_skill[self.lesson.skill]
        status = status_of(self.lesson, progress, self._library.is_locked(self.lesson.skill))
        minutes = minutes_text(self.lesson.minutes)
        self._chips.show_chips(
            [(status.words, status.tone), (mission.difficulty, ""), (mission.path, ""), (minutes, "")]
        )

    def _show_finish(self, progress: LessonProgress) -> None:
        text = self.tr("&Open it again") if progress.is_done else self.tr("I have &finished this lesson")
        self._finish.setText(text)
        self._finish.setAccessibleName(text.replace("&", ""))
        self._finish.setProperty("role", "" if progress.is_done else "primary")
        self._finish.style().unpolish(self._finish)
        self._finish.style().polish(self._finish)
        self._finished.setVisible(progress.is_done and self._body is not None)

    def _outline_rows(self) -> list[OutlineRow]:
        progress = self._learn.progress(self.context.profile_id)
        rows = []
        for lesson in self._curriculum.mission_by_skill[self.lesson.skill].lessons:
            status = status_of(lesson, progress.get(lesson.skill), self._library.is_locked(lesson.skill))
            is_current = lesson == self.lesson
            rows.append(OutlineRow(LESSON_LINK + lesson.skill, lesson.title, status.icon, status.words, is_current))
        return rows

    def _record(self, change: Callable[..., object], *what: object) -> None:
        """Have a change saved; where it cannot be, show again what is on record."""
        if not self.attempt(lambda: change(self.context.profile_id, self.lesson.skill, *what)):
            self.mark_stale()

    def _on_finish(self) -> None:
        progress = self._learn.progress_of(self.context.profile_id, self.lesson.skill)
        self._record(self._learn.reopen if progress.is_done else self._learn.finish)

    def _on_note_written(self, text: str) -> None:
        self._record(self._learn.save_note, text)

    def _on_settled(self, card: SettlingCard, item: Item, option: str) -> None:
        def settle() -> None:
            standing = self.context.academy.plan.settle(self.context.profile_id, item.id, option or None)
            told = {
                Verdict.MASTERED: self.tr("You have this skill already: read on if you like, or go on to the next."),
                Verdict.MISSING: self.tr("This lesson is worth your time."),
                Verdict.UNSETTLED: self.tr("Noted. It is still not certain; the lesson will tell."),
            }[standing.verdict]
            self.notice_raised.emit(told, "good")
            card.hide()
            self.heading.setFocus()

        self.attempt(settle)

    def _on_ask(self) -> None:
        self.page_requested.emit(f"questions:{self.lesson.skill}")

    def _on_link_clicked(self, target: str) -> None:
        if target.startswith(LESSON_LINK):
            self.page_requested.emit(target)
        else:
            told = self.tr("This program opens no addresses on the network. This one is: {address}")
            self.notice_raised.emit(told.format(address=target), "accent")
