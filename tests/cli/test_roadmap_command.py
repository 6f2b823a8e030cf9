"""dijipilot roadmap: the order as data, text, table and calendar; lessons marked by hand."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dijipilot.services.plan import Plan
from tests.cli.conftest import Terminal, keys


def statuses(run: Terminal) -> dict[str, str]:
    return {item["lesson"]: item["status"] for item in run("roadmap", "--json").data["items"]}


def test_the_data_of_the_roadmap_has_the_keys_of_the_contract(run: Terminal) -> None:
    data = run("roadmap", "--json").data

    assert keys(data) == ["items"]
    assert keys(data["items"][0]) == ["lesson", "skill", "status", "minutes", "locked", "why", "ready"]
    assert data["items"][0]["why"]


def test_the_roadmap_stands_in_study_order(run: Terminal) -> None:
    order = [item["skill"] for item in run("roadmap", "--json").data["items"]]

    assert order.index("ads.first") < order.index("team.first-hire")
    assert "price.margin" not in order
    assert "etsy.tags" not in order


def test_a_lesson_is_marked_as_done_skipped_and_to_do(run: Terminal) -> None:
    assert run("roadmap", "done", "2.1.1.1").err == "2.1.1.1 Lesson on ads.first: done, for Ayşe.\n"
    assert run("roadmap", "skip", "team.first-hire").code == 0
    assert (statuses(run)["2.1.1.1"], statuses(run)["2.1.2.1"]) == ("done", "skipped")

    assert run("roadmap", "todo", "2.1.1.1").code == 0
    assert run("roadmap", "todo", "2.1.2.1").code == 0
    assert (statuses(run)["2.1.1.1"], statuses(run)["2.1.2.1"]) == ("to_do", "to_do")


def test_a_mastered_lesson_can_be_put_onto_the_roadmap(run: Terminal) -> None:
    assert "1.1.2.2" not in statuses(run)

    run("roadmap", "todo", "1.1.2.2")

    assert statuses(run)["1.1.2.2"] == "to_do"


def test_a_change_makes_a_profile_where_there_is_none(fresh: Terminal) -> None:
    assert fresh("roadmap", "done", "1.1.1.1").code == 0

    (profile,) = fresh("profile", "list", "--json").data["profiles"]
    assert (profile["name"], profile["last_used"]) == ("Learner", True)


def test_an_unknown_lesson_is_wrong_usage_and_makes_no_profile(fresh: Terminal) -> None:
    outcome = fresh("roadmap", "done", "1.1.1.9", "--profile", "Bora")

    assert outcome.code == 2
    assert "Did you mean 1.1.1." in outcome.err
    assert fresh("profile", "list", "--json").data == {"profiles": []}


def test_the_roadmap_reads_as_text(run: Terminal) -> None:
    run("roadmap", "done", "2.1.1.1")

    out = run("roadmap").out

    assert out.startswith("Roadmap of Ayşe: ")
    assert ". [x] 2.1.1.1 Lesson on ads.first (60 min, in preparation)\n         You finished it\n" in out


@pytest.mark.parametrize(("option", "start"), [("--csv", b"\xef\xbb\xbfposition,"), ("--ics", b"BEGIN:VCALENDAR\r\n")])
def test_the_roadmap_is_written_to_a_file(run: Terminal, tmp_path: Path, option: str, start: bytes) -> None:
    outcome = run("roadmap", option, tmp_path / "roadmap")

    assert (outcome.code, outcome.out) == (0, "")
    assert str(tmp_path / "roadmap") in outcome.err
    assert (tmp_path / "roadmap").read_bytes().startswith(start)


def test_the_roadmap_is_written_as_a_checklist_to_print(run: Terminal, tmp_path: Path, qapp: QApplication) -> None:
    outcome = run("roadmap", "--pdf", tmp_path / "roadmap.pdf")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"The checklist of Ayşe is in {tmp_path / 'roadmap.pdf'}.\n"
    assert (tmp_path / "roadmap.pdf").read_bytes().startswith(b"%PDF-")
    assert run("roadmap", "--pdf", tmp_path).code == 5


def test_a_lesson_that_is_not_for_my_shop_leaves_the_roadmap_until_it_is_brought_back(run: Terminal) -> None:
    run("roadmap", "leave-out", "2.1.2.1")
    assert "2.1.2.1" not in statuses(run)

    run("roadmap", "bring-back", "2.1.2.1")
    assert statuses(run)["2.1.2.1"] == "to_do"


def test_a_lesson_is_accepted_and_undo_names_it(run: Terminal) -> None:
    assert "accepted" in run("roadmap", "accept", "2.1.2.1").err

    assert "accept “" in run("roadmap", "undo").err


def test_a_lesson_is_moved_but_never_before_what_it_builds_on(run: Terminal) -> None:
    run("roadmap", "todo", "1.1.1.1")
    first = next(iter(statuses(run)))

    assert run("roadmap", "move", "1.1.1.1", "--before", first).code == 0
    assert next(iter(statuses(run))) == "1.1.1.1"
    blocked = run("roadmap", "move", "2.1.2.1", "--before", "2.1.1.1")
    assert blocked.code == 2
    assert "Nothing was moved." in blocked.err


def test_undo_takes_back_and_redo_brings_back(run: Terminal) -> None:
    run("roadmap", "skip", "2.1.1.1")

    assert run("roadmap", "undo").err.startswith("Took back: ")
    assert statuses(run)["2.1.1.1"] == "to_do"
    assert run("roadmap", "redo").err.startswith("Brought back: ")
    assert statuses(run)["2.1.1.1"] == "skipped"
    assert run("roadmap", "redo").err == "There is nothing to bring back.\n"


def test_a_claim_without_a_question_takes_the_lesson_off_the_roadmap(run: Terminal) -> None:
    assert run("roadmap", "know", "2.1.1.1", "--json").data == {"item": None}

    outcome = run("roadmap", "know", "2.1.1.1")

    assert "No question is left to ask." in outcome.err
    assert "2.1.1.1" not in statuses(run)


@pytest.mark.parametrize(("typed", "words"), [("1\n", ()), ("", ("--answer", "yes"))])
def test_a_question_settles_what_somebody_says_to_know(fresh: Terminal, typed: str, words: tuple[str, ...]) -> None:
    item = fresh("roadmap", "know", "1.1.2.2", "--json").data["item"]
    assert (item["id"], [option["id"] for option in item["options"]]) == ("item.price.margin", ["yes", "no"])

    outcome = fresh("roadmap", "know", "1.1.2.2", *words, typed=typed)

    assert outcome.code == 0
    assert outcome.err.startswith("1.1.2.2 Lesson on price.margin: ")


@pytest.mark.parametrize(("typed", "words"), [("0\n", ()), ("", ("--answer", "not_sure"))])
def test_where_no_item_is_left_the_terminal_asks_about_the_skill(
    fresh: Terminal, typed: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "settling_item", lambda *_: None)
    asked = fresh("roadmap", "know", "1.1.2.2", "--json").data["item"]
    assert keys(asked) == ["id", "kind", "prompt", "options"]

    outcome = fresh("roadmap", "know", "1.1.2.2", *words, typed=typed)

    assert outcome.code == 0
    assert ("Question 1, 2 at most" in outcome.out) is (not words)
    assert "taken off" not in outcome.err


def test_a_question_about_the_skill_left_open_changes_nothing(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plan, "settling_item", lambda *_: None)

    assert fresh("roadmap", "know", "1.1.2.2", typed="").err == "Nothing was answered, so nothing has changed.\n"
    assert fresh("roadmap", "know", "1.1.2.2", "--answer", "perhaps").code == 2


def test_a_question_left_open_changes_nothing(fresh: Terminal) -> None:
    assert fresh("roadmap", "know", "1.1.2.2", typed="").err == "Nothing was answered, so nothing has changed.\n"
    assert fresh("roadmap", "know", "1.1.2.2", "--answer", "perhaps").code == 2
    assert fresh("roadmap", "know", "1.1.2.2", "--json").data["item"] is not None
