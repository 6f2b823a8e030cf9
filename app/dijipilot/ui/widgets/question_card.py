"""One question with its options and "Not sure": the wizard shows it, and whatever asks a single question inline."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce

HINT_WIDTH = 16


class Question(Struct, frozen=True):
    """What to ask. options: id and text. alone: ids that clear all others, and the reverse. chosen: what stands now.

    note: what to know about the question, in small words below it.
    """

    prompt: str
    options: Sequence[tuple[str, str]]
    heading: str = ""
    allows_many: bool = False
    alone: Collection[str] = ()
    chosen: Collection[str] = ()
    is_not_sure: bool = False
    note: str = ""


class QuestionCard(Card):
    """Native radio buttons or check boxes; emits choice_changed whenever what is chosen changes."""

    choice_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_compact: bool = False) -> None:
        super().__init__(parent, gap=10, padding=16 if is_compact else 22)
        self._question = Question("", ())
        self._choice_by_id: dict[str, Choice] = {}
        self._not_sure: Choice | None = None
        self._group = QButtonGroup(self)
        self._rows_by_kind: dict[bool, list[_OptionRow]] = {True: [], False: []}
        self._is_clearing = False
        self._heading = label("", "eyebrow", self)
        self._prompt = label("", "strong" if is_compact else "subtitle", self)
        self._prompt.setObjectName("questionPrompt")
        self._note = label("", "muted", self)
        self._note.setObjectName("questionNote")
        self._rows = QWidget(self)
        self._row_column = QVBoxLayout(self._rows)
        self._row_column.setContentsMargins(0, 4, 0, 0)
        self._row_column.setSpacing(5)
        for widget in (self._heading, self._prompt, self._note, self._rows):
            self.column.addWidget(widget)

    @property
    def question(self) -> Question:
        """The question shown."""
        return self._question

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the options chosen, in the order shown."""
        return tuple(each for each, choice in self._choice_by_id.items() if choice.is_chosen)

    @property
    def is_not_sure(self) -> bool:
        """Whether "Not sure" is chosen."""
        return self._not_sure is not None and self._not_sure.is_chosen

    @property
    def is_answered(self) -> bool:
        """Whether anything is chosen."""
        return self.is_not_sure or bool(self.chosen)

    def show_question(self, question: Question) -> None:
        """Show a question in place of the one before; screen readers say it."""
        self._question = question
        self._heading.setText(question.heading)
        self._heading.setVisible(bool(question.heading))
        self._prompt.setText(question.prompt)
        self._note.setText(question.note)
        self._note.setVisible(bool(question.note))
        spoken = f"{question.heading}: {question.prompt}" if question.heading else question.prompt
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(question.note)
        self._show_options(question)
        announce(self, spoken)
        self.choice_changed.emit()

    def toggle(self, number: int) -> bool:
        """Choose or toggle the option of this number, counted from 1; 0 is "Not sure". Return whether there is one."""
        choices = list(self._choice_by_id.values())
        choice = self._not_sure if number == 0 else choices[number - 1] if number <= len(choices) else None
        if choice is None:
            return False
        choice.control.setFocus(Qt.FocusReason.ShortcutFocusReason)
        choice.control.click()
        return True

    def _show_options(self, question: Question) -> None:
        """Put the options into rows. Rows are kept for the next question: to dress new ones takes most of the time."""
        offers = [(str(at), text, f"option{at}") for at, (_, text) in enumerate(question.options, start=1)]
        offers.append(("0", self.tr("Not sure"), "optionNotSure"))
        rows = self._rows_by_kind[question.allows_many]
        while len(rows) < len(offers):
            rows.append(self._new_row(question.allows_many))
        self._is_clearing = True
        self._clear_choices()
        others = (*rows[len(offers) :], *self._rows_by_kind[not question.allows_many])
        for row in others:
            row.put_away()
        for row, (hint, text, name) in zip(rows, offers, strict=False):
            row.show_option(hint, text, name)
        choices = [row.choice for row in rows]
        self._choice_by_id = dict(zip((each for each, _ in question.options), choices, strict=False))
        self._not_sure = choices[len(offers) - 1]
        for identity, choice in self._choice_by_id.items():
            choice.choose(identity in question.chosen)
        self._not_sure.choose(question.is_not_sure)
        self._is_clearing = False

    def _clear_choices(self) -> None:
        # While buttons exclude each other, the last one cannot be let go.
        self._group.setExclusive(False)
        for row in (*self._rows_by_kind[True], *self._rows_by_kind[False]):
            row.choice.choose(False)
        self._group.setExclusive(True)

    def _new_row(self, allows_many: bool) -> "_OptionRow":
        row = _OptionRow(allows_many, self._rows)
        if not allows_many:
            self._group.addButton(row.choice.control)
        row.choice.toggled.connect(lambda is_chosen, which=row.choice: self._on_choice_toggled(which, is_chosen))
        self._row_column.addWidget(row)
        return row

    def _on_choice_toggled(self, which: Choice, is_chosen: bool) -> None:
        if self._is_clearing:
            return
        if is_chosen and self._question.allows_many:
            self._clear_what_excludes(which)
        self.choice_changed.emit()

    def _clear_what_excludes(self, which: Choice) -> None:
        """Clear the others where `which` stands alone, and what stands alone where it does not."""
        assert self._not_sure is not None
        alone = [self._choice_by_id[each] for each in self._question.alone if each in self._choice_by_id]
        alone.append(self._not_sure)
        others = [choice for choice in (*self._choice_by_id.values(), self._not_sure) if choice is not which]
        self._is_clearing = True
        for choice in others if which in alone else alone:
            if choice is not which:
                choice.choose(False)
        self._is_clearing = False


class _OptionRow(QWidget):
    """The key that chooses an option, and the option."""

    def __init__(self, allows_many: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = label("", "small", self, wraps=False)
        self._hint.setMinimumWidth(HINT_WIDTH)
        self.choice = Choice("", "", self, allows_many=allows_many)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._hint)
        line.addWidget(self.choice, 1)

    def show_option(self, hint: str, text: str, object_name: str) -> None:
        """Offer this."""
        self._hint.setText(hint)
        self.choice.show_text(text, object_name)
        # Qt shows what was just added when it is idle again; until then it takes no room, and the page none for it.
        self.show()

    def put_away(self) -> None:
        """Offer nothing, and answer to no name, until there is another option for it."""
        self.hide()
        self.choice.show_text("", "")
