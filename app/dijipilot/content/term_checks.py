"""Checks the technical terms: what a lesson emphasizes is explained, and what is explained is used where it says."""

import re
from collections.abc import Iterable, Iterator

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem, did_you_mean
from dijipilot.content.wording import folded_words
from dijipilot.content.written_texts import Path, check_texts, emphasized, lesson_texts
from dijipilot.domain.ids import LessonNumber
from dijipilot.domain.lesson_text import GlossaryTerm


def term_problems(sources: Sources) -> Iterator[Problem]:
    """Yield emphasized terms without an explanation, and lessons a term names that do not use it."""
    yield from _emphasized_terms(sources)
    yield from _unused_terms(sources)


def _emphasized_terms(sources: Sources) -> Iterator[Problem]:
    glossary = _Glossary(term.value for term in sources.terms)
    titles = {lesson.value.lesson.title for lesson in sources.lessons}
    for lesson in sources.lessons:
        for path, markdown in lesson_texts(lesson.value):
            for name in emphasized(markdown):
                if name not in titles:
                    yield from _emphasized_term(lesson, path, name, glossary)
    for question in sources.questions:
        for name in emphasized(question.value.answer):
            if name not in titles and not glossary.find(name):
                yield question.problem(glossary.missing(name), "answer")


def _emphasized_term(lesson: Located[WrittenLesson], path: Path, name: str, glossary: "_Glossary") -> Iterator[Problem]:
    number = lesson.value.lesson.number
    terms = glossary.find(name)
    if not terms:
        yield lesson.problem(glossary.missing(name), *path)
    elif all(number not in term.lessons for term in terms):
        what = f'it emphasizes "{name}", and {terms[0].id} does not name the lesson. Add "{number}" there.'
        yield lesson.problem(what, *path)


class _Glossary:
    """Finds terms by any of their names, in singular or plural."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._terms_by_name: dict[tuple[str, ...], list[GlossaryTerm]] = {}
        self._names: list[str] = []
        for term in terms:
            self._names += [name.lower() for name in (term.term, *term.synonyms)]
            for name in {_key(name) for name in (term.term, *term.synonyms)}:
                self._terms_by_name.setdefault(name, []).append(term)

    def find(self, name: str) -> list[GlossaryTerm]:
        """Return the terms of this name."""
        return self._terms_by_name.get(_key(name), [])

    def missing(self, name: str) -> str:
        """Return what to say of a name that no term has."""
        if name.endswith("?"):
            return f'it quotes "{name}", which is the title of no lesson. Quote the title of the outline.'
        hint = did_you_mean(name.lower(), self._names) or " Explain it there, or write it without emphasis."
        return f'it emphasizes "{name}", which is not in the glossary.{hint}'


def _key(name: str) -> tuple[str, ...]:
    """Return what a name is found by: its words, folded, without the ending of a plural."""
    words = folded_words(name)
    return (*words[:-1], re.sub(r"(?<=[^s])s$|(?<=ss|sh|ch)es$", "", words[-1])) if words else ()


def _unused_terms(sources: Sources) -> Iterator[Problem]:
    """A card of a term lists its lessons: who follows one wants to find the term there.

    Of a lesson everything counts that is read in it, and of a term all its names: in one lesson the usual word of a
    provider may stand, in another ours.
    """
    read = {lesson.value.lesson.number: _all_words(lesson.value) for lesson in sources.lessons if lesson.value.text}
    for term in sources.terms:
        names = [f" {' '.join(_key(name))}" for name in (term.value.term, *term.value.synonyms)]
        pattern = re.compile("|".join(rf"{re.escape(name)}(?:e?s)? " for name in names))
        for position, number in enumerate(term.value.lessons):
            if number in read and term.is_whole and not pattern.search(read[LessonNumber(number)]):
                what = f'lesson {number} does not use "{term.value.term}". Use it there, or remove the number.'
                yield term.problem(what, "lessons", position)


def _all_words(written: WrittenLesson) -> str:
    """Return all words of a lesson, folded, with blanks around each."""
    texts = [written.lesson.title, *(text for _, text in lesson_texts(written))]
    if written.text is not None:
        texts += [text for _, text in check_texts(written.text)]
    return f" {' . '.join(' '.join(folded_words(text)) for text in texts)} "
