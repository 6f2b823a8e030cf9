"""The library: the whole curriculum as a tree, with a filter."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from dijipilot.services.events import LessonProgressed, LicensesChanged
from dijipilot.ui.lesson_status import DONE, IN_PREPARATION, IN_PROGRESS, LOCKED, NOT_STARTED
from dijipilot.ui.models.curriculum_tree_model import (
    MINUTES,
    NUMBER_ROLE,
    STATE,
    TARGET_ROLE,
    TITLE,
    CurriculumTreeModel,
)
from dijipilot.ui.models.lesson_filter import LessonFilter, LessonKind
from dijipilot.ui.pages.locked_hiding import HideLockedBox
from dijipilot.ui.pages.page import MARGIN, Page, PageContext
from dijipilot.ui.widgets.combo import LabeledCombo
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.side_by_side import SideBySide
from dijipilot.ui.widgets.tables import wrap_rows
from dijipilot.ui.widgets.wrapping_delegate import IconAtTheEnd, WrappingDelegate

WIDEST = 1100
INDENT = 22
ROOM_FOR_FILTERS, ROOM_FOR_TIMES = 70, 94
"""Characters across, below which the filters stand below each other, and times are left out."""

STATE_CHARACTERS, LOCKED_STATE_CHARACTERS, TIME_CHARACTERS = 18, 25, 13
HIDES_LOCKED = "library.hides_locked"
"""Key of the profile's setting that keeps whether locked lessons are hidden."""


