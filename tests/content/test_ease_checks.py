"""Lessons are easy to read, and where that cannot be measured it is said."""

import re
import sys
from pathlib import Path

import pytest

from dijipilot.content.ease_checks import LEAST_EASE, lesson_sentences, reading_ease, syllable_counter
from dijipilot.content.loader import load_sources
from dijipilot.content.validation import unchecked
from tests.content.mini_curriculum import MISSION, change, lint

EASY = ["The cat sat on the mat.", "It was red."]


def make_hard(sources: Path, word: str) -> None:
    """Put a word in place of every short one of the first lesson."""
    path = sources / MISSION
    before, check, after = path.read_text("utf-8").partition("    check:\n")
    harder = re.sub(r"\b[bdfghjklmprstvwz][aeiou][bdgmnpt]\b(?!:)", word, before)
    assert harder.count(word) > 200
    path.write_text(harder + check + after, encoding="utf-8")


def test_a_lesson_that_is_hard_to_read_is_told_with_its_hardest_sentence(sources: Path) -> None:
    make_hard(sources, "organization")

    problems = lint(sources)

    assert [problem.what.partition(" its reading ease is ")[0] for problem in problems] == ["lesson 1.1.1.1:"]
    assert f"must be {LEAST_EASE:.0f} or more. Split long sentences and take shorter words." in problems[0].what
    assert 'The hardest sentence begins "' in problems[0].what
    assert problems[0].line == 9, "the problem is told where the lesson begins"


def test_a_lesson_of_short_words_is_no_problem(sources: Path) -> None:
    make_hard(sources, "shop")

    assert lint(sources) == []


def test_a_lesson_of_which_a_part_is_missing_is_not_measured(sources: Path) -> None:
    make_hard(sources, "organization")
    change(sources, MISSION, "    tip: ", "    tap: ")

    assert [problem.what for problem in lint(sources) if "reading ease" in problem.what] == []


def test_reading_ease_is_what_flesch_says() -> None:
    count_syllables = syllable_counter()
    assert count_syllables is not None

    # 9 words in 2 sentences, one syllable each.
    assert reading_ease(EASY, count_syllables) == pytest.approx(206.835 - 1.015 * 4.5 - 84.6)
    assert reading_ease(["Registration"], count_syllables) == pytest.approx(206.835 - 1.015 - 84.6 * 4)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("order", 2), ("provider's", 3), ("SKU", 1), ("fulfillment", 3), ("checklist", 2), ("one-way", 2), ("Zoë", 1)],
)
def test_syllables_are_counted_and_none_has_none(word: str, syllables: int) -> None:
    count_syllables = syllable_counter()

    assert count_syllables is not None
    assert count_syllables(word) == syllables


def test_amounts_neither_are_words_nor_make_a_sentence(sources: Path) -> None:
    change(
        sources, MISSION, "**margin** matters.", "**margin** matters 23.00.\n\n      18.00 + 5.00 = 23.00.\n\n      "
    )
    lesson = load_sources(sources).lessons[0].value

    said = lesson_sentences(lesson)

    assert said[0].endswith("margin matters 23.00.")
    assert not any(sentence.startswith("18.00") for sentence in said)
    assert reading_ease(["It was 23.00 red."], len) == reading_ease(["It was red."], len)


def test_what_is_not_installed_is_said_and_keeps_nobody_from_linting(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unchecked() == []
    make_hard(sources, "organization")
    monkeypatch.setitem(sys.modules, "syllapy", None)

    assert lint(sources) == []
    assert [line.partition(":")[0] for line in unchecked()] == ["The reading ease of lessons was not checked"]
    assert 'Install the package "syllapy"' in unchecked()[0]
