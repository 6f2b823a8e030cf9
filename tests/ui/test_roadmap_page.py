"""The roadmap page: every decision by keyboard or button, each undone by one undo, and nothing asked twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTreeView,
)
from pytestqt.qtbot import QtBot

from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.domain.roadmap_weeks import weeks_of
from dijipilot.services.assess import Assess
from dijipilot.services.plan import Plan
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_cells import RoadmapColumn
from dijipilot.ui.models.roadmap_model import RoadmapModel
from dijipilot.ui.models.roadmap_nodes import Arrangement
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_exports import RoadmapExports
from dijipilot.ui.pages.roadmap_page import RoadmapPage
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find, focused
from tests.ui.sample_learner import SECOND_LESSON

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


def look_at(page: Page, arrangement: Arrangement) -> None:
    find(page, QTabBar, "roadmapArrangement").setCurrentIndex(list(Arrangement).index(arrangement))


def current(page: Page) -> str:
    return str(view_of(page).currentIndex().siblingAtColumn(RoadmapColumn.TITLE).data())


def visible_texts(page: Page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


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
    # What was put away is deleted a moment later, so there may be two of a name.
    button = next(each for each in page.findChildren(QPushButton, name) if each.isVisible())
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


def test_the_card_tells_answer_and_question_that_put_a_lesson_there(page: RoadmapPage, window: MainWindow) -> None:
    assert window.academy is not None
    assert window.profile is not None
    academy, profile = window.academy, window.profile.id
    item = next(
        item
        for item in plan_of(window).items
        if item.status is Status.TODO and academy.plan.why(profile, item.skill, None).answers
    )
    answer = academy.plan.why(profile, item.skill, None).answers[0]
    reason = next(each for each in academy.standings.reasons(profile, item.skill) if each.message == answer.message)
    basis = academy.standings.basis(profile)
    asked = [each for each in basis.answers if reason.id in (each.screen, *each.shown)]

    choose(page, item)

    assert find(page, QLabel, "roadmapPanelTitle").text() == f"{item.position}.  {item.title}"
    assert answer.question == basis.answers.index(asked[-1]) + 1
    told = f"{answer.message.english().rstrip('.')} (question {answer.question})"
    assert told in visible_texts(page)
    assert any("closes one gap" in text for text in visible_texts(page))


def test_the_card_leads_to_what_is_needed_first_even_where_it_is_hidden(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    item = next(item for item in plan_of(window).items if item.needs)
    find(page, QLineEdit, "roadmapWords").setText(item.title)
    choose(page, item)
    needed = plan_of(window).item(item.needs[0])
    assert needed is not None
    assert needed.title not in titles(page)

    press(page, "neededLesson1Button", qtbot)

    assert current(page) == needed.title
    assert find(page, QLineEdit, "roadmapWords").text() == ""
    assert view_of(page).hasFocus()


def test_what_is_accepted_says_so_and_one_undo_takes_it_back(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    item = first_to_do(window)
    choose(page, item)
    press(page, "roadmapAcceptButton", qtbot)
    assert "Accepted" in visible_texts(page)
    assert not find(page, QPushButton, "roadmapAcceptButton").isVisible()

    press(page, "roadmapUndoButton", qtbot)

    assert item_of(window, item.skill) == item
    assert find(page, QPushButton, "roadmapAcceptButton").isVisible()


def test_one_button_is_the_main_one(page: RoadmapPage, window: MainWindow) -> None:
    choose(page, first_to_do(window))

    main = [each for each in page.findChildren(QPushButton) if each.isVisible() and each.property("role") == "primary"]

    assert [each.objectName() for each in main] == ["roadmapOpenButton"]


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


def test_a_move_before_a_prerequisite_stops_right_after_it_and_says_so(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    items = {item.skill: item for item in plan_of(window).items}
    order = list(items)
    blocked, needed = next(
        (item, need)
        for item in items.values()
        for need in item.needs
        if order.index(item.skill) > order.index(need) + 1
    )
    model = find(page, RoadmapModel)

    model.move_requested.emit(blocked.skill, order[0])
    settle(page, qtbot)

    now = titles(page)
    assert "so it stopped right after it" in window.notice_bar.text
    assert blocked.title in window.notice_bar.text
    before = now[now.index(blocked.title) - 1]
    assert before in window.notice_bar.text
    assert now.index(items[needed].title) < now.index(blocked.title)


def test_a_key_that_cannot_move_a_lesson_says_which_one_is_in_its_way(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    items = {item.skill: item for item in plan_of(window).items}
    blocked = next(item for item in items.values() if item.needs)
    choose(page, blocked)

    for _ in range(len(items)):
        QTest.keyClick(view_of(page), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        settle(page, qtbot)
        if window.notice_bar.text:
            break

    assert "cannot come before" in window.notice_bar.text
    assert current(page) == blocked.title
    now = titles(page)
    assert all(now.index(items[need].title) < now.index(blocked.title) for need in blocked.needs)


def test_a_lesson_is_dragged_to_another_place(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    order = [item for item in plan_of(window).items if not item.needs]
    dragged, model = order[-1], view_of(page).model()
    assert view_of(page).dragDropMode() is QAbstractItemView.DragDropMode.InternalMove
    index = model.index(titles(page).index(dragged.title), 0)
    assert model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled

    data = model.mimeData([index])
    taken = model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    settle(page, qtbot)

    assert not taken, "the view must not take the row away itself"
    assert titles(page)[0] == dragged.title or "stopped" in window.notice_bar.text
    assert dragged.title in find(page, QPushButton, "roadmapUndoButton").accessibleName()


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

    find(page, QAction, "hideSettledAction").trigger()
    assert item.title not in titles(page)
    find(page, QAction, "pathScaleAction").trigger()
    assert set(titles(page)) == {each.title for each in plan_of(window).items if each.path == "Scale"}
    assert "of" in find(page, QLabel, "roadmapHint").text()
    assert find(page, QPushButton, "roadmapFilterButton").text() == "&Filter (2)"
    page.leave()
    kept = RoadmapPage(page.context)
    qtbot.addWidget(kept)
    kept.prepare()

    assert titles(kept) == titles(page)
    assert find(kept, QAction, "hideSettledAction").isChecked()
    assert find(kept, QAction, "pathScaleAction").isChecked()


def test_filters_that_leave_nothing_say_how_to_get_everything_back(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    everything = titles(page)

    find(page, QLineEdit, "roadmapWords").setText("no lesson is called so")
    assert not view_of(page).isVisible()
    press(page, "showEverythingAgainButton", qtbot)

    assert view_of(page).isVisible()
    assert titles(page) == everything


def test_lessons_unfold_to_steps_that_are_ticked_here_and_in_the_lesson_alike(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    view, model = view_of(page), view_of(page).model()
    item = item_of(window, SECOND_LESSON)
    assert item is not None
    choose(page, item)
    QTest.keyClick(view, Qt.Key.Key_Right)
    lesson = view.currentIndex().siblingAtColumn(0)
    assert view.isExpanded(lesson)
    assert model.rowCount(lesson) == 5

    view.setCurrentIndex(model.index(4, RoadmapColumn.TITLE, lesson))
    QTest.keyClick(view, Qt.Key.Key_Space)
    settle(page, qtbot)

    ticked = window.academy.learn.progress_of(window.profile.id, SECOND_LESSON).ticked_steps
    text = window.academy.library.lesson(SECOND_LESSON)
    assert text is not None
    assert text.steps[4].id in ticked
    assert view.isExpanded(model.index(titles(page).index(item.title), 0))
    assert model.index(4, 0, lesson).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_ticking_a_program_asks_once_and_is_one_step(page: RoadmapPage, window: MainWindow, qtbot: QtBot) -> None:
    look_at(page, Arrangement.PROGRAMS)
    before = plan_of(window)
    model = view_of(page).model()
    first = model.index(0, 0)
    view_of(page).setCurrentIndex(first)
    program = str(first.siblingAtColumn(RoadmapColumn.TITLE).data())
    shown = str(first.siblingAtColumn(RoadmapColumn.STATUS).data())

    QTest.keyClick(view_of(page), Qt.Key.Key_Space)
    assert any(f"lessons of “{program}” as done?" in text for text in visible_texts(page))
    press(page, "tickGroupDecline", qtbot)
    assert plan_of(window) == before
    QTest.keyClick(view_of(page), Qt.Key.Key_Space)
    press(page, "tickGroupConfirm", qtbot)

    done = str(model.index(0, RoadmapColumn.STATUS).data())
    assert done == shown.replace("0 of", f"{shown.split()[2]} of")
    assert view_of(page).hasFocus()
    press(page, "roadmapUndoButton", qtbot)
    assert plan_of(window) == before


def test_the_weeks_are_those_of_the_calendar_file(page: RoadmapPage, window: MainWindow) -> None:
    assert window.academy is not None
    look_at(page, Arrangement.WEEKS)

    weeks = weeks_of(plan_of(window), window.academy.plan.today())

    model = view_of(page).model()
    assert model.rowCount() == len(weeks) + 1
    assert "3 hours a week" in find(page, QLabel, "roadmapHint").text()
    for row, week in enumerate(weeks):
        group = model.index(row, 0)
        below = [model.index(each, RoadmapColumn.TITLE, group).data() for each in range(model.rowCount(group))]
        assert below == [item.title for item in week.items]


def test_arrangement_branches_and_place_come_back_at_the_next_start(
    page: RoadmapPage, window: MainWindow, qtbot: QtBot
) -> None:
    look_at(page, Arrangement.PROGRAMS)
    view = view_of(page)
    branch = view.model().index(5, 0)
    view.expand(branch)
    page.leave()

    again = RoadmapPage(page.context)
    qtbot.addWidget(again)
    again.prepare()

    assert find(again, QTabBar, "roadmapArrangement").currentIndex() == 1
    assert view_of(again).isExpanded(view_of(again).model().index(5, 0))


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
