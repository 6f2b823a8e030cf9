"""Finds the technical terms of the glossary in running text."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from dijipilot.domain.ids import LessonNumber
from dijipilot.domain.lesson_text import GlossaryTerm


class TermSpot(Struct, frozen=True):
    """A term where it stands in a text, from start to end."""

    start: int
    end: int
    term: str


class TermFinder:
    """Knows every term by its name, its acronyms and its names of several words.

    A synonym that is one usual word ("label", "sample") is left alone: it is mostly meant in its usual sense.
    """

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self._id_by_name: dict[str, str] = {}
        self._lessons_by_id: dict[str, frozenset[LessonNumber]] = {}
        for term in terms:
            self._lessons_by_id[term.id] = frozenset(term.lessons)
            for name in (term.term, *(name for name in term.synonyms if " " in name or name.isupper())):
                self._id_by_name.setdefault(name.lower(), term.id)
        # Longer names first, so that "draft order" is not found as something shorter within it.
        self._names = sorted(self._id_by_name, key=lambda name: (-len(name), name))

    def find(self, text: str, lesson: LessonNumber | None = None) -> Iterator[TermSpot]:
        """Yield every mention in a text of this lesson, in order.

        A plural counts only in a lesson that the term names: elsewhere it may be a verb, as in "every order holds two
        payments" for the term "order hold".
        """
        # A pattern of the few names that are there: one of the whole glossary takes longer to make than all else here.
        lowered = text.lower()
        names = [name for name in self._names if name in lowered]
        if not names:
            return
        pattern = rf"\b({'|'.join(map(re.escape, names))})(?:s|es)?\b"
        for found in re.finditer(pattern, text, re.IGNORECASE):
            term = self._id_by_name[found[1].lower()]
            if found[0] == found[1] or lesson in self._lessons_by_id[term]:
                yield TermSpot(found.start(), found.end(), term)
