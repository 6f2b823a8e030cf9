"""The window: navigation and pages, nothing else. It is painted before anything heavy is loaded."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from dijipilot.domain.records import LAST_PLACE
from dijipilot.errors import AcademyError
from dijipilot.messages import Message
from dijipilot.ui.actions import ACTIONS, MENUS, build_actions, words
from dijipilot.ui.commands import Commands
from dijipilot.ui.event_bridge import EventBridge
from dijipilot.ui.look_actions import ACTION_BY_SCHEME, LookActions
from dijipilot.ui.message_text import text_of, text_of_error
from dijipilot.ui.page_host import PageHost
from dijipilot.ui.page_table import HOME, PAGES, rail_text
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.tasks import Lane, Tasks
from dijipilot.ui.theme import USUAL_PERCENT, Theme
from dijipilot.ui.widgets.navigation_rail import NavigationRail
from dijipilot.ui.widgets.notice_bar import NoticeBar
from dijipilot.ui.widgets.opening_state import OpeningState, ProblemState
from dijipilot.ui.widgets.top_bar import TopBar
from dijipilot.ui.window_state import WindowState

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy
    from dijipilot.domain.records import Profile
    from dijipilot.services.first_view import FirstView
    from dijipilot.ui.pages.first_run_page import FirstRunPage

SMALLEST_SIZE = (900, 600)
USUAL_SIZE = (1280, 800)
TEXT_STEP = 10
WARM_UP_AFTER_MS = 1500
"""Once the first page stands there and has been drawn."""

ALWAYS_READY = ("quit", "full_screen", "larger", "smaller", "usual_size", *ACTION_BY_SCHEME.values())
"""Commands that need no data of the learner."""

_logger = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Opens the academy after its first paint, then shows the place last seen."""

    def __init__(
        self,
        open_academy: "Callable[[], Academy]",
        tasks: Tasks,
        theme: Theme,
        state: WindowState,
        first_view: "FirstView | None" = None,
    ) -> None:
        """Paint first_view, if there is one, until the academy is open."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("DijiPilot Academy"))
        self.setMinimumSize(*SMALLEST_SIZE)
        self._open_academy = open_academy
        self._tasks = tasks
        self._theme = theme
        self._state = state
        self._has_begun = False
        self._place_kept = ""
        self._events: EventBridge | None = None
        self._first_run: FirstRunPage | None = None
        self.academy: Academy | None = None
        self.profile: Profile | None = None
        self.actions_by_name = build_actions(self)
        self.commands = Commands(self.actions_by_name, tasks, self)
        self._build()
        self._lay_out()
        self._build_menus()
        self._connect()
        self._set_ready(False)
        if not state.restore_geometry(self):
            self.resize(*USUAL_SIZE)
        if first_view is not None:
            self._show_first_view(first_view)

    def _build(self) -> None:
        rail_entries = [(entry.name, rail_text(entry), entry.icon) for entry in PAGES if entry.text]
        self.rail = NavigationRail(rail_entries, self)
        actions = self.actions_by_name
        self.top_bar = TopBar(actions["back"], actions["forward"], actions["search"], self)
        self.notice_bar = NoticeBar(self)
        self.opening = OpeningState(self)
        self.problem = ProblemState(self._begin, self)
        self.pages = PageHost(self)
        self.content = QStackedWidget(self)
        for widget in (self.opening, self.problem, self.pages):
            self.content.addWidget(widget)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        for widget in (self.notice_bar, self.top_bar):
            right.addWidget(widget)
        right.addWidget(self.content, 1)
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _build_menus(self) -> None:
        menu_by_name = {name: self.menuBar().addMenu(words(text)) for name, text in MENUS}
        for entry in ACTIONS:
            menu = menu_by_name[entry.menu]
            if entry.starts_group:
                menu.addSeparator()
            menu.addAction(self.actions_by_name[entry.name])
        menu_by_name["edit"].aboutToShow.connect(self.commands.name_undo)

    def _connect(self) -> None:
        for entry in ACTIONS:
            if entry.goes_to:
                self.actions_by_name[entry.name].triggered.connect(lambda _, to=entry.goes_to: self.go_to(to))
            if entry.of_page:
                self.actions_by_name[entry.name].triggered.connect(
                    lambda _, name=entry.name: self._on_page_command(name)
                )
        slot_by_name: dict[str, Callable[[], object]] = {
            "quit": self.close,
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
        self.rail.place_chosen.connect(self.go_to)
        self.top_bar.crumb_chosen.connect(self.go_to)
        self.pages.page_shown.connect(self._on_page_shown)
        self.pages.crumbs_changed.connect(self._show_crumbs)
        self.pages.notice_raised.connect(self.notice_bar.show_notice)
        self.pages.reopening_requested.connect(self._on_reopening_requested, Qt.ConnectionType.QueuedConnection)
        self.commands.notice_raised.connect(self.notice_bar.show_notice)
        self._theme.changed.connect(lambda: self._state.remember_look(self._theme.scheme, self._theme.text_percent))

    # Opening and closing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin once the window has been painted."""
        super().paintEvent(event)
        if not self._has_begun:
            self._has_begun = True
            QTimer.singleShot(0, self, self._begin)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is half done, then let go of the data."""
        self._state.remember_geometry(self)
        self._remember_place()
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        self._keep_first_view()
        self.pages.end()
        self.commands.end()
        if self._events is not None:
            self._events.close()
            self._events = None
        if self.academy is not None:
            self.academy.close()
            self.academy = None

    def _show_first_view(self, view: "FirstView") -> None:
        """Show Home as it was left; where its buttons lead is gone to once the academy is open."""
        self.rail.show_profile(view.profile.name)
        self.rail.light(HOME)
        self.pages.begin(PageContext(None, view.profile, EventBridge(None, self), self._tasks, self._theme))
        self.pages.show_first_view(view.home)
        self.content.setCurrentWidget(self.pages)

    def _begin(self) -> None:
        if self.content.currentWidget() is not self.pages:
            self.content.setCurrentWidget(self.opening)
        self._tasks.run_task(self._open_and_warm_up, self, self._on_academy_opened, self._on_opening_failed)

    def _open_and_warm_up(self) -> "Academy":
        """Open the academy and compute what Home needs; runs in the database lane, so that the window stays alive."""
        academy = self._open_academy()
        profile = academy.profiles.current()
        if profile is not None:
            academy.plan.roadmap(profile.id)
        return academy

    def _on_opening_failed(self, error: Exception) -> None:
        _logger.error("The academy could not be opened.", exc_info=error)
        self.content.setCurrentWidget(self.problem)
        self.problem.show_problem(text_of_error(error))

    def _on_academy_opened(self, academy: "Academy") -> None:
        self.academy = academy
        self._events = EventBridge(academy.announcer, self)
        self._events.happened.connect(self._on_event_happened)
        profile = academy.profiles.current()
        if profile is None:
            self._show_first_run()
        else:
            self.use_profile(profile)
        self._tell_of_opening(academy)
        QTimer.singleShot(WARM_UP_AFTER_MS, self, self._warm_up)

    def _warm_up(self) -> None:
        """Have in memory what the first answer and the first tick need, before they come."""
        if self.academy is not None:
            self._tasks.run_task(self.academy.warm_up_writing, self, _nothing, self._on_warm_up_failed)
            lane = Lane.COMPUTE
            self._tasks.run_task(self.academy.warm_up_diagnostic, self, _nothing, self._on_warm_up_failed, lane)

    def _on_warm_up_failed(self, error: Exception) -> None:
        # Whoever needs it will hear of it in its place.
        _logger.warning("Could not be prepared.", exc_info=error)

    def _tell_of_opening(self, academy: "Academy") -> None:
        if academy.is_read_only:
            self.notice_bar.show_notice(
                self.tr(
                    "Your progress was written by a newer version of DijiPilot Academy. You can read everything; "
                    "nothing will be changed. Install the newer version to go on."
                ),
                "caution",
            )
        elif academy.recovery is not None:
            sentences: tuple[Message, ...] = academy.recovery.messages()
            self.notice_bar.show_notice(" ".join(text_of(sentence) for sentence in sentences), "caution")

    # Profiles and places

    def use_profile(self, profile: "Profile", target: str = "") -> None:
        """Show this learner's records, at a target or at the place last seen."""
        assert self.academy is not None
        assert self._events is not None
        self._remember_place()
        self.profile = profile
        self.commands.begin(self.academy, profile)
        self.rail.show_profile(profile.name)
        wanted = self.pages.wanted
        self.pages.begin(PageContext(self.academy, profile, self._events, self._tasks, self._theme))
        self.content.setCurrentWidget(self.pages)
        self._set_ready(True)
        last = self.academy.profiles.setting(profile.id, LAST_PLACE, HOME)
        self._place_kept = last
        self.go_to(target or wanted or last)

    def go_to(self, target: str) -> None:
        """Show a place such as "home" or "lesson:2.5.1.1"."""
        self.pages.go_to(target)

    def _show_first_run(self) -> None:
        from dijipilot.ui.pages.first_run_page import FirstRunPage  # only at the very first start

        self._first_run = FirstRunPage(self)
        self._first_run.name_given.connect(self._on_name_given)
        self.content.addWidget(self._first_run)
        self.content.setCurrentWidget(self._first_run)
        self._first_run.bring_up()

    def _on_name_given(self, name: str, target: str) -> None:
        assert self.academy is not None
        try:
            profile = self.academy.profiles.choose(name)
        except AcademyError as error:
            self.notice_bar.show_notice(text_of_error(error), "bad")
            return
        self.use_profile(profile, target)
        if self._first_run is not None:
            self.content.removeWidget(self._first_run)
            self._first_run.deleteLater()
            self._first_run = None

    def _remember_place(self) -> None:
        """Keep the place shown, off the UI thread: the first write takes as long as opening the window did."""
        target, academy, profile = self.pages.target(), self.academy, self.profile
        if academy is None or academy.is_read_only or profile is None or target in ("", self._place_kept):
            return
        self._place_kept = target

        def keep() -> None:
            if academy.is_open:
                academy.profiles.set_setting(profile.id, LAST_PLACE, target)

        self._tasks.run_task(keep, self, _nothing, self._on_place_not_kept)

    def _on_place_not_kept(self, error: Exception) -> None:
        # Where one was is no work: not worth a message, but whoever reads the log should know.
        _logger.warning("The place last seen could not be saved: %s", error)

    def _keep_first_view(self) -> None:
        if self.academy is not None and self.profile is not None:
            try:
                self.academy.home.keep_for_next_start(self.profile)
            except AcademyError as error:
                _logger.warning("The next start will show Home a moment later: %s", error)

    def _set_ready(self, is_ready: bool) -> None:
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

    def _show_crumbs(self) -> None:
        page = self.pages.page
        if page is not None:
            self.top_bar.show_crumbs([(crumb.text, crumb.target) for crumb in page.crumbs()])
            self.setWindowTitle(self.tr("{page} – DijiPilot Academy").format(page=page.title))

    # Slots

    def _on_page_shown(self) -> None:
        entry = self.pages.entry
        self.rail.light(entry.rail if entry else "")
        self.notice_bar.expire()
        self._enable_history()
        self._enable_page_commands()
        self._show_crumbs()
        self._remember_place()

    def _on_page_command(self, name: str) -> None:
        page = self.pages.page
        if page is not None and (do := page.commands().get(name)) is not None:
            do()

    def _on_event_happened(self, event: object) -> None:
        from dijipilot.services.events import ProfileChanged  # loaded with the services, after the first paint

        if isinstance(event, ProfileChanged) and self.academy is not None:
            current = self.academy.profiles.current()
            if current is None:
                self.profile = None
                self._set_ready(False)
                self._show_first_run()
            elif self.profile is not None and (current != self.profile or not event.profile):
                # Another learner, another name, or records that were exchanged whole: nothing shown is true any more.
                self.use_profile(current, "settings")

    def _on_reopening_requested(self) -> None:
        self.profile = None
        self._let_go()
        self._set_ready(False)
        self._begin()

    def _change_text_size(self, percent: int) -> None:
        self._theme.dress(text_percent=percent)
        self.notice_bar.show_notice(self.tr("Text size {percent} %").format(percent=self._theme.text_percent))

    def _on_next_pane(self) -> None:
        panes = [pane for pane in (self.rail.list, self.top_bar.search_button, self.pages.page) if pane is not None]
        focused: QWidget | None = self.focusWidget()
        at = next((number for number, pane in enumerate(panes) if focused is not None and _holds(pane, focused)), -1)
        following = panes[(at + 1) % len(panes)]
        page = self.pages.page
        target = page.first_focus() if page is not None and following is page else following
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the notice with Escape."""
        if event.key() == Qt.Key.Key_Escape and not self.notice_bar.isHidden():
            self.notice_bar.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the buttons that mice have for it."""
        if event.button() is Qt.MouseButton.BackButton:
            self.pages.back()
        elif event.button() is Qt.MouseButton.ForwardButton:
            self.pages.forward()
        else:
            super().mousePressEvent(event)


def _nothing(_: object) -> None:
    """Take the outcome of a job that has none."""


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
