"""Every text that learners read, with the path to it in the sources: what the checks of wording go through."""

import re
from collections.abc import Iterator

from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.loader import Sources
from dijipilot.content.nodes import Located
from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.lesson_text import LessonText, SectionKind

Path = tuple[str | int, ...]

_EMPHASIZED = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+?)(?<!\s)\*(?![*\w])")
_BLANKS = re.compile(r"\s+")


def emphasized(markdown: str) -> Iterator[str]:
    """Yield what stands in italics, on one line each: technical terms where they first appear, and titles of lessons.

    Strong text is none of it, and neither is a multiplication sign.
    """
    yield from (_BLANKS.sub(" ", found) for found in _EMPHASIZED.findall(markdown))


def without_titles(markdown: str) -> str:
    """Return a text without the titles of lessons that it quotes: they are questions in italics."""
    return _EMPHASIZED.sub(lambda found: "" if found[1].endswith("?") else found[0], markdown)


def lesson_texts(written: WrittenLesson) -> Iterator[tuple[Path, str]]:
    """Yield every Markdown text of a lesson; of a draft there is none."""
    text = written.text
    if text is None:
        return
    for section in text.sections:
        if section.kind in {SectionKind.WHAT, SectionKind.WHY, SectionKind.TIP}:
            yield (section.kind.value,), section.markdown
        elif section.kind is SectionKind.EXAMPLE:
            yield ("example", "text"), section.markdown
    for position, step in enumerate(text.steps):
        yield ("steps", "list", position, "text"), step.markdown
    for position, mistake in enumerate(written.mistakes):
        yield ("mistakes", position), mistake
    for position, box in enumerate(text.checklist):
        yield ("checklist", position, "text"), box.text


def check_texts(text: LessonText) -> Iterator[tuple[Path, str]]:
    """Yield every text of a lesson's knowledge check."""
    for position, question in enumerate(text.check):
        yield ("check", position, "prompt"), question.prompt
        for place, option in enumerate(question.options):
            yield ("check", position, "options", place, "text"), option.text
            yield ("check", position, "options", place, "explanation"), option.explanation


def all_texts(sources: Sources) -> Iterator[tuple[Located[object], Path, str]]:
    """Yield every text of lessons, Q&A, items and glossary, with what it belongs to."""
    for lesson in sources.lessons:
        yield from ((lesson, path, text) for path, text in lesson_texts(lesson.value))
        if lesson.value.text is not None:
            yield from ((lesson, path, text) for path, text in check_texts(lesson.value.text))
    for question in sources.questions:
        yield question, ("question",), question.value.question
        yield question, ("answer",), question.value.answer
    for item in sources.items:
        yield from ((item, path, text) for path, text in _item_texts(item.value))
    for term in sources.terms:
        yield term, ("definition",), term.value.definition
        yield term, ("example",), term.value.example


def _item_texts(item: Item) -> Iterator[tuple[Path, str]]:
    yield ("prompt",), item.prompt
    for position, option in enumerate(item.options):
        yield ("options", position, "text"), option.text
    if item.kind is not ItemKind.FOLLOW_UP:
        # A follow-up's is that of the item it follows.
        yield ("explanation",), item.explanation
