"""“I have 25 minutes”: choose how long, see what fits and how long it may take, and begin."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QWidget

from dijipilot.domain.home_view import HomeView, SlotPartView, SlotView
from dijipilot.ui.durations import minutes_range_text
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.home_hero import LESSON_TARGET, GoTo
from dijipilot.ui.widgets.labels import label


class TimeSlotCard(Card):
    """Emits minutes_chosen, and slot_shown with its lessons.

    What fits is in the view for each length, so nothing has to be asked again.
    """

    minutes_chosen = Signal(int)
    slot_shown = Signal(list)

    def __init__(self, view: HomeView, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10)
        self._view = view
        self._go = go
        self._slot = next((each for each in view.slots if each.minutes == view.minutes), view.slots[0])
        self._group = QButtonGroup(self)
        self._parts = QGridLayout()
        self._parts.setColumnStretch(0, 1)
        self._parts.setHorizontalSpacing(16)
        self._parts.setVerticalSpacing(6)
        self._whole = label("", "small", self)
        self._whole.setObjectName("slotWhole")
        self._start = button("", "startSlotButton", self._on_start, self)
        self._lay_out()
        self._show_slot()

    @property
    def skills(self) -> list[str]:
        """The lessons of the slot shown."""
        return [str(part.skill) for part in self._slot.parts]

    def _lay_out(self) -> None:
        lengths = FlowLayout(spacing=6)
        lengths.addWidget(label(self.tr("I have"), "strong", self, wraps=False))
        for slot in self._view.slots:
            lengths.addWidget(self._length(slot))
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(self._start)
        foot.addWidget(self._whole, 1)
        self.column.addLayout(lengths)
        self.column.addLayout(self._parts)
        self.column.addLayout(foot)
        self.column.addStretch(1)

    def _length(self, slot: SlotView) -> QPushButton:
        text = self.tr("{minutes} min").format(minutes=slot.minutes)
        spoken = self.tr("I have {minutes} minutes").format(minutes=slot.minutes)
        chosen = partial(self._on_length_chosen, slot)
        made = button(text, f"slot{slot.minutes}Button", chosen, self, "segment", spoken)
        made.setCheckable(True)
        made.setChecked(slot is self._slot)
        self._group.addButton(made)
        return made

    def _show_slot(self) -> None:
        clear(self._parts)
        parts = self._slot.parts
        for row, part in enumerate(parts):
            words = label(self._words(part), "", self)
            words.setObjectName(f"slotPart{row + 1}")
            length = label(minutes_range_text(part.low_minutes, part.high_minutes), "muted", self, wraps=False)
            self._parts.addWidget(words, row, 0)
            self._parts.addWidget(length, row, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            for each in (words, length):
                each.show()
        if not parts:
            nothing = label(self.tr("No step of a lesson is this short. A little more time is needed."), "muted", self)
            self._parts.addWidget(nothing, 0, 0)
            nothing.show()
        self._start.setVisible(bool(parts))
        text = self.tr("Start these {minutes} &minutes").format(minutes=self._slot.minutes)
        self._start.setText(text)
        self._start.setAccessibleName(text.replace("&", ""))
        self._whole.setText(self._whole_text(parts))

    def _words(self, part: SlotPartView) -> str:
        if part.steps == 1:
            return self.tr("One step of “{title}”").format(title=part.title)
        if part.steps:
            return self.tr("{count} steps of “{title}”").format(count=part.steps, title=part.title)
        resume = self._view.resume
        if resume is not None and resume.has_begun and resume.skill == part.skill:
            return self.tr("Finish “{title}”").format(title=part.title)
        return self.tr("All of “{title}”").format(title=part.title)

    def _whole_text(self, parts: tuple[SlotPartView, ...]) -> str:
        if not parts:
            return ""
        low, high = sum(part.low_minutes for part in parts), sum(part.high_minutes for part in parts)
        if self._view.measured_lessons:
            sentence = self.tr("{range} at your pace, measured in {count} lessons")
        else:
            sentence = self.tr("{range} at the usual pace; yours is known after three lessons")
        return sentence.format(range=minutes_range_text(low, high), count=self._view.measured_lessons)

    def _on_length_chosen(self, slot: SlotView) -> None:
        self._slot = slot
        self._show_slot()
        self.slot_shown.emit(self.skills)
        self.minutes_chosen.emit(slot.minutes)

    def _on_start(self) -> None:
        self._go(LESSON_TARGET + self._slot.parts[0].skill)
