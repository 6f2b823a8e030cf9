"""The license page: one box for a code, a mail or a file; what came of it in words; and what there is here already."""

import base64
import errno
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dijipilot import disk
from dijipilot.bootstrap import open_academy
from dijipilot.domain.license import License, LicenseType
from dijipilot.licensing.code import ALPHABET, CodeRejected, read_code
from dijipilot.licensing.license import lookup_of
from dijipilot.licensing.license_file import BEGIN, END, LicenseFile, read_license_file, write_armor
from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow
from dijipilot_vendor.records import payload_of, seal_record, signed
from tests.checkout_licenses import mistyped
from tests.licenses import (
    FIRST_ID,
    derived,
    make_bearer_file,
    make_card,
    make_card_file,
    make_license,
    with_later_generation,
    write,
)
from tests.packs import PUBLISHER
from tests.ui.conftest import OPENED, OpenWindow
from tests.ui.finding import focused
from tests.ui.small_shop import (
    BUYER,
    COSTS,
    SmallShop,
    field_of,
    hear,
    is_seen,
    press,
    settle,
    submit,
    visible,
    visible_text,
    words,
)

CARD, UNKNOWN = make_card(1).printed, make_card(99).printed
ROOM = make_license("L-2026-000200", "pro-2026 pro-2027", holder="North Shore College", seats=40, content_through=None)
PROBLEM, OUTCOME = "activationProblem", "licenseOutcome"

# Said of a dialog that grows, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def shop(paths: UserPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallShop:
    """Return a home without any license, with one learner."""
    made = SmallShop(UserPaths(tmp_path / "small"), tmp_path, monkeypatch)
    made.ship()
    made.enroll()
    return made


@pytest.fixture
def paths(tmp_path: Path) -> UserPaths:
    """Return that home."""
    return UserPaths(tmp_path / "small")


@pytest.fixture
def window(shop: SmallShop, open_window: OpenWindow) -> MainWindow:
    """Return a window over it, on the license page."""
    assert shop.paths.database.exists()
    opened = open_window()
    opened.go_to("licenses")
    return opened


def held(window: MainWindow) -> list[str]:
    """Return the licenses of this home."""
    assert window.academy is not None
    return [each.license.id for each in window.academy.licenses.held()]


def give(window: MainWindow, file: Path) -> None:
    """Open a license file with the window."""
    window.workspace.activate_file(file)
    settle()


def room_file(folder: Path) -> Path:
    """Return a file that opens everything without a code."""
    return write(make_bearer_file(ROOM), folder / "room4.djlicense")


# A code


def test_the_page_begins_in_the_field_and_says_that_nothing_is_here_yet(window: MainWindow) -> None:
    assert QApplication.focusWidget() is field_of(window)
    assert "On this computer (0)" in visible_text(window)


def test_enter_activates_and_says_what_was_opened_for_whom_and_until_when(window: MainWindow) -> None:
    QTest.keyClicks(field_of(window), CARD.lower().replace("-", " "))
    assert field_of(window).text == CARD
    QTest.keyClick(field_of(window), Qt.Key.Key_Return)
    settle()

    assert words(window, OUTCOME) == ("Academy Pro unlocked: 1 lesson. Works without internet on this computer. (L13)")
    told = visible_text(window)
    for part in (
        "For Mara Quill",
        "For 3 computers",
        "Covers lessons published through December 31, 2026",
        "Never ends",
        "On this computer (1)",
    ):
        assert part in told
    assert not is_seen(window, "licenseField")
    press(window, "openedLessonButton")
    assert window.pages.target() == f"lesson:{BUYER}"


