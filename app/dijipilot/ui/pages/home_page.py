"""Home: what to continue, what fits into the time there is, what is next and why, and how far one is."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from dijipilot.domain.home_view import HomeView
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.home_hero import AllDoneCard, AssessmentCard, ContinueCard, PausedRow
from dijipilot.ui.widgets.home_progress import ProgressCard
from dijipilot.ui.widgets.home_upcoming import GoodToKnowCard, HowItGoesCard, LookAroundCard, UpcomingCard
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.side_by_side import SideBySide
from dijipilot.ui.widgets.time_slot_card import TimeSlotCard

WIDTH = 1060
GAP = 14
ROOM_FOR_TWO = 84
"""Characters across, below which cards stand one under the other."""

LONG_AWAY_DAYS = 7
"""From so many days on, somebody is welcomed back."""


class HomePage(ScrollPage):
    """One big Continue; everything else is smaller."""

    # Home shows something of everything, so nothing that happens leaves it true.
    refreshes_on: ClassVar[tuple[type, ...]] = (object,)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, WIDTH)
        self._view: HomeView | None = None
        self._progress: ProgressCard | None = None
        self.heading.show_text(self.tr("Hello"))
        self._back_after = label("", "lead", self)
        self._back_after.setObjectName("backAfter")
        self._back_after.hide()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(GAP)
        self.column.addWidget(self._back_after)
        self.column.addLayout(self._cards)
        context.theme.changed.connect(self._on_theme_changed)

    @property
    def title(self) -> str:
        """The page is called by its place, not by its greeting."""
        return self.tr("Home")

    def refresh(self) -> None:
        """Show what is true now; the same again changes nothing, and what has the focus keeps it."""
        view = self.context.academy.home.view(self.context.profile)
        if view == self._view:
            return
        self._view = view
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._greet(view)
        self._build_cards(view)
        # What was there before is hidden and about to go, but can still be found.
        again = [each for each in self.findChildren(QWidget, name) if each.isVisibleTo(self)] if name else []
        if again:
            again[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _greet(self, view: HomeView) -> None:
        is_back = view.days_away >= LONG_AWAY_DAYS
        greeting = self.tr("Welcome back, {name}") if is_back else self.tr("Hello, {name}")
        self.heading.show_text(greeting.format(name=view.name))
        self._back_after.setText(
            self.tr("It has been {days} days. Everything is as you left it.").format(days=view.days_away)
        )
        self._back_after.setVisible(is_back)

    def _build_cards(self, view: HomeView) -> None:
        clear(self._cards)
        self._progress = None
        go = self.page_requested.emit
        if view.progress is None:
            self._add(AssessmentCard(view, go, self))
            self._add(SideBySide(HowItGoesCard(self), LookAroundCard(view, go, self), (1, 1), ROOM_FOR_TWO, self, GAP))
            self._add(GoodToKnowCard(self))
            return
        if view.paused_screens is not None:
            self._add(PausedRow(view.paused_screens, go, self))
        self._add(ContinueCard(view.resume, go, self) if view.resume else AllDoneCard(go, self))
        self._progress = ProgressCard(view.progress, go, self.context.theme.colors, self)
        self._add(SideBySide(self._ahead(view), self._progress, (5, 4), ROOM_FOR_TWO, self, GAP))

    def _ahead(self, view: HomeView) -> QWidget:
        """Return what lies ahead, one below the other."""
        ahead = QWidget(self)
        column = QVBoxLayout(ahead)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        upcoming = UpcomingCard(view.upcoming, self.page_requested.emit, ahead)
        if any(slot.parts for slot in view.slots):
            slots = TimeSlotCard(view, self.page_requested.emit, ahead)
            slots.minutes_chosen.connect(self._on_minutes_chosen)
            slots.slot_shown.connect(upcoming.show_beyond)
            upcoming.show_beyond(slots.skills)
            column.addWidget(slots)
        column.addWidget(upcoming, 1)
        return ahead

    def _add(self, card: QWidget) -> None:
        self._cards.addWidget(card)
        # Qt shows what was just added when it is idle again, and what is hidden takes no focus.
        card.show()

    def _on_minutes_chosen(self, minutes: int) -> None:
        if not self.context.academy.is_read_only:
            self.attempt(lambda: self.context.academy.home.choose_minutes(self.context.profile_id, minutes))

    def _on_theme_changed(self) -> None:
        if self._progress is not None:
            self._progress.recolor(self.context.theme.colors)
