"""What activating a license brought: what is open now, for whom and until when, and the way to the first lesson."""

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce


class Outcome(Struct, frozen=True):
    """What to tell. facts: a line each; target: the lesson to go to, "" for none; way: the words of its button."""

    sentence: str
    facts: tuple[str, ...]
    tone: str
    target: str = ""
    title: str = ""
    way: str = ""


class LicenseOutcome(Card):
    """Emits page_requested(target), and more_wanted() where another license is to be activated."""

    page_requested = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "good")
        self._outcome: Outcome | None = None
        self._go = button("", "openedLessonButton", self._on_go, self, "primary", self.tr("Go to the lesson"))
        self._more = button(self.tr("Activate a&nother license"), "activateAnotherButton", self.more_wanted.emit, self)
        self._sentence = label("", "subtitle", self)
        self._sentence.setObjectName("licenseOutcome")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        row = FlowLayout()
        row.addWidget(self._go)
        row.addWidget(self._more)
        self.column.addWidget(self._sentence)
        self.column.addLayout(self._facts)
        self.column.addSpacing(4)
        self.column.addLayout(row)
        self.hide()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show it, say it, and take the focus."""
        self._outcome = outcome
        self.set_tone(outcome.tone)
        self._sentence.setText(outcome.sentence)
        clear(self._facts)
        for fact in outcome.facts:
            self._facts.addWidget(label(fact, "", self))
        self._go.setText(outcome.way)
        self._go.setAccessibleName(f"{outcome.way.replace('&', '')}: {outcome.title}")
        self._go.setVisible(bool(outcome.target))
        self.show()
        (self._go if outcome.target else self._more).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, " ".join((outcome.sentence, *outcome.facts)))

    def _on_go(self) -> None:
        if self._outcome is not None:
            self.page_requested.emit(self._outcome.target)
