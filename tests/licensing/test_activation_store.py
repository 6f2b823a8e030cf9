"""Licenses are kept as files of their owner's alone, at once or not at all; a bad one harms no other."""

import errno
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot import disk
from dijipilot.domain.ids import LicenseId
from dijipilot.errors import CouldNotSave
from dijipilot.licensing.activation_store import ActivationStore, KeptLicense
from dijipilot.licensing.license_file import LicenseFile, Note, write_armor
from tests.licenses import make_bearer_file, make_card_file, make_license, write

FIRST, SECOND = LicenseId("L-2026-000001"), LicenseId("L-2026-000002")
NOTE = Note(1_795_000_000, "4XK7Q")


def kept_file(name: str = FIRST, seats: int = 1) -> LicenseFile:
    """Return a license file as the app keeps it."""
    return replace(make_bearer_file(make_license(name, seats=seats)), note=NOTE)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of this home, which is not there yet."""
    return tmp_path / "deep" / "licenses"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return the folder of all users, which is not there yet."""
    return tmp_path / "machine" / "DijiPilot Academy" / "licenses"


@pytest.fixture
def store(own: Path, machine: Path) -> ActivationStore:
    """Return a store in which nothing is kept."""
    return ActivationStore(own, machine)


def names(store: ActivationStore) -> list[str]:
    """Return the names of what is kept, without the ending."""
    return [each.path.stem for each in store.all()]


def modes(folder: Path) -> list[tuple[str, int]]:
    """Return the names in a folder and who may do what with them."""
    return [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in sorted(folder.iterdir())]


def test_nothing_is_kept_at_first_and_asking_makes_no_folder(store: ActivationStore, own: Path, machine: Path) -> None:
    assert store.all() == ()
    assert not own.parent.exists()
    assert not machine.parent.exists()


def test_a_license_is_kept_for_its_owner_alone(store: ActivationStore, own: Path) -> None:
    file = kept_file()

    kept = store.keep(FIRST, file, for_all=False)

    assert store.all() == (kept,)
    assert kept == KeptLicense(own / f"{FIRST}.djlicense", file, for_all=False)
    assert modes(own) == [(f"{FIRST}.djlicense", 0o600)]
    assert stat.S_IMODE(own.stat().st_mode) == 0o700


