"""dijipilot lesson: found by number and skill; ready, in preparation and locked."""

import shutil

import pytest

from dijipilot.cli.lesson import _whole_lines
from tests import builders
from tests.cli.conftest import ADDED_PACK, Terminal, keys
from tests.homes import licensed
from tests.packs import checkout_publisher, write_sealed_pack

PUBLIC = ["number", "skill", "title", "mission", "program", "difficulty", "path", "minutes", "state"]


def test_the_data_of_a_lesson_has_the_keys_of_the_contract(fresh: Terminal) -> None:
    data = fresh("lesson", "1.1.1.1", "--json").data

    assert keys(data) == [*PUBLIC, "sections", "checklist"]
    assert (data["number"], data["mission"], data["program"], data["state"]) == ("1.1.1.1", "1.1.1", "1.1", "ready")
    assert keys(data["sections"][0]) == ["kind", "title", "markdown"]
    assert data["checklist"]
    assert all(isinstance(entry, str) for entry in data["checklist"])


def test_a_lesson_in_preparation_has_no_sections_yet(fresh: Terminal) -> None:
    data = fresh("lesson", "1.1.2.2", "--json").data

    assert (data["state"], data["sections"], data["checklist"]) == ("in_preparation", [], [])
    assert "still being written" in fresh("lesson", "1.1.2.2").out


def test_a_lesson_is_found_by_its_skill(fresh: Terminal) -> None:
    assert fresh("lesson", "niche.buyer", "--json").data["number"] == "1.1.1.1"


def test_an_unknown_lesson_is_wrong_usage_with_a_suggestion(fresh: Terminal) -> None:
    outcome = fresh("lesson", "niche.buyr", "--json")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "There is no lesson niche.buyr. Did you mean niche.buyer?\n"


def test_a_lesson_reads_as_text(fresh: Terminal) -> None:
    out = fresh("lesson", "1.1.1.1").out

    assert out.startswith("1.1 Program 1.1 > 1.1.1 Mission 1.1.1\n1.1.1.1 Lesson on niche.buyer\n")
    assert "\n1. " in out
    assert "\n[ ] " in out
    assert "**" not in out


@pytest.fixture
def locked(fresh: Terminal) -> Terminal:
    """Return a terminal on a home without a license, whose pack has the first lesson sealed."""
    content = builders.small_content(sold="1.1.1")
    write_sealed_pack(content, fresh.paths.packs / ADDED_PACK, publisher=checkout_publisher())
    shutil.rmtree(fresh.paths.licenses)
    return fresh


def test_a_locked_lesson_shows_its_public_fields_alone_and_ends_with_4(locked: Terminal) -> None:
    outcome = locked("lesson", "1.1.1.1", "--json")

    assert outcome.code == 4
    assert keys(outcome.data) == PUBLIC
    assert outcome.data["state"] == "locked"
    assert "activation code" in outcome.err


def test_a_locked_lesson_shows_its_heading_to_people(locked: Terminal) -> None:
    outcome = locked("lesson", "1.1.1.1")

    assert outcome.code == 4
    assert "1.1.1.1 Lesson on niche.buyer" in outcome.out
    assert "Checklist" not in outcome.out


def test_a_license_opens_what_was_locked(locked: Terminal) -> None:
    licensed(locked.home)

    outcome = locked("lesson", "1.1.1.1", "--json")

    assert outcome.code == 0
    assert outcome.data["state"] == "ready"
    assert outcome.data["sections"]


def test_lines_that_an_author_broke_are_joined_and_points_stay_apart() -> None:
    markdown = "One sentence that\ngoes on.\n\nAnother.\n- A point that\n  goes on\n- A second\n| a | b |"

    assert list(_whole_lines(markdown)) == [
        "One sentence that goes on.",
        "",
        "Another.",
        "- A point that goes on",
        "- A second",
        "| a | b |",
    ]
