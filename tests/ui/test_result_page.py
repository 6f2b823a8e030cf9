"""The result: counts that add up, reasons of every skill, filters, and earlier assessments."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabWidget, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.skill_state import SkillState
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO, Outlook, OutlookKind, Verdict
from dijipilot.exchange.result_messages import forecast_message
from dijipilot.messages import message
from dijipilot.services.assess import Assess, AssessmentResult
from dijipilot.ui.likelihood import likelihood_text, percent_text
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.history_model import HistoryModel
from dijipilot.ui.models.skill_table_model import Column, SkillFilter, SkillTableModel, rows_of
from dijipilot.ui.pages.page import Page
from dijipilot.ui.theme import LIGHT
from dijipilot.ui.widgets.count_tile import CountTile
from tests.builders import small_curriculum, standing
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find
from tests.ui.sample_learner import take_assessment

Go = Callable[[str], Page]


def table_of(page: Page) -> QTreeView:
    return find(page, QTreeView, "skillTable")


def texts(view: QTreeView, column: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_counts_are_those_of_all_skills(window: MainWindow, go: Go) -> None:
    page = go("result")
    assert window.academy is not None

    tiles = [tile.accessibleName() for tile in page.findChildren(CountTile)]
    counts = [int(name.rpartition(" ")[2]) for name in tiles]

    assert [name.partition(":")[0] for name in tiles] == ["Mastered", "Missing", "Unsettled", "Does not apply"]
    assert sum(counts) == len(window.academy.library.curriculum.skills)
    assert counts == [texts(table_of(page), Column.VERDICT).count(name.partition(":")[0]) for name in tiles]


def test_a_filter_shows_one_verdict_of_one_program(go: Go) -> None:
    page = go("result")
    verdicts, programs = find(page, QComboBox, "verdictFilter"), find(page, QComboBox, "programFilter")

    verdicts.setCurrentIndex(verdicts.findData("mastered"))
    programs.setCurrentIndex(programs.findData("2.2"))

    assert set(texts(table_of(page), Column.VERDICT)) == {"Mastered"}
    assert {number[:3] for number in texts(table_of(page), Column.LESSON)} == {"2.2"}
    shown = table_of(page).model().rowCount()
    assert find(page, QLabel, "skillsShown").text().startswith(f"{shown} of ")


def test_a_skill_tells_its_reasons_and_leads_to_its_lesson(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("result")
    view = table_of(page)
    assert window.academy is not None
    assert window.profile is not None
    result = window.academy.assess.result(window.profile.id)
    assert result is not None
    skills = window.academy.library.curriculum.skills
    row, skill = next((row, each) for row, each in enumerate(skills) if result.reasons.get(each))

    view.setCurrentIndex(view.model().index(row, 0))

    shown = [each.text() for each in page.findChildren(QLabel)]
    for reason in result.reasons[skill]:
        assert reason.message.english() in shown
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.pages.target().startswith("lesson:")


def test_lessons_are_sorted_by_number_and_not_by_letter(go: Go) -> None:
    numbers = texts(table_of(go("result")), Column.LESSON)

    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def test_without_an_assessment_the_page_says_what_to_do(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.academy is not None
    window.use_profile(window.academy.profiles.choose("Bea"), "result")

    page = window.pages.page
    assert page is not None
    find(page, QPushButton, "startFirstAssessmentButton").click()

    assert window.pages.target() == "assessment:resume"


def test_earlier_assessments_stay_and_are_compared(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    take_assessment(window.academy, window.profile.id)
    page = go("result")
    view = find(page, QTreeView, "historyTable")

    assert view.model().rowCount() == 2
    view.activated.emit(view.model().index(1, 0))
    first, second = window.academy.assess.history(window.profile.id)

    assert window.pages.target() == f"result:{first.id}"
    latest = find(page, QPushButton, "latestResultButton")
    assert latest.isVisible()
    assert not find(page, QPushButton, "moreMinutesButton").isVisible()
    latest.click()
    assert find(page, QPushButton, "moreMinutesButton").isVisible()
    assert second.finished_at is not None


def test_the_models_keep_the_rules_of_qt() -> None:
    curriculum = small_curriculum()
    model = SkillTableModel(LIGHT)
    history = HistoryModel()
    testers = [
        QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for each in (model, SkillFilter(model), history)
    ]

    model.show_rows(rows_of(curriculum, standing(curriculum, mastered="niche.buyer", unsettled="price.margin")))
    model.recolor(LIGHT)
    history.show_history(())

    assert model.rowCount() == len(curriculum.skills)
    assert testers


def test_words_of_likelihood_agree_with_the_verdicts() -> None:
    assert likelihood_text(MASTERED_FROM) == "Very likely"
    assert likelihood_text(MASTERED_FROM - 0.001) == "Rather yes"
    assert likelihood_text(MISSING_TO) == "Very unlikely"
    assert likelihood_text(MISSING_TO + 0.001) == "Rather not"
    assert (percent_text(0.9999), percent_text(0.0)) == ("99\N{NO-BREAK SPACE}%", "1\N{NO-BREAK SPACE}%")


def test_every_state_of_a_skill_has_a_row() -> None:
    curriculum = small_curriculum()
    where = standing(curriculum, mastered="niche.buyer", unsettled="price.margin")

    states = {row.state for row in rows_of(curriculum, where)}

    assert states == {SkillState.MASTERED, SkillState.UNSETTLED, SkillState.MISSING}


def test_a_skill_tells_what_would_change_its_verdict(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("result")
    view = table_of(page)
    result = result_of(window)
    kinds: dict[OutlookKind, tuple[int, Outlook]] = {}
    for row, skill in enumerate(window.academy.library.curriculum.skills):  # type: ignore[union-attr]  # it is open
        outlook = result.outlooks.get(skill)
        if outlook is not None:
            kinds.setdefault(outlook.kind, (row, outlook))

    for row, outlook in kinds.values():
        view.setCurrentIndex(view.model().index(row, 0))
        settle(page, qtbot)
        shown = [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]
        assert shown[shown.index("What would change this") + 1] == outlook.message.english()
    assert len(kinds) >= 2


def test_a_verdict_is_contested_by_answering_one_more_question(window: MainWindow, go: Go) -> None:
    page = go("result")
    view = table_of(page)
    view.setCurrentIndex(view.model().index(3, 0))
    skill = window.academy.library.curriculum.skills[3]  # type: ignore[union-attr]  # it is open

    find(page, QPushButton, "contestVerdictButton").click()

    assert window.pages.target() == f"assessment:settle:{skill}"


def test_an_earlier_result_is_not_contested_and_has_no_forecast(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    first = result_of(window)
    take_assessment(window.academy, window.profile.id)

    page = go(f"result:{first.assessment}")

    for name in ("contestVerdictButton", "recheckButton"):
        assert not find(page, QPushButton, name).isVisible()
    assert not find(page, QLabel, "moreForecast").isVisible()


def test_the_page_says_what_two_more_minutes_would_settle(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("result")
    assert window.academy is not None
    assert window.profile is not None
    forecast = window.academy.assess.forecast_more(window.profile.id, 2.0)
    assert forecast is not None
    unsettled = result_of(window).standing.count(Verdict.UNSETTLED)

    expected = forecast_message(forecast, unsettled).english()

    qtbot.waitUntil(lambda: find(page, QLabel, "moreForecast").text() == expected)


def test_the_forecast_keeps_its_place_while_it_is_computed(
    window: MainWindow, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window._tasks, "run_task", lambda *_: None)

    forecast = find(go("result"), QLabel, "moreForecast")

    assert forecast.isVisible()
    assert forecast.text().strip() == ""
    assert forecast.height() >= forecast.fontMetrics().height()


def test_what_was_asked_and_not_counted_is_told_apart_from_the_verdicts(window: MainWindow, go: Go) -> None:
    page = go("result")
    held_out = result_of(window).held_out
    assert held_out is not None
    line = find(page, QLabel, "heldOutCheck")
    assert not line.isVisible()

    find(page, QTabWidget, "resultTabs").setCurrentIndex(2)

    assert line.isVisible()
    assert f"We expected a tick with {round(100 * held_out.expected)} %" in line.text()
    assert line.text().endswith("you ticked it." if held_out.is_ticked else "you did not tick it.")


def test_a_recheck_is_offered_once_weeks_have_passed(
    window: MainWindow, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_due in (False, True):
        monkeypatch.setattr(Assess, "is_recheck_due", lambda *_, due=is_due: due)
        window.pages.page.mark_stale()  # type: ignore[union-attr]  # some page is shown
        assert find(go("result"), QPushButton, "recheckButton").isVisible() is is_due


@pytest.mark.parametrize("flag", ["over_claiming", "hurried", "contradictory"])
def test_flags_are_told_in_neutral_words(
    flag: str, window: MainWindow, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = result_of(window)
    flagged = replace(result, standing=replace(result.standing, flags=(flag,)))
    monkeypatch.setattr(Assess, "result", lambda *_: flagged)

    told = find(go("result"), QLabel, "resultFlags")

    assert told.isVisible()
    assert told.text() == message(f"flag.{flag}").english()
    assert "The result allows for it" in told.text()


def result_of(window: MainWindow) -> AssessmentResult:
    assert window.academy is not None
    assert window.profile is not None
    result = window.academy.assess.result(window.profile.id)
    assert result is not None
    return result


def test_nine_skills_are_seen_at_once_in_a_small_window(go: Go, qtbot: QtBot) -> None:
    view = find(go("result"), QTreeView, "skillTable")

    def shows_nine() -> None:
        last = view.visualRect(view.model().index(8, 0))
        assert 0 < last.bottom() <= view.viewport().height()

    qtbot.waitUntil(shows_nine)
