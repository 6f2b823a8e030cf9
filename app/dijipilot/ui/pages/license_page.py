"""Licenses: activate one, and see, copy or remove those of this computer."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.ids import LicenseId
from dijipilot.services.events import LicensesChanged
from dijipilot.ui.file_dialogs import ask_for_file
from dijipilot.ui.license_drops import ENDING
from dijipilot.ui.message_text import text_of
from dijipilot.ui.pages.activating import Activating
from dijipilot.ui.pages.license_card import LicenseCard
from dijipilot.ui.pages.page import Crumb, PageContext, ScrollPage
from dijipilot.ui.scrolling import bring_into_view
from dijipilot.ui.widgets.activation_box import ActivationBox
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label

WIDTH = 780


class LicensePage(ScrollPage):
    """What is typed in it is no place to come back to: its place is always ""."""

    refreshes_on: ClassVar[tuple[type, ...]] = (LicensesChanged,)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, WIDTH)
        self._licenses = context.academy.licenses
        self.heading.show_text(self.tr("Licenses"))
        self._box = ActivationBox(self)
        self._activating = Activating(context, self._box)
        self._count = label("", "subtitle", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._lay_out()
        self._box.page_requested.connect(self.page_requested)
        self._box.told.connect(self._show_told)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Settings, licenses."""
        return Crumb(self.tr("Settings and data"), "settings"), Crumb(self.title)

    def first_focus(self) -> QWidget:
        """Begin where a code is typed."""
        return self._box.field

    def secret_areas(self) -> tuple[QWidget, ...]:
        """Return where a code stands that was typed and is not activated."""
        return (self._box,) if self._box.text else ()

    def can_be_dropped(self) -> bool:
        """Keep it: a file may be ready that waits for its code."""
        return False

    def activate_file(self, file: Path) -> None:
        """Activate a license file that was dropped on the window or opened with the program."""
        self._activating.activate_file(file)

    def refresh(self) -> None:
        """Show the licenses of this computer."""
        held = self._licenses.held()
        self._count.setText(self.tr("On this computer ({count})").format(count=len(held)))
        clear(self._list)
        for number, each in enumerate(held, start=1):
            card = LicenseCard(each, number, self.content)
            card.export_wanted.connect(self._on_export_wanted)
            card.removal_confirmed.connect(self._on_removal_confirmed)
            card.asked.connect(self._show_told)
            self._list.addWidget(card)
        for unusable in self._licenses.unusable():
            told = Card(self.content, "caution")
            told.column.addWidget(label(unusable.path.name, "strong", told))
            told.column.addWidget(label(text_of(unusable.why), "", told))
            self._list.addWidget(told)
        if not held:
            none_yet = self.tr("None yet. The lessons that are free need none.")
            self._list.addWidget(label(none_yet, "muted", self.content))

    def _lay_out(self) -> None:
        lead = self.tr("A license opens more lessons, on this computer and without internet.")
        self.column.addWidget(label(lead, "lead", self.content))
        self.column.addWidget(self._box)
        self.column.addSpacing(10)
        self.column.addWidget(self._count)
        self.column.addLayout(self._list)

    def _show_told(self, what: QWidget) -> None:
        bring_into_view(self.scroll_area, what)

    def _on_export_wanted(self, license_id: str) -> None:
        ask_for_file(
            self,
            self.tr("Save a copy for another computer"),
            self.tr("Licenses"),
            ENDING,
            lambda file: self._export(LicenseId(license_id), file),
            proposal=f"{license_id}{ENDING}",
            is_new=True,
        )

    def _export(self, license_id: LicenseId, file: Path) -> None:
        if self.attempt(lambda: self._licenses.export(license_id, file)):
            told = self.tr("Saved as {file}. On the other computer, drop it on the window or choose it here.")
            self.notice_raised.emit(told.format(file=file), "good")

    def _on_removal_confirmed(self, license_id: str) -> None:
        if self.attempt(lambda: self._licenses.remove(LicenseId(license_id))):
            self.notice_raised.emit(self.tr("The license was removed. Your progress is as it was."), "good")
            # What is open stays open until the pack is opened anew.
            self.reopening_requested.emit("licenses")
