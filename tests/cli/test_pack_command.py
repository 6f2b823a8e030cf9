"""dijipilot pack: list, verify, add, and go back."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.compiler import compile_body
from tests import builders
from tests.cli.conftest import ADDED_PACK, Terminal, keys
from tests.packs import checkout_publisher, write_pack


@pytest.fixture(scope="module")
def second_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return another pack of the small curriculum."""
    file = tmp_path_factory.mktemp("second") / "second.djpack"
    content = builders.small_content()
    curriculum = replace(content.curriculum, title="Small curriculum, second edition")
    body = compile_body(replace(content, curriculum=curriculum, edition="second"))
    return write_pack(body, file, publisher=checkout_publisher())


def test_packs_are_listed_with_the_one_in_use(fresh: Terminal) -> None:
    shipped, added = fresh("pack", "list", "--json").data["packs"]

    assert keys(added) == [
        *("file", "id", "pack_id", "serial", "built", "title", "edition", "lessons", "ready", "sealed", "in_use")
    ]
    assert (shipped["lessons"], shipped["in_use"]) == (159, False)
    assert (added["title"], added["lessons"], added["ready"], added["in_use"]) == ("Small curriculum", 8, 2, True)
    assert f"* Small curriculum, edition test, 2 of 8 lessons ready ({added['id'][:16]})\n" in fresh("pack", "list").out


def test_a_pack_is_verified(fresh: Terminal, second_edition: Path) -> None:
    assert "is whole: Small curriculum, second edition" in fresh("pack", "verify", second_edition).out
    assert fresh("pack", "verify", second_edition, "--json").data["edition"] == "second"


@pytest.mark.parametrize("damage", ["missing", "other", "short", "altered"])
@pytest.mark.parametrize("command", ["verify", "add"])
def test_a_file_that_is_no_sound_pack_is_refused(
    fresh: Terminal, second_edition: Path, tmp_path: Path, damage: str, command: str
) -> None:
    file = tmp_path / "bad.djpack"
    whole = second_edition.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    altered = whole[:4096] + b"\xff" * middle + whole[4096 + middle :]
    if damage != "missing":
        file.write_bytes({"other": b"hello", "short": whole[:-4096], "altered": altered}[damage])

    outcome = fresh("pack", command, file)

    assert outcome.code == 3
    assert "bad.djpack" in outcome.err
    assert [path.name for path in fresh.paths.packs.iterdir()] == [ADDED_PACK]


def test_an_added_pack_is_in_use_until_rollback(fresh: Terminal, second_edition: Path) -> None:
    assert fresh("pack", "add", second_edition).code == 0
    assert [each["in_use"] for each in fresh("pack", "list", "--json").data["packs"]] == [False, False, True]

    outcome = fresh("pack", "rollback")

    assert outcome.code == 0
    assert outcome.err.startswith("In use from now on: Small curriculum, edition test")
    assert [path.name for path in fresh.paths.packs.iterdir()] == [ADDED_PACK]


def test_progress_stays_when_a_pack_is_added(run: Terminal, second_edition: Path) -> None:
    before = run("result", "--json").data

    run("pack", "add", second_edition)

    assert run("result", "--json").data == before


def test_adding_what_is_in_use_is_wrong_usage(fresh: Terminal, small_pack: Path) -> None:
    assert fresh("pack", "add", small_pack).code == 2


def test_rollback_goes_no_further_than_the_programs_own_pack(fresh: Terminal) -> None:
    assert "159 lessons" in fresh("pack", "rollback").err

    outcome = fresh("pack", "rollback")

    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_a_damaged_added_pack_is_passed_over_and_named(run: Terminal, second_edition: Path) -> None:
    run("pack", "add", second_edition)
    (newest,) = run.paths.packs.glob("000002-*")
    newest.write_bytes(newest.read_bytes()[:8192])

    assert run("lesson", "1.1.1.1").code == 0
    listed = run("pack", "list")
    assert listed.code == 3
    assert newest.name in listed.err
    assert run("pack", "rollback").code == 0
    assert run("pack", "list").code == 0
