"""Browsing: the tree with its filter, and a mission with its lessons and questions."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.ids import MissionNumber
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.mission_page import MissionPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.link_row import LinkRow
from tests.ui.conftest import settle
from tests.ui.finding import find
from tests.ui.sample_learner import LESSON, SECOND_LESSON

Go = Callable[[str], Page]


def test_enter_opens_what_is_selected(window: MainWindow, go: Go) -> None:
    page = go("library:2.5.1.2")

    QTest.keyClick(find(page, QTreeView, "libraryTree"), Qt.Key.Key_Return)

    assert window.pages.target() == f"lesson:{SECOND_LESSON}"


def test_enter_opens_and_closes_a_program(go: Go) -> None:
    tree = find(go("library:2.5"), QTreeView, "libraryTree")
    was_open = tree.isExpanded(tree.currentIndex())

    QTest.keyClick(tree, Qt.Key.Key_Return)

    assert tree.isExpanded(tree.currentIndex()) is not was_open


def test_typing_shows_only_what_holds_the_words(go: Go) -> None:
    page = go("library")
    tree = find(page, QTreeView, "libraryTree")

    QTest.keyClicks(find(page, QLineEdit, "libraryFilterField"), "orders production")

    model = tree.model()
    assert model.rowCount() == 1
    stage = model.index(0, 0)
    assert tree.isExpanded(stage)


def test_words_that_no_title_holds_lead_to_the_search(window: MainWindow, go: Go) -> None:
    page = go("library")
    QTest.keyClicks(find(page, QLineEdit, "libraryFilterField"), "baton")
    assert find(page, QTreeView, "libraryTree").isHidden()

    find(page, QPushButton, "searchEverywhereButton").click()

    assert window.pages.target() == "search:baton"


def test_a_mission_lists_its_lessons_with_their_states(window: MainWindow, go: Go) -> None:
    page = go("mission:2.5.1")

    names = [find(page, LinkRow, f"missionLesson{number}Button").accessibleName() for number in range(1, 5)]

    assert [name.split(", ")[1] for name in names] == ["Done", "In progress", "Not started", "Not started"]
    find(page, LinkRow, "missionLesson1Button").click()
    assert window.pages.target() == f"lesson:{LESSON}"


def test_a_question_opens_and_closes(go: Go) -> None:
    page = go("mission:2.5.1")
    line = find(page, LinkRow, "question1Fold")
    assert not any(answer.isVisible() for answer in page.findChildren(LessonView, "answer1Text"))

    line.click()
    answer = find(page, LessonView, "answer1Text")
    assert answer.isVisible()
    assert line.accessibleDescription() == "open"
    line.click()

    assert not answer.isVisible()


def test_a_question_can_be_gone_to(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    assert window.academy is not None
    question = window.academy.library.questions(
        window.academy.library.curriculum.mission_by_number[MissionNumber("2.5.1")].number
    )[1]

    page = go(f"mission:2.5.1/{question.id}")

    assert find(page, LessonView, "answer2Text").isVisible()
    assert not any(answer.isVisible() for answer in page.findChildren(LessonView, "answer1Text"))


def test_the_library_shows_bookmarks_alone(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    page = go("library")
    combo, tree = find(page, QComboBox, "libraryKindCombo"), find(page, QTreeView, "libraryTree")
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    assert tree.isHidden()
    assert find(page, QPushButton, "showAllLessonsButton").isVisible()

    window.academy.reading.bookmark(window.profile.id, SECOND_LESSON, True)
    settle(page, qtbot)
    assert combo.currentText() == "Bookmarked (1)"
    assert not tree.isHidden()
    find(page, QLineEdit, "libraryFilterField").setText("nothing like it")
    assert find(page, QPushButton, "searchEverywhereButton").isVisible()
    find(page, QLineEdit, "libraryFilterField").clear()
    window.academy.reading.bookmark(window.profile.id, SECOND_LESSON, False)
    settle(page, qtbot)
    find(page, QPushButton, "showAllLessonsButton").click()

    assert not tree.isHidden()


def test_a_mission_goes_on_with_its_first_open_lesson(window: MainWindow, go: Go) -> None:
    page = go("mission:2.5.1")
    go_on = find(page, QPushButton, "continueMissionButton")
    assert go_on.text() == "&Continue with lesson 2.5.1.2"

    go_on.click()

    assert window.pages.target() == f"lesson:{SECOND_LESSON}"


def test_a_mission_says_what_each_lesson_lets_one_do(go: Go) -> None:
    page = go("mission:2.5.1")
    assert isinstance(page, MissionPage)
    mission = page.context.academy.library.curriculum.mission_by_number[MissionNumber("2.5.1")]

    names = [link.accessibleName() for link in page.findChildren(LinkRow) if link.isVisible()]

    for lesson in mission.lessons:
        assert any(lesson.title in name and lesson.can_do in name for name in names)
