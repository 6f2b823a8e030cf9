"""A mission: what one can do afterwards, its lessons with their states, and the questions sellers ask."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.curriculum import Lesson, Mission
from dijipilot.domain.ids import MissionNumber
from dijipilot.services.events import LessonProgressed
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.lesson_status import DONE, status_of
from dijipilot.ui.pages.page import Crumb, PageContext, ScrollPage
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.question_list import QuestionList


class MissionPage(ScrollPage):
    """Its place is the mission's number, then after "/" the id of a question to open."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LessonProgressed,)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library = context.academy.library
        self._mission: Mission = next(self._library.curriculum.missions())
        self._is_shown = False
        self._build()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Library, program, mission."""
        program = self._library.curriculum.program_by_mission[self._mission.number]
        return (
            Crumb(self.tr("Library"), "library"),
            Crumb(program.title, f"library:{program.number}"),
            Crumb(self.tr("Mission {number}").format(number=self._mission.number)),
        )

    def place(self) -> str:
        """Return the mission's number."""
        return self._mission.number

    def restore(self, place: str) -> None:
        """Show the mission of a number; an unknown number shows the one before."""
        number, _, question = place.partition("/")
        mission = self._library.curriculum.mission_by_number.get(MissionNumber(number), self._mission)
        if mission != self._mission or not self._is_shown:
            self._mission = mission
            self._is_shown = True
            self._show_mission()
            self.scroll_area.verticalScrollBar().setValue(0)
        if question and self._questions is not None and (line := self._questions.open(question)) is not None:
            line.setFocus()
            self.scroll_area.ensureWidgetVisible(line)

    def refresh(self) -> None:
        """Show how far its lessons are."""
        progress = self.context.academy.learn.progress(self.context.profile_id)
        clear(self._lessons.column)
        self._lessons.column.addWidget(label(self.tr("The lessons of this mission, in order"), "strong", self))
        statuses = []
        for number, lesson in enumerate(self._mission.lessons, start=1):
            status = status_of(lesson, progress.get(lesson.skill), self._library.is_locked(lesson.skill))
            statuses.append(status)
            self._lessons.column.addWidget(self._row(number, lesson, status.icon, status.words))
        done = sum(status is DONE for status in statuses)
        minutes = minutes_text(sum(lesson.minutes for lesson in self._mission.lessons))
        finished = self.tr("{done} of {all} lessons done").format(done=done, all=len(statuses))
        tone = "good" if done == len(statuses) else "accent" if done else ""
        self._chips.show_chips(
            [(finished, tone), (self._mission.difficulty, ""), (self._mission.path, ""), (minutes, "")]
        )

    def _build(self) -> None:
        self._outcome = label("", "lead", self)
        self._chips = ChipRow(self)
        self._lessons = Card(self, gap=4)
        self._questions: QuestionList | None = None
        self._questions_slot = QVBoxLayout()
        for widget in (self._chips, self._outcome, self._lessons):
            self.column.addWidget(widget)
        self.column.addLayout(self._questions_slot)

    def _show_mission(self) -> None:
        self.heading.show_text(self._mission.title)
        self._outcome.setText(self._mission.outcome)
        self._show_questions()
        self.mark_stale()

    def _show_questions(self) -> None:
        clear(self._questions_slot)
        self._questions = None
        questions = self._library.questions(self._mission.number)
        if not questions:
            return
        titles = {str(lesson.number): lesson.title for lesson in self._library.curriculum.lessons}
        self._questions = QuestionList(questions, titles, self)
        self._questions.link_clicked.connect(self.page_requested)
        heading = self.tr("Questions sellers ask ({count})").format(count=len(questions))
        self._questions_slot.addSpacing(10)
        self._questions_slot.addWidget(label(heading, "subtitle", self))
        self._questions_slot.addWidget(self._questions)

    def _row(self, number: int, lesson: Lesson, icon: str, state: str) -> LinkRow:
        detail = "  ·  ".join((lesson.number, state, minutes_text(lesson.minutes)))
        go = partial(self.page_requested.emit, LESSON_LINK + lesson.skill)
        return LinkRow(
            lesson.title, f"missionLesson{number}Button", go, self, detail=detail, icon_name=icon, icon_words=state
        )
