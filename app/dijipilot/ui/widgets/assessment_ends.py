"""What stands before and after the questions of an assessment: what it will be like, and what its verdicts mean."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from dijipilot.domain.assessment.checkpoints import Checkpoints
from dijipilot.domain.skill_state import SkillState
from dijipilot.domain.standing import MASTERED_FROM
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.checkpoint_picture import CheckpointPicture
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import ALL_STATES, meaning_of
from dijipilot.ui.widgets.verdict_chip import VerdictChip

VERDICTS = (SkillState.MASTERED, SkillState.MISSING, SkillState.UNSETTLED)


class AssessmentIntro(Card):
    """What it will be like, and the buttons that begin, go on or begin anew."""

    def __init__(
        self,
        colors: Colors,
        on_begin: Callable[[], object],
        on_new: Callable[[], object],
        on_result: Callable[[], object],
        on_recheck: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=12, padding=28)
        self._lead = label("", "lead", self)
        self._points = label("", "", self)
        self._colors = colors
        self._picture = CheckpointPicture(self)
        self._picture.setObjectName("introPicture")
        self.begin_button = button("", "beginAssessmentButton", on_begin, self, "large")
        self.new_button = button(self.tr("Begin a &new one"), "newAssessmentButton", on_new, self)
        self.result_button = button(self.tr("See the last &result"), "lastResultButton", on_result, self)
        self.recheck_button = button(
            self.tr("Short re-chec&k (about a minute)"), "recheckButton", on_recheck, self, "quiet"
        )
        self.recheck_button.setToolTip(
            self.tr("Three to six questions on top of what is known; your gaps and roadmap follow")
        )
        self._waiting = label(self.tr("Getting the questions ready…"), "muted", self, wraps=False)
        self._waiting.hide()
        row = FlowLayout(spacing=12)
        for widget in self._buttons():
            row.addWidget(widget)
        row.addWidget(self._waiting)
        self.column.addWidget(self._lead)
        self.column.addWidget(self._picture)
        self.column.addWidget(
            label(
                self.tr("Each mark is one skill, in groups by program. It fills as soon as your answers settle it."),
                "small",
                self,
            )
        )
        self.column.addWidget(self._points)
        self.column.addSpacing(6)
        self.column.addLayout(row)

    def show_checkpoints(self, checkpoints: Checkpoints) -> None:
        """Show what is known before the next question."""
        self._picture.show_checkpoints(checkpoints, self._colors)

    def recolor(self, colors: Colors) -> None:
        """Draw in these colors."""
        self._colors = colors
        self._picture.recolor(colors)

    def show_first(self, minutes: int) -> None:
        """Before the first assessment."""
        self._show(
            self.tr("Short questions about what you do in your shop. They take about {minutes} minutes.").format(
                minutes=minutes
            ),
            self.tr("&Start"),
            has_unfinished=False,
            has_result=False,
        )

    def show_unfinished(self, screens: int, has_result: bool) -> None:
        """While one waits to be continued."""
        lead = self.tr("You have answered {count} so far. Every answer is saved; go on where you stopped.")
        self._show(lead.format(count=screens), self.tr("&Continue"), has_unfinished=True, has_result=has_result)

    def show_again(self, date: str, minutes: int) -> None:
        """When all are finished."""
        lead = self.tr(
            "Your last assessment was on {date}. A new one takes about {minutes} minutes, begins with the facts about "
            "your shop as you gave them, and shows what has changed. The earlier result stays."
        )
        self._show(
            lead.format(date=date, minutes=minutes), self.tr("Take it &again"), has_unfinished=False, has_result=True
        )

    def show_waiting(self, is_waiting: bool) -> None:
        """Say that the questions are being made ready, and take no second click meanwhile."""
        self._waiting.setVisible(is_waiting)
        for each in (self.begin_button, self.new_button, self.recheck_button):
            each.setEnabled(not is_waiting)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.begin_button, self.new_button, self.result_button, self.recheck_button

    def _show(self, lead: str, begin: str, *, has_unfinished: bool, has_result: bool) -> None:
        self._lead.setText(lead)
        self._points.setText(
            self.tr(
                "One question a screen. You can go back and pause at any time; each answer is saved at once.\n"
                "“Not sure” is a real answer: it costs you nothing.\n"
                "What does not concern your kind of shop is not asked."
            )
        )
        self.begin_button.setText(begin)
        self.begin_button.setAccessibleName(begin.replace("&", ""))
        self.new_button.setVisible(has_unfinished)
        self.result_button.setVisible(has_result)
        self.recheck_button.setVisible(has_result and not has_unfinished)


class VerdictLegend(QWidget):
    """Each verdict with the one sentence that explains it."""

    def __init__(
        self,
        colors: Colors,
        states: tuple[SkillState, ...] = ALL_STATES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chips: list[tuple[SkillState, VerdictChip]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, state in enumerate(states):
            chip = VerdictChip(state, colors, self)
            self._chips.append((state, chip))
            grid.addWidget(chip, row, 0)
            grid.addWidget(label(meaning_of(state), "", self), row, 1)

    def recolor(self, colors: Colors) -> None:
        """Draw the marks in these colors."""
        for state, chip in self._chips:
            chip.show_state(state, colors)


class AssessmentEnd(Card):
    """Explains how the result was found and what it means, before it is seen."""

    def __init__(self, colors: Colors, on_result: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12, padding=28)
        self._colors = colors
        self.picture = CheckpointPicture(self)
        self.picture.setObjectName("endPicture")
        self._found = label("", "lead", self)
        self._found.setObjectName("endFound")
        self.legend = VerdictLegend(colors, VERDICTS, self)
        self.result_button = button(self.tr("&See the result"), "seeResultButton", on_result, self, "large")
        thanks = label(self.tr("That was all. Thank you."), "subtitle", self)
        self.spoken = thanks.text()
        self.column.addWidget(thanks)
        self.column.addWidget(self._found)
        self.column.addWidget(self.picture)
        self._explain(self.tr("How it was found"), self._how())
        self.column.addWidget(label(self.tr("What the result will say of each skill"), "strong", self))
        self.column.addWidget(self.legend)
        self._explain(
            self.tr("What it is for"),
            self.tr(
                "None of it is a mark. It decides which lessons are proposed to you, you can see which answers moved "
                "each verdict, and you can overrule any of them."
            ),
        )
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.addWidget(self.result_button)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_found(self, screens: int, checkpoints: Checkpoints) -> None:
        """Show how much became clear; screens: how many questions were answered."""
        self.picture.show_checkpoints(checkpoints, self._colors)
        self._found.setText(
            self.tr("{screens} answers settled {settled} of the {all} checkpoints that concern your shop.").format(
                screens=screens, settled=checkpoints.settled, all=checkpoints.applicable
            )
        )

    def recolor(self, colors: Colors) -> None:
        """Draw in these colors."""
        self._colors = colors
        self.picture.recolor(colors)
        self.legend.recolor(colors)

    def _explain(self, heading: str, text: str) -> None:
        self.column.addWidget(label(heading, "strong", self))
        self.column.addWidget(label(text, "", self))

    def _how(self) -> str:
        return self.tr(
            "Skills build on each other, so one answer says something about several of them. No single answer decides: "
            "slips and lucky guesses are allowed for. Only where all your answers together make it at least {percent} "
            "% likely does the result say mastered, or missing; everything else stays open."
        ).format(percent=round(100 * MASTERED_FROM))
