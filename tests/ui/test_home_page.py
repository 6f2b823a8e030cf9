"""Home says what to do next, and why."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.services.assess import Assess
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.message_text import text_of
from dijipilot.ui.pages.page import Page
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.time_slot_card import TimeSlotCard
from tests.ui.conftest import OpenWindow
from tests.ui.finding import find, focused
from tests.ui.sample_learner import SECOND_LESSON

Go = Callable[[str], Page]


def sweep() -> None:
    """Let go of what was replaced, which Qt otherwise does when it is idle."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(root: QWidget) -> list[str]:
    """Return the text of every label that can be seen."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text()]


def test_home_continues_the_lesson_one_was_in(window: MainWindow, go: Go) -> None:
    page = go("home")
    assert "Should Orders Go to Production Automatically?" in texts(page)
    assert "Lesson 2.5.1.2  ·  3 of 5 steps done  ·  about 8 min left" in texts(page)

    find(page, QPushButton, "continueButton").click()

    assert window.pages.target() == f"lesson:{SECOND_LESSON}"


def upcoming(page: QWidget) -> list[LinkRow]:
    """Return the lessons shown as those that come next."""
    return [each for each in page.findChildren(LinkRow) if each.objectName().startswith("next") and each.isVisible()]


def test_home_says_what_is_next_and_why(window: MainWindow, go: Go) -> None:
    page = go("home")
    assert window.academy is not None
    assert window.profile is not None
    card = find(page, TimeSlotCard)
    ahead = [item for item in window.academy.plan.roadmap(window.profile.id).items if item.status.is_ahead]
    here = {SECOND_LESSON, *card.skills}
    expected = next(item for item in ahead if item.skill not in here and not item.is_in_preparation)

    first = upcoming(page)[0]

    assert first.accessibleName().startswith(expected.title)
    assert text_of(expected.why[0]) in first.accessibleName()
    first.click()
    assert window.pages.target() == f"lesson:{expected.skill}"


def test_what_comes_next_repeats_nothing_of_the_time_slot(go: Go) -> None:
    page = go("home")
    for minutes in (90, 10, 45):
        find(page, QPushButton, f"slot{minutes}Button").click()
        slot = " ".join(texts(find(page, TimeSlotCard)))

        names = [texts(each)[0] for each in upcoming(page)]

        assert len(names) == 3
        assert [name for name in names if name in slot] == []


def test_home_counts_what_the_roadmap_counts(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    items = window.academy.plan.roadmap(window.profile.id).items

    assert any(text.startswith(f"1 of {len(items)} lessons done") for text in texts(go("home")))


def test_home_counts_skills_as_the_gap_analysis_does(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    totals = window.academy.plan.gaps(window.profile.id).totals

    shown = find(go("home"), QLabel, "masteredFigure").accessibleName()

    assert shown == f"{totals.mastered} of {totals.applicable} skills mastered"


def test_home_offers_what_fits_and_begins_it(window: MainWindow, go: Go) -> None:
    page = go("home")
    assert find(page, QPushButton, "slot25Button").isChecked()
    find(page, QPushButton, "slot10Button").click()
    sweep()

    assert find(page, QLabel, "slotPart1").text() == "Finish “Should Orders Go to Production Automatically?”"
    assert find(page, QPushButton, "startSlotButton").accessibleName() == "Start these 10 minutes"
    find(page, QPushButton, "startSlotButton").click()
    assert window.pages.target() == f"lesson:{SECOND_LESSON}"


def test_home_remembers_how_long_one_had(window: MainWindow, go: Go) -> None:
    find(go("home"), QPushButton, "slot45Button").click()
    page = go("home")
    page.refresh_now()
    sweep()

    assert find(page, QPushButton, "slot45Button").isChecked()


def test_home_welcomes_back_who_was_long_away(window: MainWindow, go: Go) -> None:
    page = go("home")

    assert find(page, QLabel, "pageHeading").text() == "Welcome back, Ada"
    assert "Everything is as you left it." in find(page, QLabel, "backAfter").text()


def test_what_has_the_focus_keeps_it_when_home_changes(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("home")
    find(page, QPushButton, "openRoadmapButton").setFocus()
    assert window.academy is not None
    assert window.profile is not None

    window.academy.learn.tick_step(window.profile.id, SECOND_LESSON, "choose", True)

    qtbot.waitUntil(lambda: not page.is_stale)
    assert focused().objectName() == "openRoadmapButton"


def test_home_imports_nothing_heavy() -> None:
    program = (
        "import sys, dijipilot.ui.pages.home_page\n"
        "heavy = {'numpy', 'sqlmodel', 'sqlalchemy', 'yaml', 'dijipilot.services.learn', 'dijipilot.storage'}\n"
        "print(sorted(heavy.intersection(sys.modules)))"
    )

    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_home_follows_when_a_step_is_ticked(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("home")
    assert window.academy is not None
    assert window.profile is not None

    window.academy.learn.tick_step(window.profile.id, SECOND_LESSON, "choose", True)

    qtbot.waitUntil(lambda: "Lesson 2.5.1.2  ·  4 of 5 steps done  ·  about 5 min left" in texts(page))


@pytest.mark.parametrize("button", ["openRoadmapButton", "seeGapsButton"])
def test_home_leads_on(button: str, window: MainWindow, go: Go) -> None:
    find(go("home"), QPushButton, button).click()

    assert window.pages.target().partition(":")[0] in ("roadmap", "gaps")


def test_home_offers_a_recheck_when_one_is_due(window: MainWindow, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not go("home").findChildren(QPushButton, "recheckButton")
    monkeypatch.setattr(Assess, "is_recheck_due", lambda *_: True)
    page = go("home")
    page.refresh_now()

    find(page, QPushButton, "recheckButton").click()

    assert window.pages.target() == "assessment:recheck"


def test_home_of_somebody_new_offers_the_assessment(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert window.academy is not None
    window.use_profile(window.academy.profiles.choose("Bo"), "home")
    page = window.pages.page
    assert page is not None

    find(page, QPushButton, "startAssessmentButton").click()

    assert window.pages.target().startswith("assessment")


def test_home_offers_to_go_on_with_a_paused_assessment(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.assess.begin(window.profile.id).not_sure()

    page = go("home")

    qtbot.waitUntil(lambda: "Your assessment is waiting" in texts(page))
    assert find(page, QPushButton, "resumeAssessmentButton").isVisible()
