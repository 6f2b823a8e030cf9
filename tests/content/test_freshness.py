"""A checkout's pack is as new as its sources, and a start with nothing to do is quick."""

import multiprocessing
import os
from pathlib import Path

import pytest

from dijipilot.content import freshness
from dijipilot.content.freshness import pack_for_checkout, shipped_pack
from dijipilot.content.pack import open_pack
from dijipilot.domain.ids import SkillId
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, change


def test_the_first_start_compiles(sources: Path, tmp_path: Path) -> None:
    with open_pack(pack_for_checkout(sources, tmp_path / "build")) as pack:
        assert pack.title == "Mini Curriculum"


def test_a_start_with_nothing_new_reads_no_source(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pack_for_checkout(sources, tmp_path / "build")
    monkeypatch.setattr(freshness, "_content_hash", None)
    monkeypatch.setattr(freshness, "_compile", None)

    assert pack_for_checkout(sources, tmp_path / "build") == first


def test_a_changed_source_makes_another_pack_and_leaves_the_old_one(sources: Path, tmp_path: Path) -> None:
    first = pack_for_checkout(sources, tmp_path / "build")
    change(sources, DRAFT_MISSION, "What is base.third?", "What is really base.third?")

    second = pack_for_checkout(sources, tmp_path / "build")

    assert second != first
    assert first.is_file()
    with open_pack(second) as pack:
        assert pack.curriculum.lesson_by_skill[SkillId("base.third")].title == "What is really base.third?"


def test_touched_files_are_compared_and_not_compiled_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = pack_for_checkout(sources, tmp_path / "build")
    os.utime(sources / MISSION, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(freshness, "_compile", None)

    assert pack_for_checkout(sources, tmp_path / "build") == first


def test_a_lost_pack_or_unreadable_mark_is_made_anew(sources: Path, tmp_path: Path) -> None:
    first = pack_for_checkout(sources, tmp_path / "build")
    whole = first.read_bytes()
    first.unlink()
    assert pack_for_checkout(sources, tmp_path / "build").read_bytes() == whole

    for marks in ("", "[]", "{", '{"glance": 1}'):
        (tmp_path / "build" / "sources.json").write_text(marks, encoding="utf-8")
        assert pack_for_checkout(sources, tmp_path / "build") == first


def test_only_the_newest_packs_are_kept(sources: Path, tmp_path: Path) -> None:
    packs = []
    for number in range(6):
        change(sources, DRAFT_MISSION, "outcome: ", f"outcome: # {number}\n  ")
        packs.append(pack_for_checkout(sources, tmp_path / "build"))

    assert len(set(packs)) == 6
    assert packs[-1].is_file()
    assert len(list((tmp_path / "build").glob("*.djbody"))) == 3


def test_sources_that_cannot_be_compiled_are_told_line_by_line(sources: Path, tmp_path: Path) -> None:
    line = change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")

    with pytest.raises(BadInput) as caught:
        pack_for_checkout(sources, tmp_path / "build")

    assert f'{DRAFT_MISSION}:{line}: lesson 1.1.2.1: prerequisite "base.secnd" does not exist.' in str(caught.value)


def test_a_folder_that_takes_no_file_is_told(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file", encoding="utf-8")

    with pytest.raises(CouldNotSave):
        pack_for_checkout(sources, tmp_path / "build")


def _compile_many(sources: Path, build: Path, failures: "multiprocessing.Queue[str]") -> None:
    try:
        for _ in range(5):
            with open_pack(pack_for_checkout(sources, build)) as pack:
                assert len(pack.curriculum.skills) == 21
            (build / "sources.json").unlink(missing_ok=True)
    except BaseException as error:
        failures.put(repr(error))


def test_processes_that_start_at_once_do_not_break_each_other(sources: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    failures: multiprocessing.Queue[str] = context.Queue()
    processes = [context.Process(target=_compile_many, args=(sources, tmp_path / "build", failures)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert failures.empty()
    assert [path.name for path in (tmp_path / "build").iterdir() if path.name.startswith(".")] == []


def test_a_ready_made_pack_is_taken_as_it_is(pack_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "bundled_pack", lambda: pack_file)

    assert shipped_pack() == pack_file


def test_a_program_without_any_content_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "bundled_pack", lambda: None)
    monkeypatch.setattr(freshness, "curriculum_sources", lambda: None)

    with pytest.raises(PackDamaged, match="holds no content"):
        shipped_pack()
