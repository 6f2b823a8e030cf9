"""Why a skill's verdict is what it is: what speaks for it and what against, and what would change it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.skill_state import SkillState
from dijipilot.domain.standing import Outlook, Reason
from dijipilot.ui.likelihood import likelihood_text, percent_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.bullet import bullet
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import locked_meaning, meaning_of
from dijipilot.ui.widgets.verdict_chip import VerdictChip


class ReasonPanel(Card):
    """Shows one skill."""

    def __init__(
        self,
        colors: Colors,
        on_open: Callable[[], object],
        on_contest: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=10, padding=20)
        self._title = label("", "subtitle", self)
        self._title.setObjectName("reasonTitle")
        self._chip = VerdictChip(SkillState.UNSETTLED, colors, self)
        self._likelihood = label("", "muted", self)
        self._reasons = QWidget(self)
        self._reason_column = QVBoxLayout(self._reasons)
        self._reason_column.setContentsMargins(0, 0, 0, 0)
        self._reason_column.setSpacing(6)
        self.open_button = button(self.tr("&Open the lesson"), "openReasonLessonButton", on_open, self)
        self.contest_button = button(
            self.tr("&Not right? Answer one more question"), "contestVerdictButton", on_contest, self, "quiet"
        )
        chips = QHBoxLayout()
        chips.addWidget(self._chip)
        chips.addWidget(self._likelihood, 1)
        buttons = FlowLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.contest_button)
        self.column.addWidget(self._title)
        self.column.addLayout(chips)
        self.column.addWidget(self._reasons)
        self.column.addLayout(buttons)
        self.column.addStretch(1)

    def show_skill(
        self,
        title: str,
        state: SkillState,
        probability: float | None,
        reasons: Sequence[Reason],
        outlook: Outlook | None,
        colors: Colors,
        is_locked: bool = False,
    ) -> None:
        """Show a skill with its reasons. outlook: what would change the verdict; None where there is none.

        is_locked: whether its lesson is.
        """
        self._title.setText(title)
        self._chip.show_state(state, colors)
        words = "" if probability is None else f"{likelihood_text(probability)} ({percent_text(probability)})"
        self._likelihood.setText(words)
        clear(self._reason_column)
        self._add(meaning_of(state), "muted")
        if is_locked:
            self._add(locked_meaning(), "muted")
        self._add_group(self.tr("What speaks for it"), [each for each in reasons if each.strength > 0], "+")
        self._add_group(self.tr("What speaks against it"), [each for each in reasons if each.strength <= 0], "–")
        if probability is not None and not reasons:
            self._add(self.tr("Nothing was asked about it yet: this is what to expect of shops like yours."), "")
        if outlook is not None:
            self._reason_column.addSpacing(6)
            self._add(self.tr("What would change this"), "eyebrow")
            self._add(text_of(outlook.message), "")

    def offer_contest(self, is_offered: bool) -> None:
        """Offer to answer one more question about the skill, or not."""
        self.contest_button.setVisible(is_offered)

    def _add_group(self, heading: str, reasons: Sequence[Reason], sign: str) -> None:
        if reasons:
            self._reason_column.addSpacing(6)
            self._add(heading, "eyebrow")
        for reason in reasons:
            self._reason_column.addWidget(bullet(text_of(reason.message), "", self._reasons, sign))

    def _add(self, text: str, role: str) -> None:
        self._reason_column.addWidget(label(text, role, self._reasons))
