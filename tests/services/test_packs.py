"""A new pack is looked at before it is used: what it changes, opens and closes with the licenses at hand."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from dijipilot import disk
from dijipilot.content import installed
from dijipilot.content.freshness import Shipped
from dijipilot.content.pack import Pack
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.curriculum_changes import CurriculumChanges
from dijipilot.domain.ids import LessonNumber, SkillId
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged, UsageProblem
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.services.activate import Licenses
from dijipilot.services.events import Announcer
from dijipilot.services.held_licenses import LicenseState
from dijipilot.services.license_clock import LicenseClock
from dijipilot.services.packs import Packs
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.sealing import Release
from dijipilot_vendor.signing import SigningKey
from tests import builders, new_editions
from tests.licenses import with_later_generation
from tests.packs import BUILT, FIRST, PUBLISHER, TRUSTED, opened, shipped, write_sealed_pack
from tests.rooms import ROOM, write_room_file

COSTS = SkillId("price.cost-stack")


class Shelf:
    """The packs of a home that has a license, or none."""

    def __init__(self, home: Path, shipped_pack: Path) -> None:
        self.folder = home / "packs"
        self.licenses = home / "licenses"
        self.packs = Packs(self.folder, shipped(shipped_pack), self.licenses_for)

    def licenses_for(self, pack: Pack) -> Licenses:
        store = ActivationStore(self.licenses, self.licenses.with_name("all users"))
        clock = LicenseClock(self.licenses / "clock.json", False, lambda: builders.NOON)
        made = Licenses(store, pack, PUBLISHER.trusted.license, Announcer(), lambda: builders.NOON, clock)
        made.open_all()
        return made

    def files(self) -> list[str]:
        """Return the names of all files beside each other, unfinished ones included."""
        return sorted(path.name for path in self.folder.iterdir()) if self.folder.exists() else []


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack of the first edition."""
    file = tmp_path_factory.mktemp("first") / "first.djpack"
    return write_sealed_pack(new_editions.first_edition(), file)


