"""The choice to see nothing that is locked: a box to tick, which a page offers where anything is, and remembers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from dijipilot.ui.pages.page import Page

_YES = "yes"


class HideLockedBox(QCheckBox):
    """Emits chosen(). setting: key of the profile's setting that keeps the choice."""

    chosen = Signal()

    def __init__(self, page: Page, setting: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(page.tr("Hide lo&cked"), parent)
        self._page = page
        self._setting = setting
        self.setObjectName(object_name)
        self.setAccessibleName(page.tr("Hide locked"))
        profiles, profile = page.context.academy.profiles, page.context.profile_id
        self.setChecked(profiles.setting(profile, setting) == _YES)
        self.clicked.connect(self._on_clicked)

    @property
    def hides(self) -> bool:
        """Whether what is locked is not to be seen."""
        return self.isChecked()

    def show_all(self) -> None:
        """Hide nothing any more."""
        self.setChecked(False)
        self._on_clicked()

    def _on_clicked(self) -> None:
        academy, profile = self._page.context.academy, self._page.context.profile_id
        value = _YES if self.isChecked() else ""
        if not academy.is_read_only:
            self._page.attempt(lambda: academy.profiles.set_setting(profile, self._setting, value))
        self.chosen.emit()
