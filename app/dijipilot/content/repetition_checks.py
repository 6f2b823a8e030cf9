"""Checks that no lesson says what another one says: a sentence that would fit any lesson says nothing in this one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from msgspec import Struct

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.wording import folded_words, sentences
from dijipilot.content.written_texts import Path, check_texts, lesson_texts, without_titles

LEAST_WORDS = 8
LEAST_LIKENESS = 0.85
"""Twice the shared words by the words of both: one word in eight may differ, or two in fourteen."""

# The sentence that sets out the example: the author's guide wants its words and figures the same in every lesson.
_INTRODUCTION = "(invented"


class _Said(Struct, frozen=True):
    """A sentence where it stands, and the set of its words."""

    lesson: Located[WrittenLesson]
    path: Path
    sentence: str
    words: frozenset[str]


def repetition_problems(sources: Sources) -> Iterator[Problem]:
    """Yield every sentence that an earlier lesson says in nearly the same words.

    Amounts do not count as words: the figures of the example shop are the same in every lesson.
    """
    said = [found for lesson in sources.lessons for found in _sentences(lesson)]
    frequency = Counter(word for found in said for word in found.words)
    earlier: dict[str, list[_Said]] = {}
    for found in said:
        other = _likest(found, earlier, rare := _rarest(found.words, frequency))
        if other is not None:
            where = f"{other.lesson.place.file}:{other.lesson.place.line(*other.path)}"
            same = "already" if other.words == found.words else "in nearly the same words"
            what = f'the sentence "{found.sentence[:60]}" stands {same} in {where}. Say something of this lesson.'
            yield found.lesson.problem(what, *found.path)
        for word in rare:
            earlier.setdefault(word, []).append(found)


def _sentences(lesson: Located[WrittenLesson]) -> Iterator[_Said]:
    texts = list(lesson_texts(lesson.value))
    texts += check_texts(lesson.value.text) if lesson.value.text else ()
    for path, markdown in texts:
        for sentence in sentences(without_titles(markdown)):
            words = [word for word in folded_words(sentence) if not word.isdecimal()]
            if len(words) >= LEAST_WORDS and _INTRODUCTION not in sentence:
                yield _Said(lesson, path, sentence, frozenset(words))


def _rarest(words: frozenset[str], frequency: Counter[str]) -> Sequence[str]:
    """Return the rarest words of a sentence, of which another sentence must have one to be alike.

    Two sentences that are alike share at least a certain part of either; so the words that are left when that part
    is taken away cannot all be missing, whichever order all words of all sentences are put in. With the rarest
    first, few sentences have to be compared: 7,500 of them take 2 seconds, where every pair would take minutes.
    """
    shared = ceil(LEAST_LIKENESS * len(words) / (2 - LEAST_LIKENESS) - 1e-9)
    return sorted(words, key=lambda word: (frequency[word], word))[: len(words) - shared + 1]


def _likest(found: _Said, earlier: dict[str, list[_Said]], rare: Sequence[str]) -> _Said | None:
    """Return the sentence of another lesson that is most like this one, the first of several, or None."""
    best, best_likeness = None, 0.0
    for word in rare:
        for other in earlier.get(word, ()):
            if other.lesson is not found.lesson:
                alike = likeness(found.words, other.words)
                if alike >= LEAST_LIKENESS and alike > best_likeness:
                    best, best_likeness = other, alike
    return best


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sentences have in common, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
