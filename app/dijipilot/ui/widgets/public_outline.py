"""What can be said of a text that cannot be read: why, what it would give and take, what it builds on."""

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.ui.widgets.bullet import bullet
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow

_BEFORE_PART = 8


class OutlineLink(Struct, frozen=True):
    """A lesson that leads on. words: how the learner stands there, "" where nothing is known; icon: the same, drawn."""

    title: str
    target: str
    words: str
    icon: str


class PublicOutline(Card):
    """Emits chosen(target) for a lesson it builds on, and license_wanted() where a license opens it."""

    chosen = Signal(str)
    license_wanted = Signal()

    def __init__(self, heading: str, icon: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, "sunken")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(icon, self))
        head.addWidget(label(heading, "subtitle", self), 1)
        self.column.addLayout(head)
        self._sentence = label(sentence, "", self)
        self._sentence.setObjectName("outlineReason")
        self.column.addWidget(self._sentence)

    def offer_license(self, words: str) -> None:
        """Say what opens it, and offer to open it."""
        if words:
            self.column.addWidget(label(words, "strong", self))
        opener = button(self.tr("Open with a &license…"), "openWithLicenseButton", self.license_wanted.emit, self)
        self.column.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)

    def add_part(self, heading: str, lines: Iterable[str | QWidget] = ()) -> None:
        """Add a heading and what stands below it, a point or a line of its own each."""
        self.column.addSpacing(_BEFORE_PART)
        self.column.addWidget(label(heading, "strong", self))
        for line in lines:
            self.column.addWidget(bullet(line, "", self) if isinstance(line, str) else line)

    def add_line(self, text: str) -> None:
        """Add a sentence."""
        self.column.addWidget(label(text, "muted", self))

    def add_links(self, heading: str, links: Sequence[OutlineLink]) -> None:
        """Add lessons that lead on."""
        if links:
            self.add_part(heading)
        for number, link in enumerate(links, start=1):
            go = partial(self.chosen.emit, link.target)
            name = f"prerequisite{number}Button"
            self.column.addWidget(
                LinkRow(link.title, name, go, self, detail=link.words, icon_name=link.icon, icon_words=link.words)
            )
