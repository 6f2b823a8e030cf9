"""What happens when a learner decides something on the roadmap: each decision is one step that can be undone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.ids import ItemId, SkillId
from dijipilot.domain.roadmap import RoadmapItem, Status
from dijipilot.domain.skill_state import SkillState
from dijipilot.ui.message_text import text_of
from dijipilot.ui.pages.assessment_places import SETTLE
from dijipilot.ui.pages.page import Page
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.inline_confirm import InlineConfirm
from dijipilot.ui.widgets.roadmap_panel import RoadmapPanel
from dijipilot.ui.widgets.side_panel import SidePanel
from dijipilot.ui.widgets.state_mark import word_of


class RoadmapDeciding(QObject):
    """Acts for a page. question_closed(): a question asked beside or above the list is gone, and the focus with it."""

    question_closed = Signal()

    def __init__(self, page: Page, panel: RoadmapPanel, side: SidePanel, slot: QVBoxLayout) -> None:
        super().__init__(page)
        self._page = page
        self._panel = panel
        self._side = side
        self._slot = slot
        self._profile = page.context.profile_id
        self._plan = page.context.academy.plan
        self._learn = page.context.academy.learn

    def decide(self, action: Callable[[], object]) -> bool:
        """Do what the learner decided; what one did oneself is no news the next time."""
        done = self._page.attempt(action)
        if done:
            self.mark_seen()
        return done

    def mark_seen(self) -> None:
        """Remember the roadmap as the one the learner has looked at."""
        if not self._page.context.academy.is_read_only:
            self._page.attempt(lambda: self._plan.mark_seen(self._profile))

    def tell(self, sentence: str) -> None:
        """Say something in a notice."""
        self._page.notice_raised.emit(sentence, "accent")

    def tick(self, skill: str, is_ticked: bool) -> None:
        """Mark a lesson as done, or put it back to do."""
        action = self._learn.finish if is_ticked else self._plan.want
        self.decide(lambda: action(self._profile, SkillId(skill)))

    def tick_step(self, skill: str, step: str, is_ticked: bool) -> None:
        """Tick or untick a step, as in the lesson."""
        self.decide(lambda: self._learn.tick_step(self._profile, SkillId(skill), step, is_ticked))

    def tick_group(self, title: str, items: Sequence[RoadmapItem], is_ticked: bool, parent: QWidget) -> None:
        """Ask once whether all lessons of a group are to be marked, then mark them in one step."""
        if is_ticked:
            chosen = [item.skill for item in items if item.status not in (Status.DONE, Status.SKIPPED)]
            question = self.tr("Mark {count} lessons of “{title}” as done?")
            yes = self.tr("&Mark them as done")
        else:
            chosen = [item.skill for item in items if item.status in (Status.DONE, Status.DUE_FOR_REVIEW)]
            question = self.tr("Put {count} lessons of “{title}” back to do?")
            yes = self.tr("&Put them back")
        clear(self._slot)
        if not chosen:
            return
        asked = InlineConfirm(
            question.format(count=len(chosen), title=title),
            self.tr("It is one step: a single undo takes all of it back."),
            yes,
            self.tr("&Leave them as they are"),
            "tickGroup",
            parent,
        )
        asked.confirmed.connect(lambda: self.decide(lambda: self._plan.mark_together(self._profile, chosen, is_ticked)))
        for closed in (asked.confirmed, asked.declined):
            closed.connect(self.question_closed)
        self._slot.addWidget(asked)
        asked.ask()

    def accept(self, item: RoadmapItem) -> None:
        """Agree to a lesson."""
        self.decide(lambda: self._plan.accept(self._profile, item.skill))

    def skip(self, item: RoadmapItem) -> None:
        """Skip a lesson, or want one after all that was skipped."""
        action = self._plan.want if item.status is Status.SKIPPED else self._plan.skip
        self.decide(lambda: action(self._profile, item.skill))

    def leave_out(self, item: RoadmapItem) -> None:
        """Take a lesson off the roadmap as of no use to this shop, and say how it comes back."""
        if self.decide(lambda: self._plan.not_for_my_shop(self._profile, item.skill)):
            told = self.tr("“{title}” left the roadmap. Undo brings it back; so does the list below the roadmap.")
            self._page.notice_raised.emit(told.format(title=item.title), "accent")

    def bring_back(self, skill: str) -> None:
        """Put back what was left out."""
        self.decide(lambda: self._plan.for_my_shop(self._profile, SkillId(skill)))

    def move(self, skill: str, before: str) -> None:
        """Put a lesson before another, "" for the end, or as near as prerequisites allow, and say what stopped it."""

        def move() -> None:
            outcome = self._plan.move_near(self._profile, SkillId(skill), SkillId(before) if before else None)
            if outcome.blocked_by is not None:
                self._page.notice_raised.emit(text_of(outcome.message), "caution")

        self.decide(move)

    def undo(self) -> None:
        """Take back the latest step."""
        what = self._plan.undo_label(self._profile)
        if what is not None and self.decide(lambda: self._plan.undo(self._profile)):
            self._page.notice_raised.emit(self.tr("Undone: {what}").format(what=text_of(what)), "accent")

    def redo(self) -> None:
        """Bring back what undo took."""
        what = self._plan.redo_label(self._profile)
        if what is not None and self.decide(lambda: self._plan.redo(self._profile)):
            self._page.notice_raised.emit(self.tr("Done again: {what}").format(what=text_of(what)), "accent")

    def claim(self, item: RoadmapItem) -> None:
        """Have one question settle an "I know this": here, in a short re-check, or none where none is left."""
        has_item = self._plan.settling_item(self._profile, item.skill) is not None
        if not has_item and self._page.context.academy.assess.recheck(self._profile, item.skill) is not None:
            self._page.page_requested.emit(f"assessment:{SETTLE}{item.skill}")
            return
        self.decide(lambda: self._claim(item.skill, item.title))

    def _claim(self, skill: SkillId, title: str) -> None:
        question = self._plan.claim_known(self._profile, skill)
        if question is None:
            told = self.tr("“{title}” left the roadmap: there is no question that could settle it.")
            self._page.notice_raised.emit(told.format(title=title), "good")
            return
        card = self._panel.ask(question)
        card.answered.connect(lambda option: self._on_settled(question.id, option, title))
        # Open: whoever says "I know this" wants the question, not one more line to press.
        card.fold.open()
        # Later, because a card just made has not got its place yet.
        QTimer.singleShot(0, card, lambda: self._side.ensureWidgetVisible(card))
        card.setFocus()

    def _on_settled(self, question: str, option: str, title: str) -> None:
        def settle() -> None:
            standing = self._plan.settle(self._profile, ItemId(question), option or None)
            word = word_of(SkillState(standing.verdict.value))
            self._page.notice_raised.emit(self.tr("“{title}”: {verdict}").format(title=title, verdict=word), "accent")

        if self.decide(settle):
            self._panel.close_question()
            self.question_closed.emit()
