"""Everything inside the window: navigation, bars, menus and the page shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from dijipilot.ui.actions import ACTIONS, MENUS, build_actions, words
from dijipilot.ui.commands import Commands
from dijipilot.ui.license_drops import LicenseDrops
from dijipilot.ui.look import USUAL_PERCENT
from dijipilot.ui.look_actions import ACTION_BY_SCHEME, LookActions
from dijipilot.ui.page_host import PageHost
from dijipilot.ui.page_table import PAGES, rail_text
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.navigation_rail import NavigationRail
from dijipilot.ui.widgets.notice_bar import NoticeBar
from dijipilot.ui.widgets.opening_state import OpeningState, ProblemState
from dijipilot.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy
    from dijipilot.domain.records import Profile
    from dijipilot.ui.event_bridge import EventBridge
    from dijipilot.ui.pages.first_run_page import FirstRunPage

TEXT_STEP = 10

ALWAYS_READY = ("quit", "full_screen", "larger", "smaller", "usual_size", *ACTION_BY_SCHEME.values())
"""Commands that need no data of the learner."""


class Workspace(QWidget):
    """The central widget of the window, with the commands of its menus.

    Signals: place_shown() after each change of page; name_given(name, target) from the page of the very first start;
    reopening_requested(target) when the academy has to be opened anew, as of a page.
    """

    place_shown = Signal()
    name_given = Signal(str, str)
    reopening_requested = Signal(str)

    def __init__(self, window: QMainWindow, tasks: Tasks, theme: Theme, on_retry: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._theme = theme
        self._first_run: FirstRunPage | None = None
        self._drops: LicenseDrops | None = None
        self.actions_by_name = build_actions(window)
        self.commands = Commands(self.actions_by_name, tasks, self)
        rail_entries = [(entry.name, rail_text(entry), entry.icon) for entry in PAGES if entry.text]
        self.rail = NavigationRail(rail_entries, self)
        actions = self.actions_by_name
        self.top_bar = TopBar(actions["back"], actions["forward"], actions["search"], self)
        self.notice_bar = NoticeBar(self)
        self.opening = OpeningState(self)
        self.problem = ProblemState(on_retry, self)
        self.pages = PageHost(self)
        self.content = QStackedWidget(self)
        for widget in (self.opening, self.problem, self.pages):
            self.content.addWidget(widget)
        self._lay_out()
        self._build_menus()
        self._connect()
        self.set_ready(False)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.notice_bar, self.top_bar):
            right.addWidget(widget)
        right.addWidget(self.content, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _build_menus(self) -> None:
        bar = self._window.menuBar()
        menu_by_name = {name: bar.addMenu(words(text)) for name, text in MENUS}
        for entry in ACTIONS:
            menu = menu_by_name[entry.menu]
            if entry.starts_group:
                menu.addSeparator()
            menu.addAction(self.actions_by_name[entry.name])
        menu_by_name["edit"].aboutToShow.connect(self.commands.name_undo)

    def _connect(self) -> None:
        for entry in ACTIONS:
            if entry.goes_to:
                self.actions_by_name[entry.name].triggered.connect(lambda _, to=entry.goes_to: self.pages.go_to(to))
            if entry.of_page:
                self.actions_by_name[entry.name].triggered.connect(
                    lambda _, name=entry.name: self._on_page_command(name)
                )
        slot_by_name: dict[str, Callable[[], object]] = {
            "quit": self._window.close,
            "back": self.pages.back,
            "forward": self.pages.forward,
            "larger": lambda: self._change_text_size(self._theme.text_percent + TEXT_STEP),
            "smaller": lambda: self._change_text_size(self._theme.text_percent - TEXT_STEP),
            "usual_size": lambda: self._change_text_size(USUAL_PERCENT),
            "next_pane": self._on_next_pane,
            "full_screen": self._on_full_screen,
        }
        for name, slot in slot_by_name.items():
            self.actions_by_name[name].triggered.connect(lambda _, call=slot: call())
        LookActions(self.actions_by_name, self._theme, self)
        self.rail.place_chosen.connect(self.pages.go_to)
        self.top_bar.crumb_chosen.connect(self.pages.go_to)
        self.pages.page_shown.connect(self._on_page_shown)
        self.pages.crumbs_changed.connect(self._show_crumbs)
        self.pages.notice_raised.connect(self.notice_bar.show_notice)
        self.pages.reopening_requested.connect(self.reopening_requested)
        self._theme.changing.connect(self.pages.drop_hidden)
        self.commands.notice_raised.connect(self.notice_bar.show_notice)

    # Whose records are shown

    def begin(self, academy: "Academy", profile: "Profile", events: "EventBridge") -> None:
        """Show this learner's records from now on; which page, go_to says."""
        self.commands.begin(academy, profile)
        self.rail.show_profile(profile.name)
        self.pages.begin(PageContext(academy, profile, events, self._tasks, self._theme))
        self.content.setCurrentWidget(self.pages)
        self.set_ready(True)
        if self._drops is None:
            self._drops = LicenseDrops(self._window.windowHandle(), self)
            self._drops.file_dropped.connect(self.activate_file)

    def activate_file(self, file: Path) -> None:
        """Activate a license file, on the page that tells what came of it."""
        from dijipilot.ui.pages.license_page import LicensePage  # loaded when it is first wanted, as all pages are

        self.pages.go_to("licenses")
        if isinstance(page := self.pages.page, LicensePage):
            page.activate_file(file)

    def end(self) -> None:
        """Save what is half done, and let go of the records."""
        self.pages.end()
        self.commands.end()

    def show_first_run(self) -> None:
        """Ask a newcomer for a name."""
        from dijipilot.ui.pages.first_run_page import FirstRunPage  # only at the very first start

        self._first_run = FirstRunPage(self)
        self._first_run.name_given.connect(self.name_given)
        self.content.addWidget(self._first_run)
        self.content.setCurrentWidget(self._first_run)
        self._first_run.bring_up()

    def end_first_run(self) -> None:
        """Take away the page that asked for a name, if it is there."""
        if self._first_run is not None:
            self.content.removeWidget(self._first_run)
            self._first_run.deleteLater()
            self._first_run = None

    def set_ready(self, is_ready: bool) -> None:
        """Allow or forbid what needs the records of a learner."""
        self.rail.setEnabled(is_ready)
        self.top_bar.setVisible(is_ready)
        for name, action in self.actions_by_name.items():
            action.setEnabled(is_ready or name in ALWAYS_READY)
        self._enable_history()
        self._enable_page_commands()

    def _enable_page_commands(self) -> None:
        done_here = self.pages.page.commands() if self.pages.page is not None else {}
        for entry in ACTIONS:
            if entry.of_page:
                self.actions_by_name[entry.name].setEnabled(entry.name in done_here)

    def _enable_history(self) -> None:
        self.actions_by_name["back"].setEnabled(self.pages.history.can_go_back)
        self.actions_by_name["forward"].setEnabled(self.pages.history.can_go_forward)

    # Slots

    def _show_crumbs(self) -> None:
        page = self.pages.page
        if page is not None:
            self.top_bar.show_crumbs([(crumb.text, crumb.target) for crumb in page.crumbs()])
            self._window.setWindowTitle(self.tr("{page} – DijiPilot Academy").format(page=page.title))

    def _on_page_shown(self) -> None:
        entry = self.pages.entry
        self.rail.light(entry.rail if entry else "")
        self.notice_bar.expire()
        self._enable_history()
        self._enable_page_commands()
        self._show_crumbs()
        self.place_shown.emit()

    def _on_page_command(self, name: str) -> None:
        page = self.pages.page
        if page is not None and (do := page.commands().get(name)) is not None:
            do()

    def _change_text_size(self, percent: int) -> None:
        self._theme.dress(text_percent=percent)
        self.notice_bar.show_notice(self.tr("Text size {percent} %").format(percent=self._theme.text_percent))

    def _on_next_pane(self) -> None:
        panes = [pane for pane in (self.rail.list, self.top_bar.search_button, self.pages.page) if pane is not None]
        focused: QWidget | None = self._window.focusWidget()
        at = next((number for number, pane in enumerate(panes) if focused is not None and _holds(pane, focused)), -1)
        following = panes[(at + 1) % len(panes)]
        page = self.pages.page
        target = page.first_focus() if page is not None and following is page else following
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
