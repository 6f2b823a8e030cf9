"""dijipilot curriculum: data on standard output, messages on standard error, exit codes scripts rely on."""

import argparse
import json
import sys
from pathlib import Path

import pytest

from dijipilot.cli import curriculum
from dijipilot.errors import BadInput
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, change, write_mini_curriculum
from tests.packs import opened, write_pack


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a folder with sources that have no problems."""
    return write_mini_curriculum(tmp_path / "curriculum")


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    curriculum.add_parser(parser.add_subparsers(dest="command"))
    return curriculum.run(parser.parse_args(["curriculum", *map(str, words)]))


def test_lint_of_sound_sources_ends_with_0(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", sources) == 0

    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.splitlines()[-1] == f"{sources}: 19 missions, 21 lessons, 2 of them ready; no problems"


@pytest.mark.parametrize("words", [("lint",), ("build", "--release", "-o", "never.djbody")])
def test_what_could_not_be_checked_is_said(
    sources: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*words, sources)
    assert "not checked" not in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "syllapy", None)

    run(*words, sources)

    assert "The reading ease of lessons was not checked: what counts syllables is not installed." in (
        capsys.readouterr().err
    )


def test_lint_names_the_items_that_tell_least_per_second(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", sources) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Acts and items that tell least (half of all tell more than ")
    assert len(lines) <= 12

    assert run("lint", sources, "--json") == 0
    items = json.loads(capsys.readouterr().out)["items"]
    rates = [each["bits_per_second"] for each in items]
    assert rates == sorted(rates)
    assert {"id", "kind", "bits", "seconds", "bits_per_second"} == set(items[0])

    assert run("lint", sources, "--worth") == 0
    assert len(capsys.readouterr().err.splitlines()) == len(items) + 2


def test_lint_names_every_problem_and_ends_with_3(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")
    change(sources, MISSION, "= 12.10", "= 12.20")

    assert run("lint", sources) == 3

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[1] == (
        f'{sources.as_posix()}/{DRAFT_MISSION}:{line}: lesson 1.1.2.1: prerequisite "base.secnd" does not exist. '
        'Did you mean "base.second"?'
    )
    assert lines[2].endswith("2 problems")


def test_lint_gives_problems_as_data(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(sources, MISSION, "= 12.10", "= 12.20")

    assert run("lint", sources, "--json") == 3

    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["file"].endswith(MISSION)
    assert problem["line"] > 0
    assert "is wrong" in problem["what"]


def test_lint_of_no_curriculum_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        run("lint", tmp_path)


def test_build_writes_the_body_of_a_pack(sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", sources, "-o", tmp_path / "out" / "mini.djbody") == 0

    body = (tmp_path / "out" / "mini.djbody").read_bytes()
    with opened(write_pack(body, tmp_path / "mini.djpack")) as pack:
        assert capsys.readouterr().out == f"{tmp_path / 'out' / 'mini.djbody'} {pack.id}\n"


def test_a_build_for_work_passes_over_wording_and_says_so(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(sources, MISSION, "= 12.10", "= 12.20")

    assert run("build", sources, "-o", tmp_path / "mini.djbody") == 0
    assert "1 problems stand in the way of a release" in capsys.readouterr().err


def test_a_build_of_broken_sources_writes_nothing(sources: Path, tmp_path: Path) -> None:
    change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")

    assert run("build", sources, "-o", tmp_path / "mini.djbody") == 3
    assert not (tmp_path / "mini.djbody").exists()


def test_a_release_refuses_drafts(sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", sources, "-o", tmp_path / "mini.djbody", "--release") == 3

    lines = capsys.readouterr().err.splitlines()
    assert f"{DRAFT_MISSION}:16: lesson 1.1.2.1: it is a draft. Finish it, and set status: ready." in lines[0]
    assert len(lines) == 20
    assert not (tmp_path / "mini.djbody").exists()


def test_export_gives_skills_acts_and_items_as_the_contract_says(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "--json", sources) == 0

    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["skills", "acts", "items"]
    assert data["skills"][1] == {
        "id": "base.second",
        "number": "1.1.1.2",
        "mission": "1.1.1",
        "program": "1.1",
        "stage": "1",
        "title": "How Do You Do Thing 2?",
        "prerequisites": ["base.first"],
        "minutes": 20,
        "impact": 5,
        "difficulty": "Beginner",
        "path": "Launch",
        "free": True,
    }
    acts = {act["id"]: act for act in data["acts"]}
    assert acts["act.base.second"]["skill"] == "base.second"
    assert acts["act.base.second"]["program"] == "1.1"
    assert acts["foil.basil-number"] == {
        "id": "foil.basil-number",
        "skill": None,
        "program": "1.1",
        "programs": ["1.1", "1.2"],
        "text": "The basil number",
    }


def test_exported_items_carry_evidence_follow_ups_and_seconds(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("export", "--json", sources)

    items = {item["id"]: item for item in json.loads(capsys.readouterr().out)["items"]}
    situation = items["item.base.first.1"]
    assert situation["options"][0] == {
        "id": "guess",
        "text": "I took a round number",
        "evidence": {"base.first": -2, "base.second": -1},
    }
    assert (situation["kind"], situation["choose"], situation["mission"]) == ("situation", "one", "1.1.1")
    assert situation["seconds"] == round((10 + 5 + 5 + 5) * 60 / 238 + 2, 1)
    follow_up = items["item.base.first.1.follow_up"]
    assert (follow_up["kind"], follow_up["follows"]) == ("follow_up", "item.base.first.1")
    assert [option["keeps"] for option in follow_up["options"]] == [True, False, False]
    assert items["item.base.second.1"]["seconds"] > 20


def test_export_without_json_is_an_outline(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", sources) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Mini Curriculum: 18 programs, 21 lessons"
    assert "    1.1.2 Mission 1.1.2 (Intermediate, Grow, if sells_pod)" in lines
    assert "      1.1.2.1 What is base.third? [base.third, 15 min, impact 2, in preparation]" in lines


def test_export_of_broken_sources_is_bad_input(sources: Path) -> None:
    change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")

    with pytest.raises(BadInput, match=r"base\.secnd"):
        run("export", "--json", sources)


def test_preview_shows_one_mission_as_learners_read_it(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("preview", sources / MISSION) == 0

    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.startswith("MISSION 1.1.1 Mission 1.1.1\n")
    assert "The 3 Steps of Doing Thing 1\n  1. Do 1-0. " in output.out
    assert "  (x) The good answer -- It is right.\n" in output.out
    assert "Q: Can I cancel an order that is printing?\n" in output.out
    assert "MISSION 1.1.2" not in output.out


def test_preview_names_the_problems_of_what_it_shows_first(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(sources, MISSION, "= 12.10", "= 12.20")
    change(sources, "foils.yaml", '"The basil number"', '"The amber number"')

    assert run("preview", sources / MISSION) == 3

    output = capsys.readouterr()
    assert len(output.err.splitlines()) == 1
    assert "MISSION 1.1.1" in output.out


def test_preview_of_what_is_no_curriculum_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        run("preview", tmp_path / "nowhere")
