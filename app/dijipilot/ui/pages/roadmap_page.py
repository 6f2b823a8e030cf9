"""The roadmap: a checklist that the learner may overrule, with a reason for every lesson on it."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dijipilot.domain.roadmap import Roadmap, tally_of
from dijipilot.services.events import (
    AnswerGiven,
    AssessmentFinished,
    FactsChanged,
    LessonProgressed,
    LicensesChanged,
    RoadmapChanged,
)
from dijipilot.ui.message_text import text_of
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.roadmap_exports import RoadmapExports
from dijipilot.ui.pages.roadmap_list import RoadmapList
from dijipilot.ui.pages.roadmap_questions import RoadmapQuestions
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.roadmap_words import about_text
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.changes_card import ChangesCard
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.left_out import LeftOut
from dijipilot.ui.widgets.roadmap_tools import RoadmapTools


class RoadmapPage(WidePage):
    """The place is the skill of the lesson chosen."""

    refreshes_on: ClassVar[tuple[type, ...]] = (
        AnswerGiven,
        AssessmentFinished,
        FactsChanged,
        LessonProgressed,
        LicensesChanged,
        RoadmapChanged,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._plan = context.academy.plan
        self._roadmap: Roadmap | None = None
        self._is_asking = False
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return the lesson chosen."""
        return self._list.chosen

    def restore(self, place: str) -> None:
        """Choose this lesson."""
        self._list.choose(place)

    def bring_up(self) -> None:
        """Tell what changed since the learner last looked, then remember that it was looked at."""
        super().bring_up()
        if self._roadmap is not None and not self._is_asking:
            self._changes.show_changes(self._plan.changes(self.context.profile_id))
            self._list.deciding.mark_seen()

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return the list where steps of sealed lessons stand in it."""
        return (self._list.table,) if self._list.shows_sealed_steps() else ()

    def leave(self) -> None:
        """Keep how the roadmap was looked at."""
        self._list.keep_look()

    def first_focus(self) -> QWidget:
        """Return the list, or what stands in its place."""
        if self._is_asking:
            return self._questions.first_field()
        return self._empty if self._roadmap is None else self._list.table

    # Build, lay out, connect

    def _build(self) -> None:
        self.heading.show_text(self.tr("My roadmap"))
        self._empty = EmptyState(
            self.tr("Your roadmap begins with the assessment"),
            self.tr("Five minutes show which lessons you miss. They are then put in the order that pays most."),
            self.tr("&Start the 5-minute assessment"),
            lambda: self.page_requested.emit("assessment:begin"),
            "startFirstAssessmentButton",
            self,
        )
        self._questions = RoadmapQuestions(self.context, self)
        self._exports = RoadmapExports(self.context, self)
        self._full = QWidget(self)
        self._about = label("", "muted", self._full)
        self._about.setObjectName("roadmapAbout")
        self._facts = button(
            self.tr("&Goal and hours…"), "roadmapFactsButton", self._on_questions_wanted, self._full, "quiet"
        )
        self._bar = QProgressBar(self._full)
        self._bar.setObjectName("roadmapBar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Lessons done"))
        self._changes = ChangesCard(self._full)
        paths = [path.id for path in self.context.academy.library.curriculum.paths]
        self._tools = RoadmapTools(paths, self._exports.choices(), self._full)
        self._list = RoadmapList(self, self._tools, self._full)
        self._left_out = LeftOut(self._full)
        title = self.tr("What is not on this roadmap")
        self._left_out_fold = Fold(title, lambda _: self._left_out, "leftOutFold", self._full)

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.setSpacing(12)
        about.addWidget(self._about, 1)
        about.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(about)
        for each in (self._bar, self._changes, self._tools):
            column.addWidget(each)
        column.addWidget(self._list, 1)
        column.addWidget(self._left_out_fold)
        for part in (self._empty, self._questions, self._full):
            self.column.addWidget(part, 1)

    def _connect(self) -> None:
        deciding = self._list.deciding
        self._list.lesson_wanted.connect(lambda number: self.page_requested.emit(f"lesson:{number}"))
        self._tools.undo_requested.connect(deciding.undo)
        self._tools.redo_requested.connect(deciding.redo)
        self._left_out.wanted_back.connect(deciding.bring_back)
        self._questions.finished.connect(self._on_questions_finished)
        for each in (self._exports, self._questions):
            each.notice_raised.connect(self.notice_raised)

    # Refresh

    def refresh(self) -> None:
        """Show the plan as of now; the lesson chosen stays chosen."""
        academy, profile = self.context.academy, self.context.profile_id
        has_evidence = academy.standings.current(profile).has_evidence
        self._roadmap = self._plan.roadmap(profile) if has_evidence else None
        if self._roadmap is not None and self._questions.is_due():
            self._questions.ask()
            self._is_asking = True
        self._exports.roadmap = self._roadmap
        self._show_part()
        if self._roadmap is not None:
            self._show_roadmap(self._roadmap)

    def _show_part(self) -> None:
        self._empty.setVisible(self._roadmap is None)
        self._questions.setVisible(self._roadmap is not None and self._is_asking)
        self._full.setVisible(self._roadmap is not None and not self._is_asking)

    def _show_roadmap(self, roadmap: Roadmap) -> None:
        tally = tally_of(roadmap.items)
        self._bar.setRange(0, max(1, tally.count))
        self._bar.setValue(tally.done)
        self._about.setText(about_text(roadmap, self._plan.today()))
        self._bar.setAccessibleDescription(self._about.text())
        self._list.show_roadmap(roadmap)
        undo, redo = self._plan.undo_and_redo_labels(self.context.profile_id)
        self._tools.name_steps(text_of(undo) if undo else "", text_of(redo) if redo else "")
        notes = [text_of(note) for note in roadmap.notes]
        self._left_out.show_left_out(notes, [(skill, self._plan.title_of(skill)) for skill in roadmap.left_out])
        self._left_out_fold.setVisible(bool(notes or roadmap.left_out))

    # The questions before

    def _on_questions_wanted(self) -> None:
        self._questions.ask()
        self._is_asking = True
        self._show_part()
        self._questions.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_questions_finished(self) -> None:
        self._is_asking = False
        self.refresh_now()
        self._list.deciding.mark_seen()
        self._list.table.setFocus(Qt.FocusReason.OtherFocusReason)