def test_the_button_activates_too_and_another_license_can_follow(window: MainWindow, tmp_path: Path) -> None:
    field_of(window).show_text(CARD)
    press(window, "activateButton")
    assert QApplication.focusWidget() is visible(window, "openedLessonButton")

    press(window, "activateAnotherButton")
    assert QApplication.focusWidget() is field_of(window)
    submit(window, write_armor(make_bearer_file(ROOM)).decode())

    assert held(window) == [FIRST_ID, ROOM.id]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (CARD[:-1], "An activation code has 25 characters in five groups. You have typed 24. (L01)"),
        (
            f"{CARD[:3]}U{CARD[4:]}",
            "“U” in group 1 cannot be part of a code. Codes use no I, L, O or U - did you mean V? (L02)",
        ),
        (
            f"{CARD[:7]}Ş{CARD[8:]}",
            "“Ş” in group 2 cannot be part of a code. Codes use digits and the letters A to Z without I, L, O and U. "
            "Please compare with your card. (L02)",
        ),
        (
            UNKNOWN,
            "This code is written correctly, but this content pack does not know it. It may be newer than your pack of "
            "2026-11-23. Add the license file (.djlicense) you received, or ask for a newer pack. (L04)",
        ),
    ],
    ids=["L01", "L02", "L02 foreign", "L04"],
)
def test_what_is_wrong_with_a_code_is_said_and_heard_and_what_was_typed_stays(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, typed: str, told: str
) -> None:
    heard = hear(monkeypatch)

    submit(window, typed)

    assert words(window, PROBLEM) == told
    assert told in heard
    assert field_of(window).text.replace("-", "") == typed.replace("-", "")
    assert held(window) == []
    QTest.keyClick(field_of(window), Qt.Key.Key_Backspace)
    assert not is_seen(window, PROBLEM)


def test_a_slip_is_shown_beside_the_suggestion_and_nothing_is_applied_by_itself(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = hear(monkeypatch)
    slip = mistyped(CARD, 8)

    submit(window, slip)
    assert words(window, PROBLEM) == (
        f"One character looks mistyped: group 2, maybe “{CARD[8]}”. Please compare with your card. (L03)"
    )
    assert f"Group 2: {' '.join(slip[6:11])} becomes {' '.join(CARD[6:11])}. Alt+U uses the suggestion." in heard[-1]
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert field_of(window).text == slip
    assert held(window) == []


def test_one_key_accepts_a_suggestion(window: MainWindow, qtbot: QtBot) -> None:
    submit(window, mistyped(CARD, 8))

    QTest.keyClick(focused(), Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)

    # A button that is pressed by its key is seen to go down for a moment.
    qtbot.waitUntil(lambda: held(window) == [FIRST_ID])


def test_enter_on_the_button_accepts_a_suggestion(window: MainWindow) -> None:
    submit(window, mistyped(CARD, 8))

    visible(window, "useSuggestionButton").setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert held(window) == [FIRST_ID]


def test_where_no_one_symbol_helps_nothing_is_suggested(window: MainWindow) -> None:
    # A slip of two: found by trying, as two in four look like one.
    slips = (mistyped(mistyped(CARD, 8), place) for place in range(12, 29) if CARD[place] != "-")

    for slip in slips:
        submit(window, slip)
        if words(window, PROBLEM).startswith("Something is mistyped"):
            break

    assert words(window, PROBLEM) == "Something is mistyped. Please compare with your card. (L03)"
    assert not is_seen(window, "useSuggestionButton")


def test_a_mail_with_a_mistyped_code_gets_a_suggestion_too(window: MainWindow) -> None:
    submit(window, f"Dear customer,\n> your code: {mistyped(CARD, 8)}\n\nBest regards")
    press(window, "useSuggestionButton")

    assert held(window) == [FIRST_ID]


def test_the_same_code_a_second_time_is_told(window: MainWindow) -> None:
    submit(window, CARD)
    press(window, "activateAnotherButton")

    submit(window, CARD)

    assert words(window, OUTCOME) == "This computer already has Academy Pro. Nothing needed to change. (L12)"
    assert is_seen(window, "openedLessonButton")


def test_what_could_not_be_saved_is_tried_again_without_typing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(disk, "replace_file", refuse)
        submit(window, CARD)
        assert words(window, PROBLEM) == (
            "The code is correct, but it could not be saved: No space left on device. Free some space and press Try "
            "again - you need not retype it. (L11)"
        )
        assert field_of(window).text == CARD
        press(window, "tryActivationAgainButton")
        assert is_seen(window, PROBLEM)

    press(window, "tryActivationAgainButton")

    assert held(window) == [FIRST_ID]


def test_the_button_that_was_pressed_keeps_the_focus_where_nothing_was_activated(window: MainWindow) -> None:
    field_of(window).show_text(UNKNOWN)
    visible(window, "activateButton").setFocus()

    QTest.keyClick(focused(), Qt.Key.Key_Space)
    settle()

    assert "(L04)" in words(window, PROBLEM)
    assert focused() is visible(window, "activateButton")


def test_an_empty_field_is_no_mistake(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = hear(monkeypatch)

    press(window, "activateButton")

    assert not is_seen(window, PROBLEM)
    assert heard == ["Type or paste your code first."]
    assert QApplication.focusWidget() is field_of(window)


# A text


def test_a_whole_mail_is_activated(window: MainWindow) -> None:
    block = write_armor(make_bearer_file(ROOM)).decode()
    quoted = "\n".join(f"> {line}" for line in block.splitlines())

    submit(window, f"Hello,\n\nbelow is your license.\n{quoted}\n\nRegards\n-- \nThe publisher")

    assert held(window) == [ROOM.id]


def test_a_text_with_two_codes_is_not_guessed_at(window: MainWindow) -> None:
    submit(window, f"{CARD} or\n{UNKNOWN}")

    assert words(window, PROBLEM).startswith("This text holds 2 different codes or licenses.")


def test_a_text_that_is_no_license_is_told(window: MainWindow) -> None:
    submit(window, "-----BEGIN DIJIPILOT LICENSE-----\nabc\n-----END DIJIPILOT LICENSE-----")
    assert "(L05)" in words(window, PROBLEM)

    submit(window, "x" * 66_000)
    assert words(window, PROBLEM).startswith("This text is too long")


# A file


def test_a_file_is_chosen(window: MainWindow, tmp_path: Path) -> None:
    file = room_file(tmp_path)

    press(window, "chooseLicenseButton")
    dialog = visible(window, "fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))

    assert held(window) == [ROOM.id]
    assert "For North Shore College" in visible_text(window)
    dialog.close()


@pytest.mark.parametrize("place", ["licenses", f"lesson:{BUYER}", "home"])
def test_a_file_is_dropped_anywhere_on_the_window(window: MainWindow, tmp_path: Path, place: str) -> None:
    window.go_to(place)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room_file(tmp_path)))])

    drop(window, data)

    assert held(window) == [ROOM.id]
    assert window.pages.target() == "licenses"


