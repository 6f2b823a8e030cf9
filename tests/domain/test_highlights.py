"""A highlight stands on the words that were marked, or nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.highlights import Highlight, highlights_of, marked_value, occurrence_at, parts_of, whole_words
from dijipilot.domain.ids import EventId, SkillId
from tests.builders import NOON, lesson_event, lesson_text

Kind = LessonEventKind


def marked(words: str, occurrence: int = 0) -> Highlight:
    return Highlight(EventId("e"), NOON, SkillId("niche.buyer"), "what", words, occurrence)


def made(number: int, words: str) -> LessonEvent:
    return lesson_event(number, Kind.HIGHLIGHTED, detail="what", value=marked_value(words, 0))


@given(st.text(alphabet="ab \n", max_size=40), st.integers(0, 40), st.integers(1, 6))
def test_words_are_found_where_they_were_marked(text: str, start: int, length: int) -> None:
    words = text[start : start + length]
    if words:
        found = marked(words, occurrence_at(text, start, words)).find_in(text)

        assert found == (start, start + len(words))


def test_words_stay_marked_when_text_is_put_before_them() -> None:
    assert marked("the hold").find_in("First of all, note the hold.") == (19, 27)


def test_words_that_stand_less_often_than_before_are_marked_at_their_first_place() -> None:
    assert marked("hold", 2).find_in("hold the hold") == (0, 4)


def test_words_that_are_gone_are_marked_nowhere() -> None:
    assert marked("the hold").find_in("The delay decides.") is None


def test_a_highlight_can_be_removed_and_brought_back() -> None:
    first, second = made(1, "one"), made(2, "two")
    removed = lesson_event(3, Kind.HIGHLIGHT_REMOVED, detail=first.id)

    assert [each.words for each in highlights_of([removed, second, first], frozenset())] == ["two"]
    assert len(highlights_of([first, second, removed], frozenset({removed.id}))) == 2


def test_what_a_later_version_wrote_is_left_out() -> None:
    strange = [lesson_event(at, Kind.HIGHLIGHTED, value=value) for at, value in enumerate(("", "[]", '{"words": 1}'))]

    assert highlights_of(strange, frozenset()) == ()


def test_the_list_of_all_steps_is_no_part_of_its_own() -> None:
    assert parts_of(lesson_text("niche.buyer")) == {"what", "step.s1", "step.s2", "step.s3"}


def test_a_selection_grows_to_whole_words_and_loses_blanks_around_it() -> None:
    text = "Note the hold, then go on."

    assert [text[slice(*whole_words(text, *place))] for place in ((6, 11), (4, 8), (9, 14), (4, 5))] == [
        "the hold",
        "the",
        "hold,",
        "",
    ]
