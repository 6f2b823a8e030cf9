"""Pictures of what is locked and how it is opened, over the records of the simulated learner without a license."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dijipilot.domain.license import LicenseType
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.widgets.code_field import CodeField
from tests.checkout_licenses import development_code, make_bearer_file, make_card_file, make_license, mistyped
from tests.licenses import make_card, write

NAMES = (
    "locked_lesson",
    "locked_mission",
    "locked_library",
    "locked_home",
    "locked_gaps",
    "license_empty",
    "license_suggestion",
    "license_unknown",
    "license_file_ready",
    "license_opened",
    "license_list",
    "license_removing",
    "license_dialog",
    "license_dialog_suggestion",
    "license_dialog_opened",
)
LESSON, MISSION = "lesson:pod.product-choice", "mission:2.5.2"
SLIP_AT = 8

Settle = Callable[[], None]
Pictures = Iterator[tuple[str, MainWindow]]


def take_locked(window: MainWindow, settle: Settle, folder: Path) -> Pictures:
    """Yield what is locked. settle: lets the window lay itself out; folder: for license files."""
    places = {"lesson": LESSON, "mission": MISSION, "library": "library:2.5.2", "home": "home", "gaps": "gaps"}
    for name, target in places.items():
        window.go_to(target)
        settle()
        yield f"locked_{name}", window
    yield from take_dialog(window, settle)
    yield from take_page(window, settle, folder)


def take_dialog(window: MainWindow, settle: Settle) -> Pictures:
    """Yield the dialog over a locked lesson, from the empty field to the lesson that is open; then lock it again."""
    window.go_to(LESSON)
    settle()
    _press("openWithLicenseButton")
    settle()
    yield "license_dialog", window
    _give(mistyped(development_code().printed, SLIP_AT))
    settle()
    yield "license_dialog_suggestion", window
    _press("useSuggestionButton")
    settle()
    yield "license_dialog_opened", window
    _press("openedLessonButton")
    window.go_to("licenses")
    settle()
    _press("removeLicense1Button")
    _press("removeLicense1Confirm")
    settle()


def take_page(window: MainWindow, settle: Settle, folder: Path) -> Pictures:
    """Yield the license page, from the first look to two licenses."""
    window.notice_bar.hide()
    window.go_to("licenses")
    settle()
    yield "license_empty", window
    _give(mistyped(development_code().printed, SLIP_AT))
    settle()
    yield "license_suggestion", window
    _give(make_card(99).printed)
    settle()
    yield "license_unknown", window
    room = make_license(holder="North Shore College", seats=40, content_through=date(2027, 12, 31))
    window.workspace.activate_file(write(make_card_file(7, room), folder / "room4.djlicense"))
    settle()
    yield "license_file_ready", window
    _give(make_card(7).printed)
    settle()
    yield "license_opened", window
    trial = make_license(
        "T-2026-000200",
        type=LicenseType.TRIAL,
        edition="Academy Launch",
        content_through=None,
        not_after=date(2027, 1, 31),
    )
    window.workspace.activate_file(write(make_bearer_file(trial), folder / "trial.djlicense"))
    settle()
    _press("activateAnotherButton")
    settle()
    yield "license_list", window
    _press("removeLicense1Button")
    settle()
    yield "license_removing", window


def _visible(name: str) -> QWidget:
    found = (each for each in QApplication.allWidgets() if each.objectName() == name and each.isVisible())
    return next(found)


def _press(name: str) -> None:
    button = _visible(name)
    assert isinstance(button, QAbstractButton)
    button.click()


def _give(text: str) -> None:
    field = _visible("licenseField")
    assert isinstance(field, CodeField)
    field.show_text(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
