"""License files: letters that survive mail, read as they were written or not at all."""

import base64
import os
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot import disk
from dijipilot.errors import BadInput, CouldNotSave
from dijipilot.licensing.license import open_record, root_of
from dijipilot.licensing.license_file import (
    BEGIN,
    END,
    MAX_FILE_BYTES,
    LicenseFile,
    Note,
    read_armor,
    read_license_file,
    write_armor,
    write_license_file,
)
from tests.licenses import make_bearer_file, make_card, make_card_file, make_license
from tests.packs import TRUSTED

NOTE = Note(1_795_000_000, "4XK7Q")
LICENSE = make_license("L-2026-000123", "pro-2026 pro-2027", holder="North Shore College", seats=40)
BEARER, CARD = make_bearer_file(LICENSE), make_card_file(1, LICENSE)
KINDS = {
    "bearer": BEARER,
    "needs a code": CARD,
    "kept": replace(BEARER, note=NOTE),
    "kept without a code": replace(BEARER, note=Note(0, "")),
    "kept short": replace(BEARER, note=Note(1, "AB")),
}


def refusal(raw: bytes) -> str:
    """Return the id of what is said of letters that are refused."""
    with pytest.raises(BadInput) as caught:
        read_armor(raw)
    return caught.value.message.id


def armored(content: bytes) -> bytes:
    """Return any content in the letters of a license file."""
    letters = base64.b64encode(content).decode()
    lines = [letters[start : start + 64] for start in range(0, len(letters), 64)]
    return "\n".join((BEGIN, *lines, END, "")).encode()


