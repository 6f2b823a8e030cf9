"""Highlights: words of a lesson that a learner marked, found again without a word of the lesson being kept.

Lessons may be sealed, and then none of their text may reach the disk. So a record says where the words stood (part,
start, length) and holds a check: 32 bits of a hash, by which the place is known again after an edit of the lesson.

What does a check tell somebody who has the records and not the lesson? Of a single word it would tell all: words of one
length are a few thousand, and one of them fits. So a short mark takes the words around it along, up to LEAST_CHECKED
characters. Prose begins with some one and a half bits a character, which makes 2^72 texts of that length; 2^40 of them
fit one check, and no guess stands out. That holds for each mark by itself: rows of marks that overlap tell more
together. It has a second use: a mark on "the" is found at the same "the", and not at the nearest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.lesson_text import LessonText, SectionKind

MAX_MARKED = 2_000
"""Characters of the longest highlight: a whole section and more."""

LEAST_CHECKED = 48
"""Characters that a check covers at least, where the part has so many."""

STEP_PREFIX = "step."
"""A step is the part "step." followed by its id; a section is the part of its kind, such as "why"."""

_CHECK_DIGITS = 8


class MarkedPlace(Struct, frozen=True):
    """Where words were marked, and by what they are known again.

    start, length: of the words in the plain text of their part, in characters. before, after: so many characters
    around them are covered by the check too, which is 8 hexadecimal digits.
    """

    start: int
    length: int
    before: int
    after: int
    check: str

    def find_in(self, text: str) -> tuple[int, int] | None:
        """Return where the words begin and end in the plain text of their part, as it reads today.

        Where they moved, the nearest place counts at which all that the check covers stands as it did; where there is
        none, None: a highlight is never shown on words that were not marked.
        """
        size = self.before + self.length + self.after
        for at in _nearest_first(self.start - self.before, len(text) - size):
            if _check_of(text[at : at + size]) == self.check:
                return at + self.before, at + self.before + self.length
        return None


class MarkedWords(Struct, frozen=True):
    """Words as the first versions kept them. occurrence: how often the same words stand before these in the part."""

    words: str
    occurrence: int

    def find_in(self, text: str) -> tuple[int, int] | None:
        """Return where the words begin and end; at their first place where they stand there less often today."""
        places = _places(text, self.words)
        if not places:
            return None
        start = places[self.occurrence] if self.occurrence < len(places) else places[0]
        return start, start + len(self.words)


class Highlight(Struct, frozen=True):
    """Something that was marked. id: of the event that marked it. part: see STEP_PREFIX."""

    id: EventId
    at: datetime
    skill: SkillId
    part: str
    mark: MarkedPlace | MarkedWords

    @property
    def kept_words(self) -> str:
        """The words where the record holds them, as those of the first versions do, else ""."""
        return self.mark.words if isinstance(self.mark, MarkedWords) else ""


def parts_of(text: LessonText) -> frozenset[str]:
    """Return the parts of a lesson in which words can be marked."""
    sections = {section.kind.value for section in text.sections if section.kind is not SectionKind.STEPS}
    return frozenset(sections | {STEP_PREFIX + step.id for step in text.steps})


def mark_place(text: str, start: int, end: int) -> MarkedPlace:
    """Return the mark on the characters from start to end of the plain text of a part."""
    missing = max(0, LEAST_CHECKED - (end - start))
    after = min(missing - min(missing // 2, start), len(text) - end)
    before = min(missing - after, start)
    return MarkedPlace(start, end - start, before, after, _check_of(text[start - before : end + after]))


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


def marked_value(place: MarkedPlace) -> str:
    """Return what the event of a highlight holds as its value."""
    return json.dumps(asdict(place))


def highlights_of(events: Iterable[LessonEvent], retracted: frozenset[EventId]) -> tuple[Highlight, ...]:
    """Return the highlights that count, oldest first; a value that a later version may understand is left out."""
    found: dict[EventId, Highlight] = {}
    counting = (event for event in events if event.id not in retracted)
    for event in sorted(counting, key=lambda each: (each.at, each.id)):
        if event.kind is LessonEventKind.HIGHLIGHT_REMOVED:
            found.pop(EventId(event.detail), None)
        elif event.kind is LessonEventKind.HIGHLIGHTED and (mark := _read(event.value)) is not None:
            found[event.id] = Highlight(event.id, event.at, event.skill, event.detail, mark)
    return tuple(found.values())


def _read(value: str) -> MarkedPlace | MarkedWords | None:
    try:
        data = json.loads(value)
        if "words" in data:
            words = msgspec.convert(data, MarkedWords)
            return words if words.words and words.occurrence >= 0 else None
        place = msgspec.convert(data, MarkedPlace)
    except (ValueError, TypeError, RecursionError):
        return None
    is_sound = min(place.start, place.before, place.after) >= 0 and 0 < place.length <= MAX_MARKED
    return place if is_sound else None


def _check_of(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK_DIGITS]


def _nearest_first(wanted: int, last: int) -> Iterator[int]:
    """Yield 0 to last, those nearest to the one wanted first."""
    start = min(max(0, wanted), last)
    for distance in range(last + 1):
        if start - distance >= 0:
            yield start - distance
        if distance and start + distance <= last:
            yield start + distance


def _places(text: str, words: str) -> list[int]:
    places, start = [], text.find(words)
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places
