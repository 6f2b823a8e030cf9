"""Checks what texts say of other lessons: the number exists, and the title quoted with it is that of the outline."""

import re
from collections.abc import Iterator

from dijipilot.content.loader import Sources, parent_number
from dijipilot.content.nodes import Located, Problem, did_you_mean
from dijipilot.content.written_texts import Path, all_texts

_LESSON = r"\d+(?:\.\d+){3}"
_LESSON_NUMBER = re.compile(rf"(?<![\d.]){_LESSON}(?!\.?\d)")
_PARENT_NUMBER = re.compile(r"\b(mission|program) (\d+(?:\.\d+)*)(?!\.?\d)", re.IGNORECASE)

# Every title is a question, which tells it from a technical term beside a number.
_TITLE = r"[*\"“]([^*\"“”]+\?)[*\"”]"
_TITLE_AND_NUMBER = re.compile(rf"{_TITLE},? \(?lesson ({_LESSON})")
_NUMBER_AND_TITLE = re.compile(rf"lesson ({_LESSON}),? \(?{_TITLE}", re.IGNORECASE)


def mention_problems(sources: Sources) -> Iterator[Problem]:
    """Yield every number that leads nowhere and every title that is not the one of its number."""
    outline = _Outline(sources)
    for found, path, text in all_texts(sources):
        # Of most texts there is nothing to say: a number has a point between digits.
        if re.search(r"\d", text):
            line = " ".join(text.split())
            yield from outline.check_numbers(found, path, line)
            yield from outline.check_titles(found, path, line)


class _Outline:
    """Numbers and titles of all that can be referred to."""

    def __init__(self, sources: Sources) -> None:
        self._title_by_number = {
            str(lesson.value.lesson.number): lesson.value.lesson.title for lesson in sources.lessons
        }
        self._parents = {
            "mission": {str(mission.value.mission.number) for mission in sources.missions},
            "program": {parent_number(mission.value.mission.number) for mission in sources.missions},
        }
        self._unread = sources.unread

    def check_numbers(self, found: Located[object], path: Path, line: str) -> Iterator[Problem]:
        """Yield the numbers that nothing has."""
        named = [("lesson", number, frozenset(self._title_by_number)) for number in _LESSON_NUMBER.findall(line)]
        for kind, number in _PARENT_NUMBER.findall(line):
            named.append((kind.lower(), number, frozenset(self._parents[kind.lower()])))
        for kind, number, known in named:
            if number not in known and number not in self._unread:
                hint = did_you_mean(number, known) or " Correct it, or remove it."
                yield found.problem(f'the text names {kind} "{number}", which does not exist.{hint}', *path)

    def check_titles(self, found: Located[object], path: Path, line: str) -> Iterator[Problem]:
        """Yield the titles that are not those of the numbers beside them."""
        pairs = [(title, number) for title, number in _TITLE_AND_NUMBER.findall(line)]
        pairs += [(title, number) for number, title in _NUMBER_AND_TITLE.findall(line)]
        for title, number in pairs:
            wanted = self._title_by_number.get(number, title)
            if title != wanted:
                what = f'the text calls lesson {number} "{title}"; its title is "{wanted}". Quote that.'
                yield found.problem(what, *path)
