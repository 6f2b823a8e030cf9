"""The lessons of one mission as a short list, each with its state."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow


class OutlineRow(Struct, frozen=True):
    """One lesson. icon and state: how far it is, as a picture and in words."""

    target: str
    title: str
    icon: str
    state: str
    is_current: bool = False


class LessonOutline(Card):
    """Emits the target of the lesson chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=2, padding=12)

    def show_rows(self, heading: str, rows: Sequence[OutlineRow]) -> None:
        """Show these lessons in order."""
        clear(self.column)
        title = label(heading, "eyebrow", self)
        title.setContentsMargins(8, 4, 0, 4)
        self.column.addWidget(title)
        for number, row in enumerate(rows, start=1):
            link = LinkRow(
                row.title,
                f"outline{number}Button",
                partial(self.chosen.emit, row.target),
                self,
                icon_name=row.icon,
                icon_words=row.state,
                is_strong=row.is_current,
            )
            link.setProperty("current", row.is_current)
            self.column.addWidget(link)
