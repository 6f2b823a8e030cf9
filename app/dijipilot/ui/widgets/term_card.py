"""A term of the glossary in plain words, with the lessons that use it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.notice_bar import announce


class TermCard(Card):
    """Hidden until a term is shown; emits the target of a lesson chosen."""

    lesson_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "accent", gap=6)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        self.column.addLayout(self._body)
        self.hide()

    def show_term(self, term: GlossaryTerm, titles: Mapping[str, str]) -> None:
        """Show a term. titles: of lessons by number."""
        clear(self._body)
        self._body.addWidget(label(term.term, "subtitle", self))
        self._body.addWidget(label(term.definition, "", self))
        if term.example:
            self._body.addWidget(label(term.example, "muted", self))
        for number, lesson in enumerate(term.lessons, start=1):
            title = f"{lesson}   {titles.get(lesson, '')}".strip()
            go = partial(self.lesson_chosen.emit, f"lesson:{lesson}")
            self._body.addWidget(LinkRow(title, f"termLesson{number}Button", go, self, icon_name="library"))
        self.show()
        announce(self, f"{term.term}: {term.definition}")
