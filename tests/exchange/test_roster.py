"""The roster takes one name after the other, and no name runs as a formula where it is opened."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from dijipilot.errors import CouldNotSave
from dijipilot.exchange.roster import MAX_NAME_LENGTH, append_to_roster

DAY = date(2026, 11, 27)


def rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_names_are_added_below_each_other(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"

    for name in ("Ayşe", "Bob, the second", '"Cem"'):
        append_to_roster(file, name, DAY)

    assert rows(file) == [
        ["name", "date"],
        ["Ayşe", "2026-11-27"],
        ["Bob, the second", "2026-11-27"],
        ['"Cem"', "2026-11-27"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_name_is_a_formula(tmp_path: Path, name: str) -> None:
    append_to_roster(tmp_path / "roster.csv", name, DAY)

    assert rows(tmp_path / "roster.csv")[1][0] == f"'{name}"


def test_a_name_is_one_line_of_bounded_length(tmp_path: Path) -> None:
    append_to_roster(tmp_path / "roster.csv", "Ann\r\n\tof\x0broom 4" + "x" * 10_000, None)

    (_, (name, day)) = rows(tmp_path / "roster.csv")
    assert (name[:15], len(name), day) == ("Ann of room 4xx", MAX_NAME_LENGTH, "")


def test_a_line_that_an_editor_left_open_is_ended_first(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("name,date\nAnn,2026-11-26")

    append_to_roster(file, "Bob", DAY)

    assert rows(file) == [["name", "date"], ["Ann", "2026-11-26"], ["Bob", "2026-11-27"]]


def test_an_empty_roster_gets_its_heading(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").touch()

    append_to_roster(tmp_path / "roster.csv", "Ann", DAY)

    assert rows(tmp_path / "roster.csv")[0] == ["name", "date"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "nowhere"])
def test_what_cannot_be_written_is_said_at_once(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "roster.csv"
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case "loop":
            file.symlink_to(file)
        case _:
            file = tmp_path / "nowhere" / "roster.csv"

    with pytest.raises(CouldNotSave, match=r"roster\.csv"):
        append_to_roster(file, "Ann", DAY)
