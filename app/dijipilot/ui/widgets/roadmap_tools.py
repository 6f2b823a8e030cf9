"""The lines above the roadmap: how to look at it, what to find and to hide, undo and redo by name, saving."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QTabBar, QVBoxLayout, QWidget

from dijipilot.ui.durations import minutes_text
from dijipilot.ui.models.roadmap_filter import Wanted
from dijipilot.ui.models.roadmap_nodes import Arrangement
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label

MOST_MINUTES = (15, 30, 45, 60)
_WORDS_WIDTH = 18


class RoadmapTools(QWidget):
    """Emits arrangement_chosen(its value), wanted_changed(), undo_requested() and redo_requested()."""

    arrangement_chosen = Signal(str)
    wanted_changed = Signal()
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(
        self, paths: Sequence[str], exports: Sequence[tuple[str, str, Callable[[], object]]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._wanted = Wanted()
        self._tabs = self._build_tabs()
        self._words = QLineEdit(self)
        self._words.setObjectName("roadmapWords")
        self._words.setAccessibleName(self.tr("Find a lesson on the roadmap"))
        self._words.setPlaceholderText(self.tr("Find a lesson"))
        self._words.setClearButtonEnabled(True)
        self._words.setFixedWidth(self._words.fontMetrics().averageCharWidth() * _WORDS_WIDTH + 40)
        self._filters = button("", "roadmapFilterButton", lambda: None, self)
        self._filters.setMenu(self._build_filters(paths))
        self._undo = button(self.tr("Undo"), "roadmapUndoButton", self.undo_requested.emit, self, "quiet")
        self._redo = button(self.tr("Redo"), "roadmapRedoButton", self.redo_requested.emit, self, "quiet")
        self._save = button(self.tr("Sa&ve as"), "saveRoadmapButton", lambda: None, self)
        menu = QMenu(self._save)
        for text, name, on_chosen in exports:
            menu.addAction(text, on_chosen).setObjectName(name)
        self._save.setMenu(menu)
        self._hint = label("", "muted", self)
        self._hint.setObjectName("roadmapHint")
        self._all = button(self.tr("Show e&verything"), "showEverythingButton", self.show_everything, self, "quiet")
        self._lay_out()
        self._tabs.currentChanged.connect(lambda place: self.arrangement_chosen.emit(self._tabs.tabData(place)))
        self._words.textChanged.connect(lambda text: self._want(replace(self._wanted, words=text.strip())))

    @property
    def wanted(self) -> Wanted:
        """What is to be seen."""
        return self._wanted

    def choose(self, arrangement: Arrangement, wanted: Wanted) -> None:
        """Set how and what is looked at; nothing is announced."""
        self.blockSignals(True)
        self._tabs.setCurrentIndex(list(Arrangement).index(arrangement))
        self._words.setText(wanted.words)
        self._wanted = wanted
        self._draw_filters()
        self.blockSignals(False)

    def show_everything(self) -> None:
        """Hide nothing any more."""
        self._wanted = Wanted()
        self._words.blockSignals(True)
        self._words.clear()
        self._words.blockSignals(False)
        self._draw_filters()
        self._words.setFocus()
        self.wanted_changed.emit()

    def tell(self, hint: str, count: int, of: int) -> None:
        """Say a sentence about what is seen, and how many lessons that are where it is not all."""
        seen = self.tr("{count} of {all} lessons shown").format(count=count, all=of) if count < of else ""
        self._hint.setText("  ·  ".join(each for each in (hint, seen) if each))
        self._hint.setVisible(bool(hint or seen))
        self._all.setVisible(bool(seen))

    def name_steps(self, undo: str, redo: str) -> None:
        """Say what undo and redo would do, "" where there is nothing."""
        for each, usual, what in ((self._undo, self.tr("Undo"), undo), (self._redo, self.tr("Redo"), redo)):
            each.setEnabled(bool(what))
            named = f"{usual}: {what}" if what else usual
            each.setToolTip(named)
            each.setAccessibleName(named)

    def _build_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setObjectName("roadmapArrangement")
        tabs.setAccessibleName(self.tr("How to look at the roadmap"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        words = {
            Arrangement.ORDER: self.tr("In study order"),
            Arrangement.PROGRAMS: self.tr("By program"),
            Arrangement.WEEKS: self.tr("Week by week"),
        }
        for arrangement in Arrangement:
            tabs.setTabData(tabs.addTab(words[arrangement]), arrangement.value)
        return tabs

    def _build_filters(self, paths: Sequence[str]) -> QMenu:
        menu = QMenu(self._filters)
        self._settled = self._choice(menu, self.tr("Hide &done and skipped"), "hideSettledAction")
        self._settled.toggled.connect(lambda on: self._want(replace(self._wanted, hides_settled=on)))
        self._unreadable = self._choice(menu, self.tr("Hide &locked and in preparation"), "hideUnreadableAction")
        self._unreadable.toggled.connect(lambda on: self._want(replace(self._wanted, hides_unreadable=on)))
        menu.addSeparator()
        path_menu, minutes_menu = menu.addMenu(self.tr("&Path")), menu.addMenu(self.tr("&Time at most"))
        self._paths = self._radio(path_menu, [("", self.tr("All paths")), *((path, path) for path in paths)], "path")
        self._paths.triggered.connect(lambda one: self._want(replace(self._wanted, path=one.data())))
        minutes = [(0, self.tr("Any time")), *((each, minutes_text(each)) for each in MOST_MINUTES)]
        self._minutes = self._radio(minutes_menu, minutes, "minutes")
        self._minutes.triggered.connect(lambda one: self._want(replace(self._wanted, most_minutes=one.data())))
        return menu

    def _choice(self, menu: QMenu, text: str, name: str) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        return action

    def _radio(self, menu: QMenu, choices: Sequence[tuple[str | int, str]], name: str) -> QActionGroup:
        group = QActionGroup(menu)
        for value, words in choices:
            action = self._choice(menu, words, f"{name}{value}Action")
            action.setData(value)
            group.addAction(action)
        return group

    def _lay_out(self) -> None:
        row, line = FlowLayout(spacing=10), QHBoxLayout()
        for each in (self._tabs, self._words, self._filters):
            row.addWidget(each)
        row.add_gap()
        for each in (self._undo, self._redo, self._save):
            row.addWidget(each)
        line.addWidget(self._hint, 1)
        line.addWidget(self._all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(line)

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._draw_filters()
            self.wanted_changed.emit()

    def _draw_filters(self) -> None:
        """Have the menu and its button say what is on; what is set here announces nothing new."""
        wanted = self._wanted
        self._settled.setChecked(wanted.hides_settled)
        self._unreadable.setChecked(wanted.hides_unreadable)
        for group, value in ((self._paths, wanted.path), (self._minutes, wanted.most_minutes)):
            for action in group.actions():
                action.setChecked(action.data() == value)
        count = wanted.choices
        self._filters.setText(self.tr("&Filter ({count})").format(count=count) if count else self.tr("&Filter"))
        self._filters.setAccessibleName(self.tr("Filter, {count} chosen").format(count=count))
