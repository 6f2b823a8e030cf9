"""The result: counts that add up, reasons of every skill, filters, and earlier assessments."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.gaps import SkillState
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO
from dijipilot.ui.likelihood import likelihood_text, percent_text
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.history_model import HistoryModel
from dijipilot.ui.models.skill_table_model import Column, SkillFilter, SkillTableModel, rows_of
from dijipilot.ui.pages.page import Page
from dijipilot.ui.theme import LIGHT
from dijipilot.ui.widgets.count_tile import CountTile
from tests.builders import small_curriculum, standing
from tests.ui.conftest import OpenWindow
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
        assert f"•  {reason.message.english()}" in shown
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