def content_of(license_file: LicenseFile) -> bytes:
    """Return what the letters of a license file stand for."""
    return base64.b64decode(b"".join(write_armor(license_file).splitlines()[1:-1]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_license_file_is_read_as_it_was_written(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "my.djlicense"

    write_license_file(file, KINDS[kind])

    assert read_license_file(file) == KINDS[kind]
    assert read_armor(write_armor(KINDS[kind])) == KINDS[kind]


def test_a_license_file_can_be_sent_by_mail() -> None:
    raw = write_armor(KINDS["kept"])

    assert raw.isascii()
    assert len(raw) < 1_500
    assert [len(line) for line in raw.split(b"\n")[1:-3]] == [64] * (raw.count(b"\n") - 3)


def test_line_ends_of_another_system_and_a_missing_last_one_are_allowed() -> None:
    raw = write_armor(BEARER)

    assert read_armor(raw.replace(b"\n", b"\r\n")) == BEARER
    assert read_armor(raw[:-1]) == BEARER


RAW = write_armor(BEARER)
LINES = RAW.splitlines(keepends=True)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xef\xbb\xbf" + RAW,
        b" " + RAW,
        b"\n" + RAW,
        RAW + b"\n",
        RAW + b"\r",
        RAW + b"Thank you!",
        RAW + RAW,
        b"> " + RAW,
        RAW.replace(b"\n", b"\r"),
        RAW.replace(b"\n", b" \n"),
        RAW.replace(b"-----BEGIN", b"----BEGIN"),
        RAW.replace(b"LICENSE", b"LICENCE"),
        RAW.lower(),
        RAW.decode().encode("utf-16"),
        b"".join([LINES[0], b"\n", *LINES[1:]]),
        b"".join([LINES[0], *LINES[2:]]),
        b"".join([LINES[0], LINES[2], LINES[1], *LINES[3:]]),
        b"".join([LINES[0], LINES[1][:-2] + b"\n", *LINES[2:]]),
        b"".join([LINES[0], LINES[1][:-1] + LINES[2], *LINES[3:]]),
        b"".join([LINES[0], LINES[1].replace(b"R", b"!", 1), *LINES[2:]]),
        b"".join([LINES[0], "ＲＥＪＭ".encode() + LINES[1][4:], *LINES[2:]]),
        b"".join([LINES[0], LINES[-1]]),
        BEGIN.encode() + b"\n" + b"A" * MAX_FILE_BYTES + b"\n" + END.encode(),
        b"A" * 10 * MAX_FILE_BYTES,
    ],
    ids=range(25),
)
def test_anything_but_the_exact_lines_is_refused(raw: bytes) -> None:
    assert refuses_or_does_not_open(raw)


def refuses_or_does_not_open(raw: bytes) -> bool:
    """Tell whether letters are not taken for a genuine license: not read, or no license opens."""
    try:
        file = read_armor(raw)
        open_record(file.root or b"", file.keyring_id, file.lookup, file.record, TRUSTED.license, "1.0.0")
    except BadInput:
        return True
    return False


def test_every_changed_bit_of_a_license_file_is_noticed() -> None:
    assert not refuses_or_does_not_open(RAW)

    for position in range(8 * len(RAW)):
        spoiled = bytearray(RAW)
        spoiled[position // 8] ^= 1 << position % 8
        assert refuses_or_does_not_open(bytes(spoiled)), position


def test_a_license_file_that_was_cut_off_is_noticed_wherever_it_was() -> None:
    for length in range(len(RAW) - 1):
        assert refusal(RAW[:length]) == "license.not_genuine"


def test_letters_that_say_the_same_in_another_way_are_refused() -> None:
    content = content_of(BEARER)
    padded = next(content[: len(content) - cut] for cut in range(3) if (len(content) - cut) % 3)
    raw = armored(padded)
    sign = raw.index(b"=") - 1
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(raw[sign]) ^ 1]
    assert base64.b64decode(b"".join(raw.splitlines()[1:-1])) == padded

    assert refusal(raw[:sign] + bytes([other]) + raw[sign + 1 :]) == "license.not_genuine"


@pytest.mark.parametrize("flags", [4, 8, 16, 32, 64, 128, 255])
def test_a_license_file_of_a_later_kind_asks_for_a_newer_app(flags: int) -> None:
    content = content_of(BEARER)

    assert refusal(armored(content[:6] + bytes([flags]) + content[7:])) == "license.newer_format"


@pytest.mark.parametrize(
    "content",
    [
        b"DJLIC1",
        b"DJLIC1\0",
        b"DJLIC1\1" + bytes(64),
        b"DJLIC1\3" + bytes(77),
        b"DJLIC1\0" + bytes(32),
        b"DJLIC1\0" + bytes(33 + 9_216),
        b"djlic1" + content_of(BEARER)[6:],
    ],
    ids=range(7),
)
def test_a_license_file_that_lacks_a_part_is_refused(content: bytes) -> None:
    assert refusal(armored(content)) == "license.not_genuine"


@pytest.mark.parametrize(
    "note",
    [
        bytes(8) + b"4XK7\xe9",
        bytes(8) + b"\0XK7Q",
        bytes(8) + b"4 K7Q",
        bytes(8) + b"\x1b[31m",
    ],
    ids=range(4),
)
def test_a_note_that_makes_no_sense_is_refused(note: bytes) -> None:
    content = content_of(BEARER)

    assert refusal(armored(content[:6] + b"\3" + content[7:] + note)) == "license.not_genuine"


@pytest.mark.parametrize("second", [2**64 - 1, 253_402_300_800])
def test_a_moment_that_no_calendar_has_is_no_moment_and_no_reason_to_refuse(second: int) -> None:
    content = content_of(BEARER)
    noted = armored(content[:6] + b"\3" + content[7:] + second.to_bytes(8, "big") + b"4XK7Q")

    assert read_armor(noted).note == Note(0, "4XK7Q")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    loop, nowhere, pipe = (tmp_path / f"{name}.djlicense" for name in ("loop", "nowhere", "pipe"))
    loop.symlink_to(loop)
    nowhere.symlink_to(tmp_path / "gone")
    os.mkfifo(pipe)

    for file in (tmp_path, loop, nowhere, pipe, tmp_path / "missing", Path("/dev/zero")):
        with pytest.raises(BadInput, match=r"no license file|cannot be read"):
            read_license_file(file)
    for file in (tmp_path / "a\0b", tmp_path / ("x" * 5_000)):
        with pytest.raises(BadInput):
            read_license_file(file)


def test_a_link_to_a_license_file_is_one(tmp_path: Path) -> None:
    write_license_file(tmp_path / "my.djlicense", BEARER)
    link = tmp_path / "link.djlicense"
    link.symlink_to(tmp_path / "my.djlicense")

    assert read_license_file(link) == BEARER


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.djlicense"
    file.write_bytes(RAW)
    os.truncate(file, 4 * 2**30)
    started = time.process_time()

    with pytest.raises(BadInput, match="damaged"):
        read_license_file(file)

    assert time.process_time() - started < 1


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.djlicense"
    write_license_file(file, BEARER)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(BadInput, match="Permission denied"):
        read_license_file(file)


def test_a_written_license_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "my.djlicense"

    write_license_file(file, BEARER)

    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.djlicense")) == [file]


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CouldNotSave, match="could not be written"):
        write_license_file(tmp_path / "gone" / "my.djlicense", BEARER)
    file = tmp_path / "kept" / "my.djlicense"
    file.parent.mkdir()
    write_license_file(file, CARD)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "replace_file", refuse)
    with pytest.raises(CouldNotSave, match="No space left on device"):
        write_license_file(file, BEARER)

    assert list(file.parent.iterdir()) == [file]
    assert read_license_file(file) == CARD


def test_nothing_that_is_printed_of_a_license_file_opens_anything() -> None:
    root = root_of(make_card(1).secret)
    for file in (*KINDS.values(), replace(CARD, root=root)):
        assert "b'" not in repr(file)
        assert "b'" not in str(file)
        assert "4XK7Q" not in repr(file)
