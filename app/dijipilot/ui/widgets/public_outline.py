"""What can be said of a lesson whose text cannot be read: why, how long it takes and what it builds on."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow


class PublicOutline(Card):
    """Emits the target of a prerequisite that was chosen. prerequisites: title and target of each."""

    chosen = Signal(str)

    def __init__(
        self,
        heading: str,
        sentence: str,
        minutes: int,
        prerequisites: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, "sunken")
        self.column.addWidget(label(heading, "subtitle", self))
        self.column.addWidget(label(sentence, "", self))
        self.column.addWidget(label(self.tr("It takes about {n} minutes.").format(n=minutes), "muted", self))
        if prerequisites:
            self.column.addSpacing(6)
            self.column.addWidget(label(self.tr("It builds on"), "strong", self))
        for number, (title, target) in enumerate(prerequisites, start=1):
            self.column.addWidget(
                LinkRow(
                    title,
                    f"prerequisite{number}Button",
                    partial(self.chosen.emit, target),
                    self,
                    icon_name="forward",
                )
            )
