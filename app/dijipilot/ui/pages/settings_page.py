"""Settings and data: profile, look, what we know of the business, licenses, and the learner's data."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from dijipilot.services.events import FactsChanged, LicensesChanged, ProfileChanged
from dijipilot.ui.pages.data_section import DataSection
from dijipilot.ui.pages.license_section import LicenseSection
from dijipilot.ui.pages.look_section import LookSection
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.pages.profile_section import ProfileSection
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.pages.shop_section import ShopSection

WIDTH = 780


class SettingsPage(ScrollPage):
    """Its place is the name of a section: profile, look, business, licenses or data."""

    refreshes_on: ClassVar[tuple[type, ...]] = (FactsChanged, LicensesChanged, ProfileChanged)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, WIDTH)
        self.heading.show_text(self.tr("Settings and data"))
        data = DataSection(context, self)
        data.data_erased.connect(lambda: self.reopening_requested.emit(""))
        licenses = LicenseSection(context, self)
        licenses.page_requested.connect(self.page_requested)
        self._section_by_name: dict[str, SettingsSection] = {
            "profile": ProfileSection(context, self),
            "look": LookSection(context, self),
            "business": ShopSection(context, self),
            "licenses": licenses,
            "data": data,
        }
        for section in self._section_by_name.values():
            self.column.addWidget(section)
            section.notice_raised.connect(self.notice_raised)

    def restore(self, place: str) -> None:
        """Scroll to a section. Backups are also made elsewhere, so everything is looked up anew."""
        self.mark_stale()
        section = self._section_by_name.get(place)
        if section is not None:
            self.scroll_area.ensureWidgetVisible(section)

    def refresh(self) -> None:
        """Show what is true now in every section."""
        for section in self._section_by_name.values():
            section.refresh()
