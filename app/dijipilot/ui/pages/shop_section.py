"""Settings: what we know of the business; it decides what is asked and what the roadmap holds."""

from PySide6.QtWidgets import QComboBox, QWidget

from dijipilot.domain.ids import OptionId
from dijipilot.domain.shop_facts import UNDECIDED, ShopFact
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.labels import label


class ShopSection(SettingsSection):
    """Every answer is saved at once; none is required."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My business"), context, parent)
        told = self.tr("What is not answered hides nothing. A change counts at once, for gaps and roadmap.")
        self.column.addWidget(label(told, "muted", self))
        self._pickers: list[tuple[ShopFact, QComboBox]] = []
        self._choices: list[tuple[ShopFact, dict[OptionId, Choice]]] = []
        for fact in context.academy.library.curriculum.facts:
            self.column.addSpacing(4)
            if fact.allows_many:
                self._add_choices(fact)
            else:
                self._add_picker(fact)
        self.refresh()

    def refresh(self) -> None:
        """Show the latest answers."""
        answers = self.context.academy.profiles.facts(self.context.profile_id)
        for fact, picker in self._pickers:
            chosen = next(iter(answers.get(fact.id, frozenset())), "")
            picker.setCurrentIndex(max(picker.findData(chosen), 0))
        for fact, choices in self._choices:
            for option, choice in choices.items():
                choice.blockSignals(True)
                choice.choose(option in answers.get(fact.id, frozenset()))
                choice.blockSignals(False)

    def _add_picker(self, fact: ShopFact) -> None:
        picker = QComboBox(self)
        picker.setObjectName(f"{fact.id}Picker")
        picker.addItem(self.tr("Not answered"), "")
        for option in fact.options:
            picker.addItem(option.label, option.id)
        self.label_for(fact.question.replace("&", "&&"), picker)
        picker.activated.connect(lambda: self._save(fact, {picker.currentData()} - {""}))
        self._pickers.append((fact, picker))

    def _add_choices(self, fact: ShopFact) -> None:
        self.column.addWidget(label(fact.question, "", self))
        choices: dict[OptionId, Choice] = {}
        for option in fact.options:
            choice = Choice(option.label, f"{fact.id}_{option.id}Box", self, is_plain=True)
            choice.control.setAccessibleDescription(fact.question)
            choice.toggled.connect(lambda is_on, of=fact, each=option.id: self._on_choice_toggled(of, each, is_on))
            choices[option.id] = choice
            self.column.addWidget(choice)
        self._choices.append((fact, choices))

    def _on_choice_toggled(self, fact: ShopFact, option: OptionId, is_on: bool) -> None:
        choices = next(choices for each, choices in self._choices if each.id == fact.id)
        chosen = {each for each, choice in choices.items() if choice.is_chosen}
        if is_on:
            chosen = {option} if option == UNDECIDED else chosen - {UNDECIDED}
        self._save(fact, chosen)
        self.refresh()

    def _save(self, fact: ShopFact, chosen: set[OptionId]) -> None:
        profiles = self.context.academy.profiles
        self.attempt(lambda: profiles.answer_fact(self.context.profile_id, fact.id, frozenset(chosen)))
