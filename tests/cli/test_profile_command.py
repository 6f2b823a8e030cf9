"""dijipilot profile: add, rename, remove, carry by file, and say what the shop is like."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, keys


def names(run: Terminal) -> list[str]:
    return [profile["name"] for profile in run("profile", "list", "--json").data["profiles"]]


def test_profiles_are_listed_as_data_and_text(run: Terminal) -> None:
    run("profile", "add", "Bora")

    rows = run("profile", "list", "--json").data["profiles"]

    assert keys(rows[0]) == ["id", "name", "created_at", "last_used"]
    assert [(row["name"], row["last_used"]) for row in rows] == [("Ayşe", True), ("Bora", False)]
    assert run("profile", "list").out.startswith("* Ayşe  (since ")


def test_a_home_without_profiles_says_how_to_begin(fresh: Terminal) -> None:
    outcome = fresh("profile", "list")

    assert (outcome.code, outcome.out) == (0, "")
    assert "dijipilot assess" in outcome.err


def test_a_profile_named_by_a_changing_command_is_made_and_used_from_then_on(run: Terminal) -> None:
    run("assess", "--profile", "Bora", "--jsonl", typed='{"stop": true}\n')

    assert names(run) == ["Ayşe", "Bora"]
    assert run("result").out.startswith("Result of Bora")
    assert run("result", "--profile", "Ayşe").out.startswith("Result of Ayşe")


def test_a_taken_or_empty_name_is_wrong_usage(run: Terminal) -> None:
    assert run("profile", "add", "Ayşe").code == 2
    assert run("profile", "add", "  ").code == 2
    assert names(run) == ["Ayşe"]


def test_a_profile_gets_another_name(run: Terminal) -> None:
    assert run("profile", "rename", "Ayşe", "Ayşe Öz").err == "Ayşe is now Ayşe Öz.\n"
    assert run("profile", "rename", "Öz").code == 0
    assert names(run) == ["Öz"]
    assert run("profile", "rename", "Nobody", "Somebody").code == 2


def test_a_removed_profile_comes_back_with_its_file(run: Terminal, tmp_path: Path) -> None:
    before = run("result", "--json").data
    run("profile", "export", tmp_path / "ayse.djprofile")

    assert run("profile", "remove", "Ayşe").code == 0
    assert names(run) == []
    assert run("profile", "import", tmp_path / "ayse.djprofile").code == 0

    assert run("result", "--json").data == before


def test_a_profile_is_carried_to_another_home_and_merged_by_id(
    run: Terminal, make_home: Callable[[Path], Path], tmp_path: Path
) -> None:
    other = run.on(make_home(tmp_path / "other"))
    assert run("profile", "export", "Ayşe", tmp_path / "ayse.djprofile").code == 0

    assert " records added." in other("profile", "import", tmp_path / "ayse.djprofile").err
    assert other("profile", "import", tmp_path / "ayse.djprofile").err == "Ayşe: 0 records added.\n"

    assert other("result", "--json").data == run("result", "--json").data
    other("roadmap", "done", "1.1.1.1")
    other("profile", "export", tmp_path / "back.djprofile")
    assert run("profile", "import", tmp_path / "back.djprofile").err == "Ayşe: 1 record added.\n"


@pytest.mark.parametrize("content", [b"", b"hello", b"{}", b'{"format": "dijipilot-profile"}', b"\xff\xfe"])
def test_a_file_that_is_no_profile_is_bad_input_and_changes_nothing(
    fresh: Terminal, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "bad.djprofile").write_bytes(content)

    outcome = fresh("profile", "import", tmp_path / "bad.djprofile")

    assert outcome.code == 3
    assert "bad.djprofile" in outcome.err
    assert names(fresh) == []


def test_a_missing_file_is_bad_input(fresh: Terminal, tmp_path: Path) -> None:
    assert fresh("profile", "import", tmp_path / "none.djprofile").code == 3


def test_what_is_known_of_the_shop_can_be_said_and_shown(run: Terminal) -> None:
    assert run("profile", "fact", "weekly_hours", "from_3_to_5").code == 0

    facts = run("profile", "facts", "--json").data["facts"]

    assert facts["weekly_hours"] == ["from_3_to_5"]
    assert facts["sales_channels"] == ["shopify"]
    assert facts["goal"] == []
    assert "  [x] from_3_to_5: " in run("profile", "facts").out
    assert "At your pace: " in run("roadmap").out


def test_not_sure_leaves_a_fact_unknown(run: Terminal) -> None:
    run("profile", "fact", "sales_channels", "not_sure")

    assert run("profile", "facts", "--json").data["facts"]["sales_channels"] == []


@pytest.mark.parametrize("words", ["color red", "weekly_hours lots", "weekly_hours up_to_2 not_sure"])
def test_a_fact_or_option_nobody_knows_is_wrong_usage(run: Terminal, words: str) -> None:
    assert run("profile", "fact", *words.split()).code == 2


def test_a_profile_that_cannot_be_written_ends_with_5(run: Terminal, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    assert run("profile", "export", tmp_path / "taken").code == 5
    shutil.rmtree(tmp_path / "taken")
    assert run("profile", "export", tmp_path / "nowhere" / "a.djprofile").code == 5
    (tmp_path / "file").write_text("")
    assert run("profile", "export", tmp_path / "file" / "a.djprofile").code == 5
