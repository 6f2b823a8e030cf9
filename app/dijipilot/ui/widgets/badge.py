"""A short word with an icon in a rounded box: what a thing is or needs, told by shape and word before color."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from dijipilot.ui.theme import space
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.labels import label

ICON_BY_TONE: Mapping[str, str] = {"": "", "accent": "info", "good": "done", "caution": "warning", "bad": "wrong"}
"""What stands before the words unless another icon is given."""


class Badge(QFrame):
    """tone: accent, good, caution, bad, or none. icon_name: None for the usual one of the tone, "" for none."""

    def __init__(self, text: str, tone: str = "", icon_name: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self._icon = IconLabel("", self)
        self._word = label("", "", self, wraps=False)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._space_out()
        self.show_badge(text, tone, icon_name)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._word.text()

    def show_badge(self, text: str, tone: str = "", icon_name: str | None = None) -> None:
        """Show these words in this tone from now on."""
        self._word.setText(text)
        self.setAccessibleName(text)
        self.setProperty("tone", tone)
        for widget in (self, self._icon, self._word):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._icon.show_icon(ICON_BY_TONE[tone] if icon_name is None else icon_name)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_row"):
            self._space_out()

    def _space_out(self) -> None:
        self._row.setContentsMargins(space(8), space(2), space(10), space(2))
        self._row.setSpacing(space(6))
