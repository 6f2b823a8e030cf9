"""dijipilot pack add: what a new pack changes is told before it is used."""

import shutil
from pathlib import Path

import pytest

from dijipilot.bootstrap import open_academy
from tests import new_editions
from tests.cli.conftest import ADDED_PACK, Terminal, keys
from tests.licenses import with_later_generation
from tests.packs import BUILT, FIRST, checkout_publisher, write_sealed_pack
from tests.rooms import write_room_file

SUMMARY = ["file", "id", "pack_id", "serial", "built", "title", "edition", "lessons", "ready", "sealed", "editions"]
CHANGES = ["new_lessons", "written", "retitled", "renumbered", "retired", "opens", "closes", "licenses"]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return packs: the first edition, the second, and the second for later keys alone."""
    folder, publisher = tmp_path_factory.mktemp("editions"), checkout_publisher()
    first, second = new_editions.first_edition(), new_editions.second_edition()
    release = new_editions.SECOND
    return {
        "first": write_sealed_pack(first, folder / "first.djpack", (), FIRST, publisher),
        "second": write_sealed_pack(second, folder / "second.djpack", (), release, publisher),
        "rekeyed": write_sealed_pack(second, folder / "rekeyed.djpack", (), release, with_later_generation(publisher)),
    }


@pytest.fixture
def home(
    tmp_path: Path,
    editions: dict[str, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    """Return a terminal on a home that uses the first edition, with a license for it."""
    folder = tmp_path / "reader"
    (folder / "packs").mkdir(parents=True)
    shutil.copy(editions["first"], folder / "packs" / ADDED_PACK)
    terminal = Terminal(folder, capsys, monkeypatch)
    file = write_room_file(tmp_path / "room.djlicense", checkout_publisher())
    assert terminal("license", "add", file).code == 0
    return terminal


def packs_of(terminal: Terminal) -> list[str]:
    return sorted(path.name for path in terminal.paths.packs.iterdir())


def test_a_preview_says_what_would_change_and_changes_nothing(home: Terminal, editions: dict[str, Path]) -> None:
    outcome = home("pack", "add", editions["second"], "--preview")

    assert outcome.code == 0
    assert "Nothing was changed" in outcome.err
    lines = outcome.out.splitlines()
    for line in (
        "New lessons: 1",
        "  2.1.1.2 Lesson on ads.second",
        "Now written: 1",
        "  1.1.1.1 Who Buys? (before: Lesson on niche.buyer)",
        "  1.1.2.3 Lesson on price.cost-stack (before: 1.1.2.1, which still finds it)",
        "Retired; what you did in them is kept: 1",
    ):
        assert line in lines
    assert "number 2 of 2027-01-15" in " ".join(outcome.out.split())
    assert "closes" not in outcome.out
    assert packs_of(home) == [ADDED_PACK]


def test_a_pack_is_added_after_what_it_changes_was_told(home: Terminal, editions: dict[str, Path]) -> None:
    outcome = home("pack", "add", editions["second"])

    assert outcome.code == 0
    assert "New lessons: 1" in outcome.out
    assert "In use from now on: Small curriculum, edition second" in outcome.err
    assert home("lesson", "1.1.2.1", "--json").data["number"] == "1.1.2.3"


def test_the_data_of_a_preview_has_the_keys_of_the_contract(home: Terminal, editions: dict[str, Path]) -> None:
    data = home("pack", "add", editions["second"], "--preview", "--json").data

    assert keys(data) == ["in_use", "new", *CHANGES, "added"]
    assert (keys(data["new"]), data["added"]) == (SUMMARY, False)
    assert data["renumbered"] == [
        {
            "number": "1.1.2.3",
            "skill": "price.cost-stack",
            "title": "Lesson on price.cost-stack",
            "before": "1.1.2.1",
            "found_by_both": True,
        }
    ]
    assert [each["state"] for each in data["licenses"]] == ["open"]
    assert home("pack", "add", editions["second"], "--json").data["added"] is True


def test_a_pack_that_closes_something_says_so_first_and_how_to_go_back(
    home: Terminal, editions: dict[str, Path]
) -> None:
    outcome = home("pack", "add", editions["rekeyed"])

    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[:2] == ["This pack closes lessons that are open now: 1", "  1.1.2.3 Lesson on price.cost-stack"]
    told = " ".join(outcome.out.split())
    assert "dijipilot pack rollback brings it back" in told
    assert "(L10)" in told
    assert home("lesson", "1.1.2.1").code == 4
    assert "(L10)" in home("lesson", "1.1.2.1").err
    assert home("pack", "rollback").code == 0
    assert home("lesson", "1.1.2.1").code == 0


def test_an_older_pack_is_wrong_usage_with_advice(home: Terminal, editions: dict[str, Path]) -> None:
    home("pack", "add", editions["second"])

    outcome = home("pack", "add", editions["first"])

    assert outcome.code == 2
    assert "dijipilot pack rollback" in outcome.err
    assert BUILT.isoformat() in outcome.err
    assert len(packs_of(home)) == 2


def test_adding_keeps_out_of_the_way_of_a_window_and_looking_does_not(
    home: Terminal, editions: dict[str, Path]
) -> None:
    window = open_academy(home.paths, for_writing=True)
    try:
        assert home("pack", "add", editions["second"], "--preview").code == 0
        assert home("pack", "add", editions["second"]).code == 6
    finally:
        window.close()
    assert packs_of(home) == [ADDED_PACK]


def test_a_home_that_takes_no_pack_ends_with_5(tmp_path: Path, home: Terminal, editions: dict[str, Path]) -> None:
    other = home.on(tmp_path / "other")
    other.home.mkdir()
    other.paths.packs.write_text("a file stands where the folder should")

    outcome = other("pack", "add", editions["second"])

    # The pack of the whole curriculum is in use there: what the small one lacks is retired.
    assert "Retired; what you did in them is kept: 159" in outcome.out
    assert "and 149 others" in outcome.out
    assert outcome.code == 5
