"""Journey 3: the assessment three months later; what rose and fell, what changed in the roadmap, a report as PDF."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel

from tests.journeys.hands import Hands
from tests.journeys.records import academy_of, profile_of, take_assessment
from tests.ui.sample_learner import START

# Said of menus and lists that pop up, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def first_opened() -> datetime:
    """Return three months after everything the learner did."""
    return START + timedelta(days=91)


def history_shown(hands: Hands) -> list[str]:
    """Return the rows of the table of assessments, the latest first, each as one line."""
    view = hands.see("historyTable")
    assert isinstance(view, QAbstractItemView)
    model = view.model()
    return [
        " | ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_a_second_assessment_tells_what_changed_and_the_report_is_saved(back: Hands, tmp_path: Path) -> None:
    back.command("go_roadmap")
    back.press("roadmapFactSkipButton")

    back.command("go_assessment")
    back.press("beginAssessmentButton")
    back.see("questionPrompt")
    take_assessment(back)
    back.press("seeResultButton")

    back.turn_to("resultTabs", 1)
    latest, first = history_shown(back)
    before, after = academy_of(back).assess.history(profile_of(back))
    assert f"{after.missing} ({after.missing - before.missing:+d})" in latest
    assert f"{after.mastered} ({after.mastered - before.mastered:+d})" in latest
    assert "(" not in first

    back.command("go_roadmap")
    changes = back.see("roadmapChanges")
    assert isinstance(changes, QLabel)
    assert " new: " in changes.text()
    back.press("dismissChangesButton")
    assert not back.sees("roadmapChanges")

    back.command("go_gaps")
    moments = back.see("comparedMoment")
    assert isinstance(moments, QComboBox)
    back.pick("comparedMoment", moments.itemText(moments.count() - 1))
    headline = back.see("gapHeadline")
    assert isinstance(headline, QLabel)
    back.wait_until(lambda: headline.text().startswith("Since "))
    counts = re.findall(r"(\d+) (?:skills rose|fell|are as they were)", headline.text())
    rose, fell, same = map(int, counts)
    assert rose + fell + same == len(academy_of(back).library.curriculum.skills)
    assert rose > fell

    back.choose_from("saveGapsButton", "saveGapsPdfAction")
    report = tmp_path / "gaps of Ada.pdf"
    back.save_as(str(report))
    back.wait_until(lambda: "gaps of Ada.pdf" in back.window.notice_bar.text)
    assert report.read_bytes().startswith(b"%PDF-")

    back.close_and_open()

    assert back.window.pages.target().startswith("gaps")
    assert len(academy_of(back).assess.history(profile_of(back))) == 2
