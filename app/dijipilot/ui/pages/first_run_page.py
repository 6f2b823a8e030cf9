"""The very first screen: a name, then the assessment or a look around."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.centered import centered
from dijipilot.ui.widgets.labels import Heading, label

WIDTH = 560
LONGEST_NAME = 60


class FirstRunPage(QWidget):
    """Emits the name and the target to go to."""

    name_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstRunPage")
        self.setProperty("role", "page")
        self._build()
        self._lay_out()
        self._name.returnPressed.connect(self._on_start)
        self._name.textChanged.connect(self._on_name_changed)
        self._on_name_changed("")

    def bring_up(self) -> None:
        """Take the focus where typing begins."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._heading = Heading(self.tr("Where does your shop stand?"), self)
        self._lead = label(
            self.tr(
                "Five minutes of plain questions show which e-commerce skills you have, which lessons you are "
                "missing, and in which order to take them."
            ),
            "lead",
            self,
        )
        self._name = QLineEdit(self)
        self._name.setObjectName("firstNameField")
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setPlaceholderText(self.tr("For example: Ada"))
        self._name_label = QLabel(self.tr("&What shall we call you?"), self)
        self._name_label.setBuddy(self._name)
        self._name.setAccessibleName(self.tr("What shall we call you?"))
        self._start = button(
            self.tr("&Start the 5-minute assessment"), "startAssessmentButton", self._on_start, self, "large"
        )
        self._look = button(self.tr("&Look around first"), "lookAroundButton", self._on_look_around, self)
        self._promise = label(
            self.tr(
                "Everything stays on this computer: this program makes no network connection. You can pause, go back "
                "and close the window at any time; nothing is lost."
            ),
            "small",
            self,
        )

    def _lay_out(self) -> None:
        card = Card(self, gap=12, padding=36)
        card.setFixedWidth(WIDTH)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._start)
        buttons.addWidget(self._look)
        buttons.addStretch(1)
        card.column.addWidget(self._heading)
        card.column.addWidget(self._lead)
        card.column.addSpacing(10)
        card.column.addWidget(self._name_label)
        card.column.addWidget(self._name)
        card.column.addSpacing(10)
        card.column.addLayout(buttons)
        card.column.addSpacing(6)
        card.column.addWidget(self._promise)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(centered(card))
        column.addStretch(3)

    def _on_name_changed(self, text: str) -> None:
        for each in (self._start, self._look):
            each.setEnabled(bool(text.strip()))

    def _on_start(self) -> None:
        if self._name.text().strip():
            self.name_given.emit(self._name.text().strip(), "assessment:begin")

    def _on_look_around(self) -> None:
        self.name_given.emit(self._name.text().strip(), "home")