class LibraryPage(Page):
    """Its place is the number that is selected, such as a program's."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LessonProgressed, LicensesChanged)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library = context.academy.library
        self.heading.show_text(self.tr("Library"))
        self._has_locked = False
        self._build()
        self._lay_out()
        self._filter.textChanged.connect(self._on_filter_changed)
        self._kind.combo.activated.connect(self._on_kind_changed)
        self._hiding.chosen.connect(self._on_hiding_changed)
        self._tree.activated.connect(self._on_row_activated)
        self._tree.clicked.connect(self._on_row_activated)

    def place(self) -> str:
        """Return the number of the row selected."""
        return str(self._tree.currentIndex().data(NUMBER_ROLE) or "")

    def restore(self, place: str) -> None:
        """Select a row by its number and open the way to it."""
        index = self._proxy.mapFromSource(self._model.index_of(place))
        if index.isValid():
            self._tree.setCurrentIndex(index)
            self._tree.expand(index)
            self._tree.scrollTo(index, QTreeView.ScrollHint.PositionAtCenter)

    def first_focus(self) -> QWidget:
        """Begin with the tree: arrows move, Enter opens."""
        return self._tree

    def refresh(self) -> None:
        """Show how far each lesson is."""
        progress = self.context.academy.learn.progress(self.context.profile_id)
        locked = self._library.locked_skills()
        self._model.show_progress(progress, locked)
        self._hiding.setVisible(bool(locked))
        self._has_locked = bool(locked)
        self._size_columns()
        self._offer_kinds(sum(each.is_bookmarked for each in progress.values()))
        if self._proxy.is_filtering:
            self._show_kept()

    def _build(self) -> None:
        curriculum = self._library.curriculum
        missions = sum(1 for _ in curriculum.missions())
        lead = self.tr("{programs} programs, {missions} missions, {lessons} lessons.")
        self._lead = label(
            lead.format(programs=len(curriculum.programs), missions=missions, lessons=len(curriculum.lessons)),
            "muted",
            self,
        )
        self._filter = QLineEdit(self)
        self._filter.setObjectName("libraryFilterField")
        self._filter.setClearButtonEnabled(True)
        self._filter.setPlaceholderText(self.tr("Words of a title, or a number such as 2.5"))
        self._filter.setAccessibleName(self.tr("Show only titles with"))
        self._filter_label = QLabel(self.tr("&Show only"), self)
        self._filter_label.setBuddy(self._filter)
        self._kind = LabeledCombo(self.tr("&Lessons"), "libraryKindCombo", self)
        self._offer_kinds(0)
        self._hiding = HideLockedBox(self, HIDES_LOCKED, "libraryHideLockedBox", self)
        self._model = CurriculumTreeModel(curriculum, self)
        self._proxy = LessonFilter(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.hide_locked(self._hiding.hides)
        self._tree = QTreeView(self)
        self._tree.setObjectName("libraryTree")
        self._tree.setAccessibleName(self.tr("Curriculum"))
        self._tree.setModel(self._proxy)
        self._tree.setUniformRowHeights(True)
        wrap_rows(self._tree, WrappingDelegate(self._tree))
        self._tree.setItemDelegateForColumn(TITLE, IconAtTheEnd(self._tree))
        self._tree.setIndentation(INDENT)
        self._tree.setExpandsOnDoubleClick(False)
        self._tree.expandToDepth(0)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (STATE, MINUTES):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self._size_columns()
        self._nothing = EmptyState(
            self.tr("No title holds these words"),
            self.tr("The search looks into the lessons themselves, the questions and the terms."),
            self.tr("&Search everywhere"),
            lambda: self.page_requested.emit(f"search:{self._filter.text()}"),
            "searchEverywhereButton",
            self,
        )
        self._nothing.hide()
        self._none_of_kind = EmptyState(
            self.tr("No lesson is of this kind"),
            self.tr("To bookmark a lesson, open it and press Ctrl+D."),
            self.tr("Show &all lessons"),
            self._on_all_wanted,
            "showAllLessonsButton",
            self,
        )
        self._none_of_kind.hide()
        self._only_locked = EmptyState(
            self.tr("Only locked lessons fit"),
            self.tr("They are hidden, as you chose."),
            self.tr("Show loc&ked lessons too"),
            self._hiding.show_all,
            "showLockedLessonsButton",
            self,
        )
        self._only_locked.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_tree"):
            self._size_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the times out where titles would be cut short for them."""
        super().resizeEvent(event)
        self._size_columns()

    def _size_columns(self) -> None:
        """Make room for the longest state and time; measuring every row would take as long as all the rest."""
        has_room = self.width() >= ROOM_FOR_TIMES * self.fontMetrics().averageCharWidth()
        state = LOCKED_STATE_CHARACTERS if self._has_locked and has_room else STATE_CHARACTERS
        for column, characters in ((STATE, state), (MINUTES, TIME_CHARACTERS)):
            self._tree.header().resizeSection(column, self.fontMetrics().averageCharWidth() * characters)
        self._tree.setColumnHidden(MINUTES, not has_room)

    def _lay_out(self) -> None:
        by_words = QWidget(self)
        words_row = QHBoxLayout(by_words)
        words_row.setContentsMargins(0, 0, 0, 0)
        words_row.addWidget(self._filter_label)
        words_row.addWidget(self._filter, 1)
        by_kind = QWidget(self)
        kind_row = QHBoxLayout(by_kind)
        kind_row.setContentsMargins(0, 0, 0, 0)
        kind_row.setSpacing(18)
        kind_row.addWidget(self._kind)
        kind_row.addWidget(self._hiding)
        kind_row.addStretch(1)
        filters = SideBySide(by_words, by_kind, (1, 0), ROOM_FOR_FILTERS, self, gap=18)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (self.heading, self._lead):
            column.addWidget(widget)
        column.addWidget(filters)
        column.addWidget(self._tree, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._none_of_kind, 1)
        column.addWidget(self._only_locked, 1)
        content = QWidget(self)
        content.setMaximumWidth(WIDEST)
        content.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 20, MARGIN, 24)
        row.addStretch(1)
        row.addWidget(content, 1000)
        row.addStretch(1)

    def _offer_kinds(self, bookmarks: int) -> None:
        words_by_kind = {
            LessonKind.ALL: self.tr("All"),
            LessonKind.BOOKMARKED: self.tr("Bookmarked ({count})").format(count=bookmarks),
            LessonKind.STARTED: IN_PROGRESS.words,
            LessonKind.TODO: NOT_STARTED.words,
            LessonKind.DONE: DONE.words,
            LessonKind.DRAFTING: IN_PREPARATION.words,
            LessonKind.LOCKED: LOCKED.words,
        }
        self._kind.offer([(kind.value, words) for kind, words in words_by_kind.items()], self._kind.value)

    def _on_filter_changed(self, text: str) -> None:
        self._proxy.filter_by(text)
        self._show_kept()

    def _on_kind_changed(self) -> None:
        self._proxy.keep(LessonKind(self._kind.value))
        self._show_kept()

    def _show_kept(self) -> None:
        if self._proxy.is_filtering:
            self._tree.expandAll()
        else:
            self._tree.collapseAll()
            self._tree.expandToDepth(0)
        is_empty = self._proxy.rowCount() == 0
        self._tree.setHidden(is_empty)
        has_words, are_hidden = bool(self._filter.text().strip()), is_empty and self._proxy.hides_a_match()
        self._only_locked.setVisible(are_hidden)
        self._nothing.setVisible(is_empty and has_words and not are_hidden)
        self._none_of_kind.setVisible(is_empty and not has_words and not are_hidden)

    def _on_hiding_changed(self) -> None:
        self._proxy.hide_locked(self._hiding.hides)
        self._show_kept()
        if not self._hiding.hasFocus():
            self._hiding.setFocus()

    def _on_all_wanted(self) -> None:
        self._kind.combo.setCurrentIndex(0)
        self._on_kind_changed()
        self._kind.combo.setFocus()

    def _on_row_activated(self, index: QModelIndex) -> None:
        target = index.siblingAtColumn(TITLE).data(TARGET_ROLE)
        if target:
            self.page_requested.emit(target)
        else:
            first = index.siblingAtColumn(TITLE)
            self._tree.setExpanded(first, not self._tree.isExpanded(first))