def test_other_things_that_are_dropped_are_left_to_what_lies_there(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "holiday.png"))])

    drop(window, data)

    assert held(window) == []
    assert not is_seen(window, PROBLEM)


def drop(window: MainWindow, data: QMimeData) -> None:
    """Drop something onto the middle of the window."""
    handle = window.windowHandle()
    where, action = QPointF(window.rect().center()), Qt.DropAction.CopyAction
    pressed, without = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(handle, QDragEnterEvent(where.toPoint(), action, data, pressed, without))
    QApplication.sendEvent(handle, QDropEvent(where, action, data, pressed, without))
    settle()


def test_a_damaged_file_is_told(window: MainWindow, tmp_path: Path) -> None:
    file = room_file(tmp_path)
    raw = bytearray(file.read_bytes())
    raw[200] = ord("A") if raw[200] != ord("A") else ord("B")
    file.write_bytes(raw)

    give(window, file)

    assert words(window, PROBLEM) == (
        "This license file is damaged or was not issued for this app. Copy it again from the original USB stick or "
        "e-mail. Nothing on this computer was changed. (L05)"
    )


def test_a_file_that_is_gone_is_told(window: MainWindow, tmp_path: Path) -> None:
    give(window, tmp_path / "gone.djlicense")

    assert words(window, PROBLEM).startswith("There is no license file at ")


