"""Home says what to do next, and why."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.services.assess import Assess
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from dijipilot.ui.widgets.link_row import LinkRow
from tests.ui.conftest import OpenWindow
from tests.ui.finding import find
from tests.ui.sample_learner import SECOND_LESSON

Go = Callable[[str], Page]


def texts(root: QWidget) -> list[str]:
    """Return the text of every label that can be seen."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text()]


def test_home_continues_the_lesson_one_was_in(window: MainWindow, go: Go) -> None:
    page = go("home")
    assert "Should Orders Go to Production Automatically?" in texts(page)
    assert "Lesson 2.5.1.2, 3 of 5 steps done, 15 min" in texts(page)

    find(page, QPushButton, "continueButton").click()

    assert window.pages.target() == f"lesson:{SECOND_LESSON}"


def test_home_says_what_is_next_and_why(window: MainWindow, go: Go) -> None:
    page = go("home")
    assert window.academy is not None
    assert window.profile is not None
    ahead = [item for item in window.academy.plan.roadmap(window.profile.id).items if item.status.is_ahead]
    expected = next(item for item in ahead if item.skill != SECOND_LESSON)

    first = find(page, LinkRow, "next1Button")

    assert first.accessibleName().startswith(expected.title)
    assert "issing" in first.accessibleName()
    first.click()
    assert window.pages.target() == f"lesson:{expected.skill}"


def test_home_counts_what_the_roadmap_counts(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    items = window.academy.plan.roadmap(window.profile.id).items

    assert f"1 of {len(items)} lessons done" in texts(go("home"))


def test_home_follows_when_a_step_is_ticked(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("home")
    assert window.academy is not None
    assert window.profile is not None

    window.academy.learn.tick_step(window.profile.id, SECOND_LESSON, "choose", True)

    qtbot.waitUntil(lambda: "Lesson 2.5.1.2, 4 of 5 steps done, 15 min" in texts(page))


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
