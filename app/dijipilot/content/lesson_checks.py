"""Checks what learners read: budgets of words, steps and boxes that add up, sums, safe Markdown."""

import re
from collections.abc import Iterator

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.sanitizer import find_unsafe
from dijipilot.content.wording import (
    are_lengths_alike,
    count_markdown_words,
    folded_words,
    sentences,
    wrong_sum,
)
from dijipilot.content.written_texts import lesson_texts
from dijipilot.domain.lesson_text import CheckQuestion, LessonText, SectionKind

LESSON_WORDS = (330, 600)
ANSWER_WORDS = (60, 150)
SECTION_WORDS = {
    SectionKind.WHAT: (40, 80),
    SectionKind.WHY: (40, 80),
    SectionKind.STEPS: (100, 200),
    SectionKind.EXAMPLE: (60, 120),
    SectionKind.MISTAKES: (40, 80),
    SectionKind.TIP: (20, 40),
}
CHECKLIST_WORDS = (30, 60)

_STEPS_TITLE = re.compile(r"The ([0-9]+) Steps of \S.*")


def lesson_problems(sources: Sources) -> Iterator[Problem]:
    """Yield what is wrong with the texts of lessons that are ready, and with Q&A and glossary.

    What is missing or of the wrong shape was told when it was read, and is not told again as empty.
    """
    for lesson in sources.lessons:
        text = lesson.value.text
        if text is not None:
            yield from _budgets(lesson, text)
            yield from _counts(lesson, text)
            for position, written in enumerate(lesson.value.sums):
                wrong = wrong_sum(written)
                if wrong:
                    yield lesson.problem(f'the sum "{written}" {wrong}.', "example", "sums", position)
            for number, question in enumerate(text.check):
                yield from _check_question(lesson, question, number)
            for path, markdown in lesson_texts(lesson.value):
                yield from _unsafe(lesson, markdown, *path)
    yield from _questions(sources)
    yield from _glossary(sources)


def _budgets(lesson: Located[WrittenLesson], text: LessonText) -> Iterator[Problem]:
    total = 0
    for section in text.sections:
        words = count_markdown_words(section.markdown)
        total += words
        if words or lesson.is_whole:
            name = section.kind.value
            yield from _outside(lesson, f'"{name}"', words, SECTION_WORDS[section.kind], name)
    words = sum(count_markdown_words(box.text) for box in text.checklist)
    if words or lesson.is_whole:
        yield from _outside(lesson, '"checklist"', words, CHECKLIST_WORDS, "checklist")
    if lesson.is_whole:
        yield from _outside(lesson, "the lesson without its knowledge check", total + words, LESSON_WORDS)


def _outside(
    found: Located[object], what: str, words: int, budget: tuple[int, int], *path: str | int
) -> Iterator[Problem]:
    least, most = budget
    if not least <= words <= most:
        remedy = "Add to it." if words < least else "Shorten it."
        yield found.problem(f"{what} has {words} words, and must have {least} to {most}. {remedy}", *path)


def _counts(lesson: Located[WrittenLesson], text: LessonText) -> Iterator[Problem]:
    for what, count, least, most in (
        ("steps", len(text.steps), 3, 7),
        ("mistakes", len(lesson.value.mistakes), 2, 4),
        ("checklist", len(text.checklist), 3, 6),
        ("check", len(text.check), 2, 4),
    ):
        if not least <= count <= most and (count or lesson.is_whole):
            yield lesson.problem(f'"{what}" has {count} entries, and must have {least} to {most}.', what)
    if not text.steps:
        return
    title = next(section.title for section in text.sections if section.kind is SectionKind.STEPS)
    found = _STEPS_TITLE.fullmatch(title)
    wanted = f'"The {len(text.steps)} Steps of ..."'
    if found is None:
        yield lesson.problem(f'the title "{title}" must read {wanted}.', "steps", "title")
    elif int(found[1]) != len(text.steps):
        what = f'the title "{title}" promises {found[1]} steps, and {len(text.steps)} follow. Write {wanted}.'
        yield lesson.problem(what, "steps", "title")


def _check_question(lesson: Located[WrittenLesson], question: CheckQuestion, number: int) -> Iterator[Problem]:
    right = sum(option.is_right for option in question.options)
    if right != 1:
        what = f"question {question.id} has {right} right options, and must have exactly one. Set right: true there."
        yield lesson.problem(what, "check", number, "options")
    if not 3 <= len(question.options) <= 4:
        what = f"question {question.id} has {len(question.options)} options, and must have 3 or 4."
        yield lesson.problem(what, "check", number, "options")
    if not are_lengths_alike([option.text for option in question.options]):
        what = f"question {question.id}: the shortest option has less than two thirds of the longest. Even them out."
        yield lesson.problem(what, "check", number, "options")


def _unsafe(found: Located[object], markdown: str, *path: str | int) -> Iterator[Problem]:
    for part in find_unsafe(markdown):
        line = markdown.split("\n")[part.line].strip()
        yield found.problem(f'"{line[:40]}": {part.what}', *path)


def _questions(sources: Sources) -> Iterator[Problem]:
    for question in sources.questions:
        if question.is_whole:
            words = count_markdown_words(question.value.answer)
            yield from _outside(question, "the answer", words, ANSWER_WORDS, "answer")
            yield from _unsafe(question, question.value.answer, "answer")
            if not question.value.question.endswith("?"):
                yield question.problem('the question must end in "?".', "question")
            if not question.value.lessons:
                yield question.problem("lessons is empty. Name the lesson that says more.", "lessons")


def _glossary(sources: Sources) -> Iterator[Problem]:
    first: dict[tuple[str, ...], str] = {}
    for term in sources.terms:
        if not term.is_whole:
            continue
        name, definition = folded_words(term.value.term), folded_words(term.value.definition)
        if _contains(definition, name):
            what = f'the definition explains "{term.value.term}" by itself. Use other words.'
            yield term.problem(what, "definition")
        if sum(1 for _ in sentences(term.value.definition)) != 1:
            yield term.problem("the definition must be one sentence.", "definition")
        other = first.setdefault(name, term.value.id)
        if other != term.value.id:
            yield term.problem(f'the term "{term.value.term}" is explained in {other} already. Merge them.', "term")
        yield from _unsafe(term, term.value.definition, "definition")
        yield from _unsafe(term, term.value.example, "example")


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1))
