"""Settings: whose records these are; rename, switch, add, carry to another computer, remove."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from dijipilot.domain.ids import ProfileId
from dijipilot.services.profiles import ImportOutcome
from dijipilot.ui.file_dialogs import ask_for_file
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.inline_confirm import InlineConfirm

LONGEST_NAME = 60


class ProfileSection(SettingsSection):
    """The window follows by itself: services announce which profile is in use."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Profile"), context, parent)
        self._profiles = context.academy.profiles
        self._build()
        self._lay_out()
        self.refresh()
        self._others.activated.connect(self._on_other_chosen)
        self._confirm.confirmed.connect(self._on_remove_confirmed)

    def refresh(self) -> None:
        """Show all profiles."""
        self._name.setText(self.context.profile.name)
        self._others.clear()
        for profile in self._profiles.all():
            self._others.addItem(profile.name, profile.id)
        self._others.setCurrentIndex(self._others.findData(self.context.profile_id))

    def _build(self) -> None:
        self._name = self._name_field("profileNameField")
        self._rename = button(self.tr("&Rename"), "renameProfileButton", self._on_rename, self)
        self._others = QComboBox(self)
        self._others.setObjectName("profilePicker")
        self._new = self._name_field("newProfileField")
        self._add = button(self.tr("A&dd and switch to it"), "addProfileButton", self._on_add, self)
        self._export = button(self.tr("&Export this profile…"), "exportProfileButton", self._on_export, self)
        self._import = button(self.tr("&Import a profile…"), "importProfileButton", self._on_import, self)
        self._remove = button(self.tr("Re&move this profile…"), "removeProfileButton", self._on_remove, self, "danger")
        self._confirm = InlineConfirm(
            self.tr("Remove this profile from the list?"),
            self.tr(
                "Its records stay in the data; importing a file of it brings it back. Export it first to have one."
            ),
            self.tr("Remove it"),
            self.tr("Keep it"),
            "removeProfile",
            self,
        )

    def _name_field(self, object_name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(object_name)
        field.setMaxLength(LONGEST_NAME)
        return field

    def _lay_out(self) -> None:
        self.label_for(self.tr("&Name"), self._name)
        self._beside(self._name, self._rename)
        self.label_for(self.tr("S&witch to"), self._others)
        self.label_for(self.tr("New &profile"), self._new)
        self._beside(self._new, self._add)
        row = FlowLayout()
        for each in (self._export, self._import, self._remove):
            row.addWidget(each)
        self.column.addSpacing(6)
        self.column.addLayout(row)
        self.column.addWidget(self._confirm)

    def _beside(self, field: QLineEdit, beside: QPushButton) -> None:
        """Put a button beside the field that was added last."""
        self.column.removeWidget(field)
        row = FlowLayout()
        row.addWidget(field)
        row.addWidget(beside)
        self.column.addLayout(row)
        field.returnPressed.connect(beside.click)

    def _on_rename(self) -> None:
        self.attempt(lambda: self._profiles.rename(self.context.profile_id, self._name.text()))

    def _on_add(self) -> None:
        self.attempt(lambda: self._profiles.choose(self._new.text()))

    def _on_other_chosen(self) -> None:
        self.attempt(lambda: self._profiles.choose(self._others.currentText()))

    def _on_remove(self) -> None:
        self._confirm.ask()

    def _on_remove_confirmed(self) -> None:
        self.attempt(lambda: self._profiles.remove(self.context.profile_id))

    def _on_export(self) -> None:
        ask_for_file(
            self,
            self.tr("Export this profile"),
            self.tr("Profiles"),
            ".djprofile",
            self._on_export_file_chosen,
            proposal=f"{self.context.profile.name}.djprofile",
            is_new=True,
        )

    def _on_import(self) -> None:
        ask_for_file(self, self.tr("Import a profile"), self.tr("Profiles"), ".djprofile", self._on_import_file_chosen)

    def _on_export_file_chosen(self, file: Path) -> None:
        profile: ProfileId = self.context.profile_id
        told = self.tr("The profile was exported to {file}.").format(file=file)
        self.context.tasks.run_task(
            lambda: self._profiles.export(profile, file),
            self,
            lambda _: self.notice_raised.emit(told, "good"),
            self.fail,
        )

    def _on_import_file_chosen(self, file: Path) -> None:
        self.context.tasks.run_task(lambda: self._profiles.import_(file), self, self._on_imported, self.fail)

    def _on_imported(self, outcome: ImportOutcome) -> None:
        told = self.tr("{name}: {count} records were new.").format(name=outcome.profile.name, count=outcome.added)
        self.notice_raised.emit(told, "good")
        self.refresh()
