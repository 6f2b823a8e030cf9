"""The roadmap page: every decision by keyboard or button, each undone by one undo, and nothing asked twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QRadioButton, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.services.assess import Assess
from dijipilot.services.plan import Plan
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_model import RoadmapColumn
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_exports import RoadmapExports
from dijipilot.ui.pages.roadmap_page import RoadmapPage
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find, focused

Go = Callable[[str], Page]


@pytest.fixture
def page(window: MainWindow, go: Go) -> RoadmapPage:
    """Return the roadmap of a learner who has seen the questions before it."""
    assert window.academy is not None
    assert window.profile is not None
    window.academy.profiles.set_setting(window.profile.id, FACTS_ASKED, "yes")
    shown = go("roadmap")
    assert isinstance(shown, RoadmapPage)
    return shown


def view_of(page: Page) -> QTreeView:
    return find(page, QTreeView, "roadmapTable")


def titles(page: Page) -> list[str]:
    model = view_of(page).model()
    return [str(model.index(row, RoadmapColumn.TITLE).data()) for row in range(model.rowCount())]


def plan_of(window: MainWindow) -> Roadmap:
    assert window.academy is not None
    assert window.profile is not None
    return window.academy.plan.roadmap(window.profile.id)


def choose(page: Page, item: RoadmapItem) -> None:
    view = view_of(page)
    view.setCurrentIndex(view.model().index(titles(page).index(item.title), 0))
    view.setFocus()


def trigger(page: Page, name: str, qtbot: QtBot) -> None:
    find(page, QAction, name).trigger()
    settle(page, qtbot)


def press(page: Page, name: str, qtbot: QtBot) -> None:
    button = find(page, QPushButton, name)
    assert button.isEnabled()
    button.click()
    settle(page, qtbot)


def item_of(window: MainWindow, skill: str) -> RoadmapItem | None:
    return next((item for item in plan_of(window).items if item.skill == skill), None)


def first_to_do(window: MainWindow) -> RoadmapItem:
    return next(item for item in plan_of(window).items if item.status is Status.TODO)


def test_the_list_is_the_plan_in_study_order(page: RoadmapPage, window: MainWindow) -> None:
    plan = plan_of(window)

    assert titles(page) == [item.title for item in plan.items]
    about = find(page, QLabel, "roadmapAbout").text()
    done = sum(item.status is Status.DONE for item in plan.items)
    assert f"{done} of {len(plan.items)} lessons done" in about
    assert plan.pace is not None
    assert f"{plan.pace.weeks_low} to {plan.pace.weeks_high} weeks" in about


def test_the_panel_tells_why_the_chosen_lesson_stands_there(page: RoadmapPage, window: MainWindow) -> None:
    item = plan_of(window).items[5]

    choose(page, item)

    shown = [label.text() for label in page.findChildren(QLabel)]
    assert find(page, QLabel, "roadmapPanelTitle").text() == f"{item.position}.  {item.title}"
    assert all(f"•  {reason.english()}" in shown for reason in item.why)


def test_the_space_bar_ticks_and_unticks_a_lesson(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    item = first_to_do(window)
    choose(page, item)

    QTest.keyClick(view_of(page), Qt.Key.Key_Space)
    settle(page, qtbot)
    done = item_of(window, item.skill)
    assert done is not None
    assert done.status is Status.DONE
    QTest.keyClick(view_of(page), Qt.Key.Key_Space)
    settle(page, qtbot)

    reopened = item_of(window, item.skill)
    assert reopened is not None
    assert reopened.status is not Status.DONE


def test_a_skip_is_undone_and_done_again(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    item = first_to_do(window)
    choose(page, item)
    trigger(page, "roadmapSkip", qtbot)
    assert item_of(window, item.skill).status is Status.SKIPPED  # type: ignore[union-attr]  # it keeps its place
    assert item.title in find(page, QPushButton, "roadmapUndoButton").accessibleName()

    press(page, "roadmapUndoButton", qtbot)
    assert item_of(window, item.skill) == item
    press(page, "roadmapRedoButton", qtbot)

    assert item_of(window, item.skill).status is Status.SKIPPED  # type: ignore[union-attr]  # it keeps its place


def test_alt_and_an_arrow_move_a_lesson_and_undo_puts_it_back(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = titles(page)
    plan = plan_of(window)
    item = next(
        item
        for above, item in zip(plan.items, plan.items[1:], strict=False)
        if not any(above.title in str(reason.values.get("title", "")) for reason in item.why) and item.ready
    )
    choose(page, item)

    QTest.keyClick(view_of(page), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(page, qtbot)
    moved = titles(page)
    assert moved.index(item.title) == before.index(item.title) - 1
    assert view_of(page).currentIndex().row() == moved.index(item.title)
    press(page, "roadmapUndoButton", qtbot)

    assert titles(page) == before


def test_a_move_before_a_prerequisite_is_explained_and_not_made(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    before = titles(page)
    curriculum = window.academy.library.curriculum  # type: ignore[union-attr]  # the page shows it
    items = {item.skill: item for item in plan_of(window).items}
    blocked = next(
        item
        for item in items.values()
        if any(needed in items for needed in curriculum.lesson_by_skill[item.skill].prerequisites)
    )
    choose(page, blocked)

    for _ in range(len(items)):
        QTest.keyClick(view_of(page), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        settle(page, qtbot)
        if window.notice_bar.text:
            break

    assert "cannot come before" in window.notice_bar.text
    now = titles(page)
    needed = [items[each].title for each in curriculum.lesson_by_skill[blocked.skill].prerequisites if each in items]
    assert all(now.index(title) < now.index(blocked.title) for title in needed)
    assert sorted(now) == sorted(before)


def test_i_know_this_asks_one_question_which_settles_it(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    plan, profile = window.academy.plan, window.profile.id
    ahead = [item for item in plan.roadmap(profile).items if item.status is Status.TODO]
    item = next(item for item in ahead if plan.settling_item(profile, item.skill) is not None)
    choose(page, item)
    question = plan.settling_item(profile, item.skill)
    assert question is not None

    trigger(page, "roadmapKnow", qtbot)
    assert question.prompt in [label.text() for label in page.findChildren(QLabel)]
    find(page, QRadioButton, "settlingOption1").click()
    find(page, QPushButton, "settlingAnswerButton").click()
    settle(page, qtbot)

    assert item.title in window.notice_bar.text
    assert plan.settling_item(profile, item.skill) != question
    assert view_of(page).hasFocus()


def test_i_know_this_leads_to_a_question_about_the_skill_where_no_item_is_left(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = first_to_do(window)
    choose(page, item)
    monkeypatch.setattr(Plan, "settling_item", lambda *_: None)

    find(page, QAction, "roadmapKnow").trigger()

    assert window.pages.target() == f"assessment:settle:{item.skill}"
    assert item_of(window, item.skill) is not None


def test_i_know_this_is_believed_where_no_question_is_left_at_all(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = first_to_do(window)
    choose(page, item)
    monkeypatch.setattr(Plan, "settling_item", lambda *_: None)
    monkeypatch.setattr(Assess, "recheck", lambda *_: None)

    trigger(page, "roadmapKnow", qtbot)

    assert item_of(window, item.skill) is None
    assert item.title in window.notice_bar.text


def test_not_for_my_shop_takes_it_off_and_it_can_be_put_back(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    item = first_to_do(window)
    choose(page, item)

    trigger(page, "roadmapNotForShop", qtbot)
    assert item.title not in titles(page)
    find(page, QPushButton, "leftOutFold").click()
    press(page, "putBack1Button", qtbot)

    assert item.title in titles(page)


def test_what_is_hidden_stays_hidden_at_the_next_look(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    item = first_to_do(window)
    choose(page, item)
    trigger(page, "roadmapSkip", qtbot)

    find(page, QCheckBox, "hideSettledBox").click()
    assert item.title not in titles(page)
    paths = find(page, QComboBox, "pathFilter")
    paths.setCurrentIndex(paths.findData("Scale"))
    assert set(titles(page)) == {each.title for each in plan_of(window).items if each.path == "Scale"}
    page.refresh_now()

    assert find(page, QCheckBox, "hideSettledBox").isChecked()
    assert paths.currentData() == "Scale"


def test_enter_opens_the_lesson(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    item = plan_of(window).items[3]
    choose(page, item)

    QTest.keyClick(view_of(page), Qt.Key.Key_Return)

    assert window.pages.target().startswith("lesson:")


def test_the_questions_come_once_and_shape_the_pace(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go("roadmap")
    skip = find(page, QPushButton, "roadmapFactSkipButton")
    assert skip.isVisible()
    assert not view_of(page).isVisible()
    assert focused() is find(page, QComboBox, "roadmapFact1")
    hours = next(box for box in page.findChildren(QComboBox) if "hours a week" in box.accessibleName())

    hours.setCurrentIndex(hours.findData("more_than_10"))
    find(page, QPushButton, "roadmapFactDoneButton").click()
    settle(page, qtbot)

    assert view_of(page).isVisible()
    assert "10 to 15 hours a week" in find(page, QLabel, "roadmapAbout").text()
    window.go_to("home")
    assert view_of(go("roadmap")).isVisible()


def test_the_questions_can_be_skipped(window: MainWindow, go: Go) -> None:
    page = go("roadmap")

    find(page, QPushButton, "roadmapFactSkipButton").click()

    assert view_of(page).isVisible()
    assert view_of(page).hasFocus()


def test_what_changed_meanwhile_is_told_and_what_one_did_here_is_not(
    page: RoadmapPage, window: MainWindow, go: Go, qtbot: QtBot
) -> None:
    told = find(page, QLabel, "roadmapChanges")
    item = first_to_do(window)
    choose(page, item)
    trigger(page, "roadmapNotForShop", qtbot)
    window.go_to("home")
    go("roadmap")
    assert not told.isVisible()

    assert window.academy is not None
    assert window.profile is not None
    window.go_to("home")
    window.academy.plan.for_my_shop(window.profile.id, item.skill)
    go("roadmap")

    assert told.isVisible()
    assert item.title in told.text()


def test_without_an_assessment_the_page_says_what_to_do(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.academy is not None
    window.use_profile(window.academy.profiles.choose("Bea"), "roadmap")

    page = window.pages.page

    assert page is not None
    assert find(page, QPushButton, "startFirstAssessmentButton").isVisible()
    assert not view_of(page).isVisible()


def test_the_roadmap_is_saved_as_table_calendar_and_pdf(page: RoadmapPage, window: MainWindow, tmp_path: Path) -> None:
    exports = find(page, RoadmapExports)

    exports.save_table(tmp_path / "roadmap.csv")
    exports.save_calendar(tmp_path / "roadmap.ics")
    exports.save_pdf(tmp_path / "roadmap.pdf")

    assert len((tmp_path / "roadmap.csv").read_text("utf-8-sig").splitlines()) == 1 + len(plan_of(window).items)
    assert (tmp_path / "roadmap.ics").read_text("utf-8").startswith("BEGIN:VCALENDAR")
    assert (tmp_path / "roadmap.pdf").read_bytes().startswith(b"%PDF")
    assert "roadmap.pdf" in window.notice_bar.text


def test_a_file_that_cannot_be_written_is_told_and_nothing_else_happens(
    page: RoadmapPage, window: MainWindow, tmp_path: Path
) -> None:
    find(page, RoadmapExports).save_pdf(tmp_path / "no such folder" / "roadmap.pdf")

    assert "could not be written" in window.notice_bar.text