@pytest.fixture(params=[0o022, 0o077, 0o027], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Let new files be as open as an administrator wants them."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_license_for_all_users_can_be_read_by_all(
    store: ActivationStore, machine: Path, tmp_path: Path, umask: int
) -> None:
    store.keep(FIRST, kept_file(), for_all=True)

    assert [(each.for_all, each.path.stem) for each in store.all()] == [(True, FIRST)]
    assert modes(machine) == [(f"{FIRST}.djlicense", 0o644)]
    for folder in (machine, machine.parent, tmp_path / "machine"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_folder_that_is_there_keeps_the_access_it_has(store: ActivationStore, machine: Path) -> None:
    machine.mkdir(parents=True)
    machine.chmod(0o775)

    store.keep(FIRST, kept_file(), for_all=True)

    assert stat.S_IMODE(machine.stat().st_mode) == 0o775


def test_licenses_of_this_home_come_before_those_of_the_machine(store: ActivationStore) -> None:
    store.keep(FIRST, kept_file(FIRST), for_all=True)
    store.keep(SECOND, kept_file(SECOND), for_all=False)
    store.keep(FIRST, kept_file(FIRST), for_all=False)

    assert [(each.path.stem, each.for_all) for each in store.all()] == [(FIRST, False), (SECOND, False), (FIRST, True)]


def test_a_license_takes_the_place_of_an_earlier_one_of_its_name(store: ActivationStore, own: Path) -> None:
    store.keep(FIRST, kept_file(), for_all=False)
    later = kept_file(seats=2)

    store.keep(FIRST, later, for_all=False)

    assert [each.file for each in store.all()] == [later]
    assert len(list(own.iterdir())) == 1


@pytest.mark.parametrize("step", ["replace_file", "flush_folder"])
@pytest.mark.parametrize("cause", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_disk_that_takes_nothing_leaves_all_as_it_was(
    store: ActivationStore, own: Path, monkeypatch: pytest.MonkeyPatch, step: str, cause: int
) -> None:
    store.keep(FIRST, kept_file(), for_all=False)
    before = store.all()

    def refuse(*_: object) -> None:
        raise OSError(cause, os.strerror(cause))

    with monkeypatch.context() as patch:
        patch.setattr(disk, step, refuse)
        with pytest.raises(CouldNotSave, match=os.strerror(cause)) as caught:
            store.keep(SECOND, kept_file(SECOND), for_all=False)

    assert caught.value.message.id == "license.could_not_save"
    assert not [path for path in own.iterdir() if path.name[0] == "."]
    if step == "replace_file":
        assert store.all() == before
    store.keep(SECOND, kept_file(SECOND), for_all=False)
    assert names(store) == [FIRST, SECOND]


def test_a_file_in_the_place_of_the_folder_is_told(store: ActivationStore, own: Path) -> None:
    own.parent.mkdir()
    own.write_text("in the way")

    with pytest.raises(CouldNotSave):
        store.keep(FIRST, kept_file(), for_all=False)
    assert store.all() == ()


def test_a_link_in_the_place_of_a_license_is_replaced_and_not_followed(
    store: ActivationStore, own: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("something else")
    own.mkdir(parents=True)
    (own / f"{FIRST}.djlicense").symlink_to(elsewhere)

    store.keep(FIRST, kept_file(), for_all=False)

    assert elsewhere.read_text() == "something else"
    assert not (own / f"{FIRST}.djlicense").is_symlink()


def test_a_file_that_is_no_license_is_passed_over_and_named_in_the_log(
    store: ActivationStore, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.keep(FIRST, kept_file(), for_all=False)
    raw = write_armor(kept_file(SECOND))
    bad = {
        "empty": b"",
        "cut": raw[:200],
        "changed": raw.replace(b"A", b"!"),
        "other": b"SQLite format 3\0",
        "with-bom": b"\xef\xbb\xbf" + raw,
    }
    for name, content in bad.items():
        (own / f"{name}.djlicense").write_bytes(content)
    started = time.process_time()
    huge = own / "huge.djlicense"
    huge.write_bytes(raw)
    os.truncate(huge, 4 * 2**30)

    assert names(store) == [FIRST]

    assert time.process_time() - started < 1
    assert {record.getMessage().partition(":")[0] for record in caplog.records} == {
        f"{name}.djlicense" for name in (*bad, "huge")
    }


def test_what_is_no_file_is_passed_over_at_once(store: ActivationStore, own: Path) -> None:
    store.keep(FIRST, kept_file(), for_all=False)
    os.mkfifo(own / "pipe.djlicense")
    (own / "folder.djlicense").mkdir()
    (own / "loop.djlicense").symlink_to(own / "loop.djlicense")
    (own / "nowhere.djlicense").symlink_to(own / "gone")
    (own / "device.djlicense").symlink_to("/dev/zero")

    assert names(store) == [FIRST]


def test_files_of_others_and_unfinished_ones_are_no_licenses(store: ActivationStore, own: Path) -> None:
    store.keep(FIRST, kept_file(), for_all=False)
    raw = write_armor(kept_file(SECOND))
    for name in ("readme.txt", f".{SECOND}.abc", f".{SECOND}.djlicense", "clock.json", "x.djlicense.bak"):
        (own / name).write_bytes(raw)

    assert names(store) == [FIRST]


def test_a_file_that_needs_a_code_is_not_kept_as_one_that_opens(store: ActivationStore, own: Path) -> None:
    write(make_card_file(1, make_license()), own / "waiting.djlicense")

    assert store.all() == ()


def test_a_license_file_as_it_was_sold_can_be_put_there_by_hand(store: ActivationStore, machine: Path) -> None:
    sold = make_bearer_file(make_license())
    write(sold, machine / "room 4.djlicense")

    assert store.all() == (KeptLicense(machine / "room 4.djlicense", sold, for_all=True),)


def test_a_license_that_may_not_be_read_is_passed_over(
    store: ActivationStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store.keep(FIRST, kept_file(FIRST), for_all=False)
    store.keep(SECOND, kept_file(SECOND), for_all=False)
    is_file = Path.is_file

    def refuse(path: Path) -> bool:
        if path.name.startswith(FIRST):
            raise PermissionError(errno.EACCES, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuse)

    assert names(store) == [SECOND]
    assert "Permission denied" in caplog.text


def test_a_folder_that_may_not_be_read_holds_nothing(store: ActivationStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep(FIRST, kept_file(), for_all=False)

    def refuse(_: Path) -> object:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert store.all() == ()


def test_a_removed_license_is_gone(store: ActivationStore, own: Path) -> None:
    for name in (FIRST, SECOND):
        store.keep(name, kept_file(name), for_all=False)
    first, second = store.all()

    store.remove(first)
    store.remove(first)

    assert store.all() == (second,)
    assert len(list(own.iterdir())) == 1


def test_a_license_that_cannot_be_removed_is_told_as_such(
    store: ActivationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(FIRST, kept_file(), for_all=True)
    (kept,) = store.all()

    def refuse(_: Path, **__: bool) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)

    with pytest.raises(CouldNotSave, match="could not be removed: Permission denied"):
        store.remove(kept)
    assert store.all() == (kept,)
