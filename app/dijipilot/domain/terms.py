"""Finds the technical terms of the glossary in running text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dijipilot.domain.lesson_text import GlossaryTerm


@dataclass(frozen=True, slots=True)
class TermSpot:
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
        for term in terms:
            for name in (term.term, *(name for name in term.synonyms if " " in name or name.isupper())):
                self._id_by_name.setdefault(name.lower(), term.id)
        # Longer names first, so that "draft order" is not found as something shorter within it.
        names = sorted(self._id_by_name, key=lambda name: (-len(name), name))
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})(?:s|es)?\b", re.IGNORECASE)

    def find(self, text: str) -> Iterator[TermSpot]:
        """Yield every mention, in order."""
        if self._id_by_name:
            for found in self._pattern.finditer(text):
                yield TermSpot(found.start(), found.end(), self._id_by_name[found[1].lower()])
