"""The lessons before and after this one, with their titles."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import button, without_mnemonics

BESIDE_TITLE = 64
"""Width of what a button holds beside its title."""


class Neighbors(QWidget):
    """Emits the target of the neighbor chosen."""

    chosen = Signal(str)

    def __init__(self, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = ["", ""]
        self._titles = ["", ""]
        self._buttons = [self._build(f"{where}PreviousButton", 0), self._build(f"{where}NextButton", 1)]
        self._buttons[1].setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._buttons[0])
        row.addStretch(1)
        row.addWidget(self._buttons[1])
        self._draw()

    def show_neighbors(self, previous: tuple[str, str] | None, following: tuple[str, str] | None) -> None:
        """Show title and target of each neighbor; None where there is none."""
        texts = (self.tr("Previous lesson: {title}"), self.tr("Next lesson: {title}"))
        for at, neighbor in enumerate((previous, following)):
            title, self._targets[at] = neighbor or ("", "")
            self._titles[at] = title
            self._buttons[at].setToolTip(title)
            self._buttons[at].setAccessibleName(texts[at].format(title=title))
            self._buttons[at].setVisible(neighbor is not None)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten titles to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(0, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the arrows with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._draw()

    def _build(self, object_name: str, at: int) -> QPushButton:
        return button("", object_name, lambda: self.chosen.emit(self._targets[at]), self, "quiet")

    def _fit(self) -> None:
        room = self.width() // 2 - BESIDE_TITLE
        for at, title in enumerate(self._titles):
            shown = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
            self._buttons[at].setText(without_mnemonics(shown))

    def _draw(self) -> None:
        self._buttons[0].setIcon(icon("back"))
        self._buttons[1].setIcon(icon("forward"))
