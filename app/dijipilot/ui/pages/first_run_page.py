"""The very first screen: a name, then the assessment or a look around."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dijipilot.ui.icons import grown
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.centered import centered
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import Heading, label
from dijipilot.ui.widgets.notice_bar import announce

WIDTH, MARGIN = 560, 24
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
        self._name.textChanged.connect(lambda: self._missing.hide())

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
        self._missing = label(
            self.tr("Please type a name first; any name will do. It keeps your answers apart from those of others."),
            "bad",
            self,
        )
        self._missing.setObjectName("nameMissing")
        self._missing.hide()
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
        self._area = QScrollArea(self)
        self._area.setObjectName("firstRunScrollArea")
        self._area.setAccessibleName(self.tr("Page"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(self._area)
        body.setProperty("role", "column")
        self._card = Card(body, gap=12, padding=36)
        buttons = QWidget(self._card)
        # Side by side where there is room, else one below the other.
        line = FlowLayout(buttons)
        line.addWidget(self._start)
        line.addWidget(self._look)
        self._card.column.addWidget(self._heading)
        self._card.column.addWidget(self._lead)
        self._card.column.addSpacing(10)
        self._card.column.addWidget(self._name_label)
        self._card.column.addWidget(self._name)
        self._card.column.addWidget(self._missing)
        self._card.column.addSpacing(10)
        self._card.column.addWidget(buttons)
        self._card.column.addSpacing(6)
        self._card.column.addWidget(self._promise)
        column = QVBoxLayout(body)
        column.addStretch(2)
        column.addLayout(centered(self._card))
        column.addStretch(3)
        self._area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the card the width that its text asks for, or what there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_card"):
            self._fit()

    def _fit(self) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width()
        self._card.setFixedWidth(min(grown(WIDTH), self.width() - bar - 2 * MARGIN))

    def _on_start(self) -> None:
        self._give_name("assessment:begin")

    def _on_look_around(self) -> None:
        self._give_name("home")

    def _give_name(self, target: str) -> None:
        """Go on with the name, or say that it is missing and where to type it."""
        name = self._name.text().strip()
        self._missing.setVisible(not name)
        if name:
            self.name_given.emit(name, target)
        else:
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self._missing.text())
