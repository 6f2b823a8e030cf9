"""CSV files open well in a spreadsheet and run nothing there."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.gaps import analyze_gaps
from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap import plan_roadmap
from dijipilot.errors import CouldNotSave
from dijipilot.exchange.csv_files import GAP_COLUMNS, ROADMAP_COLUMNS, gap_rows, roadmap_rows, to_csv, write_csv
from tests import builders

CURRICULUM = builders.small_curriculum()
GRAPH = builders.graph_of(CURRICULUM)
STANDING = builders.standing(CURRICULUM, mastered="niche.buyer", answers=builders.facts(sales_channels="shopify"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_guarded(start: str) -> None:
    text = to_csv(("name",), [(f"{start}SUM(A1)",)])

    (cell,) = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert cell == f"'{start}SUM(A1)"


def test_numbers_stay_numbers_and_nothing_becomes_an_empty_cell() -> None:
    assert to_csv(("a", "b", "c", "d"), [(-1, 2.5, True, None)]) == "a,b,c,d\r\n-1,2.5,yes,\r\n"


def test_the_gap_table_has_a_row_for_every_skill() -> None:
    analysis = analyze_gaps(CURRICULUM, GRAPH, STANDING, frozenset({SkillId("ads.first")}))

    rows = list(csv.DictReader(io.StringIO(to_csv(GAP_COLUMNS, gap_rows(analysis)))))

    assert [row["skill"] for row in rows] == list(CURRICULUM.skills)
    ads = next(row for row in rows if row["skill"] == "ads.first")
    assert (ads["state"], ads["locked"], ads["minutes"], ads["program"]) == ("missing", "yes", "60", "2.1")
    etsy = next(row for row in rows if row["skill"] == "etsy.tags")
    assert (etsy["state"], etsy["minutes"], etsy["probability"]) == ("not_applicable", "0", "")


def test_the_roadmap_table_stands_in_study_order_with_its_reasons() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    roadmap = plan_roadmap(CURRICULUM, GRAPH, STANDING, {}, {}, RoadmapDecisions(), frozenset(), now)

    rows = list(csv.DictReader(io.StringIO(to_csv(ROADMAP_COLUMNS, roadmap_rows(roadmap)))))

    assert [row["skill"] for row in rows] == [item.skill for item in roadmap.items]
    assert rows[0]["why"] == "Missing, and 3 other skills build on it"
    assert rows[0]["status"] == "to_do"


def test_the_mark_for_excel_can_be_left_out(tmp_path: Path) -> None:
    write_csv(tmp_path / "with.csv", ("name",), [("Gülşen",)])
    write_csv(tmp_path / "without.csv", ("name",), [("Gülşen",)], with_bom=False)

    assert (tmp_path / "with.csv").read_bytes() == b"\xef\xbb\xbf" + "name\r\nGülşen\r\n".encode()
    assert (tmp_path / "without.csv").read_bytes() == "name\r\nGülşen\r\n".encode()


def test_a_folder_that_takes_no_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CouldNotSave, match="could not be written"):
        write_csv(tmp_path / "no-such-folder" / "gaps.csv", ("name",), [])
