"""Settings: where the data is, whether it is sound, backups, restoring one, erasing everything."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from dijipilot.services.backup import ERASE_WORD, Backup, CheckReport
from dijipilot.ui.dates import moment_text
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.inline_confirm import InlineConfirm
from dijipilot.ui.widgets.labels import label, separator


class DataSection(SettingsSection):
    """After erasing, the window has to open the academy anew: data_erased."""

    data_erased = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Data"), context, parent)
        self._safekeeping = context.academy.safekeeping
        self._build()
        self._lay_out()
        self._confirm.confirmed.connect(self._on_restore_confirmed)
        self._word.textChanged.connect(lambda text: self._erase.setEnabled(text.strip() == ERASE_WORD))
        self.refresh()

    def refresh(self) -> None:
        """Show where the data is and what backups there are."""
        place = self._safekeeping.where()
        size = QLocale().formattedDataSize(place.size)
        self._place.setText(str(place.database))
        self._place.setCursorPosition(0)
        self._backups.clear()
        for backup in reversed(place.backups):
            words = f"{moment_text(backup.at)}  ({QLocale().formattedDataSize(backup.size)})"
            self._backups.addItem(words, backup.path)
        none_yet = self.tr("{size}. No backup yet; one is made by itself while you work.")
        last = self.tr("{size}. Last backup: {moment}")
        at = moment_text(place.backups[-1].at) if place.backups else ""
        self._last.setText((last if place.backups else none_yet).format(size=size, moment=at))
        for widget in (self._backups, self._restore):
            widget.setEnabled(bool(place.backups))

    def _build(self) -> None:
        self._promise = label(
            self.tr("This program makes no network connection. Your data is here and only here:"), "", self
        )
        # A field, since a path has no spaces to wrap at: in a label, a long one would be cut off.
        self._place = QLineEdit(self)
        self._place.setObjectName("dataPlaceText")
        self._place.setAccessibleName(self.tr("Where your data is"))
        self._place.setReadOnly(True)
        self._last = label("", "muted", self)
        self._back_up = button(self.tr("&Back up now"), "backUpButton", self._on_back_up, self)
        self._check = button(self.tr("Chec&k now"), "checkDataButton", self._on_check, self)
        self._backups = QComboBox(self)
        self._backups.setObjectName("backupPicker")
        self._restore = button(self.tr("Res&tore…"), "restoreButton", self._on_restore, self)
        self._confirm = InlineConfirm(
            self.tr("Go back to this backup?"),
            self.tr("What you did since then is set aside: the present state is backed up first, so you can return."),
            self.tr("Restore it"),
            self.tr("Leave all as it is"),
            "restore",
            self,
        )
        self._word = QLineEdit(self)
        self._word.setObjectName("eraseWordField")
        self._erase = button(self.tr("Erase e&verything"), "eraseButton", self._on_erase, self, "danger")
        self._erase.setEnabled(False)

    def _lay_out(self) -> None:
        for widget in (self._promise, self._place, self._last):
            self.column.addWidget(widget)
        self.column.addLayout(_row(self._back_up, self._check))
        self.column.addSpacing(4)
        self.label_for(self.tr("Bac&kups, the latest first"), self._backups)
        self.column.addLayout(_row(self._restore))
        self.column.addWidget(self._confirm)
        self.column.addSpacing(4)
        self.column.addWidget(separator(self))
        words = self.tr("Erase all profiles, records and backups for good: type {word}")
        self.label_for(words.format(word=ERASE_WORD), self._word)
        self.column.addLayout(_row(self._erase))

    def _on_back_up(self) -> None:
        self.context.tasks.run_task(self._safekeeping.backup, self, self._on_backed_up, self.fail)

    def _on_backed_up(self, backup: Backup) -> None:
        self.notice_raised.emit(self.tr("A backup was made and checked: {file}").format(file=backup.path), "good")
        self.refresh()

    def _on_check(self) -> None:
        self.context.tasks.run_task(self._safekeeping.check, self, self._on_checked, self.fail)

    def _on_checked(self, report: CheckReport) -> None:
        if report.is_sound:
            self.notice_raised.emit(self.tr("Your data is sound."), "good")
            return
        told = self.tr("Problems were found: {problems} Restore a backup, or start the app again.")
        self.notice_raised.emit(told.format(problems=" ".join(report.problems)), "bad")

    def _on_restore(self) -> None:
        self._confirm.ask()

    def _on_restore_confirmed(self) -> None:
        chosen = self._backups.currentData()
        self.context.tasks.run_task(lambda: self._safekeeping.restore(chosen), self, self._on_restored, self.fail)

    def _on_restored(self, _: Backup) -> None:
        self.notice_raised.emit(self.tr("The backup was restored. The state before it is among the backups."), "good")

    def _on_erase(self) -> None:
        if self.attempt(lambda: self._safekeeping.erase(self._word.text().strip())):
            self.data_erased.emit()


def _row(*widgets: QWidget) -> FlowLayout:
    row = FlowLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
