"""A locked lesson or mission is opened where it is shown: the dialog has the same box, and the page stays behind it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow
from tests.licenses import make_bearer_file, make_card, make_license, write
from tests.ui.conftest import OpenWindow
from tests.ui.finding import focused
from tests.ui.small_shop import BUYER, COSTS, SmallShop, field_of, is_seen, press, settle, submit, visible, words

CARD = make_card(1).printed
OUTCOME = "licenseOutcome"

# Said of a dialog that grows, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def paths(tmp_path: Path) -> UserPaths:
    """Return a home without any license."""
    return UserPaths(tmp_path / "small")


@pytest.fixture
def window(paths: UserPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: OpenWindow) -> MainWindow:
    """Return a window on a locked lesson that a card opens."""
    shop = SmallShop(paths, tmp_path, monkeypatch)
    shop.ship()
    shop.enroll()
    opened = open_window()
    opened.go_to(f"lesson:{BUYER}")
    settle()
    return opened


def dialog_of(window: MainWindow) -> QDialog:
    """Return the dialog, which leaves the rest of the program at work."""
    dialog = visible(window, "licenseDialog")
    assert isinstance(dialog, QDialog)
    assert dialog.isModal()
    return dialog


def test_the_lesson_opens_in_place_and_one_key_leads_to_it(window: MainWindow) -> None:
    press(window, "openWithLicenseButton")
    assert focused() is field_of(dialog_of(window))

    submit(dialog_of(window), CARD)

    assert window.pages.target() == f"lesson:{BUYER}"
    assert is_seen(window, "finishLessonButton")
    assert not is_seen(window, "openWithLicenseButton")
    assert focused() is visible(window, "openedLessonButton")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle()
    assert not is_seen(window, "licenseDialog")
    page = window.pages.page
    assert page is not None
    assert focused() is page.heading


def test_a_mission_opens_in_place_too(window: MainWindow) -> None:
    window.go_to("mission:1.1.1")
    settle()
    assert not is_seen(window, "continueMissionButton")

    press(window, "openWithLicenseButton")
    submit(dialog_of(window), CARD)

    assert is_seen(window, "continueMissionButton")
    assert not is_seen(window, "openWithLicenseButton")
    press(window, "openedLessonButton")
    assert window.pages.target() == f"lesson:{BUYER}"


def test_a_license_for_something_else_leaves_the_lesson_locked_and_leads_to_its_first(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go_to(f"lesson:{COSTS}")
    settle()
    press(window, "openWithLicenseButton")

    submit(dialog_of(window), CARD)

    assert is_seen(window, "openWithLicenseButton")
    assert words(window, OUTCOME).startswith("Academy Pro unlocked")
    press(window, "openedLessonButton")
    assert not is_seen(window, "licenseDialog")
    assert window.pages.target() == f"lesson:{BUYER}"


def test_escape_closes_it_and_the_focus_comes_back(window: MainWindow) -> None:
    press(window, "openWithLicenseButton")

    QTest.keyClick(field_of(dialog_of(window)), Qt.Key.Key_Escape)
    settle()

    assert not is_seen(window, "licenseDialog")
    assert window.isAncestorOf(focused())


def test_a_slip_is_mended_in_the_dialog(window: MainWindow) -> None:
    press(window, "openWithLicenseButton")
    submit(dialog_of(window), CARD.replace(CARD[8], "7" if CARD[8] != "7" else "8", 1))

    press(window, "useSuggestionButton")

    assert words(window, OUTCOME).startswith("Academy Pro unlocked")


def test_a_file_is_taken_there_as_well(window: MainWindow, tmp_path: Path) -> None:
    room = make_license("L-2026-000200", "pro-2026 pro-2027", holder="North Shore College")
    press(window, "openWithLicenseButton")

    field_of(dialog_of(window)).file_given.emit(write(make_bearer_file(room), tmp_path / "room4.djlicense"))
    settle()

    assert is_seen(window, "finishLessonButton")


def test_the_dialog_is_gone_once_it_is_closed(window: MainWindow) -> None:
    press(window, "openWithLicenseButton")
    dialog_of(window).close()
    settle()

    assert not [each for each in QApplication.topLevelWidgets() if each.objectName() == "licenseDialog"]
