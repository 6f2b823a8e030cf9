"""The roadmap: a checklist that the learner may overrule, in three arrangements, with a reason for every lesson."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dijipilot.domain.pace import OwnPace
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.services.events import AnswerGiven, AssessmentFinished, FactsChanged, LessonProgressed, RoadmapChanged
from dijipilot.ui.message_text import text_of
from dijipilot.ui.models.roadmap_cells import RoadmapColumn
from dijipilot.ui.models.roadmap_filter import RoadmapFilter
from dijipilot.ui.models.roadmap_model import RoadmapModel
from dijipilot.ui.models.roadmap_nodes import Arrangement, arrange, key_of
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.roadmap_actions import build_roadmap_actions
from dijipilot.ui.pages.roadmap_deciding import RoadmapDeciding
from dijipilot.ui.pages.roadmap_exports import RoadmapExports
from dijipilot.ui.pages.roadmap_memory import RoadmapLook, RoadmapMemory
from dijipilot.ui.pages.roadmap_questions import RoadmapQuestions
from dijipilot.ui.pages.wide_page import WidePage
from dijipilot.ui.roadmap_words import about_text, weeks_hint
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.changes_card import ChangesCard
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.left_out import LeftOut
from dijipilot.ui.widgets.roadmap_panel import RoadmapPanel
from dijipilot.ui.widgets.roadmap_tools import RoadmapTools
from dijipilot.ui.widgets.roadmap_view import RoadmapView
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.tables import hide_where_narrow, size_columns
from dijipilot.ui.widgets.turning_splitter import TurningSplitter

if TYPE_CHECKING:
    # A service that is not loaded while the window's shell is painted.
    from dijipilot.services.why import WhyCard

_SHORTEST = 220
_ROOM_BY_COLUMN: Mapping[int, int] = {
    RoadmapColumn.TIME: 60,
    RoadmapColumn.PROGRAM: 118,
    RoadmapColumn.READINESS: 150,
}
_CHARACTERS = {
    int(column): characters
    for column, characters in (
        (RoadmapColumn.POSITION, 5),
        (RoadmapColumn.PROGRAM, 22),
        (RoadmapColumn.TIME, 9),
        (RoadmapColumn.STATUS, 12),
        (RoadmapColumn.READINESS, 10),
    )
}


class RoadmapPage(WidePage):
    """The place is the skill of the lesson chosen."""

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
        self._curriculum = context.academy.library.curriculum
        self._memory = RoadmapMemory(context, self.attempt)
        self._roadmap: Roadmap | None = None
        self._arrangement: Arrangement | None = None
        self._chosen = ""
        self._pace: OwnPace | None = None
        self._shown: tuple[RoadmapItem, WhyCard] | None = None
        self._is_asking = False
        self._model = RoadmapModel(self._curriculum, context.theme.colors, self)
        self._filter = RoadmapFilter(self._model, self._curriculum, self)
        self._build()
        self._lay_out()
        self._connect()

    def place(self) -> str:
        """Return the lesson chosen."""
        return self._chosen

    def restore(self, place: str) -> None:
        """Choose this lesson."""
        self._chosen = place or self._chosen
        self._choose_row()

    def bring_up(self) -> None:
        """Tell what changed since the learner last looked, then remember that it was looked at."""
        super().bring_up()
        if self._roadmap is not None and not self._is_asking:
            self._changes.show_changes(self._plan.changes(self.context.profile_id))
            self._deciding.mark_seen()

    def leave(self) -> None:
        """Keep how the roadmap was looked at."""
        if self._arrangement is not None:
            open_keys = tuple(self._table.open_keys())
            self._memory.keep_look(RoadmapLook(self._arrangement, open_keys, self._table.top_key()))

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
        self._facts = button(
            self.tr("&Goal and hours…"), "roadmapFactsButton", self._on_questions_wanted, self._full, "quiet"
        )
        self._bar = QProgressBar(self._full)
        self._bar.setObjectName("roadmapBar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Lessons done"))
        self._changes = ChangesCard(self._full)
        self._tools = RoadmapTools([path.id for path in self._curriculum.paths], self._exports.choices(), self._full)
        self._confirm_slot = QVBoxLayout()
        self._table = RoadmapView(self._filter, self.tr("Lessons of the roadmap"), self._full)
        self._table.setMinimumHeight(_SHORTEST)
        self._actions = build_roadmap_actions(self._table)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._panel = RoadmapPanel(self._actions, self._full)
        self._side = SidePanel(self._panel, "roadmapPanel", self.tr("The chosen lesson"), self._full)
        self._nothing = EmptyState(
            self.tr("No lesson fits what you chose to see"),
            self.tr("Your roadmap is all there: other words or fewer filters bring it back."),
            self.tr("Show everything"),
            self._tools.show_everything,
            "showEverythingAgainButton",
            self._full,
        )
        self._left_out = LeftOut(self._full)
        self._left_out_fold = Fold(self.tr("What is not on this roadmap"), self._left_out, "leftOutFold", self._full)
        self._deciding = RoadmapDeciding(self, self._panel, self._side, self._confirm_slot)

    def _lay_out(self) -> None:
        self._split = TurningSplitter(self._table, self._side, "roadmapSplitter", self._full)
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
        column.addLayout(self._confirm_slot)
        column.addWidget(self._split, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._left_out_fold)
        for part in (self._empty, self._questions, self._full):
            self.column.addWidget(part, 1)
        size_columns(self._table, RoadmapColumn.TITLE, _CHARACTERS)

    def _connect(self) -> None:
        deciding = self._deciding
        self._table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self._table.activated.connect(lambda _: self._on_open())
        self._model.tick_requested.connect(deciding.tick)
        self._model.step_tick_requested.connect(deciding.tick_step)
        self._model.group_tick_requested.connect(self._on_group_tick_requested)
        self._model.move_requested.connect(deciding.move)
        for action, slot in (
            (self._actions.accept, deciding.accept),
            (self._actions.skip, deciding.skip),
            (self._actions.know, deciding.claim),
            (self._actions.not_for_shop, deciding.leave_out),
            (self._actions.done, self._on_done),
            (self._actions.up, lambda item: self._move(item, -1)),
            (self._actions.down, lambda item: self._move(item, 1)),
        ):
            action.triggered.connect(lambda _, call=slot: self._with_item(call))
        self._actions.open.triggered.connect(self._on_open)
        self._tools.wanted_changed.connect(self._on_wanted_changed)
        self._tools.arrangement_chosen.connect(self._on_arrangement_chosen)
        self._tools.undo_requested.connect(deciding.undo)
        self._tools.redo_requested.connect(deciding.redo)
        self._questions.finished.connect(self._on_questions_finished)
        for each in (self._exports, self._questions):
            each.notice_raised.connect(self.notice_raised)
        self._left_out.wanted_back.connect(deciding.bring_back)
        self._panel.lesson_chosen.connect(self._on_lesson_chosen)
        deciding.question_closed.connect(lambda: self._table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.context.theme.changed.connect(self._on_theme_changed)

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
        profile, today = self.context.profile_id, self._plan.today()
        done = sum(item.status is Status.DONE for item in roadmap.items)
        self._bar.setRange(0, max(1, len(roadmap.items)))
        self._bar.setValue(done)
        self._about.setText(about_text(roadmap, done, today))
        self._bar.setAccessibleDescription(self._about.text())
        self._pace = self._plan.own_pace(profile)
        self._show_rows(roadmap)
        undo, redo = self._plan.undo_and_redo_labels(profile)
        self._tools.name_steps(text_of(undo) if undo else "", text_of(redo) if redo else "")
        notes = [text_of(note) for note in roadmap.notes]
        self._left_out.show_left_out(notes, [(skill, self._plan.title_of(skill)) for skill in roadmap.left_out])
        self._left_out_fold.setVisible(bool(notes or roadmap.left_out))

    def _show_rows(self, roadmap: Roadmap, arrangement: Arrangement | None = None) -> None:
        """Show the rows, in another arrangement if one is given; the first time as they were last looked at."""
        steps = self._plan.steps(self.context.profile_id, roadmap)
        look = self._memory.look() if self._arrangement is None else None
        wanted = arrangement or (look.arrangement if look else self._arrangement) or Arrangement.ORDER
        branches = arrange(roadmap, wanted, self._curriculum, steps, self._plan.today())
        if wanted is self._arrangement:
            self._model.show_branches(branches)
        else:
            self._arrangement = wanted
            self._model.show_anew(branches)
            self._tools.choose(wanted, self._memory.wanted())
            self._filter.show_wanted(self._tools.wanted)
        self._table.open_again(look.open if look else None)
        self._show_what_is_seen()
        self._choose_row()
        if look is not None and look.top:
            # Later, because a view that was just filled has not got its height yet.
            QTimer.singleShot(0, self._table, lambda: self._table.scroll_to_top(look.top))

    def _show_what_is_seen(self) -> None:
        if self._roadmap is None:
            return
        count, of = self._filter.count(), len(self._roadmap.items)
        hint = weeks_hint(self._roadmap) if self._arrangement is Arrangement.WEEKS else ""
        self._tools.tell(hint, count, of)
        self._split.setVisible(count > 0 or of == 0)
        self._nothing.setVisible(count == 0 and of > 0)

    # The row chosen

    def _choose_row(self) -> None:
        """Choose the lesson chosen before, else the one to continue, else the first that can be started."""
        index = self._filter.index_of(key_of(self._chosen))
        if not index.isValid():
            index = self._filter.index_of(key_of(self._next_skill()))
        if not index.isValid():
            index = self._filter.index(0, 0)
        current = self._filter.row_at(self._table.currentIndex())
        if current is None or current.item is None or current.item.skill != self._chosen:
            self._table.setCurrentIndex(index)
        self._show_row(self._table.currentIndex())

    def _next_skill(self) -> str:
        ahead = [item for item in self._model.items if item.status.is_ahead and item.ready]
        resumed = self.context.academy.learn.resume(self.context.profile_id)
        wanted = [*([resumed.skill] if resumed else []), *(item.skill for item in ahead)]
        return next((skill for skill in wanted if self._filter.index_of(key_of(skill)).isValid()), "")

    def _item(self) -> RoadmapItem | None:
        row = self._filter.row_at(self._table.currentIndex())
        return row.item if row is not None else None

    def _show_row(self, index: QModelIndex) -> None:
        row = self._filter.row_at(index)
        item = row.item if row is not None else None
        self._side.setVisible(row is not None)
        self._actions.follow(item, self)
        if row is not None and row.roll_up is not None:
            self._shown = None
            self._panel.show_group(row.title, row.roll_up, row.detail)
        elif item is not None:
            self._chosen = item.skill
            self._show_card(item)

    def _show_card(self, item: RoadmapItem) -> None:
        card = self._plan.why(self.context.profile_id, item.skill, self._pace)
        if (item, card) != self._shown:
            if self._panel.is_question_focused:
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._shown = (item, card)
            needed = [(skill, self._plan.title_of(skill)) for skill in item.needs]
            self._panel.show_item(item, self._curriculum.program_of(item.skill).title, card, needed)

    def _with_item(self, call: Callable[[RoadmapItem], object]) -> None:
        item = self._item()
        if item is not None:
            call(item)

    def _move(self, item: RoadmapItem, step: int) -> None:
        neighbor = self._filter.skill_after(item.skill, step)
        if neighbor is None:
            if self._arrangement is not Arrangement.ORDER:
                told = self.tr("This is the edge of its group. In study order you can move it further.")
                self.notice_raised.emit(told, "accent")
            return
        before = self._model.skill_following(neighbor) if step > 0 else neighbor
        self._deciding.move(item.skill, before or "")

    # Slots

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the panel tells too where the table gets narrow."""
        super().resizeEvent(event)
        hide_where_narrow(self._table, _ROOM_BY_COLUMN)

    def _on_theme_changed(self) -> None:
        size_columns(self._table, RoadmapColumn.TITLE, _CHARACTERS)
        self._model.recolor(self.context.theme.colors)

    def _on_row_chosen(self, index: QModelIndex, _: QModelIndex) -> None:
        self._show_row(index)

    def _on_open(self) -> None:
        item = self._item()
        if item is not None:
            self.page_requested.emit(f"lesson:{item.lesson}")
        else:
            self._table.setExpanded(self._table.currentIndex(), not self._table.isExpanded(self._table.currentIndex()))

    def _on_done(self, item: RoadmapItem) -> None:
        self._deciding.tick(item.skill, item.status not in (Status.DONE, Status.DUE_FOR_REVIEW))

    def _on_group_tick_requested(self, key: str, is_ticked: bool) -> None:
        row = self._model.row_at(self._model.index_of(key))
        if row is not None:
            self._deciding.tick_group(row.title, self._model.items_below(key), is_ticked, self._full)

    def _on_lesson_chosen(self, skill: str) -> None:
        """Go to a lesson that is needed first; filters that hide it give way."""
        if not self._filter.index_of(key_of(skill)).isValid():
            self._tools.show_everything()
        self._chosen = skill
        self._table.setCurrentIndex(self._filter.index_of(key_of(skill)))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_arrangement_chosen(self, value: str) -> None:
        if self._roadmap is not None:
            self._show_rows(self._roadmap, Arrangement(value))

    def _on_wanted_changed(self) -> None:
        self._memory.keep_wanted(self._tools.wanted)
        self._filter.show_wanted(self._tools.wanted)
        self._table.open_again()
        self._show_what_is_seen()
        self._choose_row()

    def _on_questions_wanted(self) -> None:
        self._questions.ask()
        self._is_asking = True
        self._show_part()
        self._questions.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_questions_finished(self) -> None:
        self._is_asking = False
        self.refresh_now()
        self._deciding.mark_seen()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
