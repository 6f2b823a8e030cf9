"""Settings: how many licenses there are, and the way to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.labels import label


class LicenseSection(SettingsSection):
    """Emits page_requested(target)."""

    page_requested = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Licenses"), context, parent)
        self._count = label("", "", self)
        self._open = button(
            self.tr("See and activate &licenses…"),
            "openLicensesButton",
            lambda: self.page_requested.emit("licenses"),
            self,
        )
        self.column.addWidget(self._count)
        self.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show what is on this computer."""
        editions = [held.license.edition for held in self.context.academy.licenses.held()]
        none_yet = self.tr("There is no license on this computer. The lessons that are free need none.")
        self._count.setText(", ".join(editions) or none_yet)
