"""dijipilot license: activate by code, text and file, see what is worth what, take it elsewhere, remove it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import IO

import pytest

from dijipilot import disk
from dijipilot.bootstrap import open_academy
from dijipilot.domain.license import LicenseType
from dijipilot.errors import CouldNotSave
from dijipilot.licensing.activation_store import could_not_save
from dijipilot.licensing.code import ALPHABET
from dijipilot.licensing.license_file import BEGIN, END
from tests import builders
from tests.cli.conftest import ADDED_PACK, Terminal, keys
from tests.licenses import make_card, make_card_file, make_license, on_card, with_later_generation, write
from tests.packs import FIRST, PUBLISHER, checkout_publisher, write_sealed_pack
from tests.rooms import ROOM, room_license, write_room_file

LESSON = "1.1.2.1"
"""The one written lesson of the sealed mission."""

LICENSE_KEYS = ["id", "type", "edition", "holder", "seats", "through", "ends", "state", "lessons", "masterclasses"]
LICENSE_KEYS += ["all_users", "last_symbols", "activated_at", "told"]

CODE, LATER_CODE = make_card(1), make_card(2)
"""Codes of a card that the pack knows, and of one that was sold later."""


@pytest.fixture(scope="module")
def sealed_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack with one mission that is not free, which a card opens."""
    publisher = checkout_publisher()
    file = tmp_path_factory.mktemp("sealed") / "sealed.djpack"
    cards = [on_card(1, make_license("L-2026-CARD", publisher=publisher))]
    return write_sealed_pack(builders.small_content(sold="1.1.2"), file, cards, FIRST, publisher)


@pytest.fixture
def home(
    tmp_path: Path, sealed_pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Return a terminal on a home without any license, whose pack has the sealed mission."""
    folder = tmp_path / "unlicensed"
    (folder / "packs").mkdir(parents=True)
    shutil.copy(sealed_pack, folder / "packs" / ADDED_PACK)
    return Terminal(folder, capsys, monkeypatch)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return a license file as it lies on an instructor's stick."""
    publisher = checkout_publisher()
    return write_room_file(tmp_path / "stick" / "room4.djlicense", publisher)


def slipped(code: str, place: int = 7) -> str:
    """Return a printed code with one symbol mistyped."""
    other = ALPHABET[(ALPHABET.index(code[place]) + 1) % len(ALPHABET)]
    return code[:place] + other + code[place + 1 :]


# Codes


def test_a_code_from_standard_input_opens_its_lessons(home: Terminal) -> None:
    assert home("lesson", LESSON).code == 4

    outcome = home("license", "add", typed=CODE.printed.lower().replace("-", " ") + "\n")

    assert (outcome.code, outcome.out) == (0, "")
    assert "Academy Pro unlocked: 1 lesson." in outcome.err
    assert "(L13)" in outcome.err
    assert home("lesson", LESSON).code == 0


def test_adding_a_code_again_changes_nothing_and_says_so(home: Terminal) -> None:
    home("license", "add", typed=CODE.printed)
    before = [path.read_bytes() for path in home.paths.licenses.iterdir()]

    outcome = home("license", "add", "--json", typed=CODE.printed)

    assert outcome.code == 0
    assert outcome.data["new"] is False
    assert "(L12)" in outcome.data["told"]
    assert [path.read_bytes() for path in home.paths.licenses.iterdir()] == before


def test_the_data_of_an_activation_has_the_keys_of_the_contract(home: Terminal) -> None:
    data = home("license", "add", "--json", typed=CODE.printed).data

    assert keys(data) == ["license", "new", "file", "first_lesson", "told"]
    assert keys(data["license"]) == LICENSE_KEYS
    assert data["file"] == str(home.paths.licenses / "L-2026-CARD.djlicense")
    assert (data["license"]["last_symbols"], data["license"]["lessons"]) == (CODE.last5, 1)
    assert home("lesson", data["first_lesson"]).code == 0


def test_a_code_is_found_in_a_mail_and_in_a_text_file(home: Terminal, tmp_path: Path) -> None:
    mail = f"Hello,\n\n> your code is\n> {CODE.printed}\n\nBest regards\n"
    file = tmp_path / "mail.txt"
    file.write_bytes(mail.encode("utf-16"))

    assert home("license", "add", file).code == 0
    assert "(L12)" in home("license", "add", typed=mail).err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([CODE.printed], "list of processes"),
        (CODE.printed.split("-"), "list of processes"),
        ([CODE.symbols.lower()], "list of processes"),
        (["one.djlicense", "two.djlicense"], "Name one license file"),
        (["--roster", "Ann"], "beside the license file"),
    ],
)
def test_a_code_among_the_arguments_and_other_wrong_usage_are_refused(
    home: Terminal, arguments: list[str], said: str
) -> None:
    outcome = home("license", "add", *arguments)

    assert outcome.code == 2
    assert said in outcome.err
    assert CODE.symbols[5:10] not in outcome.err.upper()
    assert not home.paths.licenses.exists()


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("", 2, "No activation code was given"),
        ("  \n\n", 2, "No activation code was given"),
        (CODE.printed[:-1], 2, "(L01)"),
        (CODE.printed.replace(CODE.printed[3], "U", 1), 2, "(L02)"),
        (slipped(slipped(CODE.printed), 15), 2, "(L03)"),
        (LATER_CODE.printed, 4, "(L04)"),
        (f"{BEGIN}\nQUJD\n{END}\n", 3, "(L05)"),
    ],
)
def test_what_cannot_be_activated_is_refused_with_its_exit_code(
    home: Terminal, typed: str, code: int, said: str
) -> None:
    outcome = home("license", "add", typed=typed)

    assert outcome.code == code
    assert said in outcome.err
    assert not home.paths.licenses.exists()


