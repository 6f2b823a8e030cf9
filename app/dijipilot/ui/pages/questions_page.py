"""Questions to an instructor: ask, carry them out by file, carry answers back in."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from dijipilot.domain.ids import SkillId
from dijipilot.services.events import QuestionsChanged
from dijipilot.services.questions import QuestionState
from dijipilot.ui.dates import date_text
from dijipilot.ui.file_dialogs import ask_for_file
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.lesson_picker import LessonPicker
from dijipilot.ui.widgets.link_row import LinkRow

DRAFT_SETTING = "questions.draft"
FIELD_HEIGHT = 96


class QuestionsPage(ScrollPage):
    """Its place is the skill to ask about."""

    refreshes_on: ClassVar[tuple[type, ...]] = (QuestionsChanged,)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._curriculum = context.academy.library.curriculum
        self._questions = context.academy.questions
        self.heading.show_text(self.tr("Questions"))
        self._build()
        self._lay_out()
        self._picker.picked.connect(self._enable_ask)
        self._text.textChanged.connect(self._enable_ask)
        self._text.setPlainText(context.academy.profiles.setting(context.profile_id, DRAFT_SETTING))
        self._enable_ask()

    def place(self) -> str:
        """Return the skill to ask about."""
        return self._picker.key

    def restore(self, place: str) -> None:
        """Ask about the lesson of a skill."""
        if place:
            self._picker.pick(place)

    def first_focus(self) -> QWidget:
        """Begin typing at once where the lesson is known."""
        return self._text if self._picker.key else self.heading

    def leave(self) -> None:
        """Keep what was typed and not asked yet."""
        profiles, profile = self.context.academy.profiles, self.context.profile_id
        draft = self._text.toPlainText()
        if not self.context.academy.is_read_only and draft != profiles.setting(profile, DRAFT_SETTING):
            self.attempt(lambda: profiles.set_setting(profile, DRAFT_SETTING, draft))

    def refresh(self) -> None:
        """Show all questions, the latest first."""
        clear(self._list)
        states = self._questions.all(self.context.profile_id)
        self._export.setEnabled(any(not state.is_answered for state in states))
        heading = self.tr("My questions ({count})").format(count=len(states))
        self._list.addWidget(label(heading, "subtitle", self))
        if not states:
            self._list.addWidget(label(self.tr("You have not asked anything yet."), "muted", self))
        for number, state in enumerate(reversed(states), start=1):
            self._list.addWidget(self._card(number, state))

    def _build(self) -> None:
        lessons = [(lesson.skill, f"{lesson.number}  {lesson.title}") for lesson in self._curriculum.lessons]
        self._picker = LessonPicker(lessons, self)
        self._picker.setObjectName("questionLessonPicker")
        self._picker.setAccessibleName(self.tr("About which lesson"))
        self._picker_label = QLabel(self.tr("A&bout which lesson?"), self)
        self._picker_label.setBuddy(self._picker)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("questionField")
        self._text.setAccessibleName(self.tr("Your question"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(FIELD_HEIGHT)
        self._text_label = QLabel(self.tr("&Your question"), self)
        self._text_label.setBuddy(self._text)
        self._ask = button(self.tr("&Keep this question"), "askButton", self._on_ask, self, "primary")
        self._export = button(self.tr("&Export for an instructor…"), "exportQuestionsButton", self._on_export, self)
        self._import = button(self.tr("I&mport answers…"), "importAnswersButton", self._on_import, self)
        self._lead = label(
            self.tr(
                "Nothing is sent anywhere: questions wait here. Export them to a file, hand the file to an instructor, "
                "and import the file of answers that comes back."
            ),
            "muted",
            self,
        )

    def _lay_out(self) -> None:
        self.column.addWidget(self._lead)
        ask = Card(self)
        ask.column.addWidget(label(self.tr("Ask about a lesson"), "strong", ask))
        for widget in (self._picker_label, self._picker, self._text_label, self._text):
            ask.column.addWidget(widget)
        ask_row = QHBoxLayout()
        ask_row.addWidget(self._ask)
        ask_row.addStretch(1)
        ask.column.addLayout(ask_row)
        self.column.addWidget(ask)
        files = QHBoxLayout()
        files.setSpacing(10)
        files.addWidget(self._export)
        files.addWidget(self._import)
        files.addStretch(1)
        self.column.addLayout(files)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addSpacing(6)
        self.column.addLayout(self._list)

    def _card(self, number: int, state: QuestionState) -> Card:
        card = Card(self, gap=8)
        lesson = self._curriculum.lesson_by_skill.get(state.asked.skill)
        about = f"{lesson.number}  {lesson.title}" if lesson else state.asked.skill
        chips = ChipRow(card)
        word = self.tr("✓ Answered") if state.is_answered else self.tr("Waiting for an answer")
        chips.show_chips([(word, "good" if state.is_answered else ""), (date_text(state.asked.at), "")])
        text = label(state.asked.text, "", card)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        go = partial(self.page_requested.emit, LESSON_LINK + state.asked.skill)
        link = LinkRow(about, f"askedLesson{number}Button", go, card, icon_name="library")
        card.column.addWidget(chips)
        card.column.addWidget(text)
        for answer in state.answers:
            box = Card(card, "good", gap=4, padding=14)
            by = self.tr("Answer by {name}, {day}").format(name=answer.answered_by, day=date_text(answer.at))
            box.column.addWidget(label(by, "strong", box))
            words = label(answer.text, "", box)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            box.column.addWidget(words)
            card.column.addWidget(box)
        card.column.addWidget(link)
        return card

    def _enable_ask(self) -> None:
        self._ask.setEnabled(bool(self._picker.key) and bool(self._text.toPlainText().strip()))

    def _on_ask(self) -> None:
        text, skill = self._text.toPlainText(), SkillId(self._picker.key)
        if self.attempt(lambda: self._questions.ask(self.context.profile_id, skill, text)):
            self._text.clear()
            self.notice_raised.emit(self.tr("Your question is kept. Export it when you meet an instructor."), "good")

    def _on_export(self) -> None:
        ask_for_file(
            self,
            self.tr("Export questions"),
            self.tr("Questions"),
            ".djquestions",
            self._on_export_file_chosen,
            proposal=f"{self.context.profile.name}.djquestions",
            is_new=True,
        )

    def _on_import(self) -> None:
        ask_for_file(self, self.tr("Import answers"), self.tr("Answers"), ".djanswers", self._on_import_file_chosen)

    def _on_export_file_chosen(self, file: Path) -> None:
        profile = self.context.profile_id
        self.context.tasks.run_task(
            lambda: self._questions.export(profile, file), self, self._on_exported, self._on_task_failed
        )

    def _on_import_file_chosen(self, file: Path) -> None:
        profile = self.context.profile_id
        self.context.tasks.run_task(
            lambda: self._questions.import_(profile, file), self, self._on_imported, self._on_task_failed
        )

    def _on_exported(self, count: int) -> None:
        told = self.tr("Questions exported: {count}. Hand the file to an instructor.")
        self.notice_raised.emit(told.format(count=count), "good")

    def _on_imported(self, count: int) -> None:
        told = (
            self.tr("New answers: {count}.") if count else self.tr("This file holds no new answers to your questions.")
        )
        self.notice_raised.emit(told.format(count=count), "good" if count else "accent")

    def _on_task_failed(self, error: Exception) -> None:
        self.notice_raised.emit(text_of_error(error), "bad")
