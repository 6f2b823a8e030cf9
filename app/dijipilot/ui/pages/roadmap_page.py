"""The roadmap: a checklist in study order that the learner may overrule, with a reason for every lesson on it."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from dijipilot.domain.gaps import SkillState
from dijipilot.domain.ids import ItemId, SkillId
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.services.events import AnswerGiven, AssessmentFinished, FactsChanged, LessonProgressed, RoadmapChanged
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.models.roadmap_model import RoadmapColumn, RoadmapFilter, RoadmapModel
from dijipilot.ui.pages.assessment_page import SETTLE
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.roadmap_actions import build_roadmap_actions
from dijipilot.ui.pages.roadmap_exports import RoadmapExports
from dijipilot.ui.pages.roadmap_questions import RoadmapQuestions
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.widgets.changes_card import ChangesCard
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.left_out import LeftOut
from dijipilot.ui.widgets.roadmap_panel import RoadmapPanel
from dijipilot.ui.widgets.roadmap_tools import RoadmapTools
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.state_mark import word_of
from dijipilot.ui.widgets.tables import hide_where_narrow, size_columns, table_view
from dijipilot.ui.widgets.turning_splitter import TurningSplitter

FILTERS = "roadmap.filters"
"""Key of the profile's setting that keeps what is hidden, as "yes|path"."""

_YES = "yes"
_SHORTEST = 220
_ROOM_BY_COLUMN: Mapping[int, int] = {RoadmapColumn.PROGRAM: 110, RoadmapColumn.READINESS: 62}
_CHARACTERS = {
    int(column): characters
    for column, characters in (
        (RoadmapColumn.POSITION, 6),
        (RoadmapColumn.PROGRAM, 22),
        (RoadmapColumn.TIME, 8),
        (RoadmapColumn.STATUS, 13),
        (RoadmapColumn.READINESS, 10),
    )
}


