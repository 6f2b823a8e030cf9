"""A checkout's pack is as new as its sources, and a start with nothing to do is quick."""

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest

from dijipilot.content import freshness
from dijipilot.content.freshness import Shipped, pack_for_checkout, shipped
from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.ids import SkillId
from dijipilot.domain.signed_text import read_trusted_keys
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged
from dijipilot_vendor.develop import TRUSTED as TRUSTED_FILE
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, change, write_mini_curriculum
from tests.packs import TRUSTED

VAULT = "publisher"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with sources, and with what the first start made of them; tests work on copies."""
    folder = tmp_path_factory.mktemp("made")
    pack_for_checkout(write_mini_curriculum(folder / "curriculum"), folder / "build")
    return folder


@pytest.fixture
def sources(made: Path, tmp_path: Path) -> Path:
    """Return sources of which a pack was made before."""
    return Path(shutil.copytree(made / "curriculum", tmp_path / "curriculum"))


@pytest.fixture
def build(made: Path, tmp_path: Path) -> Path:
    """Return the folder with what was made of the sources."""
    return Path(shutil.copytree(made / "build", tmp_path / "build"))


@pytest.fixture
def no_making(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail that would make a pack."""
    monkeypatch.setattr(freshness, "_make", None)


def opened(pack: Path) -> Pack:
    """Open a pack with the keys that were made beside it."""
    return open_pack(pack, read_trusted_keys((pack.parent / VAULT / TRUSTED_FILE).read_bytes()))


def test_the_first_start_makes_a_pack_and_keys_of_its_own(made: Path) -> None:
    (pack,) = (made / "build").glob("*.djpack")

    with opened(pack) as found:
        assert found.title == "Mini Curriculum"
    with pytest.raises(BadInput):
        open_pack(pack, TRUSTED)
    assert {path.name for path in (made / "build").iterdir()} == {pack.name, VAULT, "sources.json"}


def test_a_start_with_nothing_new_reads_no_source(
    sources: Path, build: Path, no_making: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pack_for_checkout(sources, build)
    monkeypatch.setattr(freshness, "_content_hash", None)

    assert pack_for_checkout(sources, build) == first


def test_a_changed_source_makes_another_pack_and_leaves_the_old_one(sources: Path, build: Path) -> None:
    first = pack_for_checkout(sources, build)
    change(sources, DRAFT_MISSION, "What is base.third?", "What is really base.third?")

    second = pack_for_checkout(sources, build)

    assert second != first
    with opened(first) as old, opened(second) as new:
        titles = [pack.curriculum.lesson_by_skill[SkillId("base.third")].title for pack in (old, new)]
    assert titles == ["What is base.third?", "What is really base.third?"]


def test_touched_files_are_compared_and_not_compiled_again(sources: Path, build: Path, no_making: None) -> None:
    first = pack_for_checkout(sources, build)
    os.utime(sources / MISSION, (1_000_000_000, 1_000_000_000))

    assert pack_for_checkout(sources, build) == first


def test_a_lost_pack_is_made_anew_with_the_same_keys(sources: Path, build: Path) -> None:
    first = pack_for_checkout(sources, build)
    keys = {path.name: path.read_bytes() for path in (build / VAULT).iterdir()}
    first.unlink()

    assert pack_for_checkout(sources, build) == first
    with opened(first) as pack:
        assert pack.title == "Mini Curriculum"
    assert {path.name: path.read_bytes() for path in (build / VAULT).iterdir()} == keys


def test_lost_keys_make_others_and_a_pack_that_they_open(sources: Path, build: Path) -> None:
    first = pack_for_checkout(sources, build)
    shutil.rmtree(build / VAULT)

    second = pack_for_checkout(sources, build)

    assert second != first
    with opened(second) as pack:
        assert pack.title == "Mini Curriculum"
    with pytest.raises(BadInput):
        opened(first)


@pytest.mark.parametrize("marks", ["", "[]", "{", '{"glance": 1}'])
def test_an_unreadable_mark_costs_a_look_at_the_sources_alone(
    sources: Path, build: Path, no_making: None, marks: str
) -> None:
    first = pack_for_checkout(sources, build)
    (build / "sources.json").write_text(marks, encoding="utf-8")

    assert pack_for_checkout(sources, build) == first


def test_only_the_newest_packs_are_kept(sources: Path, build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(sources: Path, vault: Path, build_folder: Path) -> Path:
        content = freshness._content_hash(sources, vault, freshness._inputs(sources, vault))
        pack = build_folder / f"academy-{content[:16]}.djpack"
        pack.write_bytes(b"a pack")
        return pack

    monkeypatch.setattr(freshness, "_make", make)
    packs = []
    for number in range(6):
        change(sources, DRAFT_MISSION, "outcome: ", f"outcome: # {number}\n  ")
        packs.append(pack_for_checkout(sources, build))

    assert len(set(packs)) == 6
    assert packs[-1].is_file()
    assert len(list(build.glob("*.djpack"))) == 3


def test_sources_that_cannot_be_compiled_are_told_line_by_line(sources: Path, build: Path) -> None:
    line = change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")

    with pytest.raises(BadInput) as caught:
        pack_for_checkout(sources, build)

    assert f'{DRAFT_MISSION}:{line}: lesson 1.1.2.1: prerequisite "base.secnd" does not exist.' in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_folder_that_takes_no_file_is_told(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file", encoding="utf-8")

    with pytest.raises(CouldNotSave) as caught:
        pack_for_checkout(sources, tmp_path / "build")

    assert "Traceback" not in str(caught.value)


def _make_and_open(sources: Path, build: Path, failures: "multiprocessing.Queue[str]") -> None:
    try:
        for _ in range(2):
            with opened(pack_for_checkout(sources, build)) as pack:
                assert len(pack.curriculum.skills) == 21
            (build / "sources.json").unlink(missing_ok=True)
    except BaseException as error:
        failures.put(repr(error))


def test_processes_that_start_at_once_do_not_break_each_other(sources: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    failures: multiprocessing.Queue[str] = context.Queue()
    arguments = (sources, tmp_path / "build", failures)
    processes = [context.Process(target=_make_and_open, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert failures.empty()
    assert [path.name for path in (tmp_path / "build").iterdir() if path.name.startswith(".")] == []


def test_a_ready_made_pack_is_taken_as_it_is(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pack,) = (made / "build").glob("*.djpack")
    keys = made / "build" / VAULT / TRUSTED_FILE
    monkeypatch.setattr(freshness, "bundled_pack", lambda: pack)
    monkeypatch.setattr(freshness, "trusted_keys_file", lambda: keys)

    assert shipped() == Shipped(pack, read_trusted_keys(keys.read_bytes()))


def test_a_program_without_any_content_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "bundled_pack", lambda: None)
    monkeypatch.setattr(freshness, "curriculum_sources", lambda: None)

    with pytest.raises(PackDamaged, match="holds no content"):
        shipped()


@pytest.mark.parametrize("keys", [None, b"", b"{", b"[]", b'{"development":true,"pack":[],"license":[]}'])
def test_a_program_without_keys_that_can_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: bytes | None
) -> None:
    if keys is not None:
        (tmp_path / TRUSTED_FILE).write_bytes(keys)
    monkeypatch.setattr(freshness, "bundled_pack", lambda: tmp_path / "academy.djpack")
    monkeypatch.setattr(freshness, "trusted_keys_file", lambda: tmp_path / TRUSTED_FILE)

    with pytest.raises(PackDamaged, match="holds no content"):
        shipped()
