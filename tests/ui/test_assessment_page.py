"""The wizard: by keyboard alone, back and forth, paused and resumed, and never an answer that nobody meant."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Progress, Screen, ScreenOption
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.assessment.timing import SECOND_SENTENCE
from dijipilot.domain.ids import SkillId
from dijipilot.errors import CouldNotSave
from dijipilot.messages import message
from dijipilot.services.assess import Assess
from dijipilot.services.recheck import ShortSitting
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.assessment_page import AssessmentPage
from dijipilot.ui.pages.assessment_words import question_of
from dijipilot.ui.pages.result_page import ResultPage
from dijipilot.ui.theme import Theme
from dijipilot.ui.widgets import checkpoint_picture
from dijipilot.ui.widgets.assessment_questions import AssessmentQuestions
from dijipilot.ui.widgets.checkpoint_picture import CheckpointPicture
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.recheck_end import MOST_ROWS
from tests.ui.conftest import OpenWindow
from tests.ui.finding import find, focused
from tests.ui.sample_learner import FACTS

ALWAYS = 3_600_000
CONTESTED = SkillId("pod.personalization")
STOPPED = QAbstractAnimation.State.Stopped


@pytest.fixture(autouse=True)
def patience(qapp: QApplication) -> Iterator[None]:
    """Listen to a screen at once; a test that is about two quick clicks says otherwise."""
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(usual)


@pytest.fixture
def newcomer(open_window: OpenWindow) -> MainWindow:
    """Return the window of somebody who has not done anything yet."""
    window = open_window()
    assert window.academy is not None
    window.use_profile(window.academy.profiles.choose("Bea"), "home")
    return window


@pytest.fixture
def page(newcomer: MainWindow) -> AssessmentPage:
    """Return the wizard at its first question."""
    newcomer.go_to("assessment:begin")
    return wizard_of(newcomer)


def wizard_of(window: MainWindow) -> AssessmentPage:
    page = window.pages.page
    assert isinstance(page, AssessmentPage)
    return page


def prompt(page: AssessmentPage) -> str:
    return find(page, QLabel, "questionPrompt").text()


def answered(page: AssessmentPage) -> str:
    return find(page, QLabel, "assessmentAnswered").text()


def picture(page: AssessmentPage) -> CheckpointPicture:
    return find(page, CheckpointPicture, "checkpointPicture")


def chosen_before(page: AssessmentPage, number: int) -> tuple[str, ...]:
    """Return what was chosen at the question of this number, counted from 0."""
    assert page.sitting is not None
    previous = page.sitting.answered()[number].previous
    assert previous is not None
    return previous.chosen


def next_button(page: AssessmentPage) -> QPushButton:
    return find(page, QPushButton, "nextQuestionButton")


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)


def answer_facts(page: AssessmentPage, qtbot: QtBot) -> None:
    """Answer the questions about the business, as the simulated learner would."""
    while page.sitting is not None and page.sitting.screen is not None and page.sitting.screen.kind == "fact":
        wanted = FACTS[page.sitting.screen.id]
        for number, (identity, _) in enumerate(page.card.question.options, start=1):
            if (identity in wanted) != (identity in page.card.chosen):
                press(qtbot, Qt.Key(Qt.Key.Key_0 + number))
        press(qtbot, Qt.Key.Key_Return)


def test_the_assessment_is_taken_by_keyboard_alone(newcomer: MainWindow, qtbot: QtBot) -> None:
    newcomer.go_to("assessment")
    page = wizard_of(newcomer)
    press(qtbot, Qt.Key.Key_Space)
    answer_facts(page, qtbot)

    while page.sitting is not None and not page.sitting.is_finished:
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Space)

    assert isinstance(newcomer.pages.page, ResultPage)
    assert newcomer.academy is not None
    assert newcomer.profile is not None
    (taken,) = newcomer.academy.assess.history(newcomer.profile.id)
    assert taken.finished_at is not None
    assert taken.screens > len(FACTS)


def test_answers_fill_the_picture_and_the_words(page: AssessmentPage, qtbot: QtBot) -> None:
    before = picture(page).accessibleName()
    answer_facts(page, qtbot)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)

    assert answered(page).startswith("6 answered, about ")
    assert before == "0 of 159 checkpoints settled"
    assert picture(page).accessibleName() != before
    assert find(page, QLabel, "assessmentSettled").text() == picture(page).accessibleName()
    assert page.sitting is not None
    assert picture(page).checkpoints == page.sitting.checkpoints()


def test_the_wizard_says_what_the_last_answer_settled_and_never_which_way(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    assert page.sitting is not None
    before = page.sitting.checkpoints().settled

    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)

    found = page.sitting.checkpoints().settled - before
    assert found > 0
    assert f"That settled {found} checkpoint" in find(page, QLabel, "assessmentFound").text()
    shown = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible()).lower()
    assert not any(word in shown for word in ("mastered", "missing", "unsettled"))


def test_opening_questions_say_what_they_are_for_and_count_nothing(page: AssessmentPage, qtbot: QtBot) -> None:
    told = find(page, QLabel, "assessmentSettled")
    assert "your shop" in told.text()
    assert "settled" not in told.text()

    answer_facts(page, qtbot)

    assert "settled" in told.text()


def test_marks_stay_still_for_who_wants_less_motion(
    newcomer: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint_picture, "moves", lambda _: True)
    newcomer.go_to("settings")
    find(newcomer, QCheckBox, "reduceMotionBox").click()
    newcomer.go_to("assessment:begin")
    page = wizard_of(newcomer)
    answer_facts(page, qtbot)

    for _ in range(4):
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
        running = [each for each in newcomer.findChildren(QAbstractAnimation) if each.state() is not STOPPED]
        assert running == []
    assert page.sitting is not None
    assert page.sitting.checkpoints().settled > 0


def test_marks_fill_slowly_only_where_things_may_move(
    page: AssessmentPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_facts(page, qtbot)
    monkeypatch.setattr(checkpoint_picture, "moves", lambda _: False)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert not picture(page).is_moving

    monkeypatch.setattr(checkpoint_picture, "moves", lambda _: True)
    while page.sitting is not None and not page.sitting.is_finished and not picture(page).is_moving:
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert picture(page).is_moving


def test_any_earlier_answer_is_changed_and_one_comes_back_to_where_one_was(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    where = prompt(page), page.card.question.options
    find(page, QPushButton, "answersButton").click()
    first = find(page, LinkRow, "answer1Button")
    assert "Etsy" in first.accessibleName()

    first.click()
    assert page.card.chosen == ("shopify", "etsy")
    assert find(page, QWidget, "earlierAnswer").isVisible()
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)

    assert (prompt(page), page.card.question.options) == where
    assert answered(page).startswith("4 answered")
    assert not find(page, QWidget, "earlierAnswer").isVisible()
    assert page.sitting is not None
    assert chosen_before(page, 0) == ("shopify",)


def test_an_earlier_answer_can_be_left_as_it_is(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    where = prompt(page)
    find(page, QPushButton, "answersButton").click()
    find(page, LinkRow, "answer2Button").click()
    press(qtbot, Qt.Key.Key_4, Qt.Key.Key_Escape)

    assert prompt(page) == where
    assert page.sitting is not None
    assert chosen_before(page, 1) == tuple(FACTS["business_model"])


def test_escape_closes_the_list_of_answers(page: AssessmentPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)
    where = prompt(page)
    find(page, QPushButton, "answersButton").click()
    assert focused().objectName() == "closeAnswersButton"

    press(qtbot, Qt.Key.Key_Escape)

    assert prompt(page) == where
    assert find(page, QLabel, "questionPrompt").isVisible()
    press(qtbot, Qt.Key.Key_1)
    assert page.card.is_answered


def test_the_next_question_is_worked_out_while_one_looks_at_this_one(
    page: AssessmentPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_facts(page, qtbot)
    # Time enough to have read it: an answer in a hurry says something else.
    monkeypatch.setattr(AssessmentQuestions, "seconds_shown", 60.0)
    worked_out: list[str] = []
    next_screen = AssessmentSession._next_screen

    def watched(session: AssessmentSession) -> Screen | None:
        worked_out.append("a screen")
        return next_screen(session)

    monkeypatch.setattr(AssessmentSession, "_next_screen", watched)
    press(qtbot, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: worked_out == ["a screen"])
    before = prompt(page), page.card.question.options

    press(qtbot, Qt.Key.Key_Return)

    assert worked_out == ["a screen"]
    assert (prompt(page), page.card.question.options) != before


def test_options_have_room_after_quick_answers_in_large_text(page: AssessmentPage, theme: Theme, qtbot: QtBot) -> None:
    theme.dress(text_percent=200)
    answer_facts(page, qtbot)
    for _ in range(4):
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    QApplication.sendPostedEvents()

    choices = [choice for choice in page.findChildren(Choice) if choice.isVisible()]
    qtbot.waitUntil(lambda: all(choice.height() >= choice.label.fontMetrics().height() for choice in choices))


def test_the_end_explains_before_it_scores(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    find(page, QPushButton, "stopAssessmentButton").click()
    press(qtbot, Qt.Key.Key_Space)

    assert page.sitting is not None
    settled = page.sitting.checkpoints().settled
    assert f"5 answers settled {settled} of the " in find(page, QLabel, "endFound").text()
    assert any("85 %" in label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert focused().objectName() == "seeResultButton"


def test_back_shows_what_was_answered_and_a_new_answer_replaces_it(page: AssessmentPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)
    second = prompt(page)

    press(qtbot, Qt.Key.Key_Backspace)
    assert page.card.chosen == ("etsy",)
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_Return)

    assert prompt(page) == second
    assert answered(page).startswith("1 answered")
    press(qtbot, Qt.Key.Key_Backspace)
    assert page.card.chosen == ("shopify",)


def test_there_is_no_way_back_from_the_first_question(page: AssessmentPage, qtbot: QtBot) -> None:
    first = prompt(page)

    press(qtbot, Qt.Key.Key_Backspace)

    assert prompt(page) == first
    assert not find(page, QPushButton, "previousQuestionButton").isEnabled()


def test_a_pause_keeps_everything_and_the_next_start_continues_there(
    page: AssessmentPage, newcomer: MainWindow, open_window: OpenWindow, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)
    second = prompt(page)
    find(page, QPushButton, "pauseAssessmentButton").click()
    assert newcomer.pages.target() == "home"
    assert "saved" in newcomer.notice_bar.text

    newcomer.go_to("assessment:begin")
    assert prompt(page) == second
    newcomer.close()
    reopened = open_window()

    assert prompt(wizard_of(reopened)) == second
    assert answered(wizard_of(reopened)).startswith("1 answered")


def test_looking_at_the_page_begins_nothing(newcomer: MainWindow) -> None:
    newcomer.go_to("assessment")

    assert newcomer.academy is not None
    assert newcomer.profile is not None
    assert newcomer.academy.assess.history(newcomer.profile.id) == ()


def test_the_second_of_two_quick_presses_does_not_answer_the_next_screen(
    page: AssessmentPage, qapp: QApplication, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)
    second = prompt(page)
    qapp.setDoubleClickInterval(ALWAYS)

    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    next_button(page).click()

    assert prompt(page) == second


def test_not_decided_stands_alone(page: AssessmentPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_5)
    assert page.card.chosen == ("undecided",)

    press(qtbot, Qt.Key.Key_2)
    assert page.card.chosen == ("etsy",)


def test_not_sure_clears_the_options_and_is_an_answer(page: AssessmentPage, qtbot: QtBot) -> None:
    first = prompt(page)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_0)
    assert page.card.chosen == ()
    assert page.card.is_not_sure

    press(qtbot, Qt.Key.Key_Return)

    assert prompt(page) != first


def test_a_question_needs_an_answer_before_it_goes_on(page: AssessmentPage, qtbot: QtBot) -> None:
    first = prompt(page)

    press(qtbot, Qt.Key.Key_Return)

    assert prompt(page) == first
    assert not next_button(page).isEnabled()


def test_an_empty_checklist_means_none_of_these(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    while page.sitting is not None and page.sitting.screen is not None and page.sitting.screen.kind != "checklist":
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)

    assert next_button(page).accessibleName() == "None of these"
    press(qtbot, Qt.Key.Key_1)
    assert next_button(page).accessibleName() == "Next"


def test_stopping_asks_first_and_escape_declines(page: AssessmentPage, qtbot: QtBot) -> None:
    answer_facts(page, qtbot)
    stop = find(page, QPushButton, "stopAssessmentButton")

    stop.click()
    press(qtbot, Qt.Key.Key_Escape)
    assert page.sitting is not None
    assert not page.sitting.is_finished

    stop.click()
    press(qtbot, Qt.Key.Key_Space)
    assert page.sitting.is_finished
    assert find(page, QPushButton, "seeResultButton").isVisible()


def test_an_answer_that_could_not_be_saved_stays_on_screen(
    page: AssessmentPage, newcomer: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def fail(*_: object) -> None:
        raise CouldNotSave(message("storage.disk_full", home="/home/bea"))

    first = prompt(page)
    monkeypatch.setattr(page.sitting, "answer", fail)

    press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)

    assert prompt(page) == first
    assert page.card.chosen == ("etsy",)
    assert "the disk is full" in newcomer.notice_bar.text


def test_a_new_assessment_fills_in_what_was_said_of_the_shop(window: MainWindow) -> None:
    window.go_to("assessment:new")

    assert wizard_of(window).card.chosen == ("shopify", "etsy")


def test_two_more_minutes_go_on_with_the_last_assessment(window: MainWindow) -> None:
    window.go_to("assessment:more")

    page = wizard_of(window)
    assert page.sitting is not None
    assert page.sitting.is_finished or "min left" in answered(page) or "minute left" in answered(page)
    assert window.academy is not None
    assert window.profile is not None
    assert len(window.academy.assess.history(window.profile.id)) == 1


def outcome(page: AssessmentPage) -> str:
    return find(page, QLabel, "recheckOutcome").text()


def test_a_short_recheck_is_taken_by_keyboard_and_says_what_it_changed(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to("assessment:recheck")
    page = wizard_of(window)
    assert page.title == "Short re-check"
    assert answered(page) == "Question 1 of at most 6"
    assert not find(page, QPushButton, "pauseAssessmentButton").isVisible()

    asked = 0
    while page.sitting is not None and not page.sitting.is_finished:
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
        asked += 1

    assert 1 <= asked <= 6
    assert isinstance(page.sitting, ShortSitting)
    changes = page.sitting.changes()
    shown = [each.accessibleName() for each in page.findChildren(QLabel) if ": from " in each.accessibleName()]
    assert len(shown) == min(len(changes), MOST_ROWS)
    assert ("No verdict has changed" in outcome(page)) is (not changes)
    assert focused().objectName() == "recheckGapsButton"
    assert window.academy is not None
    assert window.profile is not None
    current = window.academy.standings.current(window.profile.id)
    assert find(page, QLabel, "recheckNote").isVisible() is bool(current.flags)
    assert all(current.by_skill[each.skill].verdict is each.after for each in changes)


def test_one_contested_skill_is_asked_about_alone_and_the_verdict_told(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to(f"assessment:settle:{CONTESTED}")
    page = wizard_of(window)
    assert window.academy is not None
    title = window.academy.library.curriculum.lesson_by_skill[CONTESTED].title
    assert find(page, QLabel, "recheckAbout").text() == f"About “{title}”"

    while page.sitting is not None and not page.sitting.is_finished:
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)

    assert outcome(page).startswith(f"“{title}” is ")
    find(page, QPushButton, "recheckRoadmapButton").click()
    assert window.pages.target().startswith("roadmap")


def test_a_recheck_under_way_goes_on_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to("assessment:recheck")
    page = wizard_of(window)
    press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Return)
    sitting = page.sitting
    window.go_to("home")

    window.pages.back()

    assert window.pages.target() == "assessment:recheck"
    assert page.sitting is sitting
    assert answered(page) == "Question 2 of at most 6"


def test_a_recheck_stops_at_once_where_the_learner_says_so(window: MainWindow) -> None:
    window.go_to("assessment:recheck")
    page = wizard_of(window)

    find(page, QPushButton, "stopAssessmentButton").click()

    assert "No verdict has changed" in outcome(page)
    find(page, QPushButton, "recheckResultButton").click()
    assert isinstance(window.pages.page, ResultPage)


def test_where_nothing_is_left_to_ask_the_page_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assess, "recheck", lambda *_: None)

    window.go_to(f"assessment:settle:{CONTESTED}")
    page = wizard_of(window)

    assert outcome(page).startswith("There is no question left about “")
    window.go_to("assessment")
    assert find(page, QPushButton, "beginAssessmentButton").isVisible()


def test_a_skill_that_is_no_more_leads_to_the_page_itself(window: MainWindow) -> None:
    window.go_to("assessment:settle:no.such-skill")

    assert find(wizard_of(window), QPushButton, "beginAssessmentButton").isVisible()


def test_the_page_offers_a_recheck_once_an_assessment_is_finished(window: MainWindow) -> None:
    window.go_to("assessment")

    find(wizard_of(window), QPushButton, "recheckButton").click()

    assert window.pages.target() == "assessment:recheck"


def test_nobody_new_is_offered_a_recheck(newcomer: MainWindow) -> None:
    newcomer.go_to("assessment")

    assert not find(wizard_of(newcomer), QPushButton, "recheckButton").isVisible()


def test_a_checklist_asked_a_second_time_shows_program_and_question(page: AssessmentPage) -> None:
    again = Screen(
        "checklist.second",
        ScreenKind.CHECKLIST,
        "Brand Basics",
        SECOND_SENTENCE,
        True,
        (ScreenOption("act.one", "One page"),),
        9.0,
        Progress(5, 120.0, 3, 159),
        None,
    )

    page.card.show_question(question_of(again))

    assert prompt(page) == SECOND_SENTENCE
    assert "steadier" in find(page, QLabel, "questionNote").text()
    assert page.card.accessibleName() == f"Brand Basics: {SECOND_SENTENCE}"
    assert next_button(page).accessibleName() == "Not this"
