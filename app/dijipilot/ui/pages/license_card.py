"""One license of this computer: what it is, where it is kept, and what can be done with it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.services.held_licenses import HeldLicense
from dijipilot.ui.license_words import opens_words, state_words, what_it_is, where_it_is
from dijipilot.ui.message_text import text_of
from dijipilot.ui.widgets.badge import Badge
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.inline_confirm import InlineConfirm
from dijipilot.ui.widgets.labels import label

_BETWEEN = "  ·  "


class LicenseCard(Card):
    """Emits export_wanted(id of the license), removal_confirmed(id), and asked(widget) for a question to be seen.

    number: its place in the list, from 1.
    """

    export_wanted = Signal(str)
    removal_confirmed = Signal(str)
    asked = Signal(QWidget)

    def __init__(self, held: HeldLicense, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        license_, edition = held.license, held.license.edition
        words, tone = state_words(held)
        head = QHBoxLayout()
        head.addWidget(label(edition, "strong", self), 1)
        head.addWidget(Badge(words, tone, None, self), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(label(_BETWEEN.join((*opens_words(held), *what_it_is(held))), "", self))
        self.column.addWidget(label(_BETWEEN.join((*where_it_is(held), license_.id)), "muted", self))
        if held.told is not None:
            told = Card(self, "caution", padding=14)
            told.column.addWidget(label(text_of(held.told), "", told))
            self.column.addWidget(told)
        self._confirm = self._build_confirm(edition, held.for_all, number)
        self._confirm.confirmed.connect(partial(self.removal_confirmed.emit, license_.id))
        self._remove = button(
            self.tr("Re&move…"),
            f"removeLicense{number}Button",
            self._on_remove,
            self,
            "quiet",
            self.tr("Remove {edition}, {license}").format(edition=edition, license=license_.id),
        )
        self._confirm.declined.connect(self._remove.setFocus)
        export = button(
            self.tr("&Save a copy for another computer…"),
            f"exportLicense{number}Button",
            partial(self.export_wanted.emit, license_.id),
            self,
            "quiet",
            self.tr("Save a copy of {edition}, {license}").format(edition=edition, license=license_.id),
        )
        row = FlowLayout()
        row.addWidget(export)
        row.addWidget(self._remove)
        self.column.addLayout(row)
        self.column.addWidget(self._confirm)

    def _on_remove(self) -> None:
        self._confirm.ask()
        self.asked.emit(self._confirm)

    def _build_confirm(self, edition: str, is_for_all: bool, number: int) -> InlineConfirm:
        question = self.tr("Remove “{edition}” from this computer?")
        if is_for_all:
            question = self.tr("Remove “{edition}” from this computer, for all its users?")
        return InlineConfirm(
            question.format(edition=edition),
            self.tr(
                "What it opened is locked again. Your progress, notes and answers stay. To open it once more you need "
                "the code or a copy of the license."
            ),
            self.tr("Remove it"),
            self.tr("Keep it"),
            f"removeLicense{number}",
            self,
        )
