"""The window as a whole: first run, coming back, going about, undo, and what it says when opening fails."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.errors import AnotherInstanceWrites
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.ui.conftest import OpenWindow
from tests.ui.finding import find, focused
from tests.ui.immediate import ImmediateExecutor
from tests.ui.sample_learner import LESSON, SECOND_LESSON

Go = Callable[[str], Page]


def trigger(window: MainWindow, name: str) -> None:
    """Do what a menu entry does."""
    find(window, QAction, f"{name}Action").trigger()


def test_the_first_start_asks_for_a_name_and_goes_to_the_assessment(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    start = find(window, QPushButton, "startAssessmentButton")

    QTest.keyClicks(find(window, QLineEdit, "firstNameField"), "Ada")
    start.click()

    assert window.pages.target().startswith("assessment")
    assert window.academy is not None
    current = window.academy.profiles.current()
    assert current is not None
    assert current.name == "Ada"


@pytest.mark.parametrize("name", ["startAssessmentButton", "lookAroundButton"])
def test_a_first_start_without_a_name_says_what_is_missing(name: str, open_window: OpenWindow) -> None:
    window = open_window()
    missing = find(window, QLabel, "nameMissing")
    assert not missing.isVisible()

    find(window, QPushButton, name).click()

    assert window.profile is None
    assert missing.isVisible()
    field = find(window, QLineEdit, "firstNameField")
    assert field.hasFocus()
    QTest.keyClicks(field, "A")
    assert not missing.isVisible()


def test_looking_around_first_is_possible(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    QTest.keyClicks(find(window, QLineEdit, "firstNameField"), "Ada")

    find(window, QPushButton, "lookAroundButton").click()

    assert window.pages.target() == "home"


def test_the_next_start_continues_where_the_last_one_ended(learner_paths: UserPaths, open_window: OpenWindow) -> None:
    window = open_window()
    window.go_to(f"lesson:{LESSON}")
    window.close()

    again = open_window()

    assert again.pages.target() == f"lesson:{LESSON}"


def test_back_and_forward_lead_through_the_pages_seen(window: MainWindow, go: Go) -> None:
    go("home")
    go("library")
    go(f"lesson:{LESSON}")

    trigger(window, "back")
    assert window.pages.target().startswith("library")
    trigger(window, "forward")

    assert window.pages.target() == f"lesson:{LESSON}"
    assert not find(window, QAction, "forwardAction").isEnabled()


def test_breadcrumbs_lead_up(window: MainWindow, go: Go) -> None:
    go(f"lesson:{LESSON}")

    crumb = next(each for each in window.top_bar.findChildren(QPushButton, "crumb2Button") if each.isVisible())
    crumb.click()

    assert window.pages.target() == "mission:2.5.1"


@pytest.mark.parametrize(
    ("action", "target"), [("search", "search"), ("help", "help"), ("go_roadmap", "roadmap"), ("settings", "settings")]
)
def test_menu_entries_lead_to_their_pages(action: str, target: str, window: MainWindow) -> None:
    trigger(window, action)

    assert window.pages.target().partition(":")[0] == target


def test_an_unknown_place_leads_home(window: MainWindow, go: Go) -> None:
    go("library")

    window.go_to("gone:for-good")

    assert window.pages.target() == "home"


def test_the_rail_goes_by_keyboard(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    go("home")
    window.rail.list.setFocus()

    QTest.keyClick(window.rail.list, Qt.Key.Key_Down)
    assert window.pages.target() == "home"
    QTest.keyClick(window.rail.list, Qt.Key.Key_Return)

    assert window.pages.target() == "assessment"


def test_the_next_pane_is_one_key_away(window: MainWindow, go: Go) -> None:
    go("library")
    window.rail.list.setFocus()

    panes = []
    for _ in range(3):
        trigger(window, "next_pane")
        panes.append(focused().objectName())

    assert panes == ["topBarSearchButton", "libraryTree", "navigationRail"]


def test_a_tick_is_undone_and_done_again(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    learn, profile = window.academy.learn, window.profile.id
    go(f"lesson:{LESSON}")
    learn.tick_step(profile, SECOND_LESSON, "choose", True)

    trigger(window, "undo")
    assert "choose" not in learn.progress_of(profile, SECOND_LESSON).ticked_steps
    assert window.notice_bar.text.startswith("Undone")
    trigger(window, "redo")

    assert "choose" in learn.progress_of(profile, SECOND_LESSON).ticked_steps


def test_the_menu_names_what_undo_takes_back(window: MainWindow, go: Go) -> None:
    assert window.academy is not None
    assert window.profile is not None
    window.academy.plan.skip(window.profile.id, SECOND_LESSON)

    window.commands.name_undo()

    assert "Should Orders Go to Production" in find(window, QAction, "undoAction").text()


def test_a_backup_is_made_from_the_menu(window: MainWindow) -> None:
    assert window.academy is not None

    trigger(window, "back_up")

    assert len(window.academy.safekeeping.backups()) == 1
    assert "backup was made" in window.notice_bar.text


def test_text_size_and_colors_are_remembered_before_any_data_is_read(window: MainWindow, theme: Theme) -> None:
    trigger(window, "larger")
    theme.dress(Scheme.DARK)
    assert window.academy is not None

    state = WindowState(window.academy.paths.window_state)

    assert (state.scheme, state.text_percent) == (Scheme.DARK, 110)


def test_a_damaged_window_file_is_as_if_it_were_not_there(paths: UserPaths) -> None:
    paths.window_state.write_bytes(b"[look]\nscheme=plaid\ntextPercent=many\n[window]\ngeometry=\x00\xff")

    state = WindowState(paths.window_state)

    assert (state.scheme, state.text_percent) == (Scheme.SYSTEM, 100)


def test_a_failed_opening_says_why_and_can_be_tried_again(learner_paths: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    may_open: list[bool] = []

    def open_or_not() -> Academy:
        if not may_open:
            raise AnotherInstanceWrites(message("storage.another_instance", home=str(learner_paths.home)))
        return open_academy(learner_paths, for_writing=True)

    tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
    window = MainWindow(open_or_not, lambda: (tasks, theme), WindowState(learner_paths.window_state))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.content.currentWidget() is window.problem)
    told = find(window, QLabel, "problemText").text()
    assert "Nothing was changed" in told

    may_open.append(True)
    find(window, QPushButton, "retryButton").click()

    assert window.pages.target() == "home"
    window.close()


def test_reading_beside_another_window_changes_nothing(learner_paths: UserPaths, theme: Theme, qtbot: QtBot) -> None:
    tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
    before = learner_paths.database.read_bytes()
    window = MainWindow(
        lambda: open_academy(learner_paths, for_writing=False),
        lambda: (tasks, theme),
        WindowState(learner_paths.window_state),
    )
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.content.currentWidget() is window.pages)

    for target in ("home", f"lesson:{LESSON}", "library", "questions"):
        window.go_to(target)
    window.close()

    assert learner_paths.database.read_bytes() == before


def test_a_lesson_shows_what_was_ticked_elsewhere(window: MainWindow, go: Go, qtbot: QtBot) -> None:
    page = go(f"lesson:{SECOND_LESSON}")
    assert isinstance(page, LessonPage)
    assert window.academy is not None
    assert window.profile is not None

    window.academy.learn.finish(window.profile.id, SECOND_LESSON)

    qtbot.waitUntil(lambda: not page.is_stale)
    assert "Open it again" in find(page, QPushButton, "finishLessonButton").accessibleName()


def test_news_goes_when_the_learner_moves_on_but_a_warning_stays(window: MainWindow, go: Go) -> None:
    window.notice_bar.show_notice("All is well.", "good")
    go("library")
    assert window.notice_bar.text == "All is well."
    go("home")
    assert window.notice_bar.text == ""

    window.notice_bar.show_notice("Take care.", "caution")
    go("library")
    go("home")

    assert window.notice_bar.text == "Take care."


def test_escape_closes_a_notice(window: MainWindow, go: Go) -> None:
    go("home")
    window.notice_bar.show_notice("All is well.", "good")

    QTest.keyClick(focused(), Qt.Key.Key_Escape)

    assert window.notice_bar.text == ""
