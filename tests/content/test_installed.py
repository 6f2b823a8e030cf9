"""Packs added to a home: the last one counts, older ones go in time, a bad copy locks nobody out."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.installed import KEPT, add_pack, added_packs, open_pack_in_use, roll_back
from dijipilot.errors import CouldNotSave, UsageProblem
from tests import builders


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return so many different packs that one more than is kept can be added."""
    folder = tmp_path_factory.mktemp("editions")
    files = []
    for number in range(KEPT + 1):
        content = builders.small_content()
        curriculum = replace(content.curriculum, title=f"Edition {number}")
        files.append(folder / f"edition-{number}.djpack")
        write_body(compile_body(replace(content, curriculum=curriculum)), files[-1])
    return files


def title_in_use(folder: Path) -> str:
    with open_pack_in_use(folder) as pack:
        return pack.title


def test_the_pack_added_last_is_in_use_and_only_a_few_are_kept(editions: list[Path], tmp_path: Path) -> None:
    for number, file in enumerate(editions):
        add_pack(tmp_path, file)
        assert title_in_use(tmp_path) == f"Edition {number}"

    assert [path.name[:6] for path in added_packs(tmp_path)] == ["000002", "000003", "000004"]


def test_going_back_brings_back_the_one_before(editions: list[Path], tmp_path: Path) -> None:
    for file in editions[:2]:
        add_pack(tmp_path, file)

    assert roll_back(tmp_path).title == "Edition 0"
    assert title_in_use(tmp_path) == "Edition 0"


def test_a_copy_that_was_cut_off_and_files_of_others_are_no_packs(editions: list[Path], tmp_path: Path) -> None:
    add_pack(tmp_path, editions[0])
    (tmp_path / "000002-abc.djpack.part").write_bytes(b"half")
    (tmp_path / "readme.txt").write_text("hello")

    assert title_in_use(tmp_path) == "Edition 0"
    assert add_pack(tmp_path, editions[1]).path.name.startswith("000002-")


def test_a_bad_copy_is_passed_over_and_logged(
    editions: list[Path], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for file in editions[:2]:
        add_pack(tmp_path, file)
    added_packs(tmp_path)[-1].write_bytes(b"SQLite format 3\0")

    assert title_in_use(tmp_path) == "Edition 0"
    assert "000002-" in caplog.text


def test_a_folder_that_takes_no_file_leaves_all_as_it_was(editions: list[Path], tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file stands where the folder should")

    with pytest.raises(CouldNotSave):
        add_pack(tmp_path / "packs", editions[0])


def test_there_is_nothing_to_go_back_from_where_none_was_added(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        roll_back(tmp_path / "packs")
