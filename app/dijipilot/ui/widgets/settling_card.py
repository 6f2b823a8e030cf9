"""One question that settles whether the learner has a skill already; folded, so that the lesson comes first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.assessment.items import Item
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import label


class SettlingCard(Card):
    """Emits the option chosen, or "" for not sure."""

    answered = Signal(str)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0, padding=6)
        self.setObjectName("settlingCard")
        self._item = item
        self._group = QButtonGroup(self)
        title = self.tr("Know this already? Find out with one question")
        self.fold = Fold(title, self._question, "settlingFold", self)
        self.column.addWidget(self.fold)

    def _question(self, parent: QWidget) -> QWidget:
        question = QWidget(parent)
        column = QVBoxLayout(question)
        column.setContentsMargins(12, 4, 12, 10)
        column.setSpacing(10)
        column.addWidget(label(self._item.prompt, "strong", question))
        for at, option in enumerate(self._item.options):
            choice = Choice(option.text, f"settlingOption{at + 1}", question, allows_many=False)
            self._group.addButton(choice.control, at)
            column.addWidget(choice)
        answer = button(self.tr("&Answer"), "settlingAnswerButton", self._on_answer, question, "primary")
        answer.setEnabled(False)
        not_sure = button(
            self.tr("I am n&ot sure"), "settlingNotSureButton", lambda: self.answered.emit(""), question, "quiet"
        )
        row = QHBoxLayout()
        row.addWidget(answer)
        row.addWidget(not_sure)
        row.addStretch(1)
        column.addLayout(row)
        self._group.idToggled.connect(lambda: answer.setEnabled(self._group.checkedId() >= 0))
        return question

    def _on_answer(self) -> None:
        self.answered.emit(self._item.options[self._group.checkedId()].id)
