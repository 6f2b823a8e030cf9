"""Search: one field over lessons, questions, terms and the learner's notes; results while typing."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QTreeView, QVBoxLayout, QWidget

from dijipilot.content.search import SearchHit
from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.services.events import LicensesChanged
from dijipilot.ui.models.search_model import SearchModel
from dijipilot.ui.pages.page import MARGIN, Page, PageContext
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.hit_delegate import HitDelegate
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.notice_bar import announce
from dijipilot.ui.widgets.term_card import TermCard

WIDEST = 980
MOST_HITS = 40


class SearchPage(Page):
    """Its place is what was typed."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LicensesChanged,)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._library = context.academy.library
        self.heading.show_text(self.tr("Search"))
        self._suggested = ""
        self._term_by_id: dict[str, GlossaryTerm] = {}
        self._build()
        self._lay_out()
        self._field.textChanged.connect(self._on_text_changed)
        self._field.returnPressed.connect(self._on_return_pressed)
        self._field.installEventFilter(self)
        self._results.activated.connect(self._on_row_activated)
        self._results.clicked.connect(self._on_row_activated)
        self._term.lesson_chosen.connect(self.page_requested)

    def place(self) -> str:
        """Return what was typed."""
        return self._field.text().strip()

    def restore(self, place: str) -> None:
        """Search for these words; without any, keep what was typed before."""
        if place:
            self._field.setText(place)

    def first_focus(self) -> QWidget:
        """Begin in the field, its words selected."""
        self._field.selectAll()
        return self._field

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return the results where words of sealed text stand among them."""
        return (self._results,) if any(map(self._library.holds_sealed, self._model.hits())) else ()

    def refresh(self) -> None:
        """Search once more: notes may have changed."""
        self._on_text_changed(self._field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow down lead from the field to the results."""
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if is_down and event.type() is QEvent.Type.KeyPress and not self._results.isHidden():
            self._select_first()
            self._results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._field = QLineEdit(self)
        self._field.setObjectName("searchField")
        self._field.setClearButtonEnabled(True)
        self._field.setMaxLength(200)
        self._field.setPlaceholderText(self.tr("For example: order hold, refund, sales tax"))
        self._field.setAccessibleName(self.tr("Search for"))
        self._field_label = QLabel(self.tr("Search &for"), self)
        self._field_label.setBuddy(self._field)
        self._told = label("", "muted", self)
        self._told.setObjectName("searchOutcome")
        self._suggestion = button("", "suggestionButton", self._on_suggestion, self, "quiet", self.tr("Suggestion"))
        self._ask = button(
            self.tr("&Ask an instructor"),
            "askFromSearchButton",
            lambda: self.page_requested.emit("questions"),
            self,
            "quiet",
        )
        self._model = SearchModel(self)
        self._results = QTreeView(self)
        self._results.setObjectName("searchResults")
        self._results.setAccessibleName(self.tr("Results"))
        self._results.setModel(self._model)
        self._results.setHeaderHidden(True)
        self._results.setRootIsDecorated(False)
        self._results.setIndentation(14)
        self._results.setItemsExpandable(False)
        self._results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._results.setItemDelegate(HitDelegate(self._results))
        self._term = TermCard(self)

    def _lay_out(self) -> None:
        field_row = QHBoxLayout()
        field_row.addWidget(self._field_label)
        field_row.addWidget(self._field, 1)
        told_row = QHBoxLayout()
        told_row.addWidget(self._told, 1)
        told_row.addWidget(self._suggestion)
        told_row.addWidget(self._ask)
        content = QWidget(self)
        content.setMaximumWidth(WIDEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addLayout(field_row)
        column.addLayout(told_row)
        column.addWidget(self._term)
        column.addWidget(self._results, 1)
        self._rest = QWidget(content)
        column.addWidget(self._rest, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 20, MARGIN, 24)
        row.addStretch(1)
        row.addWidget(content, 1000)
        row.addStretch(1)

    def _on_text_changed(self, text: str) -> None:
        words = text.strip()
        results = self._library.search(words, self.context.profile_id, MOST_HITS) if words else None
        hits = results.hits if results else ()
        self._model.show_hits(hits)
        self._results.expandAll()
        self._results.setHidden(not hits)
        self._rest.setHidden(bool(hits))
        self._term.hide()
        self._suggested = (results.suggestion if results else None) or ""
        self._suggestion.setText(self.tr("Did you mean “{words}”?").format(words=self._suggested).replace("&", "&&"))
        self._suggestion.setAccessibleName(self._suggestion.text())
        self._suggestion.setVisible(bool(self._suggested))
        self._ask.setVisible(bool(words) and not hits)
        self._told.setText(self._outcome(words, len(hits)))

    def _outcome(self, words: str, count: int) -> str:
        if not words:
            return self.tr("Lessons, questions sellers ask, terms, and your own notes.")
        if not count:
            return self.tr("Nothing was found for these words. Try fewer or other ones.")
        if count == 1:
            return self.tr("1 result")
        return self.tr("{count} results").format(count=count) if count < MOST_HITS else self.tr("The best results")

    def _on_return_pressed(self) -> None:
        announce(self, self._told.text())
        if not self._results.isHidden():
            self._select_first()
            self._results.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_suggestion(self) -> None:
        self._field.setText(self._suggested)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select_first(self) -> None:
        first = self._model.index(0, 0, self._model.index(0, 0))
        if not self._results.currentIndex().isValid() or self._model.hit(self._results.currentIndex()) is None:
            self._results.setCurrentIndex(first)

    def _on_row_activated(self, index: QModelIndex) -> None:
        hit = self._model.hit(index)
        if hit is not None:
            self._open(hit)

    def _open(self, hit: SearchHit) -> None:
        if hit.kind == "glossary":
            terms = {term.id: term for term in self._library.glossary()}
            titles = {str(lesson.number): lesson.title for lesson in self._library.curriculum.lessons}
            self._term.show_term(terms[hit.id], titles)
        elif hit.kind == "question":
            mission = self.context.academy.pack.mission_of_question(hit.id)
            self.page_requested.emit(f"mission:{mission}/{hit.id}")
        else:
            self.page_requested.emit(LESSON_LINK + (hit.id if hit.kind == "note" else hit.lesson))
