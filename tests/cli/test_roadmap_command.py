"""dijipilot roadmap: the order as data, text, table and calendar; lessons marked by hand."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

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
