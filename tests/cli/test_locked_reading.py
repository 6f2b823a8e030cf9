"""Commands that read tell locked from open, before and after a license: lesson, study, search, roadmap, gaps."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import new_editions
from tests.cli.conftest import ADDED_PACK, Terminal, keys
from tests.cli.test_lesson_command import PUBLIC
from tests.packs import FIRST, checkout_publisher, write_sealed_pack
from tests.rooms import write_room_file

LOCKED, OPEN = "1.1.2.1", "1.1.1.1"
"""Written lessons of the mission that is sold, and of a free one."""


@pytest.fixture(scope="module")
def sealed_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack with one mission that is not free."""
    file = tmp_path_factory.mktemp("sealed") / "sealed.djpack"
    return write_sealed_pack(new_editions.first_edition(), file, (), FIRST, checkout_publisher())


@pytest.fixture
def home(
    tmp_path: Path, sealed_pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Return a terminal on a home with a profile and without a license."""
    folder = tmp_path / "unlicensed"
    (folder / "packs").mkdir(parents=True)
    shutil.copy(sealed_pack, folder / "packs" / ADDED_PACK)
    terminal = Terminal(folder, capsys, monkeypatch)
    assert terminal("profile", "add", "Ayşe").code == 0
    return terminal


def activate(home: Terminal, entitlement: str = "pro-2026") -> None:
    file = write_room_file(home.home.parent / "room.djlicense", checkout_publisher(), entitlement)
    assert home("license", "add", file).code == 0


def locked_lessons(rows: list[dict[str, object]]) -> set[object]:
    return {row["lesson"] for row in rows if row["locked"]}


def test_a_locked_lesson_shows_what_is_public_and_what_would_open_it(home: Terminal) -> None:
    outcome = home("lesson", LOCKED)

    assert outcome.code == 4
    title = checkout_publisher().editions[0].title
    assert f"Afterwards: You can do price.cost-stack.\nOpens with: {title}.\n" in outcome.out
    assert "All about" not in outcome.out
    assert "opens with an activation code" in outcome.err


def test_the_data_of_a_locked_lesson_is_what_is_public_alone(home: Terminal) -> None:
    locked = home("lesson", LOCKED, "--json")
    assert (locked.code, keys(locked.data), locked.data["state"]) == (4, PUBLIC, "locked")

    activate(home)

    opened = home("lesson", LOCKED, "--json")
    assert (opened.code, opened.data["state"]) == (0, "ready")
    assert opened.data["checklist"]


def test_a_lesson_that_a_license_does_not_reach_says_so(home: Terminal) -> None:
    activate(home, "pro-2027")

    outcome = home("lesson", LOCKED)

    assert outcome.code == 4
    assert "Your license covers lessons published up to 2026-12-31." in outcome.err
    assert "(L07)" in outcome.err


def test_what_needs_no_license_is_open_without_one(home: Terminal) -> None:
    assert home("lesson", OPEN).code == 0
    assert home("study", OPEN).code == 0


def test_a_locked_lesson_cannot_be_studied_before_it_is_open(home: Terminal) -> None:
    assert home("study", LOCKED, "--tick", "s1").code == 4

    activate(home)

    assert home("study", LOCKED, "--tick", "s1", "--json").data["steps"][0]["ticked"] is True


def test_search_finds_what_is_public_and_the_rest_once_it_is_open(home: Terminal) -> None:
    public = home("search", "price.cost-stack", "--json").data["hits"][0]
    assert (public["lesson"], public["locked"]) == (LOCKED, True)
    assert "All about" not in public["snippet"]
    assert "question" not in [hit["kind"] for hit in home("search", "margin", "stays", "--json").data["hits"]]

    activate(home)

    own = home("search", "price.cost-stack", "--json").data["hits"][0]
    assert (own["lesson"], own["locked"]) == (LOCKED, False)
    assert "About" in own["snippet"].title()
    assert [hit["kind"] for hit in home("search", "margin", "stays", "--json").data["hits"]] == ["question"]


def test_the_roadmap_marks_what_is_locked_until_it_is_open(home: Terminal) -> None:
    assert locked_lessons(home("roadmap", "--json").data["items"]) == {LOCKED}
    assert "Lesson on price.cost-stack (30 min, locked)" in home("roadmap").out

    activate(home)

    assert locked_lessons(home("roadmap", "--json").data["items"]) == set()


def test_gaps_count_what_is_locked_until_it_is_open(home: Terminal) -> None:
    def locked_skills(data: Any) -> list[object]:
        return [
            skill["lesson"]
            for stage in data["stages"]
            for program in stage["programs"]
            for mission in program["missions"]
            for skill in mission["skills"]
            if skill["locked"]
        ]

    before = home("gaps", "--json").data
    assert (before["totals"]["locked"], locked_skills(before)) == (1, [LOCKED])

    activate(home)

    after = home("gaps", "--json").data
    assert (after["totals"]["locked"], locked_skills(after)) == (0, [])
    assert {**after["totals"], "locked": 1, "locked_unsettled": 1} == before["totals"]
