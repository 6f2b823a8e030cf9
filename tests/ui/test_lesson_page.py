"""A lesson worked through in the window: every tick and answer is on record at once."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.widgets.lesson_body import with_links
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.public_outline import PublicOutline
from dijipilot.ui.widgets.settling_card import SettlingCard
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find
from tests.ui.sample_learner import LESSON, SECOND_LESSON

Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> LessonPage:
    """Return the lesson that the learner is in the middle of."""
    shown = go(f"lesson:{SECOND_LESSON}")
    assert isinstance(shown, LessonPage)
    return shown


def recorded(page: LessonPage) -> LessonProgress:
    """Return what is on record of the lesson shown."""
    return page.context.academy.learn.progress_of(page.context.profile_id, page.lesson.skill)


def texts(root: QWidget) -> str:
    """Return all text of labels that can be seen."""
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root))


def test_steps_show_what_is_ticked(page: LessonPage) -> None:
    assert [find(page, QCheckBox, f"step{number}Box").isChecked() for number in range(1, 6)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_tick_is_on_record_at_once(page: LessonPage) -> None:
    find(page, QCheckBox, "step4Box").click()
    assert "choose" in recorded(page).ticked_steps

    find(page, QCheckBox, "step4Box").click()

    assert "choose" not in recorded(page).ticked_steps


def test_a_box_of_the_checklist_is_on_record_at_once(page: LessonPage) -> None:
    find(page, QCheckBox, "box1").click()

    assert len(recorded(page).ticked_boxes) == 1


def test_the_whole_step_is_in_the_name_of_its_box(page: LessonPage) -> None:
    name = find(page, QCheckBox, "step1Box").accessibleName()

    assert name.startswith("Step 1: Find the setting")
    assert "*" not in name


def test_a_check_explains_the_answer_and_passes_when_all_are_right(page: LessonPage) -> None:
    text = page.context.academy.library.lesson(SECOND_LESSON)
    assert text is not None
    for number, question in enumerate(text.check, start=1):
        right = next(at for at, option in enumerate(question.options, start=1) if option.is_right)
        find(page, QRadioButton, f"check{number}Option{right}").click()
        find(page, QPushButton, f"check{number}Button").click()
        assert question.options[right - 1].explanation in texts(page)

    assert recorded(page).has_passed_check


def test_choosing_is_not_answering(page: LessonPage) -> None:
    find(page, QRadioButton, "check2Option1").click()

    assert len(recorded(page).check_answers) == 1


def test_a_lesson_is_done_when_the_learner_says_so(page: LessonPage, qtbot: QtBot) -> None:
    finish = find(page, QPushButton, "finishLessonButton")

    finish.click()
    settle(page, qtbot)
    assert recorded(page).is_done
    assert "You have finished this lesson" in texts(page)
    finish.click()

    assert not recorded(page).is_done


def test_a_note_is_kept_when_the_page_is_left(page: LessonPage, go: Go) -> None:
    find(page, QPlainTextEdit, "noteField").setPlainText("Ask about the hold")

    go("home")

    assert page.context.academy.learn.note(page.context.profile_id, SECOND_LESSON) == "Ask about the hold"


def test_previous_and_next_lead_through_the_curriculum(page: LessonPage, window: MainWindow) -> None:
    find(page, QPushButton, "bottomNextButton").click()
    assert page.lesson.number == "2.5.1.3"

    for _ in range(2):
        # Those shown before are about to go, but can still be found.
        next(each for each in page.findChildren(QPushButton, "topPreviousButton") if each.isVisible()).click()

    assert page.lesson.skill == LESSON


def test_the_first_lesson_has_none_before_it(page: LessonPage, go: Go) -> None:
    go("lesson:1.1.1.1")

    assert [each for each in page.findChildren(QPushButton, "topPreviousButton") if each.isVisible()] == []


def test_a_number_that_does_not_exist_is_told(page: LessonPage, window: MainWindow, go: Go) -> None:
    go("lesson:9.9.9.9")

    assert page.lesson.skill == SECOND_LESSON
    assert "9.9.9.9" in window.notice_bar.text


def test_a_draft_says_what_it_will_teach_and_what_it_builds_on(page: LessonPage, go: Go) -> None:
    drafts = [lesson for lesson in page.context.academy.library.curriculum.lessons if not lesson.is_ready]
    if not drafts:
        pytest.skip("every lesson is written")
    draft = next(lesson for lesson in drafts if lesson.prerequisites)

    go(f"lesson:{draft.skill}")

    assert draft.can_do in texts(page)
    assert "In preparation" in texts(find(page, PublicOutline))
    assert find(page, QPushButton, "finishLessonButton").isHidden()
    assert "highlight" not in texts(page)


def test_an_unsettled_lesson_offers_one_question_without_pushing_the_text_away(
    page: LessonPage, window: MainWindow
) -> None:
    card = find(page, SettlingCard)
    assert not any(option.isVisible() for option in card.findChildren(QRadioButton))
    find(card, LinkRow, "settlingFold").click()
    assert find(card, QRadioButton, "settlingOption1").isVisible()

    find(card, QRadioButton, "settlingOption1").click()
    find(card, QPushButton, "settlingAnswerButton").click()

    assert card.isHidden()
    assert window.notice_bar.text


def test_asking_leads_to_the_questions_with_this_lesson(page: LessonPage, window: MainWindow) -> None:
    find(page, QPushButton, "askAboutLessonButton").click()

    assert window.pages.target() == f"questions:{SECOND_LESSON}"


def test_numbers_of_lessons_in_the_text_are_links() -> None:
    assert with_links("see lesson 2.5.1.1.") == "see [lesson 2.5.1.1](lesson:2.5.1.1)."
    assert with_links("(lesson\n2.5.1.1)") == "([lesson\n2.5.1.1](lesson:2.5.1.1))"
    assert with_links("lessons 2.5.1.1 and 2.5.1.2") == (
        "lessons [2.5.1.1](lesson:2.5.1.1) and [2.5.1.2](lesson:2.5.1.2)"
    )


def test_an_address_is_not_opened_but_told(page: LessonPage, window: MainWindow) -> None:
    page._on_link_clicked("https://example.com")

    assert "https://example.com" in window.notice_bar.text


def test_where_a_lesson_was_scrolled_is_remembered(
    page: LessonPage, go: Go, open_window: OpenWindow, window: MainWindow, qtbot: QtBot
) -> None:
    bar = page.scroll_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    bar.setValue(bar.maximum() // 2)
    window.close()

    again = open_window().pages.page

    assert isinstance(again, LessonPage)
    qtbot.waitUntil(lambda: again.scroll_area.verticalScrollBar().value() > 500)


def test_a_lesson_has_its_whole_height_as_it_comes_up(window: MainWindow) -> None:
    window.go_to(f"lesson:{SECOND_LESSON}")

    page = window.pages.page
    assert isinstance(page, LessonPage)
    assert page.content.height() == page.content.heightForWidth(page.content.width())
