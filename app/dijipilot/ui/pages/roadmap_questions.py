"""The questions asked before the roadmap is first shown: they only shape its order and pace."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.shop_facts import ShopFact
from dijipilot.errors import AcademyError
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.widgets.facts_form import FactChoices, FactsForm

FACTS_ASKED = "roadmap.facts_asked"
"""Key of the profile's setting that says that the questions were shown."""

_YES = "yes"


class RoadmapQuestions(QWidget):
    """Emits finished when they are answered or skipped; answers are saved by then."""

    finished = Signal()
    notice_raised = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._form = FactsForm(
            self.tr("Before your roadmap: goal, hours, team, region"),
            self.tr("They only shape order and pace. You can change them at any time, and leave any of them out."),
            self.tr("&Show my roadmap"),
            self.tr("S&kip"),
            "roadmapFact",
            self,
        )
        row = QHBoxLayout()
        row.addWidget(self._form, 3)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addStretch(1)
        self._form.answered.connect(self._on_answered)
        self._form.skipped.connect(self._on_skipped)

    def is_due(self) -> bool:
        """Tell whether they were never shown, and something is not known."""
        profiles, profile = self._context.academy.profiles, self._context.profile_id
        if self._context.academy.is_read_only or profiles.setting(profile, FACTS_ASKED) == _YES:
            return False
        known = profiles.facts(profile)
        return any(not known.get(fact.id) for fact in self._facts())

    def ask(self) -> None:
        """Show what is known."""
        self._form.ask(self._facts(), self._context.academy.profiles.facts(self._context.profile_id))

    def first_field(self) -> QWidget:
        """Return where answering begins."""
        return self._form.first_field()

    def _facts(self) -> list[ShopFact]:
        return [fact for fact in self._context.academy.library.curriculum.facts if not fact.asked_before_items]

    def _save(self, chosen: FactChoices) -> None:
        profiles, profile = self._context.academy.profiles, self._context.profile_id
        known = profiles.facts(profile)
        for fact in self._facts():
            options = chosen.get(fact.id, frozenset())
            if options != known.get(fact.id, frozenset()):
                profiles.answer_fact(profile, fact.id, options)

    def _on_answered(self, chosen: FactChoices) -> None:
        try:
            self._save(chosen)
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return
        self._on_skipped()

    def _on_skipped(self) -> None:
        try:
            self._context.academy.profiles.set_setting(self._context.profile_id, FACTS_ASKED, _YES)
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
        self.finished.emit()
