"""An icon as a label: as large as the text beside it, in the color that the style sheet gives its place."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from dijipilot.ui.icons import pixmap


class IconLabel(QLabel):
    """Shows an icon of resources/icons; its meaning stands in words beside it, so it is silent for screen readers."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw()

    @property
    def name(self) -> str:
        """The icon shown, "" for none."""
        return self._name

    def show_icon(self, name: str) -> None:
        """Show another icon, "" for none."""
        self._name = name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow colors and text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_name"):
            self._draw()

    def _draw(self) -> None:
        self.setVisible(bool(self._name))
        if self._name:
            color = self.palette().color(self.foregroundRole()).name()
            self.setPixmap(pixmap(self._name, color, self.fontMetrics().height(), self.devicePixelRatioF()))
