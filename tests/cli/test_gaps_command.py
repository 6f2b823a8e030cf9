"""dijipilot gaps: the analysis as data, text and table."""

import csv
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.cli.conftest import Terminal, keys

COUNTS = [
    *("mastered", "missing", "unsettled", "not_applicable", "locked", "minutes", "value"),
    # Added when lessons could be locked: how many of the missing and of the unsettled are.
    *("locked_missing", "locked_unsettled"),
]


def test_the_data_of_the_gaps_has_the_keys_of_the_contract_on_every_level(run: Terminal) -> None:
    data = run("gaps", "--json").data

    assert keys(data) == ["totals", "stages"]
    assert keys(data["totals"]) == COUNTS
    stage = data["stages"][0]
    assert keys(stage) == ["number", "title", *COUNTS, "programs"]
    program = stage["programs"][0]
    assert keys(program) == ["number", "title", *COUNTS, "missions"]
    mission = program["missions"][1]
    assert keys(mission) == ["number", "title", *COUNTS, "skills"]
    assert keys(mission["skills"][0]) == ["id", "lesson", "state", "locked", "minutes", "value"]
    assert mission["skills"][1]["id"] == "price.margin"
    assert mission["skills"][1]["state"] == "mastered"


def test_every_level_adds_up_to_the_one_above(run: Terminal) -> None:
    data = run("gaps", "--json").data

    for count in COUNTS:
        assert data["totals"][count] == sum(stage[count] for stage in data["stages"])
    assert sum(data["totals"][count] for count in COUNTS[:4]) == 8


def test_the_gaps_read_as_text(run: Terminal) -> None:
    out = run("gaps").out

    assert out.startswith("Gaps of Ayşe: ")
    assert "\nStrongest: " in out
    assert "\nThere is no gap left to close.\n" in out or "\nBiggest gap worth closing: " in out
    assert "      [x] 1.1.2.2 Lesson on price.margin\n" in out
    assert "  1.2 Program 1.2: not for this shop\n" in out
    assert "      [-] 1.2.1.1 Lesson on etsy.listing\n" in out


def test_the_gaps_as_a_table_have_a_line_for_each_skill(run: Terminal, tmp_path: Path) -> None:
    outcome = run("gaps", "--csv", tmp_path / "gaps.csv")

    assert (outcome.code, outcome.out) == (0, "")
    with (tmp_path / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    assert rows[3]["state"] == "mastered"


def test_a_table_that_cannot_be_written_ends_with_5(run: Terminal, tmp_path: Path) -> None:
    outcome = run("gaps", "--csv", tmp_path / "nowhere" / "gaps.csv")

    assert outcome.code == 5
    assert "could not be written" in outcome.err


def test_gaps_without_any_evidence_say_that_they_are_anybodys(fresh: Terminal) -> None:
    fresh("profile", "add", "Bora")

    outcome = fresh("gaps", "--json")

    assert outcome.code == 0
    assert outcome.err == "Bora has taken no assessment yet: this is what can be expected of anybody.\n"
    assert outcome.data["totals"]["mastered"] == 0


def test_the_gaps_are_written_as_a_report_to_print(run: Terminal, tmp_path: Path, qapp: QApplication) -> None:
    outcome = run("gaps", "--pdf", tmp_path / "gaps.pdf")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"The report of Ayşe is in {tmp_path / 'gaps.pdf'}.\n"
    assert (tmp_path / "gaps.pdf").read_bytes().startswith(b"%PDF-")
    assert run("gaps", "--pdf", tmp_path).code == 5
