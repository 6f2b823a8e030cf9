"""A lesson: read, tick, check, finish, note, ask, and go on to the next."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.domain.progress import LessonProgress
from dijipilot.errors import UsageProblem
from dijipilot.services.events import (
    AnswerGiven,
    AssessmentFinished,
    LessonProgressed,
    LicensesChanged,
    QuestionsChanged,
    RoadmapChanged,
)
from dijipilot.services.outlines import Outline
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.lesson_aids import LessonAids
from dijipilot.ui.pages.lesson_contents import (
    lesson_chips,
    mission_questions,
    outline_rows,
    own_questions,
)
from dijipilot.ui.pages.lesson_frame import reading_width
from dijipilot.ui.pages.lesson_neighbors import LessonNeighborhood
from dijipilot.ui.pages.lesson_paper import LessonPaper
from dijipilot.ui.pages.lesson_settling import settling_card
from dijipilot.ui.pages.page import Crumb, PageContext, ScrollPage
from dijipilot.ui.pages.public_views import locked_lesson_view, preparing_view
from dijipilot.ui.scroll_memory import ScrollMemory
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK, LessonBody
from dijipilot.ui.widgets.question_list import QuestionList


class LessonPage(ScrollPage):
    """Its place is the skill id, which outlives numbers."""

    refreshes_on: ClassVar[tuple[type, ...]] = (
        LessonProgressed,
        AnswerGiven,
        AssessmentFinished,
        RoadmapChanged,
        QuestionsChanged,
        LicensesChanged,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library = context.academy.library
        self._learn = context.academy.learn
        self._curriculum = context.academy.library.curriculum
        self._lesson: Lesson | None = None
        self._body: LessonBody | None = None
        self._outline: Outline | None = None
        self._scrolled = ScrollMemory(context, self.scroll_area)
        self._build()
        self._lay_out()
        self._connect()

    @property
    def lesson(self) -> Lesson:
        """The lesson shown; the very first before any was asked for."""
        return self._lesson or self._curriculum.lessons[0]

    @property
    def title(self) -> str:
        """The lesson's title, also while words of the heading stand out."""
        return self.lesson.title

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

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Return what the menu can do with a lesson."""
        return {
            "print": self._paper.preview,
            "find": self._aids.finder.open,
            "find_next": lambda: self._aids.finder.step(1),
            "find_previous": lambda: self._aids.finder.step(-1),
            "highlight": self._aids.highlight,
            "bookmark": self._aids.toggle_bookmark,
            "notes": self._aids.toggle_side,
            "previous_lesson": self._neighborhood.go_to_previous,
            "next_lesson": self._neighborhood.go_to_next,
        }

    def leave(self) -> None:
        """Keep the note and how far the page is scrolled."""
        self._aids.side.note.flush()
        if self._lesson is not None:
            self._scrolled.keep(self._lesson.skill)

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return the text, the questions sellers ask, and the words highlighted."""
        areas: list[QWidget] = []
        if self._library.has_sealed_questions(self._curriculum.mission_by_skill[self.lesson.skill].number):
            areas += self.content.findChildren(QuestionList)
        if self._library.is_sealed(self.lesson.skill):
            areas += self._aids.side.quotes if self._body is None else (self._body, *self._aids.side.quotes)
        return tuple(areas)

    def refresh(self) -> None:
        """Show what is on record of this lesson."""
        self._show_whether_locked()
        everything = self._learn.progress(self.context.profile_id)
        progress = everything.get(self.lesson.skill) or LessonProgress(self.lesson.skill)
        if self._body is not None:
            self._body.show_progress(progress)
        self._chips.show_chips(lesson_chips(self.context.academy, self.lesson, progress))
        self._show_finish(progress)
        self._neighborhood.show_around(self.lesson.skill)
        self._aids.refresh(progress)
        self._aids.side.outline.show_rows(
            self.tr("In this mission"), outline_rows(self.context.academy, self.lesson, everything)
        )
        self._show_own_questions()
        self._aids.finder.look_again()

    def _note_opening(self, skill: SkillId) -> None:
        """Put on record that the lesson was opened; not here, as the first write of a start takes its time."""
        learn, profile = self._learn, self.context.profile_id
        self.context.tasks.run_task(
            lambda: learn.open_lesson(profile, skill), self, lambda _: None, self._on_opening_not_noted
        )

    def _on_opening_not_noted(self, error: Exception) -> None:
        self.notice_raised.emit(text_of_error(error), "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the find bar with Escape, wherever the focus is."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self._aids.finder.is_open:
            self._aids.finder.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_aids"):
            self._fit()

    def _build(self) -> None:
        self._aids = LessonAids(self)
        self._neighborhood = LessonNeighborhood(self.context, self)
        self._paper = LessonPaper(self.context, self)
        self._chips = ChipRow(self.content)
        self._can_do = label("", "lead", self.content)
        self._parts = QVBoxLayout()
        self._questions = QVBoxLayout()
        self._own_questions = QVBoxLayout()
        self._own_questions.setSpacing(2)
        self._finish = button("", "finishLessonButton", self._on_finish, self.content, "primary", self.tr("Finish"))
        self._finished = label(self.tr("✓  You have finished this lesson."), "good", self.content)
        self._ask = button(
            self.tr("&Ask an instructor about this lesson"), "askAboutLessonButton", self._on_ask, self.content
        )

    def _lay_out(self) -> None:
        facts = QHBoxLayout()
        facts.addWidget(self._chips, 1)
        facts.addWidget(self._aids.tools)
        self.column.addLayout(facts)
        self.column.addWidget(self._neighborhood.top)
        self.column.addWidget(self._can_do)
        self.column.addLayout(self._parts)
        self.column.addSpacing(8)
        self.column.addWidget(self._finished)
        self.column.addLayout(_at_left(self._finish))
        self.column.addWidget(self._neighborhood.bottom)
        self.column.addSpacing(8)
        self.column.addLayout(self._questions)
        self.column.addLayout(self._own_questions)
        self.column.addLayout(_at_left(self._ask))
        whole = self.layout()
        assert whole is not None
        whole.removeWidget(self.scroll_area)
        whole.addWidget(self._aids.find_bar)
        whole.addWidget(self._aids.frame)
        self._fit()

    def _fit(self) -> None:
        self.content.setMaximumWidth(reading_width(self.font()))
        self._aids.frame.arrange()

    def _connect(self) -> None:
        self._neighborhood.page_requested.connect(self.page_requested)
        self._neighborhood.order_missing.connect(self._on_order_missing)
        self._aids.side.outline.chosen.connect(self.page_requested)
        self._paper.notice_raised.connect(self.notice_raised)
        self._aids.tools.pressed.connect(self._on_tool_pressed)

    def _show_lesson(self) -> None:
        self._put_lesson()
        self.mark_stale()
        self._scrolled.restore(self.lesson.skill)

    def _put_lesson(self) -> None:
        """Put in its place what does not change with the records."""
        lesson = self.lesson
        self.heading.show_text(lesson.title)
        self._can_do.setText(lesson.can_do)
        self._show_parts()
        clear(self._questions)
        for part in mission_questions(self, lesson, self._on_link_clicked):
            self._questions.addWidget(part)
        self._aids.show_lesson(lesson.skill, self._body)
        if self._body is not None and not self.context.academy.is_read_only:
            self._note_opening(lesson.skill)

    def _show_whether_locked(self) -> None:
        """Have what stands in for a locked text say what is true now; once the text has opened, show that."""
        if self._lesson is None or self._outline is None:
            return
        outline = self.context.academy.outlines.lesson(self.context.profile_id, self.lesson.skill)
        if outline is None:
            self._put_lesson()
        elif outline != self._outline:
            self._show_parts()

    def _show_parts(self) -> None:
        """Put the text in its place, or what stands in for it."""
        clear(self._parts)
        self._body, text = None, None
        self._outline = self.context.academy.outlines.lesson(self.context.profile_id, self.lesson.skill)
        if self._outline is not None:
            self._parts.addWidget(locked_lesson_view(self, self.lesson, self._outline))
        elif (text := self._library.lesson(self.lesson.skill)) is None:
            self._parts.addWidget(preparing_view(self, self.lesson))
        else:
            self._show_text(text)
        self._paper.show_lesson(self.lesson, text)
        for widget in (self._finish, self._finished):
            widget.setVisible(self._body is not None)

    def _show_text(self, text: LessonText) -> None:
        card = settling_card(self, self.lesson)
        if card is not None:
            self._parts.addWidget(card)
        self._body = LessonBody(text, self.context.academy.reading.freshness(self.lesson.skill), self.content)
        self._body.step_ticked.connect(lambda step, is_on: self._record(self._learn.tick_step, step, is_on))
        self._body.box_ticked.connect(lambda box, is_on: self._record(self._learn.tick_box, box, is_on))
        self._body.check_answered.connect(lambda asked, option: self._record(self._learn.answer_check, asked, option))
        self._body.link_clicked.connect(self._on_link_clicked)
        self._parts.addWidget(self._body)

    def _show_own_questions(self) -> None:
        clear(self._own_questions)
        for part in own_questions(self, self.lesson):
            self._own_questions.addWidget(part)

    def _show_finish(self, progress: LessonProgress) -> None:
        text = self.tr("&Open it again") if progress.is_done else self.tr("I have &finished this lesson")
        self._finish.setText(text)
        self._finish.setAccessibleName(text.replace("&", ""))
        self._finish.setProperty("role", "" if progress.is_done else "primary")
        self._finish.style().unpolish(self._finish)
        self._finish.style().polish(self._finish)
        self._finished.setVisible(progress.is_done and self._body is not None)

    def _record(self, change: Callable[..., object], *what: object) -> None:
        """Have a change saved; where it cannot be, show again what is on record."""
        if not self.attempt(lambda: change(self.context.profile_id, self.lesson.skill, *what)):
            self.mark_stale()

    def _on_finish(self) -> None:
        progress = self._learn.progress_of(self.context.profile_id, self.lesson.skill)
        self._record(self._learn.reopen if progress.is_done else self._learn.finish)

    def _on_tool_pressed(self, tool: str) -> None:
        if tool == "pdf":
            self._paper.ask_for_pdf()
        else:
            self.commands()[tool]()

    def _on_order_missing(self) -> None:
        self.notice_raised.emit(
            self.tr("This lesson is not on your roadmap, so the curriculum's order holds."), "accent"
        )

    def _on_ask(self) -> None:
        self.page_requested.emit(f"questions:{self.lesson.skill}")

    def _on_link_clicked(self, target: str) -> None:
        if self._aids.explain(target):
            return
        if target.startswith(LESSON_LINK):
            self.page_requested.emit(target)
        else:
            told = self.tr("This program opens no addresses on the network. This one is: {address}")
            self.notice_raised.emit(told.format(address=target), "accent")


def _at_left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