def test_a_suggestion_is_told_and_not_used_where_nobody_can_be_asked(home: Terminal) -> None:
    outcome = home("license", "add", typed=slipped(CODE.printed))

    assert outcome.code == 2
    assert "group 2" in outcome.err
    assert f"group 2 is {CODE.symbols[5:10]}" in outcome.err
    assert outcome.err.count("\n") == 2
    assert CODE.printed not in outcome.err
    assert not home.paths.licenses.exists()


# At a terminal


def said_until_a_question(stream: IO[bytes]) -> bytes:
    """Read what a program says up to the end of a question that it asks, or to its end."""
    said = b""
    while not said.endswith((b": ", b"] ")) and (letter := stream.read(1)):
        said += letter
    return said


@pytest.fixture
def type_in(home: Terminal, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return a function that runs `license` in a process on a terminal and types lines, one after each question."""
    pty = pytest.importorskip("pty")

    def run(*words: object, lines: list[str], at_once: bool = False) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "dijipilot", "--home", str(home.home), "license", *map(str, words)],
            stdin=theirs,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        os.close(theirs)
        assert process.stderr is not None
        with process.stderr as stream, os.fdopen(ours, "wb", buffering=0) as keyboard:
            said = b""
            for typed in ["".join(f"{line}\n" for line in lines)] if at_once else [f"{line}\n" for line in lines]:
                said += said_until_a_question(stream)
                keyboard.write(typed.encode())
            said += stream.read()
            return process.wait(), said.decode()

    return run


def test_a_suggestion_is_used_at_a_terminal_after_a_yes_alone(
    home: Terminal, type_in: Callable[..., tuple[int, str]]
) -> None:
    code, said = type_in("add", lines=[slipped(CODE.printed), "n"])

    assert (code, home.paths.licenses.exists()) == (2, False)
    assert f"group 2 is {CODE.symbols[5:10]}" in said
    assert said.endswith("Nothing was changed. Type the code as your card has it: dijipilot license add.\n")

    code, said = type_in("add", lines=[slipped(CODE.printed), "y"])

    assert code == 0
    assert "(L13)" in said


def test_a_mail_pasted_at_a_terminal_is_read_to_its_end(
    home: Terminal, type_in: Callable[..., tuple[int, str]]
) -> None:
    code, said = type_in("add", lines=["Dear all,", "", f"> {CODE.printed}", "", "rm everything"], at_once=True)

    assert code == 0
    assert "(L13)" in said


def test_a_file_that_needs_its_code_asks_for_it(
    home: Terminal, type_in: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    publisher = checkout_publisher()
    file = write(make_card_file(2, make_license("L-LATE", publisher=publisher), publisher), tmp_path / "late.djlicense")

    code, said = type_in("add", file, lines=[LATER_CODE.printed])

    assert code == 0
    assert "opens together with its activation code" in said
    assert [each["id"] for each in home("license", "list", "--json").data["licenses"]] == ["L-LATE"]


# Files


def test_a_file_that_needs_its_code_takes_it_from_standard_input(home: Terminal, tmp_path: Path) -> None:
    publisher = checkout_publisher()
    file = write(make_card_file(2, make_license("L-LATE", publisher=publisher), publisher), tmp_path / "late.djlicense")

    outcome = home("license", "add", file)

    assert outcome.code == 2
    assert "opens together with its activation code" in outcome.err
    assert home("license", "add", file, typed=LATER_CODE.printed).code == 0
    assert home("lesson", LESSON).code == 0


def test_a_license_file_opens_without_a_code_and_tells_for_whom(home: Terminal, stick: Path) -> None:
    outcome = home("license", "add", stick)

    assert outcome.code == 0
    assert "for North Shore College; for 40 computers; lessons published through 2026-12-31" in outcome.err
    assert home("lesson", LESSON).code == 0


def test_the_text_of_a_license_file_may_come_by_standard_input(home: Terminal, stick: Path) -> None:
    quoted = "".join(f"> {line}\n" for line in stick.read_text().splitlines())

    assert home("license", "add", typed=f"Here it is:\n{quoted}Bye\n").code == 0


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "loop", "empty", "huge", "changed", "foreign"])
@pytest.mark.parametrize("ending", [".djlicense", ".txt"])
def test_a_file_that_is_no_license_is_refused_at_once(
    home: Terminal, stick: Path, tmp_path: Path, kind: str, ending: str
) -> None:
    file = tmp_path / f"bad{ending}"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "loop":
            file.symlink_to(file)
        case "empty":
            file.touch()
        case "huge":
            with file.open("wb") as stream:
                stream.truncate(2**32)
        case "changed":
            text = stick.read_text()
            file.write_text(text[:200] + ("A" if text[200] != "A" else "B") + text[201:])
        case "foreign":
            write_room_file(file, PUBLISHER)

    outcome = home("license", "add", file)

    # An empty text holds no code, and neither does one of four gigabytes: that is wrong usage.
    assert outcome.code == (2 if ending == ".txt" and kind in ("empty", "huge") else 3)
    assert outcome.err.count("\n") == 1
    assert not home.paths.licenses.exists()


# For all users


def test_a_license_for_all_users_opens_in_every_home_and_its_place_is_told(
    home: Terminal, stick: Path, tmp_path: Path, machine_licenses: Path, sealed_pack: Path
) -> None:
    outcome = home("license", "add", stick, "--all-users")

    assert outcome.code == 0
    assert str(machine_licenses / f"{ROOM}.djlicense") in outcome.err
    other = home.on(tmp_path / "other")
    (other.paths.packs).mkdir(parents=True)
    shutil.copy(sealed_pack, other.paths.packs / ADDED_PACK)
    assert other("lesson", LESSON).code == 0
    assert "(L12)" in other("license", "add", stick).err


def test_a_license_for_all_users_can_be_read_by_them_under_a_strict_umask(
    home: Terminal, stick: Path, machine_licenses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = machine_licenses / "academy" / "licenses"
    monkeypatch.setenv("DIJIPILOT_ALL_USERS", str(deep))
    before = os.umask(0o077)
    try:
        assert home("license", "add", stick, "--all-users").code == 0
    finally:
        os.umask(before)

    assert [path.stat().st_mode & 0o777 for path in (deep.parent, deep)] == [0o755, 0o755]
    assert (deep / f"{ROOM}.djlicense").stat().st_mode & 0o777 == 0o644


def test_a_window_keeps_out_what_changes_its_home_and_not_what_is_for_all_users(home: Terminal, stick: Path) -> None:
    window = open_academy(home.paths, for_writing=True)
    try:
        refused = home("license", "add", stick)
        assert (refused.code, home("license", "remove", ROOM).code) == (6, 6)
        assert home("license", "add", stick, "--all-users").code == 0
        assert home("license", "list", "--json").data["licenses"][0]["all_users"] is True
    finally:
        window.close()


def test_a_license_copied_to_the_machine_by_hand_counts_under_any_name(
    home: Terminal, stick: Path, machine_licenses: Path, tmp_path: Path
) -> None:
    machine_licenses.mkdir()
    shutil.copy(stick, machine_licenses)

    assert home("lesson", LESSON).code == 0
    assert home("license", "export", ROOM, tmp_path / "copy.djlicense").code == 0
    assert home("license", "remove", ROOM).code == 0
    assert home("lesson", LESSON).code == 4


def test_what_was_left_behind_unfinished_goes_at_the_next_adding(home: Terminal, stick: Path) -> None:
    home.paths.licenses.mkdir()
    left = home.paths.licenses / ".L-1.djlicense.x1y2"
    left.write_bytes(b"half")

    assert home("license", "add", stick).code == 0

    assert not left.exists()


def test_what_another_user_may_be_writing_for_all_stays(home: Terminal, stick: Path, machine_licenses: Path) -> None:
    machine_licenses.mkdir()
    old, new = machine_licenses / ".L-1.djlicense.old", machine_licenses / ".L-1.djlicense.new"
    for file in (old, new):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))

    assert home("license", "add", stick, "--all-users").code == 0

    assert (old.exists(), new.exists()) == (False, True)


# Saving


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no license be written."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "write_file", refuse)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("options", [[], ["--all-users"]])
def test_a_license_that_cannot_be_saved_ends_with_5_and_opens_nothing(
    home: Terminal, stick: Path, options: list[str]
) -> None:
    outcome = home("license", "add", stick, *options)

    assert outcome.code == CouldNotSave.exit_code
    assert could_not_save(OSError(28, "No space left on device")).message.english() in outcome.err
    assert ("administrator" in outcome.err) == bool(options)
    assert home("lesson", LESSON).code == 4


def test_a_home_that_takes_no_file_ends_with_5(home: Terminal, stick: Path) -> None:
    home.paths.licenses.write_text("a file stands where the folder should")

    assert home("license", "add", stick).code == 5


# What is here


def test_licenses_are_listed(home: Terminal, stick: Path) -> None:
    assert "There is no license on this computer" in home("license", "list").err
    home("license", "add", stick)
    home("license", "add", typed=CODE.printed)

    listed = home("license", "list", "--json").data["licenses"]

    assert [(each["id"], each["last_symbols"], each["state"]) for each in listed] == [
        (ROOM, "", "open"),
        ("L-2026-CARD", CODE.last5, "open"),
    ]
    out = home("license", "list").out
    assert f"{ROOM}  Academy Pro: open\n  opens 1 lesson in 1 masterclass; for North Shore College;" in out


def test_a_check_finds_all_well(home: Terminal, stick: Path) -> None:
    home("license", "add", stick)

    outcome = home("license", "check")

    assert (outcome.code, outcome.err) == (0, "")
    assert "Nothing needs to be done." in outcome.out
    assert home("license", "check", "--json").data["problems"] == []


@pytest.mark.parametrize("damage", ["cut", "foreign", "without root", "folder"])
def test_a_check_names_a_damaged_file_and_ends_with_3(home: Terminal, stick: Path, tmp_path: Path, damage: str) -> None:
    home("license", "add", stick)
    publisher = checkout_publisher()
    bad = home.paths.licenses / "BAD.djlicense"
    match damage:
        case "cut":
            bad.write_bytes(stick.read_bytes()[:-40])
        case "foreign":
            write_room_file(bad, PUBLISHER)
        case "without root":
            write(make_card_file(2, room_license(publisher), publisher), bad)
        case "folder":
            bad.mkdir()

    outcome = home("license", "check")

    assert outcome.code == 3
    assert outcome.err.startswith(f"{bad}: ")
    assert [each["file"] for each in home("license", "check", "--json").data["problems"]] == [str(bad)]
    assert home("lesson", LESSON).code == 0


def test_a_license_that_a_new_pack_no_longer_serves_is_retired(home: Terminal, stick: Path, tmp_path: Path) -> None:
    home("license", "add", stick)
    rekeyed = with_later_generation(checkout_publisher())
    write_sealed_pack(builders.small_content(sold="1.1.2"), home.paths.packs / "000002-next.djpack", (), FIRST, rekeyed)

    outcome = home("license", "check")

    assert outcome.code == 4
    assert f"{ROOM}  Academy Pro: withdrawn" in outcome.out
    assert f"License {ROOM}. (L10)" in " ".join(outcome.out.split())
    assert home("license", "list").code == 0
    assert (home("lesson", LESSON).code, home("license", "add", stick).code) == (4, 4)


def test_a_trial_that_is_over_ends_with_4(home: Terminal, tmp_path: Path) -> None:
    publisher = checkout_publisher()
    began = date(2026, 1, 1)
    ends = began + timedelta(days=30)
    file = write_room_file(
        tmp_path / "trial.djlicense", publisher, type=LicenseType.TRIAL, issued=began, not_after=ends
    )

    outcome = home("license", "add", file)

    assert outcome.code == 4
    assert "(L08)" in outcome.err
    assert home("license", "check", "--json").data["licenses"][0]["state"] == "ended"
    assert home("license", "check").code == 4


def test_a_license_for_later_lessons_alone_is_kept_and_said_to_open_nothing_yet(home: Terminal, tmp_path: Path) -> None:
    file = write_room_file(tmp_path / "later.djlicense", checkout_publisher(), "pro-2029")

    outcome = home("license", "add", file)

    assert outcome.code == 0
    assert "has nothing that it opens" in outcome.err


# Elsewhere, and no more


def test_an_exported_license_opens_another_home(home: Terminal, tmp_path: Path, sealed_pack: Path) -> None:
    home("license", "add", typed=CODE.printed)
    other = home.on(tmp_path / "other")
    other.paths.packs.mkdir(parents=True)
    shutil.copy(sealed_pack, other.paths.packs / ADDED_PACK)

    assert home("license", "export", "L-2026-CARD", tmp_path / "mine.djlicense").code == 0

    assert other("license", "add", tmp_path / "mine.djlicense").code == 0
    assert other("lesson", LESSON).code == 0


def test_exporting_where_no_file_can_be_written_ends_with_5(home: Terminal, stick: Path, tmp_path: Path) -> None:
    home("license", "add", stick)

    assert home("license", "export", ROOM, tmp_path / "nowhere" / "mine.djlicense").code == 5
    assert home("license", "export", ROOM, tmp_path).code == 5


def test_a_removed_license_opens_nothing_and_can_be_added_again(home: Terminal, stick: Path) -> None:
    home("license", "add", stick)

    assert home("license", "remove", ROOM).code == 0

    assert home("lesson", LESSON).code == 4
    assert home("license", "remove", ROOM).code == 2
    assert home("license", "add", stick).code == 0


def test_where_the_license_for_all_users_cannot_be_removed_the_own_one_stays(
    home: Terminal, stick: Path, machine_licenses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("license", "add", stick)
    home("license", "add", stick, "--all-users")
    remove = disk.remove_file

    def refuse(path: Path) -> None:
        if path.is_relative_to(machine_licenses):
            raise PermissionError(13, "Permission denied")
        remove(path)

    monkeypatch.setattr(disk, "remove_file", refuse)

    outcome = home("license", "remove", ROOM)

    assert outcome.code == 5
    assert "could not be removed: Permission denied" in outcome.err
    assert (home.paths.licenses / f"{ROOM}.djlicense").is_file()


# The roster


def test_a_name_is_noted_on_the_roster_beside_the_file_once(home: Terminal, stick: Path) -> None:
    assert home("license", "add", stick, "--roster", "=HYPERLINK(1), Ann").code == 0
    assert "(L12)" in home("license", "add", stick, "--roster", "Ann").err

    lines = (stick.parent / "roster.csv").read_text("utf-8-sig").splitlines()

    assert lines[0] == "name,date"
    assert [line.rpartition(",")[0] for line in lines[1:]] == ['"\'=HYPERLINK(1), Ann"']


def test_a_roster_that_cannot_be_written_keeps_nobody_from_learning(home: Terminal, stick: Path) -> None:
    os.mkfifo(stick.parent / "roster.csv")

    outcome = home("license", "add", stick, "--roster", "Ann")

    assert outcome.code == 0
    assert "The name could not be noted" in outcome.err
    assert home("lesson", LESSON).code == 0