@pytest.fixture(scope="module")
def make_second(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that makes a pack of the second edition."""
    folder = tmp_path_factory.mktemp("second")

    def make(release: Release = new_editions.SECOND, publisher: Publisher = PUBLISHER) -> Path:
        named = (release.serial, release.keyring_serial, publisher.editions[0].epoch, publisher.pack_signer.kid)
        file = folder / f"{'-'.join(map(str, named))}.djpack"
        return write_sealed_pack(new_editions.second_edition(), file, (), release, publisher)

    return make


@pytest.fixture
def shelf(tmp_path: Path, first: Path) -> Shelf:
    """Return the packs of a home without a license; the first edition belongs to the program."""
    return Shelf(tmp_path / "packs-home", first)


@pytest.fixture
def licensed(shelf: Shelf) -> Shelf:
    """Return the packs of a home with a license."""
    write_room_file(shelf.licenses / f"{ROOM}.djlicense", PUBLISHER)
    return shelf


def numbers(lessons: Iterable[Lesson]) -> list[str]:
    return [lesson.number for lesson in lessons]


def test_a_preview_tells_what_changes_and_changes_nothing(shelf: Shelf, make_second: Callable[..., Path]) -> None:
    preview = shelf.packs.preview(make_second())

    changes = preview.changes
    assert numbers(changes.new) == ["2.1.1.2"]
    assert numbers(changes.written) == ["1.1.1.2"]
    assert [(each.lesson.title, each.before) for each in changes.retitled] == [("Who Buys?", "Lesson on niche.buyer")]
    assert [(each.lesson.number, each.before, each.is_found_by_both) for each in changes.renumbered] == [
        ("1.1.2.3", "1.1.2.1", True)
    ]
    assert [lesson.title for lesson in changes.retired] == ["Lesson on team.first-hire"]
    assert (changes.opens, changes.closes, preview.told) == ((), (), ())
    assert preview.locked == {COSTS}
    assert (preview.in_use.serial, preview.new.serial, preview.new.built.year) == (1, 2, 2027)
    assert preview.editions == preview.editions_in_use == (PUBLISHER.editions[0].title,)
    assert shelf.files() == []


def test_what_a_license_opens_stays_open_in_a_new_pack(licensed: Shelf, make_second: Callable[..., Path]) -> None:
    preview = licensed.packs.preview(make_second())

    assert (preview.changes.opens, preview.changes.closes, preview.locked) == ((), (), frozenset())
    assert [held.state for held in preview.licenses] == [LicenseState.OPEN]


def test_a_pack_that_closes_something_says_so_and_the_earlier_one_stays(
    licensed: Shelf, make_second: Callable[..., Path]
) -> None:
    rekeyed = make_second(publisher=with_later_generation(PUBLISHER))

    preview = licensed.packs.preview(rekeyed)

    assert numbers(preview.changes.closes) == ["1.1.2.3"]
    assert [each.id for each in preview.told] == ["license.retired"]
    licensed.packs.add(rekeyed)
    assert licensed.packs.roll_back().serial == 1


def test_a_license_with_newer_keys_opens_something(shelf: Shelf, make_second: Callable[..., Path]) -> None:
    publisher = with_later_generation(PUBLISHER)
    write_room_file(shelf.licenses / f"{ROOM}.djlicense", publisher, "pro-2026:2")

    preview = shelf.packs.preview(make_second(publisher=publisher))

    assert numbers(preview.changes.opens) == ["1.1.2.3"]


def test_looking_at_a_pack_is_no_start_for_the_clock(licensed: Shelf, make_second: Callable[..., Path]) -> None:
    before = sorted(licensed.licenses.iterdir())

    licensed.packs.preview(make_second())

    assert sorted(licensed.licenses.iterdir()) == before


def test_packs_that_are_here_are_known_with_the_one_in_use(shelf: Shelf, make_second: Callable[..., Path]) -> None:
    shelf.packs.add(make_second())
    assert [(each.is_in_use, each.problem) for each in shelf.packs.known()] == [(False, None), (True, None)]
    (added,) = shelf.folder.iterdir()
    added.write_bytes(added.read_bytes()[:-1])

    own, cut = shelf.packs.known()

    assert (own.is_in_use, own.summary is not None, own.problem) == (True, True, None)
    assert (cut.is_in_use, cut.summary) == (False, None)
    assert isinstance(cut.problem, PackDamaged)


@pytest.mark.parametrize(("serial", "keyring"), [(1, 2), (2, 1), (1, 1)])
def test_a_pack_or_keyring_older_than_the_one_in_use_is_refused(
    shelf: Shelf, make_second: Callable[..., Path], serial: int, keyring: int
) -> None:
    shelf.packs.add(make_second())
    before = shelf.files()
    older = make_second(Release(serial, keyring, BUILT))

    for attempt in (shelf.packs.preview, shelf.packs.add):
        with pytest.raises(UsageProblem, match="pack rollback") as refused:
            attempt(older)
        assert refused.value.message.id == "pack.older"
    assert shelf.files() == before


@pytest.mark.parametrize("change", ["keyring", "signer"])
def test_the_same_content_with_another_keyring_or_signature_is_another_pack(
    shelf: Shelf, first: Path, make_second: Callable[..., Path], change: str
) -> None:
    shelf.packs.add(make_second())
    signer = SigningKey("next-pack", bytes(32))
    trusted = replace(TRUSTED, pack=(*TRUSTED.pack, TrustedKey(signer.kid, signer.public)))
    shelf.packs = Packs(shelf.folder, Shipped(first, trusted), shelf.licenses_for)
    other = (
        make_second(Release(2, 3, BUILT))
        if change == "keyring"
        else make_second(publisher=replace(PUBLISHER, pack_signer=signer))
    )

    assert shelf.packs.preview(other).changes == CurriculumChanges()
    assert shelf.packs.add(other).serial == 2


def test_the_pack_in_use_is_refused(shelf: Shelf, first: Path) -> None:
    with pytest.raises(UsageProblem, match="in use already"):
        shelf.packs.preview(first)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "loop", "empty", "huge", "huge with a head", "cut"])
def test_a_file_that_is_no_pack_is_refused_at_once(
    shelf: Shelf, make_second: Callable[..., Path], tmp_path: Path, kind: str
) -> None:
    file, whole = tmp_path / "bad.djpack", make_second().read_bytes()
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "loop":
            file.symlink_to(file)
        case "empty":
            file.touch()
        case "huge" | "huge with a head":
            file.write_bytes(whole if kind == "huge with a head" else b"")
            os.truncate(file, 2**32)
        case "cut":
            file.write_bytes(whole[:-1])

    for attempt in (shelf.packs.preview, shelf.packs.verify, shelf.packs.add):
        with pytest.raises((BadInput, PackDamaged), match=r"bad\.djpack"):
            attempt(file)
    assert shelf.files() == []


def refuse_to_copy(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def copy_half(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:100])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk, "copy_file", copy_half)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_disk_that_does_not_take_the_pack_leaves_all_as_it_was(
    shelf: Shelf, make_second: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    refuse_to_copy(monkeypatch, code)

    with pytest.raises(CouldNotSave, match=os.strerror(code)):
        shelf.packs.add(make_second())

    assert shelf.files() == []
    assert [each.is_in_use for each in shelf.packs.known()] == [True]


def test_a_disk_without_room_is_found_out_before_copying(
    shelf: Shelf, make_second: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2_000_000))
    monkeypatch.setattr(disk, "copy_file", lambda *_: pytest.fail("it was copied all the same"))

    with pytest.raises(CouldNotSave, match="takes 11 MB, and 2 MB are free"):
        shelf.packs.add(make_second())

    assert shelf.files() == []


def test_what_was_left_behind_unfinished_goes_at_the_next_adding(
    shelf: Shelf, make_second: Callable[..., Path]
) -> None:
    shelf.folder.mkdir(parents=True)
    (shelf.folder / "000007-abc.djpack.part").write_bytes(b"half")

    shelf.packs.add(make_second())

    (added,) = shelf.files()
    assert added.startswith("000001-")


def test_an_old_pack_that_cannot_be_deleted_is_no_reason_to_fail(
    shelf: Shelf, make_second: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for serial in range(2, 2 + installed.KEPT):
        shelf.packs.add(make_second(Release(serial, serial, BUILT)))

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".djpack":
            raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "unlink", refuse)

    assert shelf.packs.add(make_second(Release(9, 9, BUILT))).serial == 9
    assert len(shelf.files()) == installed.KEPT + 1


def test_earlier_numbers_lead_to_lessons_in_the_new_pack(make_second: Callable[..., Path]) -> None:
    with opened(make_second()) as pack:
        assert pack.curriculum.skill_by_number[LessonNumber("1.1.2.1")] == COSTS
        assert pack.readable_skills() == {"niche.buyer", "niche.demand"}


def test_the_first_edition_seals_what_is_sold(first: Path) -> None:
    assert FIRST.serial == 1
    with opened(first) as pack:
        assert pack.sealed_skills() == {COSTS}
        assert pack.editions() == (PUBLISHER.editions[0].title,)
