"""Reading a lesson: bookmark, highlights, find, notes beside, terms, another order, a screen that differs, paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from dijipilot.domain.events import LessonEventKind
from dijipilot.domain.highlights import mark_place
from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.errors import LessonLocked
from dijipilot.messages import message
from dijipilot.services.reading import StudyOrder
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.lesson_frame import LessonFrame, reading_width
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.print_preview import PrintPreview
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets.find_bar import FindBar
from dijipilot.ui.widgets.lesson_body import LessonBody
from dijipilot.ui.widgets.lesson_side import LessonSide
from dijipilot.ui.widgets.lesson_term import TermPopover
from dijipilot.ui.widgets.lesson_view import LessonView, MarkKind
from dijipilot.ui.widgets.link_row import LinkRow
from tests.ui.clipping import clipped
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find, focused
from tests.ui.sample_learner import LESSON, SECOND_LESSON
from tests.ui.test_tokens import contrast

Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> LessonPage:
    """Return the lesson that the learner is in the middle of."""
    shown = go(f"lesson:{SECOND_LESSON}")
    assert isinstance(shown, LessonPage)
    return shown


def select(page: LessonPage, part: str, words: str) -> LessonView:
    """Select words in a text, as a reader does."""
    view = find(page, LessonView, part)
    start = view.toPlainText().index(words)
    view.setTextCursor(view.cursor_over(start, start + len(words)))
    view.selection_settled.emit()
    return view


def locked(skill: SkillId) -> LessonText | None:
    raise LessonLocked(message("pack.lesson_locked", title=skill))


def mark_as_the_first_versions(page: LessonPage, part: str, words: str) -> None:
    """Record a highlight by its words."""
    academy, profile = page.context.academy, page.context.profile_id
    recorder = academy.reading._recorder
    value = json.dumps({"words": words, "occurrence": 0})
    recorder.lesson(profile, SECOND_LESSON, LessonEventKind.HIGHLIGHTED, part, value)
    page.mark_stale()


def marked(view: LessonView, kind: MarkKind = MarkKind.HIGHLIGHTED) -> list[str]:
    """Return the words that stand out in a text for this reason."""
    marks = [mark for layer in view._marks_by_layer.values() for mark in layer if mark.kind is kind]
    return [view.toPlainText()[mark.start : mark.end] for mark in marks]


def test_lines_are_as_long_as_eyes_like_them(page: LessonPage) -> None:
    view = find(page, LessonView, "whyText")

    characters = view.width() / (view.fontMetrics().horizontalAdvance("The provider charges you at release") / 35)

    assert 60 <= characters <= 75
    assert view.width() <= reading_width(page.font())


def test_ctrl_d_bookmarks_a_lesson_and_the_library_lists_it(page: LessonPage, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)

    assert page.context.academy.reading.bookmarks(page.context.profile_id) == (SECOND_LESSON,)
    tool = find(page, QToolButton, "bookmarkTool")
    assert tool.isChecked()
    assert tool.accessibleName() == "Remove the bookmark"
    tool.click()
    settle(page, qtbot)
    assert not tool.isChecked()
    window.commands.undo()
    settle(page, qtbot)
    assert tool.isChecked()


def test_selected_words_are_highlighted_whole_and_can_be_undone(
    page: LessonPage, window: MainWindow, qtbot: QtBot
) -> None:
    view = select(page, "whyText", "o things happen toge")
    assert find(page, QPushButton, "highlightButton").text() == "Highlight"

    find(page, QPushButton, "highlightButton").click()
    settle(page, qtbot)
    assert marked(view) == ["two things happen together"]
    assert "two things happen together" in find(page, LinkRow, "highlight1Button").accessibleName()
    window.commands.undo()
    settle(page, qtbot)

    assert marked(view) == []


def test_a_highlight_is_there_again_after_a_restart_and_can_be_removed(
    page: LessonPage, window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    select(page, "step2Text", "edit and cancel window")
    page.commands()["highlight"]()
    window.close()

    again = open_window().pages.page

    assert isinstance(again, LessonPage)
    settle(again, qtbot)
    view = find(again, LessonView, "step2Text")
    assert marked(view) == ["edit and cancel window"]
    find(again, LinkRow, "highlight1Button").click()
    assert view.textCursor().selectedText() == "edit and cancel window"
    assert find(again, QPushButton, "highlightButton").text() == "Remove highlight"
    find(again, QToolButton, "removeHighlight1Button").click()
    settle(again, qtbot)
    assert marked(view) == []


def test_a_highlight_whose_words_are_gone_is_listed_and_says_so(page: LessonPage, qtbot: QtBot) -> None:
    reading, profile = page.context.academy.reading, page.context.profile_id
    earlier_edition = "Here stood something else about the hold, and it was longer than that too."

    reading.highlight(profile, SECOND_LESSON, "why", mark_place(earlier_edition, 5, 10))
    settle(page, qtbot)

    row = find(page, LinkRow, "highlight1Button")
    assert row.accessibleName().startswith("Words you marked on December ")
    assert row.accessibleName().endswith("The lesson no longer says this.")
    assert marked(find(page, LessonView, "whyText")) == []
    row.click()


def test_a_highlight_whose_words_were_kept_shows_them_still(page: LessonPage, qtbot: QtBot) -> None:
    """As the first versions kept them: those in the lesson stand there, the others in the list."""
    for words in ("two things happen together", "words of an earlier edition"):
        mark_as_the_first_versions(page, "why", words)
    settle(page, qtbot)

    assert marked(find(page, LessonView, "whyText")) == ["two things happen together"]
    assert find(page, LinkRow, "highlight1Button").accessibleName() == "two things happen together, Highlight"
    gone = find(page, LinkRow, "highlight2Button").accessibleName()
    assert gone == "words of an earlier edition, Highlight, The lesson no longer says this."


def test_a_highlight_moves_with_its_words(page: LessonPage, go: Go, qtbot: QtBot) -> None:
    text = find(page, LessonView, "whyText").toPlainText()
    start = text.index("two things happen together")
    earlier_edition = f"This stood there before. {text}"
    place = mark_place(earlier_edition, start + 25, start + 25 + len("two things happen together"))

    page.context.academy.reading.highlight(page.context.profile_id, SECOND_LESSON, "why", place)
    settle(page, qtbot)

    assert marked(find(page, LessonView, "whyText")) == ["two things happen together"]


def test_highlights_of_a_lesson_that_cannot_be_read_are_listed_by_their_day(
    page: LessonPage, go: Go, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(page, "whyText", "two things happen together")
    page.commands()["highlight"]()
    pack = page.context.academy.pack
    monkeypatch.setattr(pack, "lesson_text", locked)
    monkeypatch.setattr(pack, "locked_skills", lambda: frozenset({LESSON, SECOND_LESSON}))
    monkeypatch.setattr(pack, "openers", lambda _: ())

    go(f"lesson:{LESSON}")
    go(f"lesson:{SECOND_LESSON}")

    row = find(page, LinkRow, "highlight1Button")
    assert row.accessibleName().startswith("Words you marked on ")
    assert "no longer" not in row.accessibleName()
    row.click()
    assert "cannot be read here now" in window.notice_bar.text


def test_without_a_selection_the_highlighter_says_what_to_do(page: LessonPage, window: MainWindow) -> None:
    page.commands()["highlight"]()

    assert "Select some words" in window.notice_bar.text


def test_find_counts_marks_and_goes_round(page: LessonPage, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar, field = find(page, FindBar), find(page, QLineEdit, "findField")
    assert focused() is field

    QTest.keyClicks(field, "APPROVAL setting")
    texts = page.findChildren(LessonView)
    hits = [word for view in texts for kind in (MarkKind.FOUND, MarkKind.FOUND_CURRENT) for word in marked(view, kind)]
    assert "approval setting" in [hit.lower() for hit in hits]
    count = int(bar.count_text.split(" of ")[1])
    assert bar.count_text.startswith("1 of ")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_text == f"{count} of {count}"
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert bar.count_text == f"1 of {count}"
    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert bar.isHidden()
    assert all(marked(view, kind) == [] for view in texts for kind in (MarkKind.FOUND, MarkKind.FOUND_CURRENT))


def test_find_marks_words_of_labels_and_gives_them_back(page: LessonPage, window: MainWindow, qtbot: QtBot) -> None:
    title = page.heading.text()
    page.commands()["find"]()
    field = find(page, QLineEdit, "findField")

    field.setText("automatically")
    assert "<span" in page.heading.text()
    assert page.title == title
    page.context.academy.learn.tick_step(page.context.profile_id, SECOND_LESSON, "choose", True)
    settle(page, qtbot)
    field.setText("no such words anywhere")

    assert page.heading.text() == title
    assert find(page, FindBar).count_text == "Not in this page"


def test_find_opens_the_answer_in_which_words_are_hidden(page: LessonPage, qtbot: QtBot) -> None:
    library = page.context.academy.library
    question = library.questions(library.curriculum.mission_by_skill[SECOND_LESSON].number)[0]
    words = " ".join(question.answer.split()[:6])
    assert not any(answer.isVisible() for answer in page.findChildren(LessonView, "answer1Text"))

    page.commands()["find"]()
    find(page, QLineEdit, "findField").setText(words)

    answer = find(page, LessonView, "answer1Text")
    assert answer.isVisible()
    assert marked(answer, MarkKind.FOUND_CURRENT)


def test_ctrl_b_hides_the_notes_and_the_choice_stays(
    page: LessonPage, window: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    side = find(page, LessonSide, "lessonSide")
    assert side.isVisible()

    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not side.isVisible()
    assert not find(page, QToolButton, "notesTool").isChecked()
    window.close()
    again = open_window().pages.page

    assert isinstance(again, LessonPage)
    assert find(again, LessonSide, "lessonSide").isHidden()
    again.commands()["notes"]()
    assert focused().objectName() == "noteField"


def test_notes_stand_below_the_text_where_there_is_no_room_beside(page: LessonPage, theme: Theme, qtbot: QtBot) -> None:
    frame, side = find(page, LessonFrame), find(page, LessonSide, "lessonSide")
    assert side.mapTo(frame, QPoint(0, 0)).x() > frame.width() // 2

    theme.dress(text_percent=200)
    assert not side.isVisible()
    page.commands()["notes"]()

    qtbot.waitUntil(lambda: side.mapTo(frame, QPoint(0, 0)).y() > frame.height() // 3)
    theme.dress(text_percent=100)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_term_explains_itself_and_gives_the_keyboard_back(page: LessonPage, qtbot: QtBot) -> None:
    view = find(page, LessonView, "whatText")
    view.setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Return)

    popover = find(page, TermPopover)
    assert popover.isVisible()
    assert popover.accessibleName().startswith("Approval setting: ")
    assert any("Approval setting" in label.text() for label in popover.findChildren(QLabel))
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert focused() is view


def test_a_term_is_a_link_only_where_it_comes_first(page: LessonPage) -> None:
    body = find(page, LessonBody)
    targets = [link.target for view in body.findChildren(LessonView) for link in view._links]

    assert len(targets) == len(set(targets)) > 3


def test_next_follows_the_roadmap_when_asked_to_at_the_end(page: LessonPage, window: MainWindow, qtbot: QtBot) -> None:
    academy, profile = page.context.academy, page.context.profile_id
    order = [item.skill for item in academy.plan.roadmap(profile).items]
    at = order.index(SECOND_LESSON)

    find(page, QRadioButton, "roadmapOrderChoice").click()
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.lesson.skill == order[at + 1]
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.lesson.skill == SECOND_LESSON
    find(page, QRadioButton, "curriculumOrderChoice").click()

    following = academy.reading.neighbors(profile, SECOND_LESSON, StudyOrder.CURRICULUM).following
    assert following is not None
    assert shown_link(page, "topNextButton").accessibleName() == f"{following.title}, Next lesson"


def shown_link(page: LessonPage, name: str) -> LinkRow:
    """Return the link that can be seen: those shown before are about to go, but can still be found."""
    return next(each for each in page.findChildren(LinkRow, name) if each.isVisible())


def test_titles_of_the_lessons_around_are_whole_at_the_top(page: LessonPage) -> None:
    around = page.context.academy.reading.neighbors(page.context.profile_id, SECOND_LESSON, StudyOrder.CURRICULUM)
    for name, lesson in (("topPreviousButton", around.previous), ("topNextButton", around.following)):
        link = shown_link(page, name)
        assert lesson is not None
        assert lesson.title in [label.text() for label in link.findChildren(QLabel)]
        assert clipped(link) == []


def test_a_lesson_off_the_roadmap_says_why_the_order_stays(page: LessonPage, window: MainWindow, go: Go) -> None:
    academy, profile = page.context.academy, page.context.profile_id
    on_it = {item.skill for item in academy.plan.roadmap(profile).items}
    off_it = next(lesson.skill for lesson in academy.library.curriculum.lessons if lesson.skill not in on_it)
    go(f"lesson:{off_it}")

    find(page, QRadioButton, "roadmapOrderChoice").click()

    assert "not on your roadmap" in window.notice_bar.text
    assert find(page, QRadioButton, "curriculumOrderChoice").isChecked()


def test_the_stamp_says_when_and_against_what_and_opens(page: LessonPage) -> None:
    stamp = find(page, LinkRow, "freshnessFold")

    assert stamp.accessibleName() == (
        "Checked November 2026 against Printify Help Center, Printful Help Center, Gelato Help Center"
    )
    stamp.click()
    assert any("24 hours" in label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_screen_that_looks_different_goes_out_with_the_questions(page: LessonPage, window: MainWindow) -> None:
    find(page, QToolButton, "step3DifferenceButton").click()
    field = find(page, QLineEdit, "step3DifferenceField")
    assert focused() is field
    QTest.keyClicks(field, "No PayPal there")
    QTest.keyClick(field, Qt.Key.Key_Return)

    asked = page.context.academy.questions.all(page.context.profile_id)[-1].asked.text
    assert asked.startswith("My screen looks different at step 3 (charge)")
    assert asked.endswith("No PayPal there")
    assert not field.isVisible()
    assert "Kept with your questions" in window.notice_bar.text


def test_own_questions_stand_below_the_lesson_with_their_states(page: LessonPage, go: Go, window: MainWindow) -> None:
    assert find(page, LinkRow, "ownQuestion1Button").accessibleName().endswith("Waiting for an answer")

    find(page, LinkRow, "ownQuestion1Button").click()

    assert window.pages.target() == f"questions:{SECOND_LESSON}"


def test_a_flag_can_be_given_up_with_escape(page: LessonPage) -> None:
    before = len(page.context.academy.questions.all(page.context.profile_id))
    find(page, QToolButton, "step1DifferenceButton").click()
    field = find(page, QLineEdit, "step1DifferenceField")

    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert not field.isVisible()
    assert len(page.context.academy.questions.all(page.context.profile_id)) == before


def test_a_lesson_on_paper_has_its_steps_and_the_note(page: LessonPage, window: MainWindow, tmp_path: Path) -> None:
    report = page._paper._report()
    assert report is not None
    assert "Look up the edit and cancel window" in report.html
    assert (report.html.count("☑"), report.html.count("☐") > 5) == (3, True)
    assert "Ask Printify support" in report.html
    assert "href" not in report.html

    page._paper.save_pdf(tmp_path / "lesson.pdf")

    assert (tmp_path / "lesson.pdf").read_bytes().startswith(b"%PDF")
    assert "lesson.pdf" in window.notice_bar.text


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_ctrl_p_shows_the_paper_first(page: LessonPage, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    preview = find(page, PrintPreview)
    qtbot.waitUntil(preview.isVisible)
    preview.reject()


def test_commands_of_a_page_are_off_elsewhere(page: LessonPage, window: MainWindow, go: Go) -> None:
    assert window.actions_by_name["bookmark"].isEnabled()

    go("settings")

    assert not window.actions_by_name["bookmark"].isEnabled()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_highlighted_text_keeps_the_contrast_that_reading_needs(
    scheme: Scheme, page: LessonPage, theme: Theme, qtbot: QtBot
) -> None:
    theme.dress(scheme, 100)
    view = select(page, "whyText", "two things")
    page.commands()["highlight"]()
    settle(page, qtbot)

    (selection,) = view.extraSelections()
    pen = selection.format.background().color()
    ground = QColor(theme.colors.window)
    mixed = QColor.fromRgbF(
        *(
            pen.alphaF() * over + (1 - pen.alphaF()) * under
            for over, under in (
                (pen.redF(), ground.redF()),
                (pen.greenF(), ground.greenF()),
                (pen.blueF(), ground.blueF()),
            )
        )
    )

    assert contrast(view.palette().color(QPalette.ColorRole.Text).name(), mixed.name()) >= 4.5
