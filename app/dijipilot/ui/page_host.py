"""Shows one page at a time: builds pages when they are first wanted and knows the way back."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from dijipilot.ui.history import History
from dijipilot.ui.page_table import HOME, PAGE_BY_NAME, PageEntry
from dijipilot.ui.pages.page import Page, PageContext
from dijipilot.ui.tab_order import TabFollower


class PageHost(QStackedWidget):
    """Goes to targets such as "home" or "lesson:2.5.1.1"."""

    page_shown = Signal(str)
    crumbs_changed = Signal()
    notice_raised = Signal(str, str)
    reopening_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHost")
        self.history = History()
        self._context: PageContext | None = None
        self._page_by_name: dict[str, Page] = {}
        self._dropped_at: dict[str, str] = {}
        self._shown: PageEntry | None = None
        self._tabs = TabFollower(self)

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._page_by_name.get(self._shown.name) if self._shown else None

    @property
    def entry(self) -> PageEntry | None:
        """The entry of the page shown."""
        return self._shown

    def target(self) -> str:
        """Return what brings back the view shown."""
        page = self.page
        if self._shown is None or page is None:
            return ""
        place = page.place()
        return f"{self._shown.name}:{place}" if place else self._shown.name

    def begin(self, context: PageContext) -> None:
        """Forget all pages and the way here: another learner is at work."""
        self.end()
        self._context = context
        self.history = History()

    def end(self) -> None:
        """Drop all pages, once the one shown has saved what is half done."""
        if self.page is not None:
            self.page.leave()
        for page in self._page_by_name.values():
            self.removeWidget(page)
            page.deleteLater()
        self._page_by_name, self._dropped_at = {}, {}
        self._shown = None
        self._context = None

    def drop_hidden(self) -> None:
        """Drop the pages that are not shown, unless something would be lost; each is built anew when it is wanted.

        Qt takes longer to dress a page in another way than to build it, and dresses hidden ones too.
        """
        for name, page in list(self._page_by_name.items()):
            if page is not self.page and page.can_be_dropped():
                self._dropped_at[name] = page.place()
                del self._page_by_name[name]
                self.removeWidget(page)
                page.deleteLater()
                # Now, and not once the event that is being handled is over: the page would be dressed before.
                QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def go_to(self, target: str) -> None:
        """Show a place. A name that is not known leads home: places are remembered across editions."""
        if self._context is None:
            return
        name = target.partition(":")[0]
        if name not in PAGE_BY_NAME:
            target = HOME
        self._remember_view()
        self.history.visit(target)
        self._show(target)

    def back(self) -> None:
        """Show the place before this one, if any."""
        if self.history.can_go_back:
            self._remember_view()
            self._show(self.history.back())

    def forward(self) -> None:
        """Show the place that was left by going back, if any."""
        if self.history.can_go_forward:
            self._remember_view()
            self._show(self.history.forward())

    def _remember_view(self) -> None:
        if self.page is not None:
            self.page.leave()
            self.history.replace(self.target())

    def _show(self, target: str) -> None:
        name, _, place = target.partition(":")
        entry = PAGE_BY_NAME[name]
        page = self._page_by_name.get(name) or self._build(entry)
        self._shown = entry
        dropped_at = self._dropped_at.pop(name, "")
        if dropped_at and not place:
            # A page that was kept would still stand there.
            page.restore(dropped_at)
        page.restore(place)
        page.prepare()
        # Only now: the first page of a stack is shown as it is added, and what is built in view is laid out many times.
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        page.bring_up()
        self._tabs.follow(page)
        self.page_shown.emit(name)

    def _build(self, entry: PageEntry) -> Page:
        assert self._context is not None
        # With its parent from the beginning: whatever gets another one is dressed anew, with all that it holds.
        page = entry.build(self._context, self)
        page.setObjectName(f"{entry.name}Page")
        page.page_requested.connect(self.go_to)
        page.notice_raised.connect(self.notice_raised)
        page.crumbs_changed.connect(self.crumbs_changed)
        page.reopening_requested.connect(self.reopening_requested)
        self._page_by_name[entry.name] = page
        return page
