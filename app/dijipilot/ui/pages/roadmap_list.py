"""The list of the roadmap and the card beside it: arranged, filtered, chosen from; decisions go to who acts on them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.pace import OwnPace
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.ui.models.roadmap_cells import RoadmapColumn
from dijipilot.ui.models.roadmap_filter import RoadmapFilter
from dijipilot.ui.models.roadmap_model import RoadmapModel
from dijipilot.ui.models.roadmap_nodes import Arrangement, arrange, key_of
from dijipilot.ui.opener_words import openers_text
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_actions import build_roadmap_actions
from dijipilot.ui.pages.roadmap_deciding import RoadmapDeciding
from dijipilot.ui.pages.roadmap_memory import RoadmapLook, RoadmapMemory
from dijipilot.ui.roadmap_words import weeks_hint
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.roadmap_panel import RoadmapPanel
from dijipilot.ui.widgets.roadmap_tools import RoadmapTools
from dijipilot.ui.widgets.roadmap_view import RoadmapView
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.tables import hide_where_narrow, size_columns
from dijipilot.ui.widgets.turning_splitter import TurningSplitter
from dijipilot.ui.widgets.wrapping_delegate import IconAtTheEnd

if TYPE_CHECKING:
    # A service that is not loaded while the window's shell is painted.
    from dijipilot.services.why import WhyCard

_SHORTEST = 220
ROOM_BY_COLUMN: Mapping[int, int] = {
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


_GROUP_STATE_CHARACTERS = 22


class RoadmapList(QWidget):
    """Part of a page, under the line of tools; emits lesson_wanted(number) when a lesson is to be opened."""

    lesson_wanted = Signal(str)

    def __init__(self, page: Page, tools: RoadmapTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = page.context
        self._plan = page.context.academy.plan
        self._outlines = page.context.academy.outlines
        self._curriculum = page.context.academy.library.curriculum
        self._memory = RoadmapMemory(page.context, page.attempt)
        self._tools = tools
        self._roadmap: Roadmap | None = None
        self._arrangement: Arrangement | None = None
        self._chosen = ""
        self._pace: OwnPace | None = None
        self._shown: tuple[RoadmapItem, WhyCard] | None = None
        self._model = RoadmapModel(self._curriculum, page.context.theme.colors, self)
        self._filter = RoadmapFilter(self._model, self._curriculum, self)
        self._build(page)
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> str:
        """The skill of the lesson chosen, "" before there is one."""
        return self._chosen

    def choose(self, skill: str) -> None:
        """Choose a lesson, "" for the one chosen before."""
        self._chosen = skill or self._chosen
        self._choose_row()

    def keep_look(self) -> None:
        """Keep how the roadmap was looked at."""
        if self._arrangement is not None:
            look = RoadmapLook(self._arrangement, tuple(self.table.open_keys()), self.table.top_key())
            self._memory.keep_look(look)

    def shows_sealed_steps(self) -> bool:
        """Tell whether a lesson whose text the pack holds encrypted is unfolded to its steps."""
        library, unfolded = self._context.academy.library, set(self.table.open_keys())
        return any(library.is_sealed(item.skill) and key_of(item.skill) in unfolded for item in self._model.items)

    def show_roadmap(self, roadmap: Roadmap) -> None:
        """Show a plan; the lesson chosen stays chosen."""
        self._pace = self._plan.own_pace(self._context.profile_id)
        self._show_rows(roadmap, None)

    # Build, lay out, connect

    def _build(self, page: Page) -> None:
        self.table = RoadmapView(self._filter, self.tr("Lessons of the roadmap"), self)
        # What goes where the table gets narrow, the panel tells too.
        hide_where_narrow(self.table, ROOM_BY_COLUMN)
        self.table.setMinimumHeight(_SHORTEST)
        self.table.setItemDelegateForColumn(RoadmapColumn.TITLE, IconAtTheEnd(self.table))
        self._actions = build_roadmap_actions(self.table)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._panel = RoadmapPanel(self._actions, self)
        self._side = SidePanel(self._panel, "roadmapPanel", self.tr("The chosen lesson"), self)
        self._nothing = EmptyState(
            self.tr("No lesson fits what you chose to see"),
            self.tr("Your roadmap is all there: other words or fewer filters bring it back."),
            self.tr("Show everything"),
            self._tools.show_everything,
            "showEverythingAgainButton",
            self,
        )
        self._question_slot = QVBoxLayout()
        self.deciding = RoadmapDeciding(page, self._panel, self._side, self._question_slot)

    def _lay_out(self) -> None:
        self._split = TurningSplitter(self.table, self._side, "roadmapSplitter", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._question_slot)
        column.addWidget(self._split, 1)
        column.addWidget(self._nothing, 1)
        self._size_columns()

    def _connect(self) -> None:
        deciding = self.deciding
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.table.activated.connect(lambda _: self._on_open())
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
        self._panel.lesson_chosen.connect(self._on_lesson_chosen)
        deciding.question_closed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self._context.theme.changed.connect(self._on_theme_changed)

    # Rows

    def _show_rows(self, roadmap: Roadmap, arrangement: Arrangement | None) -> None:
        """Show the rows, in another arrangement if one is given; the first time as they were last looked at."""
        self._roadmap = roadmap
        steps = self._plan.steps(self._context.profile_id, roadmap)
        look = self._memory.look() if self._arrangement is None else None
        wanted = arrangement or (look.arrangement if look else self._arrangement) or Arrangement.ORDER
        branches = arrange(roadmap, wanted, self._curriculum, steps, self._plan.today())
        if wanted is self._arrangement:
            self._model.show_branches(branches)
        else:
            self._arrangement = wanted
            self._model.show_anew(branches)
            self._tools.choose(wanted, self._memory.wanted() if look else self._tools.wanted)
            self._filter.show_wanted(self._tools.wanted)
        self._size_columns()
        self.table.open_again(look.open if look else None)
        self._show_what_is_seen(roadmap)
        self._choose_row()
        if look is not None and look.top:
            # Later, because a view that was just filled has not got its height yet.
            QTimer.singleShot(0, self.table, lambda: self.table.scroll_to_top(look.top))

    def _show_what_is_seen(self, roadmap: Roadmap) -> None:
        count, of = self._filter.count(), len(roadmap.items)
        self._tools.tell(weeks_hint(roadmap) if self._arrangement is Arrangement.WEEKS else "", count, of)
        self._split.setVisible(count > 0 or of == 0)
        self._nothing.setVisible(count == 0 and of > 0)

    def _choose_row(self) -> None:
        """Choose the lesson chosen before, else the one to continue, else the first that can be started."""
        index = self._filter.index_of(key_of(self._chosen))
        if not index.isValid():
            index = self._filter.index_of(key_of(self._next_skill()))
        if not index.isValid():
            index = self._filter.index(0, 0)
        current = self._item()
        if current is None or current.skill != self._chosen:
            self.table.setCurrentIndex(index)
        self._show_row(self.table.currentIndex())

    def _next_skill(self) -> str:
        ahead = [item.skill for item in self._model.items if item.status.is_ahead and item.ready]
        resumed = self._context.academy.learn.resume(self._context.profile_id)
        wanted = [*([resumed.skill] if resumed else []), *ahead]
        return next((skill for skill in wanted if self._filter.index_of(key_of(skill)).isValid()), "")

    def _item(self) -> RoadmapItem | None:
        row = self._filter.row_at(self.table.currentIndex())
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
        card = self._plan.why(self._context.profile_id, item.skill, self._pace)
        if (item, card) != self._shown:
            if self._panel.is_question_focused:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._shown = (item, card)
            needed = [(skill, self._plan.title_of(skill)) for skill in item.needs]
            opens = openers_text(self._outlines.openers(item.skill))
            self._panel.show_item(item, self._curriculum.program_of(item.skill).title, card, needed, opens)

    def _with_item(self, call: Callable[[RoadmapItem], object]) -> None:
        item = self._item()
        if item is not None:
            call(item)

    def _move(self, item: RoadmapItem, step: int) -> None:
        neighbor = self._filter.skill_after(item.skill, step)
        if neighbor is None:
            if self._arrangement is not Arrangement.ORDER:
                self.deciding.tell(self.tr("This is the edge of its group. In study order you can move it further."))
            return
        before = self._model.skill_following(neighbor) if step > 0 else neighbor
        self.deciding.move(item.skill, before or "")

    def _size_columns(self) -> None:
        """Groups say in the column of states how many of their lessons are locked, where any is."""
        has_locked = self._roadmap is not None and any(item.locked for item in self._roadmap.items)
        is_grouped = self._arrangement in (Arrangement.PROGRAMS, Arrangement.WEEKS)
        wide = {int(RoadmapColumn.STATUS): _GROUP_STATE_CHARACTERS} if has_locked and is_grouped else {}
        size_columns(self.table, RoadmapColumn.TITLE, _CHARACTERS | wide)

    # Slots

    def _on_theme_changed(self) -> None:
        self._size_columns()
        self._model.recolor(self._context.theme.colors)

    def _on_row_chosen(self, index: QModelIndex, _: QModelIndex) -> None:
        self._show_row(index)

    def _on_open(self) -> None:
        item, index = self._item(), self.table.currentIndex()
        if item is not None:
            self.lesson_wanted.emit(item.lesson)
        else:
            self.table.setExpanded(index.siblingAtColumn(0), not self.table.isExpanded(index.siblingAtColumn(0)))

    def _on_done(self, item: RoadmapItem) -> None:
        self.deciding.tick(item.skill, item.status not in (Status.DONE, Status.DUE_FOR_REVIEW))

    def _on_group_tick_requested(self, key: str, is_ticked: bool) -> None:
        row = self._model.row_at(self._model.index_of(key))
        if row is not None:
            self.deciding.tick_group(row.title, self._model.items_below(key), is_ticked, self)

    def _on_lesson_chosen(self, skill: str) -> None:
        """Go to a lesson that is needed first; filters that hide it give way."""
        if not self._filter.index_of(key_of(skill)).isValid():
            self._tools.show_everything()
        self._chosen = skill
        self.table.setCurrentIndex(self._filter.index_of(key_of(skill)))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_arrangement_chosen(self, value: str) -> None:
        if self._roadmap is not None:
            self._show_rows(self._roadmap, Arrangement(value))

    def _on_wanted_changed(self) -> None:
        self._memory.keep_wanted(self._tools.wanted)
        self._filter.show_wanted(self._tools.wanted)
        self.table.open_again()
        if self._roadmap is not None:
            self._show_what_is_seen(self._roadmap)
            self._choose_row()
