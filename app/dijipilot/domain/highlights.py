"""Highlights: words of a lesson that a learner marked, found again by the words and not by their place."""

import json
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.lesson_text import LessonText, SectionKind

MAX_MARKED = 2_000
"""Characters of the longest highlight: a whole section and more."""

STEP_PREFIX = "step."
"""A step is the part "step." followed by its id; a section is the part of its kind, such as "why"."""


class Highlight(Struct, frozen=True):
    """Words that were marked. id: of the event that marked them.

    part: see STEP_PREFIX. occurrence: how often the same words stand before these in that part.
    """

    id: EventId
    at: datetime
    skill: SkillId
    part: str
    words: str
    occurrence: int = 0

    def find_in(self, text: str) -> tuple[int, int] | None:
        """Return where the words begin and end in the plain text of their part, as it reads today.

        Where the text was changed so that they stand there less often, the first place counts; where they are gone,
        None: a highlight is never shown on words that were not marked.
        """
        places = _places(text, self.words)
        if not places:
            return None
        start = places[self.occurrence] if self.occurrence < len(places) else places[0]
        return start, start + len(self.words)


def parts_of(text: LessonText) -> frozenset[str]:
    """Return the parts of a lesson in which words can be marked."""
    sections = {section.kind.value for section in text.sections if section.kind is not SectionKind.STEPS}
    return frozenset(sections | {STEP_PREFIX + step.id for step in text.steps})


def occurrence_at(text: str, start: int, words: str) -> int:
    """Return how often words stand in a text before the place where they were marked."""
    return sum(place < start for place in _places(text, words))


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a selection that cuts no word in two and has no blanks around it; empty where it held nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
    return start, end


def marked_value(words: str, occurrence: int) -> str:
    """Return what the event of a highlight holds as its value."""
    return json.dumps({"words": words, "occurrence": occurrence}, ensure_ascii=False)


def highlights_of(events: Iterable[LessonEvent], retracted: frozenset[EventId]) -> tuple[Highlight, ...]:
    """Return the highlights that count, oldest first; a value that a later version may understand is left out."""
    found: dict[EventId, Highlight] = {}
    counting = (event for event in events if event.id not in retracted)
    for event in sorted(counting, key=lambda each: (each.at, each.id)):
        if event.kind is LessonEventKind.HIGHLIGHT_REMOVED:
            found.pop(EventId(event.detail), None)
        elif event.kind is LessonEventKind.HIGHLIGHTED and (highlight := _read(event)) is not None:
            found[event.id] = highlight
    return tuple(found.values())


def _read(event: LessonEvent) -> Highlight | None:
    try:
        value = json.loads(event.value)
        words, occurrence = value["words"], value["occurrence"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(words, str) or not words or not isinstance(occurrence, int):
        return None
    return Highlight(event.id, event.at, event.skill, event.detail, words, max(0, occurrence))


def _places(text: str, words: str) -> list[int]:
    places, start = [], text.find(words)
    while words and start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places
