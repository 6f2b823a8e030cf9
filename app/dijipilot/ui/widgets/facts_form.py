"""A few questions about the business as drop-down lists, for where they only shape what is shown."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from dijipilot.domain.ids import FactId, OptionId
from dijipilot.domain.shop_facts import FactAnswers, ShopFact
from dijipilot.ui.widgets.buttons import button, without_mnemonics
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label

FactChoices = Mapping[FactId, frozenset[OptionId]]


class FactsForm(Card):
    """Emits answered with what was chosen, by fact; what is not said stays unknown. For facts of one answer only."""

    answered = Signal(object)
    skipped = Signal()

    def __init__(
        self, heading: str, explanation: str, done: str, skip: str, object_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, gap=12, padding=26)
        self._combo_by_fact: dict[FactId, QComboBox] = {}
        self._object_name = object_name
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self.done_button = button(done, f"{object_name}DoneButton", self._on_done, self, "primary")
        self.skip_button = button(skip, f"{object_name}SkipButton", self.skipped.emit, self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.done_button)
        row.addWidget(self.skip_button)
        row.addStretch(1)
        self.column.addWidget(label(heading, "subtitle", self))
        self.column.addWidget(label(explanation, "", self))
        self.column.addLayout(self._grid)
        self.column.addSpacing(4)
        self.column.addLayout(row)

    def ask(self, facts: Sequence[ShopFact], known: FactAnswers) -> None:
        """Show these questions with what is known of them."""
        for row, fact in enumerate(facts):
            if fact.id not in self._combo_by_fact:
                self._add(row, fact)
            chosen = next(iter(sorted(known.get(fact.id, frozenset()))), "")
            combo = self._combo_by_fact[fact.id]
            combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def first_field(self) -> QWidget:
        """Return where answering begins."""
        return next(iter(self._combo_by_fact.values()), self.done_button)

    def _add(self, row: int, fact: ShopFact) -> None:
        combo = QComboBox(self)
        combo.setObjectName(f"{self._object_name}{row + 1}")
        combo.setAccessibleName(fact.question)
        combo.addItem(self.tr("Not said"), "")
        for option in fact.options:
            combo.addItem(option.label, option.id)
        question = QLabel(without_mnemonics(fact.question), self)
        question.setWordWrap(True)
        question.setBuddy(combo)
        self._grid.addWidget(question, row, 0)
        self._grid.addWidget(combo, row, 1)
        # Qt shows what was just added when it is idle again, and what is hidden takes no focus.
        combo.show()
        self._combo_by_fact[fact.id] = combo

    def _on_done(self) -> None:
        chosen = {
            fact: frozenset({OptionId(str(combo.currentData()))})
            for fact, combo in self._combo_by_fact.items()
            if combo.currentData()
        }
        self.answered.emit(chosen)
