"""A highlight stands on the words that were marked, or nowhere."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.highlights import (
    LEAST_CHECKED,
    MarkedPlace,
    MarkedWords,
    highlights_of,
    mark_place,
    marked_value,
    parts_of,
    whole_words,
)
from tests.builders import lesson_event, lesson_text

Kind = LessonEventKind
TEXT = (
    "An order waits for its release. Until then you can change the address and cancel it at no cost. Note the hold, "
    "since the release is what makes you pay; the release cannot be taken back."
)


def place_of(words: str, text: str = TEXT, occurrence: int = 0) -> tuple[int, int]:
    """Return where words stand in a text."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def mark(words: str, occurrence: int = 0) -> MarkedPlace:
    return mark_place(TEXT, *place_of(words, TEXT, occurrence))


def made(number: int, words: str) -> LessonEvent:
    return lesson_event(number, Kind.HIGHLIGHTED, detail="what", value=marked_value(mark(words)))


@given(st.text(alphabet="ab \n", max_size=140), st.integers(0, 140), st.integers(1, 60))
def test_words_are_found_where_they_were_marked(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start < end:
        assert mark_place(text, start, end).find_in(text) == (start, end)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 80), st.text(max_size=90))
def test_words_are_found_where_they_moved(start: int, length: int, put_before: str) -> None:
    end = min(len(TEXT), start + length)

    found = mark_place(TEXT, start, end).find_in(put_before + TEXT)

    assert found is not None
    assert (put_before + TEXT)[slice(*found)] == TEXT[start:end]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 80), st.integers(0, len(TEXT)), st.text(min_size=1, max_size=9))
def test_a_highlight_stands_on_its_own_words_or_nowhere(start: int, length: int, at: int, put_in: str) -> None:
    end = min(len(TEXT), start + length)
    edited = TEXT[:at] + put_in + TEXT[at:]

    found = mark_place(TEXT, start, end).find_in(edited)

    assert found is None or edited[slice(*found)] == TEXT[start:end]


def test_of_words_that_stand_in_two_places_those_that_were_marked_are_found() -> None:
    edited = "The release decides. " + TEXT

    assert mark("release", 1).find_in(edited) == place_of("release", edited, 2)


def test_of_two_places_that_agree_the_nearer_one_is_found() -> None:
    sentence = "Wait for the release, and note on which day and at what hour it came. "
    marked = mark_place(sentence * 5, *place_of("release", sentence * 5, 2))
    edited = f"First. {sentence * 5}"

    assert marked.find_in(edited) == place_of("release", edited, 2)


def test_words_that_are_gone_are_marked_nowhere() -> None:
    assert mark("Note the hold").find_in(TEXT.replace("Note the hold", "Note the delay")) is None
    assert mark("Note the hold").find_in("Short.") is None


def test_nothing_of_the_words_is_in_the_record() -> None:
    value = marked_value(mark("the address"))

    assert set(json.loads(value)) == {"start", "length", "before", "after", "check"}
    assert "address" not in value


def test_a_single_word_cannot_be_told_by_its_check() -> None:
    """Whoever tries all words of that length on the check finds none: it covers the words around it, too."""
    marked = mark("address")
    covered = marked.before + marked.length + marked.after
    alone = mark_place("address", 0, len("address"))

    assert covered == LEAST_CHECKED
    assert marked.check != alone.check
    assert len(marked.check) * 4 == 32


def test_a_long_highlight_is_checked_by_itself() -> None:
    marked = mark_place(TEXT, 10, 10 + LEAST_CHECKED)

    assert (marked.before, marked.after) == (0, 0)


def test_words_kept_by_the_first_versions_are_found_by_the_words() -> None:
    assert MarkedWords("the hold", 0).find_in("First of all, note the hold.") == (19, 27)
    assert MarkedWords("hold", 1).find_in("hold the hold") == (9, 13)
    assert MarkedWords("hold", 2).find_in("hold the hold") == (0, 4)
    assert MarkedWords("the hold", 0).find_in("The delay decides.") is None


def test_a_record_of_the_first_versions_is_still_read() -> None:
    old = lesson_event(1, Kind.HIGHLIGHTED, detail="what", value='{"words": "the hold", "occurrence": 1}')

    (highlight,) = highlights_of([old, lesson_event(2, Kind.OPENED)], frozenset())

    assert (highlight.part, highlight.kept_words, highlight.mark) == ("what", "the hold", MarkedWords("the hold", 1))


def test_a_highlight_can_be_removed_and_brought_back() -> None:
    first, second = made(1, "address"), made(2, "cost")
    removed = lesson_event(3, Kind.HIGHLIGHT_REMOVED, detail=first.id)

    assert [each.mark for each in highlights_of([removed, second, first], frozenset())] == [mark("cost")]
    assert len(highlights_of([first, second, removed], frozenset({removed.id}))) == 2


def test_what_a_later_version_wrote_is_left_out() -> None:
    whole = json.loads(marked_value(mark("address")))
    values = (
        *("", "[]", "[" * 100_000, '{"words": 1}', '{"words": ""}', '{"words": "a"}'),
        *(json.dumps(whole | changed) for changed in ({"check": 1}, {"start": -1}, {"length": 0}, {"after": "2"})),
    )
    strange = [lesson_event(at, Kind.HIGHLIGHTED, value=value) for at, value in enumerate(values)]

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
