"""Settings: profiles, look, what we know of the business, and the data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dijipilot.domain.ids import FactId
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.profile_section import ProfileSection
from dijipilot.ui.pages.settings_page import SettingsPage
from dijipilot.ui.theme import Theme
from tests.ui.finding import find

Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> SettingsPage:
    """Return the settings of the learner."""
    shown = go("settings")
    assert isinstance(shown, SettingsPage)
    return shown


def now(window: MainWindow) -> Page:
    """Return the page that is there now: another profile has pages of its own."""
    page = window.pages.page
    assert page is not None
    return page


def pick(picker: QComboBox, data: object) -> None:
    """Choose an entry as somebody would."""
    picker.setCurrentIndex(picker.findData(data))
    picker.activated.emit(picker.currentIndex())


def chosen(page: Page, fact: str) -> list[str]:
    """Return what is on record for a fact."""
    answers = page.context.academy.profiles.facts(page.context.profile_id)
    return sorted(answers.get(FactId(fact), frozenset()))


def test_a_profile_is_renamed(page: SettingsPage, window: MainWindow) -> None:
    field = find(page, QLineEdit, "profileNameField")
    field.setText("Ada L.")

    find(page, QPushButton, "renameProfileButton").click()

    assert window.profile is not None
    assert window.profile.name == "Ada L."
    assert window.rail.profile_button.accessibleName() == "Profile: Ada L."


def test_a_new_profile_has_records_of_its_own(page: SettingsPage, window: MainWindow, go: Go) -> None:
    find(page, QLineEdit, "newProfileField").setText("Bo")
    find(page, QPushButton, "addProfileButton").click()
    assert window.profile is not None
    assert window.profile.name == "Bo"
    assert window.academy is not None
    assert window.academy.learn.progress(window.profile.id) == {}

    ada = next(profile for profile in window.academy.profiles.all() if profile.name == "Ada")
    pick(find(now(window), QComboBox, "profilePicker"), ada.id)

    assert window.profile == ada


def test_a_removed_profile_leaves_the_first_screen(page: SettingsPage, window: MainWindow) -> None:
    find(page, QPushButton, "removeProfileButton").click()

    find(page, QPushButton, "removeProfileConfirm").click()

    assert window.profile is None
    assert find(window, QLineEdit, "firstNameField").isVisible()


def test_a_profile_goes_out_and_comes_back(page: SettingsPage, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "ada.djprofile"
    section = find(page, ProfileSection)

    section._on_export_file_chosen(file)
    assert str(file) in window.notice_bar.text
    section._on_import_file_chosen(file)

    assert "Ada: 0 records were new" in window.notice_bar.text


def test_colors_and_size_change_at_once(page: SettingsPage, theme: Theme) -> None:
    pick(find(page, QComboBox, "schemePicker"), Scheme.DARK.value)
    pick(find(page, QComboBox, "textSizePicker"), 150)

    assert theme.is_dark
    assert theme.text_percent == 150


def test_a_fact_is_saved_and_can_be_taken_back(page: SettingsPage) -> None:
    picker = find(page, QComboBox, "weekly_hoursPicker")

    pick(picker, "from_6_to_10")
    assert chosen(page, "weekly_hours") == ["from_6_to_10"]
    pick(picker, "")

    assert chosen(page, "weekly_hours") == []


def test_not_decided_stands_alone(page: SettingsPage) -> None:
    find(page, QCheckBox, "sales_channels_undecidedBox").click()
    assert chosen(page, "sales_channels") == ["undecided"]
    assert not find(page, QCheckBox, "sales_channels_etsyBox").isChecked()

    find(page, QCheckBox, "sales_channels_etsyBox").click()

    assert chosen(page, "sales_channels") == ["etsy"]


def test_the_data_is_where_it_says(page: SettingsPage, window: MainWindow) -> None:
    assert window.academy is not None

    assert find(page, QLineEdit, "dataPlaceText").text() == str(window.academy.paths.database)


def test_data_is_checked_and_backed_up(page: SettingsPage, window: MainWindow) -> None:
    find(page, QPushButton, "checkDataButton").click()
    assert window.notice_bar.text == "Your data is sound."

    find(page, QPushButton, "backUpButton").click()

    assert find(page, QComboBox, "backupPicker").count() == 1


def test_a_backup_is_restored_after_asking(page: SettingsPage, window: MainWindow, qtbot: QtBot) -> None:
    assert window.academy is not None
    find(page, QPushButton, "backUpButton").click()
    window.academy.profiles.choose("Bo")
    assert window.profile is not None
    assert window.profile.name == "Bo"
    later = now(window)

    find(later, QPushButton, "restoreButton").click()
    find(later, QPushButton, "restoreConfirm").click()

    assert [profile.name for profile in window.academy.profiles.all()] == ["Ada"]
    assert window.profile.name == "Ada"


def test_erasing_needs_the_word_and_begins_anew(page: SettingsPage, window: MainWindow, qtbot: QtBot) -> None:
    erase, word = find(page, QPushButton, "eraseButton"), find(page, QLineEdit, "eraseWordField")
    word.setText("erase")
    assert not erase.isEnabled()

    word.setText("ERASE")
    erase.click()

    qtbot.waitUntil(lambda: bool(window.findChildren(QLineEdit, "firstNameField")))
    assert window.academy is not None
    assert window.academy.profiles.all() == ()
