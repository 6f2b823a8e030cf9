"""Checks that lessons are easy to read, by the measure most people know: Flesch's reading ease."""

import re
from collections.abc import Callable, Iterator, Sequence

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.wording import sentences
from dijipilot.content.written_texts import lesson_texts

LEAST_EASE = 60.0
"""Where Flesch's plain English begins, which most people of 13 to 15 read with ease; many of our learners read English
as a second language. The 14 lessons that were finished first reach 75 to 83. That leaves a lesson on taxes or rights
15 points for words it cannot do without: one more syllable in every sixth word, or 15 more words a sentence.
"""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

SyllableCounter = Callable[[str], int]


def syllable_counter() -> SyllableCounter | None:
    """Return what counts the syllables of an English word, or None where it is not installed.

    It belongs to the tools of the authors and is not shipped. Against the CMU dictionary it is right on 97% of the
    words of our lessons, and a lesson's ease comes out less than 2 points beside the dictionary's.
    """
    try:
        # Imported here: only lint needs it.
        import syllapy
    except ModuleNotFoundError:
        return None
    return lambda word: max(1, int(syllapy.count(word)))


def ease_problems(sources: Sources) -> Iterator[Problem]:
    """Yield the lessons that are hard to read. Without a counter of syllables there is nothing to say."""
    count_syllables = syllable_counter()
    if count_syllables is None:
        return
    for lesson in sources.lessons:
        if lesson.value.text is not None and lesson.is_whole:
            yield from _hard_lesson(lesson, count_syllables)


def _hard_lesson(lesson: Located[WrittenLesson], count_syllables: SyllableCounter) -> Iterator[Problem]:
    said = lesson_sentences(lesson.value)
    ease = reading_ease(said, count_syllables) if said else LEAST_EASE
    if ease < LEAST_EASE:
        hardest = min(said, key=lambda sentence: reading_ease([sentence], count_syllables))
        what = (
            f"its reading ease is {ease:.0f}, and must be {LEAST_EASE:.0f} or more. Split long sentences and take "
            f'shorter words. The hardest sentence begins "{hardest[:60]}".'
        )
        yield lesson.problem(what)


def lesson_sentences(written: WrittenLesson) -> list[str]:
    """Return the sentences of a lesson without its knowledge check; a row of numbers is none."""
    found = (sentence for _, markdown in lesson_texts(written) for sentence in sentences(markdown))
    return [sentence for sentence in found if _WORD.search(sentence)]


def reading_ease(said: Sequence[str], count_syllables: SyllableCounter) -> float:
    """Return Flesch's reading ease of sentences, each of which has a word: 100 is very easy, 30 and less very hard.

    Numbers count as no words: nobody reads "23.00" by its syllables.
    Source: Flesch (1948), A new readability yardstick.
    """
    words = [word for sentence in said for word in _WORD.findall(sentence)]
    syllables = sum(map(count_syllables, words))
    return 206.835 - 1.015 * len(words) / len(said) - 84.6 * syllables / len(words)
