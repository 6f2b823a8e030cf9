"""The questions at the end of a lesson, each with the sentence that explains its answers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from dijipilot.domain.lesson_text import CheckOption, CheckQuestion
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce


class CheckQuestionView(QWidget):
    """One question: choose, then check; another try is always open."""

    answered = Signal(str, str)

    def __init__(self, question: CheckQuestion, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._group = QButtonGroup(self)
        self._prompt = label(f"{number}.  {question.prompt}", "readingStrong", self)
        self._choices = [
            Choice(option.text, f"check{number}Option{at}", self, allows_many=False)
            for at, option in enumerate(question.options, start=1)
        ]
        self._check = button(
            self.tr("Check my answer"),
            f"check{number}Button",
            self._on_check,
            self,
            accessible_name=self.tr("Check my answer to question {number}").format(number=number),
        )
        self._feedback = Card(self, gap=4, padding=14)
        self._verdict = label("", "strong", self._feedback)
        self._explanation = label("", "reading", self._feedback)
        self._lay_out()
        for at, choice in enumerate(self._choices):
            self._group.addButton(choice.control, at)
            choice.toggled.connect(self._on_choice_toggled)
        self._show_waiting()

    def show_answer(self, option_id: str | None) -> None:
        """Show the answer on record, if any, with its explanation."""
        option = next((each for each in self._question.options if each.id == option_id), None)
        if option is None:
            return
        self._choices[self._question.options.index(option)].choose()
        self._show_feedback(option)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(7)
        column.addWidget(self._prompt)
        for choice in self._choices:
            choice.label.setProperty("role", "reading")
            column.addWidget(choice)
        column.addWidget(self._check, 0, Qt.AlignmentFlag.AlignLeft)
        self._feedback.column.addWidget(self._verdict)
        self._feedback.column.addWidget(self._explanation)
        column.addWidget(self._feedback)

    def _show_waiting(self) -> None:
        self._feedback.hide()
        self._check.setEnabled(self._group.checkedId() >= 0)

    def _show_feedback(self, option: CheckOption) -> None:
        self._feedback.set_tone("good" if option.is_right else "caution")
        self._verdict.setText(self.tr("✓  Right") if option.is_right else self.tr("✕  Not this one; try another"))
        self._explanation.setText(option.explanation)
        self._feedback.show()
        self._check.setEnabled(False)

    def _on_choice_toggled(self, is_chosen: bool) -> None:
        if is_chosen:
            self._show_waiting()

    def _on_check(self) -> None:
        option = self._question.options[self._group.checkedId()]
        self._show_feedback(option)
        announce(self, f"{self._verdict.text()}. {option.explanation}")
        self.answered.emit(self._question.id, option.id)


class KnowledgeCheck(QWidget):
    """All questions of one lesson."""

    answered = Signal(str, str)

    def __init__(self, questions: Sequence[CheckQuestion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._view_by_id = {
            question.id: CheckQuestionView(question, number, self) for number, question in enumerate(questions, start=1)
        }
        for view in self._view_by_id.values():
            column.addWidget(view)
            view.answered.connect(self.answered)

    def show_answers(self, answers: Mapping[str, str]) -> None:
        """Show the latest answer to each question."""
        for question_id, view in self._view_by_id.items():
            view.show_answer(answers.get(question_id))
