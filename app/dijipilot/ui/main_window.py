"""The window from its first paint to its end: whose records it shows, and that nothing is lost when it closes.

What the first paint does without is imported after it: see last_picture.py.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from dijipilot.errors import AcademyError, AnotherInstanceWrites
from dijipilot.ui.last_picture import LastPicture, LastPictures, PictureCover, paint_over
from dijipilot.ui.look import Scheme
from dijipilot.ui.window_state import WindowState

if TYPE_CHECKING:
    from pathlib import Path

    from dijipilot.bootstrap import Academy
    from dijipilot.domain.records import Profile
    from dijipilot.messages import Message
    from dijipilot.ui.event_bridge import EventBridge
    from dijipilot.ui.tasks import Tasks
    from dijipilot.ui.theme import Theme
    from dijipilot.ui.tokens import Colors
    from dijipilot.ui.workspace import Workspace

SMALLEST_SIZE = (900, 600)
USUAL_SIZE = (1280, 800)
FRAME = (4, 40)
"""Room for what the system puts around a window: the usual size is more than a laptop of 1366 by 768 has."""
WARM_UP_AFTER_MS = 1500
"""Once the first page stands there and has been drawn."""
PLACE_AFTER_MS = 1500
"""A page is opened first, and then kept as the place last seen: the two at once slow each other down."""
COVERED_AT_MOST_MS = 1500
"""An opening that takes longer (records of an earlier version, say) is told of instead of the picture."""

_logger = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """Opens the academy after its first paint, then shows the place last seen."""

    workspace: "Workspace"
    """Everything inside. It is there at once, or after the first paint where a picture is painted."""

    def __init__(
        self,
        open_academy: "Callable[[], Academy]",
        furnish: "Callable[[], tuple[Tasks, Theme]]",
        state: WindowState,
        pictures: LastPictures | None = None,
        license_file: "Path | None" = None,
    ) -> None:
        """Make the window. furnish: sets up what all in it needs; pictures: where it is kept how it looked last.

        license_file: one that the window was opened with, to be activated.
        """
        super().__init__()
        self._open_academy = open_academy
        self._furnish = furnish
        self._state = state
        self._pictures = pictures
        self._has_begun = False
        self._place_kept = ""
        self._is_keeping_place = False
        self._target_at_opening = ""
        self._license_file = license_file
        self._place_timer = QTimer(self)
        self._place_timer.setSingleShot(True)
        self._place_timer.setInterval(PLACE_AFTER_MS)
        self._place_timer.timeout.connect(self._remember_place)
        self._events: EventBridge | None = None
        self._system_colors: Colors | None = None
        self.academy: Academy | None = None
        self.profile: Profile | None = None
        picture = pictures.read() if pictures else None
        self._cover = PictureCover(picture, self) if picture else None
        self.setObjectName("mainWindow")
        self.setWindowTitle(picture.title if picture else self.tr("DijiPilot Academy"))
        self.setMinimumSize(*SMALLEST_SIZE)
        if not state.restore_geometry(self):
            self.resize(QSize(*USUAL_SIZE).boundedTo(self.screen().availableSize() - QSize(*FRAME)))
        if self._cover is None:
            self._tasks, self._theme = furnish()
            self._fill()

    def _fill(self) -> None:
        """Build everything inside, below the picture where there is one."""
        from PySide6.QtCore import Qt

        from dijipilot.ui.workspace import Workspace

        self._theme.changed.connect(lambda: self._state.remember_look(self._theme.scheme, self._theme.text_percent))
        if self._theme.scheme is Scheme.SYSTEM:
            self._system_colors = self._theme.colors
        workspace = Workspace(self, self._tasks, self._theme, self._begin)
        workspace.place_shown.connect(self._place_timer.start)
        workspace.name_given.connect(self._on_name_given)
        workspace.reopening_requested.connect(self._on_reopening_requested, Qt.ConnectionType.QueuedConnection)
        self.workspace = workspace
        self.rail, self.top_bar, self.notice_bar = workspace.rail, workspace.top_bar, workspace.notice_bar
        self.content, self.pages = workspace.content, workspace.pages
        self.opening, self.problem = workspace.opening, workspace.problem
        self.actions_by_name, self.commands = workspace.actions_by_name, workspace.commands
        self.setCentralWidget(workspace)
        if self._cover is not None:
            self._cover.raise_()
            QTimer.singleShot(COVERED_AT_MOST_MS, self, self._uncover)

    def _uncover(self) -> None:
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None

    # Opening and closing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin once the window has been painted."""
        super().paintEvent(event)
        if not self._has_begun:
            self._has_begun = True
            QTimer.singleShot(0, self, self._begin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture over all of the window."""
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.resize(event.size())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is half done, then let go of the data."""
        self._state.remember_geometry(self)
        if hasattr(self, "workspace"):
            self._remember_place()
            if self._is_keeping_place:
                # Right after a start the first write takes a moment, and without it the next start is elsewhere.
                self._tasks.drain()
            picture = self._take_picture()
            self._let_go()
            if picture is not None and self._pictures is not None:
                # Now: closing has written to the files by which the next start knows that the picture is true.
                self._pictures.keep(picture)
        super().closeEvent(event)

    def _take_picture(self) -> LastPicture | None:
        """Return how the window looks, None where nobody's page is shown or the system's colors have changed."""
        is_as_it_was = self._theme.scheme is not Scheme.SYSTEM or self._system_colors in (None, self._theme.colors)
        if self._pictures is None or self.profile is None or self.isMinimized() or not is_as_it_was:
            return None
        self.notice_bar.hide()
        image, page = self.grab().toImage(), self.pages.page
        try:
            # What the pack holds encrypted must not come to lie on the disk as a picture of it.
            areas = page.secret_areas() if page is not None else ()
        except AcademyError as error:
            _logger.warning("No picture is kept: %s", error)
            return None
        paint_over(image, self, areas, QColor(self._theme.colors.window))
        return LastPicture(image, self.windowTitle(), self.profile.name)

    def _let_go(self) -> None:
        self.workspace.end()
        if self._events is not None:
            self._events.close()
            self._events = None
        if self.academy is not None:
            self.academy.close()
            self.academy = None

    def _begin(self) -> None:
        """Build what is not there yet, then open the academy."""
        if not hasattr(self, "workspace"):
            self._tasks, self._theme = self._furnish()
            self._fill()
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
        from dijipilot.ui.message_text import text_of_error

        _logger.error("The academy could not be opened.", exc_info=error)
        self.content.setCurrentWidget(self.problem)
        told = text_of_error(error)
        if self._license_file is not None and isinstance(error, AnotherInstanceWrites):
            told += " " + self.tr("Or give the license to the window that is open: drop the file on it.")
        self.problem.show_problem(told)
        self._uncover()

    def _on_academy_opened(self, academy: "Academy") -> None:
        from dijipilot.ui.event_bridge import EventBridge

        self.academy = academy
        self._events = EventBridge(academy.announcer, self)
        self._events.happened.connect(self._on_event_happened)
        profile = academy.profiles.current()
        if profile is None:
            self.workspace.show_first_run()
        else:
            self.use_profile(profile, self._target_at_opening)
        self._target_at_opening = ""
        self._uncover()
        self._tell_of_opening(academy)
        QTimer.singleShot(WARM_UP_AFTER_MS, self, self._warm_up)

    def _warm_up(self) -> None:
        """Have in memory what the first answer and the first tick need, before they come."""
        from dijipilot.ui.tasks import Lane

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
            from dijipilot.ui.message_text import text_of

            sentences: tuple[Message, ...] = academy.recovery.messages()
            self.notice_bar.show_notice(" ".join(text_of(sentence) for sentence in sentences), "caution")
        else:
            self._tell_of_clock(academy)

    def _tell_of_clock(self, academy: "Academy") -> None:
        """Say it where a license that ends meets a clock that cannot be right: who corrects it loses nothing."""
        from dijipilot.services.held_licenses import LicenseState
        from dijipilot.ui.message_text import text_of

        for held in academy.licenses.held():
            if held.state in (LicenseState.SUSPECT, LicenseState.WAITING) and held.told is not None:
                self.notice_bar.show_notice(text_of(held.told), "caution")
                return

    # Profiles and places

    def use_profile(self, profile: "Profile", target: str = "") -> None:
        """Show this learner's records, at a target or at the place last seen."""
        from dijipilot.domain.records import LAST_PLACE
        from dijipilot.ui.page_table import HOME

        assert self.academy is not None
        assert self._events is not None
        self._remember_place()
        self.profile = profile
        self.workspace.begin(self.academy, profile, self._events)
        last = self.academy.profiles.setting(profile.id, LAST_PLACE, HOME)
        self._place_kept = last
        self.go_to(target or last)
        if self._license_file is not None:
            file, self._license_file = self._license_file, None
            self.workspace.activate_file(file)

    def go_to(self, target: str) -> None:
        """Show a place such as "home" or "lesson:2.5.1.1"."""
        self.pages.go_to(target)

    def _remember_place(self) -> None:
        """Keep the place shown, off the UI thread: the first write takes as long as opening the window did."""
        from dijipilot.domain.records import LAST_PLACE

        target, academy, profile = self.pages.target(), self.academy, self.profile
        if academy is None or academy.is_read_only or profile is None or target in ("", self._place_kept):
            return
        self._place_kept = target
        self._is_keeping_place = True

        def keep() -> None:
            if academy.is_open:
                academy.profiles.set_setting(profile.id, LAST_PLACE, target)
            self._is_keeping_place = False

        self._tasks.run_task(keep, self, _nothing, self._on_place_not_kept)

    def _on_place_not_kept(self, error: Exception) -> None:
        # Where one was is no work: not worth a message, but whoever reads the log should know.
        self._is_keeping_place = False
        _logger.warning("The place last seen could not be saved: %s", error)

    # Slots

    def _on_name_given(self, name: str, target: str) -> None:
        from dijipilot.ui.message_text import text_of_error

        assert self.academy is not None
        try:
            profile = self.academy.profiles.choose(name)
        except AcademyError as error:
            self.notice_bar.show_notice(text_of_error(error), "bad")
            return
        self.use_profile(profile, target)
        self.workspace.end_first_run()

    def _on_event_happened(self, event: object) -> None:
        from dijipilot.services.events import ProfileChanged  # loaded with the services, after the first paint

        if isinstance(event, ProfileChanged) and self.academy is not None:
            current = self.academy.profiles.current()
            if current is None:
                self.profile = None
                self.workspace.set_ready(False)
                self.workspace.show_first_run()
            elif self.profile is not None and (current != self.profile or not event.profile):
                # Another learner, another name, or records that were exchanged whole: nothing shown is true any more.
                self.use_profile(current, "settings")

    def _on_reopening_requested(self, target: str) -> None:
        self._target_at_opening = target
        self.profile = None
        self._let_go()
        self.workspace.set_ready(False)
        self._begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the notice with Escape."""
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape and self._cover is None and not self.notice_bar.isHidden():
            self.notice_bar.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back and forward with the buttons that mice have for it."""
        from PySide6.QtCore import Qt

        if self._cover is None and event.button() is Qt.MouseButton.BackButton:
            self.pages.back()
        elif self._cover is None and event.button() is Qt.MouseButton.ForwardButton:
            self.pages.forward()
        else:
            super().mousePressEvent(event)


def _nothing(_: object) -> None:
    """Take the outcome of a job that has none."""
