"""A mission: what one can do afterwards, its lessons with their states, and the questions sellers ask."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.curriculum import Lesson, Mission
from dijipilot.domain.ids import MissionNumber
from dijipilot.domain.lesson_tally import tally_lessons
from dijipilot.services.events import AnswerGiven, AssessmentFinished, LessonProgressed, LicensesChanged
from dijipilot.services.outlines import Outline
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.lesson_status import DONE, IN_PROGRESS, LOCKED, NOT_STARTED, LessonStatus, status_of
from dijipilot.ui.pages.page import Crumb, PageContext, ScrollPage
from dijipilot.ui.pages.public_views import locked_mission_view
from dijipilot.ui.tally_words import tally_chips
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.question_list import QuestionList


class MissionPage(ScrollPage):
    """Its place is the mission's number, then after "/" the id of a question to open."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LessonProgressed, AnswerGiven, AssessmentFinished, LicensesChanged)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library = context.academy.library
        self._mission: Mission = next(self._library.curriculum.missions())
        self._next: Lesson | None = None
        self._outline: Outline | None = None
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

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return the questions sellers ask."""
        if self._questions is None or not self._library.has_sealed_questions(self._mission.number):
            return ()
        return (self._questions,)

    def refresh(self) -> None:
        """Show how far its lessons are."""
        self._show_whether_locked()
        progress = self.context.academy.learn.progress(self.context.profile_id)
        clear(self._lessons.column)
        self._lessons.column.addWidget(label(self.tr("The lessons of this mission, in order"), "strong", self))
        statuses = []
        for number, lesson in enumerate(self._mission.lessons, start=1):
            own = progress.get(lesson.skill)
            status = status_of(lesson, own, self._library.is_locked(lesson.skill))
            statuses.append(status)
            is_bookmarked = own is not None and own.is_bookmarked
            self._lessons.column.addWidget(self._row(number, lesson, status.icon, status.words, is_bookmarked))
        self._show_next(statuses)
        tally = tally_lessons((status is DONE, status is LOCKED) for status in statuses)
        minutes = minutes_text(sum(lesson.minutes for lesson in self._mission.lessons))
        about = ((words, "") for words in (self._mission.difficulty, self._mission.path, minutes))
        self._chips.show_chips([*tally_chips(tally), *about])

    def _show_next(self, statuses: Sequence[LessonStatus]) -> None:
        """Offer the first lesson that can be read and is not done yet."""
        readable = zip(self._mission.lessons, statuses, strict=True)
        self._next = next((lesson for lesson, status in readable if status in (IN_PROGRESS, NOT_STARTED)), None)
        self._go_on.setVisible(self._next is not None)
        if self._next is not None:
            has_begun = any(status in (DONE, IN_PROGRESS) for status in statuses)
            text = self.tr("&Continue with lesson {number}") if has_begun else self.tr("&Start with lesson {number}")
            self._go_on.setText(text.format(number=self._next.number))
            self._go_on.setAccessibleName(self.tr("Go to lesson: {title}").format(title=self._next.title))

    def _build(self) -> None:
        self._outcome = label("", "lead", self)
        self._chips = ChipRow(self)
        self._locked = QVBoxLayout()
        self._lessons = Card(self, gap=4)
        self._questions: QuestionList | None = None
        self._questions_slot = QVBoxLayout()
        self._go_on = button("", "continueMissionButton", self._on_go_on, self, "primary", self.tr("Continue"))
        for widget in (self._chips, self._outcome):
            self.column.addWidget(widget)
        go_on = QHBoxLayout()
        go_on.addWidget(self._go_on)
        go_on.addStretch(1)
        self.column.addLayout(go_on)
        self.column.addLayout(self._locked)
        self.column.addSpacing(6)
        self.column.addWidget(self._lessons)
        self.column.addLayout(self._questions_slot)

    def _show_mission(self) -> None:
        self.heading.show_text(self._mission.title)
        self._outcome.setText(self._mission.outcome)
        self._show_questions()
        self.mark_stale()

    def _show_whether_locked(self) -> None:
        """Say what can be said of what is locked; once it has opened, show its questions."""
        outline = self.context.academy.outlines.mission(self.context.profile_id, self._mission.number)
        if outline != self._outline:
            clear(self._locked)
            if outline is not None:
                self._locked.addWidget(locked_mission_view(self, outline))
            self._outline = outline
            self._show_questions()

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

    def _row(self, number: int, lesson: Lesson, icon: str, state: str, is_bookmarked: bool) -> LinkRow:
        marked = (self.tr("Bookmarked"),) if is_bookmarked else ()
        facts = "  ·  ".join((lesson.number, state, minutes_text(lesson.minutes), *marked))
        detail = f"{lesson.can_do}\n{facts}" if lesson.can_do else facts
        go = partial(self.page_requested.emit, LESSON_LINK + lesson.skill)
        return LinkRow(
            lesson.title, f"missionLesson{number}Button", go, self, detail=detail, icon_name=icon, icon_words=state
        )

    def _on_go_on(self) -> None:
        if self._next is not None:
            self.page_requested.emit(LESSON_LINK + self._next.skill)