class RoadmapPage(WidePage):
    """The place is the skill of the item chosen."""

    refreshes_on: ClassVar[tuple[type, ...]] = (
        AnswerGiven,
        AssessmentFinished,
        FactsChanged,
        LessonProgressed,
        RoadmapChanged,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._plan = context.academy.plan
        self._roadmap: Roadmap | None = None
        self._chosen = ""
        self._is_asking = False
        self._model = RoadmapModel(context.academy.library.curriculum, context.theme.colors, self)
        self._filter = RoadmapFilter(self._model, self)
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return the item chosen."""
        return self._chosen

    def restore(self, place: str) -> None:
        """Choose this item."""
        self._chosen = place or self._chosen
        self._choose_row()

    def bring_up(self) -> None:
        """Tell what changed since the learner last looked, then remember that it was looked at."""
        super().bring_up()
        if self._roadmap is not None and not self._is_asking:
            self._changes.show_changes(self._plan.changes(self.context.profile_id))
            self._mark_seen()

    def first_focus(self) -> QWidget:
        """Return the list, or what stands in its place."""
        if self._is_asking:
            return self._questions.first_field()
        return self._empty if self._roadmap is None else self._table

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
        self._bar = QProgressBar(self._full)
        self._bar.setObjectName("roadmapBar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Lessons done"))
        self._changes = ChangesCard(self._full)
        paths = [path.id for path in self.context.academy.library.curriculum.paths]
        self._tools = RoadmapTools(paths, self._exports.choices(), self._full)
        self._table = table_view(self._filter, "roadmapTable", self.tr("Lessons in study order"), self._full)
        self._table.setMinimumHeight(_SHORTEST)
        self._actions = build_roadmap_actions(self._table)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._panel = RoadmapPanel(self._actions.all(), self._full)
        self._side = SidePanel(self._panel, "roadmapPanel", self.tr("The chosen lesson"), self._full)
        self._left_out = LeftOut(self._full)
        self._left_out_fold = Fold(self.tr("What is not on this roadmap"), self._left_out, "leftOutFold", self._full)

    def _lay_out(self) -> None:
        split = TurningSplitter(self._table, self._side, "roadmapSplitter", self._full)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for each in (self._about, self._bar, self._changes, self._tools):
            column.addWidget(each)
        column.addWidget(split, 1)
        column.addWidget(self._left_out_fold)
        self.column.addWidget(self._empty, 1)
        self.column.addWidget(self._questions, 1)
        self.column.addWidget(self._full, 1)
        size_columns(self._table, RoadmapColumn.TITLE, _CHARACTERS)

    def _connect(self) -> None:
        self._table.selectionModel().currentRowChanged.connect(self._on_item_chosen)
        self._table.activated.connect(lambda _: self._on_open())
        self._model.tick_requested.connect(self._on_tick_requested)
        for action, slot in (
            (self._actions.open, self._on_open),
            (self._actions.done, self._on_done),
            (self._actions.skip, self._on_skip),
            (self._actions.know, self._on_know),
            (self._actions.not_for_shop, self._on_not_for_shop),
            (self._actions.up, lambda: self._move(-1)),
            (self._actions.down, lambda: self._move(1)),
        ):
            action.triggered.connect(lambda _, call=slot: call())
        self._tools.filters_changed.connect(self._on_filters_changed)
        self._tools.undo_requested.connect(lambda: self._retrace(self._plan.undo, self.tr("Undone: {what}")))
        self._tools.redo_requested.connect(lambda: self._retrace(self._plan.redo, self.tr("Done again: {what}")))
        self._tools.facts_requested.connect(self._on_questions_wanted)
        self._questions.finished.connect(self._on_questions_finished)
        self._exports.notice_raised.connect(self.notice_raised)
        self._questions.notice_raised.connect(self.notice_raised)
        self._left_out.wanted_back.connect(self._on_wanted_back)
        self.context.theme.changed.connect(self._on_theme_changed)

    # Refresh

    def refresh(self) -> None:
        """Show the plan as of now; the item chosen stays chosen."""
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
        profile, profiles = self.context.profile_id, self.context.academy.profiles
        hides, _, path = profiles.setting(profile, FILTERS).partition("|")
        self._tools.choose(hides == _YES, path)
        self._filter.hide_settled(hides == _YES)
        self._filter.choose_path(path)
        done = sum(item.status is Status.DONE for item in roadmap.items)
        self._bar.setRange(0, max(1, len(roadmap.items)))
        self._bar.setValue(done)
        self._about.setText(self._about_text(roadmap, done))
        self._bar.setAccessibleDescription(self._about.text())
        self._model.show_items(roadmap.items)
        self._name_steps()
        notes = [text_of(note) for note in roadmap.notes]
        self._left_out.show_left_out(notes, [(skill, self._plan.title_of(skill)) for skill in roadmap.left_out])
        self._left_out_fold.setVisible(bool(notes or roadmap.left_out))
        self._choose_row()

    def _about_text(self, roadmap: Roadmap, done: int) -> str:
        parts = [
            self.tr("{done} of {all} lessons done").format(done=done, all=len(roadmap.items)),
            self.tr("{time} ahead").format(time=minutes_text(roadmap.minutes_ahead)),
        ]
        if roadmap.pace is not None:
            low, high = roadmap.pace.weekly_hours
            parts.append(
                self.tr("{first} to {last} weeks at {low:g} to {high:g} hours a week").format(
                    first=roadmap.pace.weeks_low, last=roadmap.pace.weeks_high, low=low, high=high
                )
            )
        parts.append(self.tr("suggested path: {path}").format(path=roadmap.path))
        return "  ·  ".join(parts)

    def _name_steps(self) -> None:
        undo, redo = self._plan.undo_label(self.context.profile_id), self._plan.redo_label(self.context.profile_id)
        self._tools.name_steps(text_of(undo) if undo else "", text_of(redo) if redo else "")

    def _choose_row(self) -> None:
        """Choose the item chosen before, else the first that can be started."""
        skill = self._chosen if self._model.row_of(self._chosen) >= 0 else self._first_ready()
        index = self._filter.mapFromSource(self._model.index(self._model.row_of(skill), 0))
        if not index.isValid():
            index = self._filter.index(0, 0)
        self._table.setCurrentIndex(index)
        self._show_item(self._item())

    def _first_ready(self) -> str:
        ahead = [item for item in self._model.items if item.status.is_ahead and item.ready]
        return ahead[0].skill if ahead else ""

    def _item(self) -> RoadmapItem | None:
        return self._model.item_at(self._filter.mapToSource(self._table.currentIndex()))

    def _show_item(self, item: RoadmapItem | None) -> None:
        self._side.setVisible(item is not None)
        self._actions.follow(item, self)
        if item is not None:
            self._chosen = item.skill
            program = self.context.academy.library.curriculum.program_of(item.skill).title
            if self._panel.is_question_focused:
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._panel.show_item(item, program)

    # The questions before

    def _on_questions_wanted(self) -> None:
        self._questions.ask()
        self._is_asking = True
        self._show_part()
        self._questions.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_questions_finished(self) -> None:
        self._is_asking = False
        self.refresh_now()
        self._mark_seen()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Deciding

    def _decide(self, action: Callable[[], object]) -> bool:
        """Do what the learner decided; what one did oneself is no news the next time."""
        done = self.attempt(action)
        if done:
            self._mark_seen()
        return done

    def _mark_seen(self) -> None:
        if not self.context.academy.is_read_only:
            self.attempt(lambda: self._plan.mark_seen(self.context.profile_id))

    def _move(self, step: int) -> None:
        item = self._item()
        neighbor = self._filter.skill_after(item.skill, step) if item is not None else None
        if item is None or neighbor is None:
            return
        order = [each.skill for each in self._model.items]
        at = order.index(neighbor) + (1 if step > 0 else 0)
        before = order[at] if at < len(order) else None
        skill = item.skill

        def move() -> None:
            outcome = self._plan.move_before(self.context.profile_id, skill, before)
            if not outcome.is_done:
                self.notice_raised.emit(text_of(outcome.message), "caution")

        self._decide(move)

    def _retrace(self, step: Callable[..., object], told: str) -> None:
        label_of = self._plan.undo_label if step == self._plan.undo else self._plan.redo_label
        what = label_of(self.context.profile_id)
        if what is not None and self._decide(lambda: step(self.context.profile_id)):
            self.notice_raised.emit(told.format(what=text_of(what)), "accent")

    # Slots

    def _on_theme_changed(self) -> None:
        size_columns(self._table, RoadmapColumn.TITLE, _CHARACTERS)
        self._model.recolor(self.context.theme.colors)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the panel tells too where the table gets narrow."""
        super().resizeEvent(event)
        hide_where_narrow(self._table, _ROOM_BY_COLUMN)

    def _on_item_chosen(self, _: QModelIndex, __: QModelIndex) -> None:
        self._show_item(self._item())

    def _on_tick_requested(self, skill: str, is_ticked: bool) -> None:
        learn, profile = self.context.academy.learn, self.context.profile_id
        action = learn.finish if is_ticked else self._plan.want
        self._decide(lambda: action(profile, SkillId(skill)))

    def _on_open(self) -> None:
        item = self._item()
        if item is not None:
            self.page_requested.emit(f"lesson:{item.lesson}")

    def _on_done(self) -> None:
        item = self._item()
        if item is not None:
            self._on_tick_requested(item.skill, item.status not in (Status.DONE, Status.DUE_FOR_REVIEW))

    def _on_skip(self) -> None:
        item = self._item()
        if item is not None:
            action = self._plan.want if item.status is Status.SKIPPED else self._plan.skip
            skill = item.skill
            self._decide(lambda: action(self.context.profile_id, skill))

    def _on_not_for_shop(self) -> None:
        item = self._item()
        if item is not None:
            skill = item.skill
            self._decide(lambda: self._plan.not_for_my_shop(self.context.profile_id, skill))

    def _on_know(self) -> None:
        item = self._item()
        if item is None:
            return
        skill, title, profile = item.skill, item.title, self.context.profile_id
        has_item = self._plan.settling_item(profile, skill) is not None
        if not has_item and self.context.academy.assess.recheck(profile, skill) is not None:
            self.page_requested.emit(f"assessment:{SETTLE}{skill}")
            return

        def claim() -> None:
            question = self._plan.claim_known(profile, skill)
            if question is None:
                told = self.tr("“{title}” left the roadmap: there is no question that could settle it.")
                self.notice_raised.emit(told.format(title=title), "good")
                return
            card = self._panel.ask(question)
            card.answered.connect(lambda option: self._on_settled(question.id, option, title))
            # Later, because a card just made has not got its place yet.
            QTimer.singleShot(0, card, lambda: self._side.ensureWidgetVisible(card))
            card.setFocus(Qt.FocusReason.OtherFocusReason)

        self._decide(claim)

    def _on_settled(self, question: str, option: str, title: str) -> None:
        def settle() -> None:
            standing = self._plan.settle(self.context.profile_id, ItemId(question), option or None)
            word = word_of(SkillState(standing.verdict.value))
            self.notice_raised.emit(self.tr("“{title}”: {verdict}").format(title=title, verdict=word), "accent")

        if self._decide(settle):
            self._panel.close_question()
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_wanted_back(self, skill: str) -> None:
        self._decide(lambda: self._plan.for_my_shop(self.context.profile_id, SkillId(skill)))

    def _on_filters_changed(self) -> None:
        hides, path = self._tools.hide_box.isChecked(), self._tools.path_choice.value
        self._filter.hide_settled(hides)
        self._filter.choose_path(path)
        kept = f"{_YES if hides else ''}|{path}"
        profiles, profile = self.context.academy.profiles, self.context.profile_id
        self.attempt(lambda: profiles.set_setting(profile, FILTERS, kept))
        self._choose_row()
