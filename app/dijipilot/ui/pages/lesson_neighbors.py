"""Which lessons come before and after the one shown, in the order the learner follows."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.domain.ids import SkillId
from dijipilot.services.reading import StudyOrder
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.neighbor_cards import NeighborCards
from dijipilot.ui.widgets.neighbors import Neighbors

ORDER_SETTING = "lesson.order"


class LessonNeighborhood(QObject):
    """Fills the two rows at both ends of a lesson. The order chosen stays with the learner."""

    page_requested = Signal(str)
    order_missing = Signal()
    """The roadmap's order was chosen, and this lesson is not on the roadmap."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._skill: SkillId | None = None
        self._targets = ["", ""]
        self.top, self.bottom = Neighbors(self.page_requested.emit, page), NeighborCards(page)
        self.bottom.chosen.connect(self.page_requested)
        self.bottom.roadmap_followed.connect(self._on_roadmap_followed)

    def show_around(self, skill: SkillId) -> bool:
        """Show what comes before and after this lesson; return whether the order chosen holds for it."""
        self._skill = skill
        chosen = self._chosen_order()
        around = self._context.academy.reading.neighbors(self._context.profile_id, skill, chosen)
        before, after = (
            (each.title, LESSON_LINK + each.skill) if each else None for each in (around.previous, around.following)
        )
        self._targets = [each[1] if each else "" for each in (before, after)]
        self.top.show_neighbors(before, after)
        self.bottom.show_neighbors(before, after, follows_roadmap=around.order is StudyOrder.ROADMAP)
        return around.order is chosen

    def go_to_previous(self) -> None:
        """Go to the lesson before, if any."""
        self._go(0)

    def go_to_next(self) -> None:
        """Go to the lesson after, if any."""
        self._go(1)

    def _go(self, at: int) -> None:
        if self._targets[at]:
            self.page_requested.emit(self._targets[at])

    def _chosen_order(self) -> StudyOrder:
        value = self._context.academy.profiles.setting(self._context.profile_id, ORDER_SETTING)
        return StudyOrder.ROADMAP if value == StudyOrder.ROADMAP.value else StudyOrder.CURRICULUM

    def _on_roadmap_followed(self, is_followed: bool) -> None:
        order = StudyOrder.ROADMAP if is_followed else StudyOrder.CURRICULUM
        if not self._context.academy.is_read_only:
            self._context.academy.profiles.set_setting(self._context.profile_id, ORDER_SETTING, order.value)
        if self._skill is not None and not self.show_around(self._skill):
            self.order_missing.emit()
