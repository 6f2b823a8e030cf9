"""Journey 2: Home says what to continue; knowledge check, note, search, a question asked; the roadmap follows."""

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.domain.roadmap import Status
from tests.journeys.hands import Hands
from tests.journeys.records import academy_of, profile_of, text_of, title_of

STARTED = SkillId("fulfillment.order-settings")
NOTE = "Hold orders zebra-long on Fridays"

# Said of menus and lists that pop up, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def lesson_text(hands: Hands) -> LessonText:
    """Return the text of the lesson half done."""
    text = academy_of(hands).library.lesson(STARTED)
    assert text is not None
    return text


def continue_lesson(hands: Hands) -> None:
    """Go home and on to the lesson half done."""
    hands.command("go_home")
    hands.press("continueButton")
    assert hands.page.place() == STARTED


def text_in(hands: Hands, name: str) -> str:
    """Return what stands in a field."""
    field = hands.see(name)
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


def test_home_leads_on_where_the_learner_stopped_and_the_lesson_is_finished(back: Hands) -> None:
    back.command("go_home")
    assert "3 of 5 steps" in text_of(back)
    continue_lesson(back)

    for number in (4, 5):
        back.press(f"step{number}Box")
    progress = academy_of(back).learn.progress_of(profile_of(back), STARTED)
    assert progress.ticked_steps == {step.id for step in lesson_text(back).steps}

    for number, question in enumerate(lesson_text(back).check, start=1):
        right = next(at for at, option in enumerate(question.options, start=1) if option.is_right)
        back.press(f"check{number}Option{right}")
        back.press(f"check{number}Button")
    assert academy_of(back).learn.progress_of(profile_of(back), STARTED).has_passed_check

    back.press("finishLessonButton")
    item = academy_of(back).plan.roadmap(profile_of(back)).item(STARTED)
    assert item is not None
    assert item.status is Status.DONE

    back.command("undo")
    assert not academy_of(back).learn.progress_of(profile_of(back), STARTED).is_done
    back.command("redo")
    assert academy_of(back).learn.progress_of(profile_of(back), STARTED).is_done


def test_a_note_is_kept_found_by_search_and_there_after_a_restart(back: Hands) -> None:
    continue_lesson(back)
    back.write("noteField", NOTE)
    back.command("search")
    back.write("searchField", "zebra")
    back.open_hit("searchResults")
    back.wait_until(lambda: back.page.place() == STARTED)

    back.close_and_open()

    assert back.page.place() == STARTED
    assert text_in(back, "noteField") == NOTE


def test_a_question_is_asked_and_an_unfinished_one_survives_the_night(back: Hands) -> None:
    continue_lesson(back)
    back.press("askAboutLessonButton")
    back.write("questionField", "Which hold suits gifts?")
    back.press("askButton")
    asked = [state.asked.text for state in academy_of(back).questions.all(profile_of(back))]
    assert "Which hold suits gifts?" in asked
    back.write("questionField", "And what about")

    back.close_and_open()

    assert text_in(back, "questionField") == "And what about"


def answer_to_the_end(hands: Hands) -> None:
    """Choose the first option of every question, until the re-check says what came of it."""
    hands.see("questionPrompt")
    while not hands.sees("recheckOutcome"):
        hands.answer([1])


def test_a_verdict_that_is_not_right_is_contested_and_the_roadmap_follows(back: Hands) -> None:
    back.command("go_assessment")
    back.press("lastResultButton")
    skill = academy_of(back).library.curriculum.skills[1]
    before = academy_of(back).assess.result(profile_of(back))
    back.choose("skillTable", title_of(back, skill))

    back.press("contestVerdictButton")
    answer_to_the_end(back)

    standing = academy_of(back).standings.current(profile_of(back)).by_skill[skill]
    assert standing.verdict.value.capitalize() in text_of(back)
    assert "The result of the assessment stays as it was taken." in text_of(back)
    back.press("recheckRoadmapButton")
    assert back.window.pages.target().startswith("roadmap")
    assert academy_of(back).assess.result(profile_of(back)) == before


def test_a_short_recheck_takes_a_minute_and_the_gaps_follow(back: Hands) -> None:
    back.command("go_assessment")
    back.press("recheckButton")

    answer_to_the_end(back)

    back.press("recheckGapsButton")
    assert back.window.pages.target().startswith("gaps")
    assert len(academy_of(back).assess.history(profile_of(back))) == 1