def test_a_file_for_a_newer_app_is_told(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "newer.djlicense"
    file.write_bytes(write_armor(newer_file()))

    give(window, file)

    assert words(window, PROBLEM) == (
        "This license needs app version 99.0.0 or later. Your progress is safe; free lessons keep working. (L06)"
    )


def newer_file() -> LicenseFile:
    """Return a license that only a later app understands."""
    root, keyring_id, signer = derived("newer"), derived("keyring", 16), PUBLISHER.license_signer
    record = seal_record(root, keyring_id, signed(payload_of(ROOM, signer.kid, "99.0.0"), signer))
    return LicenseFile(keyring_id, lookup_of(root, keyring_id), record, root)


def test_a_code_and_a_file_of_a_later_format_are_told(window: MainWindow, tmp_path: Path) -> None:
    told = "This license needs a newer version of the app. Your progress is safe; free lessons keep working. (L06)"
    content = base64.b64decode("".join(write_armor(make_bearer_file(ROOM)).decode().splitlines()[1:-1]))
    letters = base64.b64encode(content[:6] + bytes([content[6] | 64]) + content[7:]).decode()
    lines = [letters[start : start + 64] for start in range(0, len(letters), 64)]
    file = tmp_path / "later.djlicense"
    file.write_text("\n".join((BEGIN, *lines, END, "")), encoding="ascii")

    submit(window, later_code())
    assert words(window, PROBLEM) == told
    submit(window, CARD[:4])
    give(window, file)

    assert words(window, PROBLEM) == told


def later_code() -> str:
    """Return a code of a later format: the check symbols are right, and the first one is no 1."""
    for first, second in product(ALPHABET, repeat=2):
        try:
            read_code(f"2{'0' * 22}{first}{second}")
        except CodeRejected as error:
            if error.message.id == "license.code_newer":
                return f"2{'0' * 22}{first}{second}"
    raise AssertionError("some two check symbols are right")


def test_a_license_for_nothing_in_this_pack_is_kept_and_said_to_be(
    shop: SmallShop, window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    window.close()
    shop.ship(sold="1.1.1")
    again = open_window()
    again.go_to("licenses")
    later = make_license("L-2026-000300", "pro-2027", content_through=None)

    give(again, write(make_bearer_file(later), tmp_path / "later.djlicense"))

    assert words(again, OUTCOME).startswith("Academy Pro is kept on this computer.")
    assert not is_seen(again, "openedLessonButton")


def test_a_file_that_needs_its_code_is_kept_ready(window: MainWindow, tmp_path: Path) -> None:
    file = write(make_card_file(7, ROOM), tmp_path / "room4.djlicense")

    give(window, file)
    assert words(window, "readyFileText") == "room4.djlicense is ready"
    assert words(window, PROBLEM).startswith("This license file opens together with its activation code.")
    assert QApplication.focusWidget() is field_of(window)
    submit(window, mistyped(make_card(7).printed, 8))
    assert "(L03)" in words(window, PROBLEM)
    assert is_seen(window, "readyFileText")
    press(window, "useSuggestionButton")

    assert held(window) == [ROOM.id]
    press(window, "activateAnotherButton")
    assert not is_seen(window, "readyFileText")


def test_a_pasted_license_that_needs_its_code_makes_room_for_it(window: MainWindow) -> None:
    submit(window, write_armor(make_card_file(7, ROOM)).decode())

    assert field_of(window).text == ""
    submit(window, make_card(7).printed)

    assert held(window) == [ROOM.id]


def test_a_file_that_waits_can_be_forgotten(window: MainWindow, tmp_path: Path) -> None:
    give(window, write(make_card_file(7, ROOM), tmp_path / "room4.djlicense"))

    press(window, "forgetFileButton")
    submit(window, make_card(7).printed)

    assert not is_seen(window, "readyFileText")
    assert "(L04)" in words(window, PROBLEM)


# What licenses there are


def test_the_list_says_what_there_is_to_say(window: MainWindow, tmp_path: Path) -> None:
    submit(window, CARD)
    give(window, room_file(tmp_path))

    told = visible_text(window)

    assert "On this computer (2)" in told
    assert (
        "Opens 1 lesson  ·  For Mara Quill  ·  For 3 computers  ·  Covers lessons published through December 31, 2026"
        "  ·  Never ends"
    ) in told
    assert (
        f"Activated on December 2, 2026  ·  Code ends in {CARD[-5:]}  ·  For this user of the computer  ·  {FIRST_ID}"
    ) in told
    assert "Opens 2 lessons in 2 masterclasses  ·  For North Shore College  ·  For 40 computers  ·  Never ends" in told


def test_a_license_for_all_users_says_so(shop: SmallShop, open_window: OpenWindow, machine_licenses: Path) -> None:
    write(make_bearer_file(ROOM), machine_licenses / f"{ROOM.id}.djlicense")

    window = open_window()
    window.go_to("licenses")

    assert "For all users of this computer" in visible_text(window)
    press(window, "removeLicense1Button")
    assert "for all its users?" in visible_text(window)


def trial(issued: date, last_day: date) -> License:
    """Return a license that ends."""
    return make_license(
        "T-1", "pro-2026", type=LicenseType.TRIAL, content_through=None, issued=issued, not_after=last_day
    )


def test_a_trial_that_has_ended_says_so_in_the_list_and_at_its_lessons(window: MainWindow, tmp_path: Path) -> None:
    license_ = trial(date(2026, 10, 1), date(2026, 10, 31))

    give(window, write(make_bearer_file(license_), tmp_path / "trial.djlicense"))

    told = (
        "Your 30-day access ended on 2026-10-31. Your notes, answers and certificates stay here and can be exported. "
        "(L08)"
    )
    assert words(window, OUTCOME) == told
    assert not is_seen(window, "openedLessonButton")
    assert visible_text(window).count(told) == 2
    window.go_to(f"lesson:{BUYER}")
    assert words(window, "outlineReason") == told


def test_a_trial_under_a_clock_that_is_behind_opens_and_says_so(window: MainWindow, tmp_path: Path) -> None:
    license_ = trial(date(2027, 3, 1), date(2027, 3, 31))

    give(window, write(make_bearer_file(license_), tmp_path / "trial.djlicense"))

    assert words(window, OUTCOME).startswith("This computer’s clock says 2026-12-02, earlier than 2027-03-01.")
    assert words(window, OUTCOME).endswith("more starts meanwhile. (L09)")
    assert "Open, the clock looks wrong" in visible_text(window)
    press(window, "openedLessonButton")
    assert is_seen(window, "finishLessonButton")


def test_a_clock_that_is_behind_is_told_at_every_start(
    window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    license_ = trial(date(2027, 3, 1), date(2027, 3, 31))
    give(window, write(make_bearer_file(license_), tmp_path / "trial.djlicense"))
    assert window.notice_bar.text == ""
    window.close()

    again = open_window()

    assert again.notice_bar.text.startswith("This computer’s clock says 2026-12-02, earlier than 2027-03-01.")


def test_after_seven_starts_with_a_wrong_clock_lessons_wait_for_the_right_date(
    shop: SmallShop, window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    license_ = trial(date(2027, 3, 1), date(2027, 3, 31))
    give(window, write(make_bearer_file(license_), tmp_path / "trial.djlicense"))
    window.close()
    for _ in range(7):
        open_academy(shop.paths, for_writing=True, clock=lambda: OPENED).close()

    again = open_window()
    again.go_to(f"lesson:{BUYER}")
    settle()

    assert words(again, "outlineReason").startswith("This computer’s clock says 2026-12-02, earlier than 2027-03-01.")
    assert words(again, "outlineReason").endswith("(L09)")
    again.go_to("licenses")
    assert "Waits for the right date" in visible_text(again)


def test_a_kept_file_that_opens_nothing_is_named_with_the_reason(shop: SmallShop, open_window: OpenWindow) -> None:
    shop.paths.licenses.mkdir(parents=True)
    (shop.paths.licenses / "L-2026-000777.djlicense").write_text("torn", encoding="ascii")

    window = open_window()
    window.go_to("licenses")

    assert "L-2026-000777.djlicense" in visible_text(window)
    assert "(L05)" in visible_text(window)


def test_a_withdrawn_code_says_so_in_the_list_and_at_its_lessons(
    shop: SmallShop, window: MainWindow, open_window: OpenWindow
) -> None:
    submit(window, CARD)
    window.close()
    shop.ship((), with_later_generation())

    again = open_window()
    again.go_to("licenses")

    told = (
        "This code was withdrawn by the publisher and does not open lessons in the new pack. Lessons from your earlier "
        f"pack remain open. Contact: the publisher of your license. License {FIRST_ID}. (L10)"
    )
    assert told in visible_text(again)
    assert "Withdrawn" in visible_text(again)
    again.go_to(f"lesson:{BUYER}")
    assert words(again, "outlineReason") == told


def test_a_lesson_published_later_than_a_license_covers_names_both_days(window: MainWindow) -> None:
    submit(window, CARD)

    window.go_to(f"lesson:{COSTS}")

    assert words(window, "outlineReason") == (
        "Your license covers lessons published up to 2026-12-31. “Lesson on price.cost-stack” was published on "
        "2027-02-01. Everything you already unlocked stays open. (L07)"
    )


def test_a_copy_for_another_computer_opens_there(window: MainWindow, tmp_path: Path) -> None:
    submit(window, CARD)
    copy = tmp_path / "copy.djlicense"

    press(window, "exportLicense1Button")
    dialog = visible(window, "fileDialog")
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(f"{FIRST_ID}.djlicense")
    dialog.fileSelected.emit(str(copy))
    dialog.close()

    assert read_license_file(copy).root is not None
    assert window.notice_bar.text.startswith(f"Saved as {copy}.")


def test_a_copy_that_cannot_be_saved_is_told(window: MainWindow, tmp_path: Path) -> None:
    submit(window, CARD)

    press(window, "exportLicense1Button")
    dialog = visible(window, "fileDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "no such folder" / "copy.djlicense"))
    dialog.close()

    assert window.notice_bar.property("tone") == "bad"


def test_removing_is_asked_first_and_locks_again_with_all_progress_kept(window: MainWindow, qtbot: QtBot) -> None:
    submit(window, CARD)
    press(window, "openedLessonButton")
    press(window, "step1Box")
    window.go_to("licenses")

    press(window, "removeLicense1Button")
    assert "Your progress, notes and answers stay." in visible_text(window)
    press(window, "removeLicense1Decline")
    assert held(window) == [FIRST_ID]
    assert QApplication.focusWidget() is visible(window, "removeLicense1Button")
    before = window.academy
    press(window, "removeLicense1Button")
    press(window, "removeLicense1Confirm")
    qtbot.waitUntil(lambda: window.academy is not before and window.academy is not None)

    assert window.pages.target() == "licenses"
    assert held(window) == []
    assert window.notice_bar.text == "The license was removed. Your progress is as it was."
    assert window.academy is not None
    assert window.profile is not None
    assert window.academy.library.is_locked(BUYER)
    assert len(window.academy.learn.progress_of(window.profile.id, BUYER).ticked_steps) == 1


def test_what_cannot_be_removed_is_told_and_stays(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(window, CARD)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(disk, "remove_file", refuse)
    press(window, "removeLicense1Button")
    press(window, "removeLicense1Confirm")

    assert held(window) == [FIRST_ID]
    assert "Permission denied" in window.notice_bar.text


# The ways to the page, and files opened with the program


def test_menu_settings_and_shortcuts_lead_to_the_page(window: MainWindow) -> None:
    window.go_to("settings")
    press(window, "openLicensesButton")
    assert window.pages.target() == "licenses"
    window.go_to("help")
    assert "Ctrl+Shift+A" in visible_text(window)
    window.actions_by_name["activate"].trigger()
    assert window.pages.target() == "licenses"
    assert QApplication.focusWidget() is field_of(window)


def test_the_settings_name_the_licenses(window: MainWindow) -> None:
    window.go_to("settings")
    assert "There is no license on this computer." in visible_text(window)

    window.go_to("licenses")
    submit(window, CARD)
    window.go_to("settings")

    assert "Academy Pro" in visible_text(window)


def test_what_is_typed_is_still_there_after_a_look_elsewhere(window: MainWindow) -> None:
    field_of(window).show_text("1K62M")

    window.go_to("help")
    window.pages.back()

    assert field_of(window).text == "1K62M"


def test_a_code_that_stands_there_is_left_out_of_the_picture_kept_of_the_window(window: MainWindow) -> None:
    page = window.pages.page
    assert page is not None
    assert page.secret_areas() == ()

    field_of(window).show_text("1K62M")

    (area,) = page.secret_areas()
    assert area.isAncestorOf(field_of(window))


def test_a_text_field_of_another_page_does_not_take_the_name_of_a_dropped_file(
    window: MainWindow, tmp_path: Path
) -> None:
    window.go_to(f"lesson:{BUYER}")
    note = visible(window, "noteField")
    assert isinstance(note, QPlainTextEdit)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(room_file(tmp_path)))])
    data.setText("file:///room4.djlicense")

    drop(window, data)

    assert note.toPlainText() == ""
    assert held(window) == [ROOM.id]
