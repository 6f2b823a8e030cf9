"""The lessons before and after this one in one line, and the order in which they follow each other."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import button, without_mnemonics

BESIDE_TITLE = 64
"""Width of what a button holds beside its title."""

_GAP = 8


class Neighbors(QWidget):
    """Emits the target of the neighbor chosen. The switch between the two follows the roadmap, or the curriculum."""

    chosen = Signal(str)
    roadmap_followed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = ["", ""]
        self._titles = ["", ""]
        self._buttons = [self._build("topPreviousButton", 0), self._build("topNextButton", 1)]
        self._buttons[1].setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._switch = QToolButton(self)
        self._switch.setObjectName("orderSwitch")
        self._switch.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._buttons[0])
        row.addStretch(1)
        row.addWidget(self._switch)
        row.addStretch(1)
        row.addWidget(self._buttons[1])
        self._switch.clicked.connect(self.roadmap_followed)
        self._draw()

    def show_neighbors(
        self, previous: tuple[str, str] | None, following: tuple[str, str] | None, *, follows_roadmap: bool
    ) -> None:
        """Show title and target of each neighbor, None where there is none, and which order holds."""
        texts = (self.tr("Previous lesson: {title}"), self.tr("Next lesson: {title}"))
        for at, neighbor in enumerate((previous, following)):
            title, self._targets[at] = neighbor or ("", "")
            self._titles[at] = title
            self._buttons[at].setToolTip(texts[at].format(title=title))
            self._buttons[at].setAccessibleName(texts[at].format(title=title))
            self._buttons[at].setVisible(neighbor is not None)
        self._switch.setChecked(follows_roadmap)
        self._name_switch(follows_roadmap)
        self._fit()

    def go(self, at: int) -> None:
        """Choose the previous (0) or the next (1) lesson, if there is one."""
        if self._targets[at]:
            self.chosen.emit(self._targets[at])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten titles to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Accept any width that holds the switch."""
        return QSize(self._switch.sizeHint().width() + 2 * BESIDE_TITLE, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the arrows with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_switch"):
            self._draw()

    def _build(self, object_name: str, at: int) -> QPushButton:
        return button("", object_name, lambda: self.go(at), self, "quiet")

    def _name_switch(self, follows_roadmap: bool) -> None:
        told = (
            self.tr("Previous and next follow your roadmap. Press to follow the curriculum.")
            if follows_roadmap
            else self.tr("Previous and next follow the curriculum. Press to follow your roadmap.")
        )
        self._switch.setAccessibleName(told)
        self._switch.setToolTip(told)

    def _fit(self) -> None:
        room = (self.width() - self._switch.sizeHint().width() - 4 * _GAP) // 2 - BESIDE_TITLE
        for at, title in enumerate(self._titles):
            shown = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, max(0, room))
            self._buttons[at].setText(without_mnemonics(shown))

    def _draw(self) -> None:
        self._buttons[0].setIcon(icon("back"))
        self._buttons[1].setIcon(icon("forward"))
        self._switch.setIcon(icon("roadmap"))
