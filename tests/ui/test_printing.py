"""Reports for paper: what stands on them, and that they are whole PDF files."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.gap_changes import compare_gaps
from dijipilot.domain.gaps import GapAnalysis, analyze_gaps
from dijipilot.domain.roadmap import Roadmap, plan_roadmap
from dijipilot.errors import CouldNotSave
from dijipilot.ui.gap_words import ShownGaps
from dijipilot.ui.printing import pdf_bytes, write_pdf
from dijipilot.ui.report_html import gap_report, roadmap_report
from tests.builders import NOON, graph_of, skill, small_curriculum, standing


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> QApplication:
    """Have an application, which owns the fonts."""
    return qapp


def analysis() -> GapAnalysis:
    curriculum = small_curriculum()
    where = standing(curriculum, mastered="niche.buyer", unsettled="price.margin")
    return analyze_gaps(curriculum, graph_of(curriculum), where, frozenset())


def roadmap() -> Roadmap:
    curriculum = small_curriculum()
    decisions = RoadmapDecisions(skipped=frozenset({skill("niche.demand")}))
    return plan_roadmap(curriculum, graph_of(curriculum), standing(curriculum), {}, {}, decisions, frozenset(), NOON)


def test_the_gap_report_names_what_is_to_close_and_not_what_is_mastered() -> None:
    html = gap_report(ShownGaps(analysis()), "Ada", NOON).html

    assert "Lesson on price.margin" in html
    assert "Unsettled" in html
    assert "Lesson on niche.buyer" not in html
    assert "Mastered: 1, Missing: 6, Unsettled: 1" in html


def test_the_gap_report_says_the_result_in_words_and_names_what_moved() -> None:
    curriculum = small_curriculum()
    earlier = analyze_gaps(curriculum, graph_of(curriculum), standing(curriculum, mastered="niche.demand"), frozenset())
    shown = ShownGaps(analysis(), compare_gaps(earlier, analysis()), "May 1, 2026")

    html = gap_report(shown, "Ada", NOON).html

    assert "Strongest: " in html
    assert "Biggest gap worth closing: " in html
    assert "Since May 1, 2026: 2 skills rose, 1 fell, 5 are as they were." in html
    moved = html[html.index("What changed") :].partition("</table>")[0]
    assert moved.count("Rose") == 2
    assert moved.count("Fell") == 1


def test_the_roadmap_on_paper_has_a_box_for_every_lesson_but_those_skipped() -> None:
    plan = roadmap()

    html = roadmap_report(plan, "Ada", NOON).html

    assert html.count("☐") == len(plan.items) - 1
    assert all(item.title in html for item in plan.items)


def test_names_are_text_and_never_markup() -> None:
    html = roadmap_report(roadmap(), "<img src=x> & Söhne", NOON).html

    assert "&lt;img src=x&gt; &amp; Söhne" in html


def test_a_report_is_a_whole_pdf() -> None:
    written = pdf_bytes(gap_report(ShownGaps(analysis()), "Ada", NOON))

    assert written.startswith(b"%PDF-")
    assert written.rstrip().endswith(b"%%EOF")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotSave):
        write_pdf(tmp_path / "missing" / "gaps.pdf", gap_report(ShownGaps(analysis()), "Ada", NOON))
