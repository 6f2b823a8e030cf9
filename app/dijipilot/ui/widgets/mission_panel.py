"""One mission of the gap analysis in detail: its skills with state, reasons and the way to each lesson."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dijipilot.domain.gaps import MissionGap, SkillGap
from dijipilot.domain.ids import SkillId
from dijipilot.domain.standing import Reason
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.likelihood import likelihood_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.bullet import bullet
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label, separator
from dijipilot.ui.widgets.mastery_bar import MasteryBar
from dijipilot.ui.widgets.state_mark import locked_word
from dijipilot.ui.widgets.verdict_chip import VerdictChip

MOST_REASONS = 3


class MissionPanel(Card):
    """Emits lesson_requested(number)."""

    lesson_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10, padding=20)
        self._title = label("", "subtitle", self)
        self._title.setObjectName("missionPanelTitle")
        self._about = label("", "muted", self)
        self._bar = MasteryBar(self)
        self._skills = QWidget(self)
        self._skill_column = QVBoxLayout(self._skills)
        self._skill_column.setContentsMargins(0, 0, 0, 0)
        self._skill_column.setSpacing(6)
        self._lesson_buttons: list[QPushButton] = []
        for widget in (self._title, self._about, self._bar, self._skills):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def show_mission(
        self, mission: MissionGap, reasons_of: Callable[[SkillId], Sequence[Reason]], colors: Colors
    ) -> None:
        """Show a mission."""
        self._title.setText(f"{mission.number}  {mission.title}")
        parts = [mission.path, mission.difficulty]
        if mission.counts.minutes:
            parts.append(self.tr("{time} to close").format(time=minutes_text(mission.counts.minutes)))
        self._about.setText("  ·  ".join(parts))
        self._bar.show_counts(mission.counts, colors)
        clear(self._skill_column)
        self._lesson_buttons = []
        for skill in mission.skills:
            self._skill_column.addWidget(separator(self._skills))
            self._add_skill(skill, reasons_of(skill.skill), colors)

    def focus_first(self) -> None:
        """Put the focus on the first lesson."""
        if self._lesson_buttons:
            # Qt shows what was just added when it is idle again, and what is hidden takes no focus.
            self._lesson_buttons[0].show()
            self._lesson_buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_skill(self, skill: SkillGap, reasons: Sequence[Reason], colors: Colors) -> None:
        self._skill_column.addWidget(label(skill.title, "strong", self._skills))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(VerdictChip(skill.state, colors, self._skills))
        words = [likelihood_text(skill.probability)] if skill.probability is not None else []
        words += [locked_word()] if skill.locked else []
        line.addWidget(label(", ".join(words), "small", self._skills), 1)
        self._skill_column.addLayout(line)
        for reason in reasons[:MOST_REASONS]:
            self._skill_column.addWidget(bullet(text_of(reason.message), "small", self._skills))
        opener = button(
            self.tr("Open lesson {number}").format(number=skill.lesson),
            f"openLesson{len(self._lesson_buttons) + 1}Button",
            partial(self.lesson_requested.emit, skill.lesson),
            self._skills,
            "quiet",
            self.tr("Open lesson {number}, {title}").format(number=skill.lesson, title=skill.title),
        )
        self._lesson_buttons.append(opener)
        self._skill_column.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
