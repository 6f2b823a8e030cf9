"""What every page of the window has: a title, a place to come back to, and freshness."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from dijipilot.errors import AcademyError
from dijipilot.ui.event_bridge import EventBridge
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme, space
from dijipilot.ui.widgets.labels import Heading
from dijipilot.ui.widgets.notice_bar import announce

if TYPE_CHECKING:
    # The window's shell is painted before the services are loaded.
    from dijipilot.bootstrap import Academy
    from dijipilot.domain.ids import ProfileId
    from dijipilot.domain.records import Profile

COLUMN_WIDTH = 920
"""In pixels at the usual text size."""

MARGIN = 36


class PageContext(Struct, frozen=True):
    """What a page may use. Pages are built anew when another profile is chosen."""

    academy: "Academy"
    profile: "Profile"
    events: EventBridge
    tasks: Tasks
    theme: Theme

    @property
    def profile_id(self) -> "ProfileId":
        """The id that services want."""
        return self.profile.id


class Crumb(Struct, frozen=True):
    """One step of the breadcrumbs above a page; target: where it leads, "" for the page itself."""

    text: str
    target: str = ""


class Page(QWidget):
    """A place of the app.

    A target names a place: "home", "lesson:2.5.1.1". What stands after the colon is the page's own `place`.
    Signals go up to the window: page_requested(target), notice_raised(sentence, tone), crumbs_changed(),
    reopening_requested(target) when the academy has to be opened anew, to go on there, "" for the place last seen.
    """

    page_requested = Signal(str)
    notice_raised = Signal(str, str)
    crumbs_changed = Signal()
    reopening_requested = Signal(str)

    refreshes_on: ClassVar[tuple[type, ...]] = ()
    """The service events after which what is shown is no longer true."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.context = context
        self.heading = Heading(parent=self)
        self._is_stale = True
        self._refresh_soon = QTimer(self)
        self._refresh_soon.setSingleShot(True)
        self._refresh_soon.setInterval(0)
        self._refresh_soon.timeout.connect(self._refresh_if_visible)
        context.events.happened.connect(self._on_event_happened)

    @property
    def title(self) -> str:
        """What the page is called; its heading unless a page says otherwise."""
        return self.heading.text()

    def crumbs(self) -> tuple[Crumb, ...]:
        """Return the way to this page, itself last."""
        return (Crumb(self.title),)

    def refresh(self) -> None:
        """Show what is true now. Pages override this."""

    def place(self) -> str:
        """Return what brings back this very view with restore."""
        return ""

    def restore(self, place: str) -> None:
        """Show the view of this place. Called before prepare, also with "" and with places of earlier editions."""

    def prepare(self) -> None:
        """Refresh where needed; called before the page is shown, while changes cost no drawing."""
        if self._is_stale:
            self.refresh_now()

    def bring_up(self) -> None:
        """Take the focus and be announced; the page is shown by now."""
        self.crumbs_changed.emit()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.title)

    def first_focus(self) -> QWidget:
        """Return what takes the focus when the page comes up: its heading unless a page says otherwise."""
        return self.heading

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Return what this page does for the commands of the menu that are a page's (`of_page` in actions.py)."""
        return {}

    def leave(self) -> None:
        """Save what is half done; called before another page is shown and before the window closes."""

    def can_be_dropped(self) -> bool:
        """Tell whether it can be built anew later without a loss.

        It cannot be where something was typed and is saved nowhere, and while it waits for what a job comes to.
        """
        typed = any(field.isModified() for field in self.findChildren(QLineEdit))
        typed = typed or any(field.document().isModified() for field in self.findChildren(QPlainTextEdit))
        return not typed and not self.context.tasks.has_jobs_of(self)

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return what shows text that the pack holds encrypted: it is left out of the picture kept of the window."""
        return ()

    @property
    def is_stale(self) -> bool:
        """Whether something has changed that is not shown yet."""
        return self._is_stale

    def mark_stale(self) -> None:
        """Refresh before being shown the next time, or soon when visible."""
        self._is_stale = True
        self._refresh_soon.start()

    def refresh_now(self) -> None:
        """Refresh, and remember that it was done."""
        self._is_stale = False
        self.refresh()
        self.crumbs_changed.emit()

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do something; tell in a notice why it could not be done, if so. Return whether it was done."""
        try:
            action()
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return False
        return True

    def _on_event_happened(self, event: object) -> None:
        if isinstance(event, self.refreshes_on):
            self.mark_stale()

    def _refresh_if_visible(self) -> None:
        if self._is_stale and self.isVisible():
            self.refresh_now()


def page_scroll_area(page: Page) -> QScrollArea:
    """Return what a page scrolls in."""
    area = QScrollArea(page)
    area.setObjectName("pageScrollArea")
    area.setAccessibleName(page.tr("Page"))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    # The page scrolls by what has the focus in it; an empty frame is no stop for the keyboard.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class ScrollPage(Page):
    """A page whose content is one column that scrolls: add to `column`; the heading is there already."""

    def __init__(self, context: PageContext, parent: QWidget | None = None, width: int = COLUMN_WIDTH) -> None:
        super().__init__(context, parent)
        self.scroll_area = page_scroll_area(self)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(self.scroll_area)
        body.setProperty("role", "column")
        self.content = QWidget(body)
        self._width_of_column = width
        self.content.setMaximumWidth(space(width))
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(14)
        self.column.addWidget(self.heading)
        self._across = QHBoxLayout()
        self._across.addStretch(1)
        self._across.addWidget(self.content, 1000)
        self._across.addStretch(1)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(MARGIN, 20, MARGIN, 40)
        whole.addLayout(self._across)
        whole.addStretch(1)
        self.scroll_area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroll_area)

    def prepare(self) -> None:
        """Refresh where needed, and have the height reckoned anew as the page comes up, rather than once more after."""
        super().prepare()
        # What was asked of a page that was still empty would hold until Qt tells the layouts, which is too late.
        self._across.invalidate()
        self.content.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Let the column grow with its text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_width_of_column"):
            self.content.setMaximumWidth(space(self._width_of_column))
