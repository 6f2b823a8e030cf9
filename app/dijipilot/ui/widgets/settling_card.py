"""One question that settles whether the learner has a skill already."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from dijipilot.domain.assessment.items import Item
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.labels import label


class SettlingCard(Card):
    """Emits the option chosen, or "" for not sure."""

    answered = Signal(str)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settlingCard")
        self._item = item
        self.column.addWidget(label(self.tr("Not settled yet: do you have this already?"), "strong", self))
        self.column.addWidget(label(item.prompt, "", self))
        self._group = QButtonGroup(self)
        for at, option in enumerate(item.options):
            choice = Choice(option.text, f"settlingOption{at + 1}", self, allows_many=False)
            self._group.addButton(choice.control, at)
            self.column.addWidget(choice)
        self._answer = button(self.tr("&Answer"), "settlingAnswerButton", self._on_answer, self, "primary")
        self._answer.setEnabled(False)
        not_sure = button(
            self.tr("I am n&ot sure"), "settlingNotSureButton", lambda: self.answered.emit(""), self, "quiet"
        )
        row = QHBoxLayout()
        row.addWidget(self._answer)
        row.addWidget(not_sure)
        row.addStretch(1)
        self.column.addLayout(row)
        self._group.idToggled.connect(lambda: self._answer.setEnabled(self._group.checkedId() >= 0))

    def _on_answer(self) -> None:
        self.answered.emit(self._item.options[self._group.checkedId()].id)
