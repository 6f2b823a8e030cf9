"""Packs added to a home: the last one counts, older ones go in time, a bad copy locks nobody out."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.compiler import compile_body
from dijipilot.content.freshness import Shipped
from dijipilot.content.installed import KEPT, add_pack, added_packs, open_pack_in_use, roll_back
from dijipilot.errors import CouldNotSave, UsageProblem
from tests import builders
from tests.packs import shipped, write_pack, write_sealed_pack


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return so many different packs that one more than is kept can be added."""
    folder = tmp_path_factory.mktemp("editions")
    files = []
    for number in range(KEPT + 1):
        content = builders.small_content()
        curriculum = replace(content.curriculum, title=f"Edition {number}")
        body = compile_body(replace(content, curriculum=curriculum))
        files.append(write_pack(body, folder / f"edition-{number}.djpack"))
    return files


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """Return the pack that belongs to the program."""
    content = builders.small_content()
    return shipped(write_pack(compile_body(content), tmp_path_factory.mktemp("own") / "own.djpack"))


def title_in_use(folder: Path, own: Shipped) -> str:
    with open_pack_in_use(folder, own) as pack:
        return pack.title


def test_the_pack_added_last_is_in_use_and_only_a_few_are_kept(
    own: Shipped, editions: list[Path], tmp_path: Path
) -> None:
    for number, file in enumerate(editions):
        add_pack(tmp_path, file, own)
        assert title_in_use(tmp_path, own) == f"Edition {number}"

    assert [path.name[:6] for path in added_packs(tmp_path)] == ["000002", "000003", "000004"]


def test_going_back_brings_back_the_one_before(own: Shipped, editions: list[Path], tmp_path: Path) -> None:
    for file in editions[:2]:
        add_pack(tmp_path, file, own)

    assert roll_back(tmp_path, own).title == "Edition 0"
    assert title_in_use(tmp_path, own) == "Edition 0"


def test_a_copy_that_was_cut_off_and_files_of_others_are_no_packs(
    own: Shipped, editions: list[Path], tmp_path: Path
) -> None:
    add_pack(tmp_path, editions[0], own)
    (tmp_path / "000002-abc.djpack.part").write_bytes(b"half")
    (tmp_path / "readme.txt").write_text("hello")

    assert title_in_use(tmp_path, own) == "Edition 0"
    assert add_pack(tmp_path, editions[1], own).path.name.startswith("000002-")


def test_a_bad_copy_is_passed_over_and_logged(
    own: Shipped, editions: list[Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for file in editions[:2]:
        add_pack(tmp_path, file, own)
    added_packs(tmp_path)[-1].write_bytes(b"SQLite format 3\0")

    assert title_in_use(tmp_path, own) == "Edition 0"
    assert "000002-" in caplog.text


def test_a_folder_that_takes_no_file_leaves_all_as_it_was(own: Shipped, editions: list[Path], tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file stands where the folder should")

    with pytest.raises(CouldNotSave):
        add_pack(tmp_path / "packs", editions[0], own)


def test_there_is_nothing_to_go_back_from_where_none_was_added(own: Shipped, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        roll_back(tmp_path / "packs", own)


def edition(folder: Path, title: str, serial: int) -> Path:
    """Write a pack of a title and serial."""
    content = builders.small_content()
    body = compile_body(replace(content, curriculum=replace(content.curriculum, title=title)))
    return write_pack(body, folder / f"{title}.djpack", serial)


def test_an_update_of_the_program_with_a_newer_pack_overtakes_what_was_added(own: Shipped, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    add_pack(folder, edition(tmp_path, "Second", 2), own)
    updated = shipped(edition(tmp_path, "Third", 3))

    assert title_in_use(folder, own) == "Second"
    assert title_in_use(folder, updated) == "Third"
    with pytest.raises(UsageProblem):
        add_pack(folder, edition(tmp_path, "Second again", 2), updated)
    add_pack(folder, edition(tmp_path, "Fourth", 4), updated)
    assert title_in_use(folder, updated) == "Fourth"


def test_a_program_whose_own_pack_is_damaged_goes_on_with_the_one_added(own: Shipped, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    add_pack(folder, edition(tmp_path, "Second", 2), own)
    broken = edition(tmp_path, "Third", 3)
    broken.write_bytes(broken.read_bytes()[:100])

    assert title_in_use(folder, shipped(broken)) == "Second"


def test_a_pack_in_use_whose_sealed_part_went_bad_can_be_added_once_more(own: Shipped, tmp_path: Path) -> None:
    folder, file = tmp_path / "packs", tmp_path / "sealed.djpack"
    write_sealed_pack(builders.small_content(sold="1.1.2"), file)
    kept = add_pack(folder, file, own).path
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    again = add_pack(folder, file, own)

    assert again.path.read_bytes() == whole
    with pytest.raises(UsageProblem):
        add_pack(folder, file, own)
