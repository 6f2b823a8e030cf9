"""Full-text search in what the learner may read: forgiving of accents, case and typing errors, best hit first."""

import re
from collections.abc import Sequence

from dijipilot.content.body_format import LESSON
from dijipilot.content.folding import fold, words_in
from dijipilot.content.pack import Pack
from dijipilot.domain.ids import LessonNumber, SkillId
from dijipilot.domain.lesson_text import SealableText

MATCH_MARK = "**"
"""Stands before and after each matching word of a snippet."""

_MAX_WORDS = 12
_MAX_WORD_LENGTH = 40
_SNIPPET_WORDS = 24
_WORDS_BEFORE_MATCH = 6
_TITLE_WEIGHT, _BODY_WEIGHT = 8.0, 1.0
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3}){1,3}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

_SELECT = "SELECT kind, ref, lesson, title, body FROM entry"
_FIND = f"""
    SELECT kind, ref, lesson, entry.title, entry.body
    FROM (SELECT rowid AS hit, bm25(found, {_TITLE_WEIGHT}, {_BODY_WEIGHT}) AS badness FROM found WHERE found MATCH ?)
    JOIN entry ON entry.id = hit
    ORDER BY badness, entry.id LIMIT ?
"""


class SearchHit(SealableText, frozen=True):
    """Something found. id: a skill, a question or a term, by kind; lesson: where it leads, may be empty.

    snippet: plain text around the first matches, each matching word between MATCH_MARKs. locked: the text of this
    lesson needs a key that is not here; what is shown of it is public.
    """

    kind: str
    id: str
    lesson: LessonNumber
    title: str
    snippet: str
    locked: bool


def search(pack: Pack, words: str, limit: int = 20) -> list[SearchHit]:
    """Return what holds all the words, the last one as far as it is typed, best first.

    Where nothing holds them all, what holds any of them. A number of a lesson or mission finds the lessons it numbers.
    """
    pack.prepare_search()
    number = words.strip()
    if _NUMBER.fullmatch(number):
        by_number = _hits_by_number(pack, number, limit)
        if by_number:
            return by_number
    wanted = _wanted_words(words)
    if not wanted:
        return []
    return _hits(pack, _rows(pack, wanted, limit), wanted)


def suggest(pack: Pack, words: str) -> str | None:
    """Return the words with those that occur nowhere replaced by near ones that do; None where that fails."""
    pack.prepare_search()
    wanted = _wanted_words(words)
    known = _Vocabulary(pack)
    corrected = [known.nearest(word, is_last=position == len(wanted)) for position, word in enumerate(wanted, start=1)]
    if None in corrected or corrected == wanted:
        return None
    return " ".join(word for word in corrected if word)


def _rows(pack: Pack, wanted: Sequence[str], limit: int) -> list[tuple[object, ...]]:
    """Return what holds the words one behind the other, then what holds them all; else what holds any of them."""
    if len(wanted) == 1:
        return [*pack.read(_FIND, (_query(wanted, ""), limit))]
    found: dict[tuple[object, ...], None] = {}
    for query in (f'"{" ".join(wanted)}"*', _query(wanted, " AND ")):
        found.update(dict.fromkeys(pack.read(_FIND, (query, limit))))
    return [*found][:limit] or [*pack.read(_FIND, (_query(wanted, " OR "), limit))]


def _wanted_words(words: str) -> list[str]:
    """Return the folded words of a query; everything else in it, operators included, is left behind."""
    folded = fold(words[: _MAX_WORDS * (_MAX_WORD_LENGTH + 1)])
    return [found.group()[:_MAX_WORD_LENGTH] for found in words_in(folded)][:_MAX_WORDS]


def _query(wanted: Sequence[str], operator: str) -> str:
    """Return an FTS5 query. Words are letters and digits alone, so nothing in quotes can end the quotes."""
    quoted = [f'"{word}"' for word in wanted]
    return operator.join([*quoted[:-1], quoted[-1] + "*"])


def _hits_by_number(pack: Pack, number: str, limit: int) -> list[SearchHit]:
    skills = [SkillId(str(row[0])) for row in pack.read("SELECT skill FROM lesson_number WHERE number = ?", (number,))]
    if not skills:
        lessons = (lesson for lesson in pack.curriculum.lessons if lesson.number.startswith(f"{number}."))
        skills = [lesson.skill for lesson in lessons]
    rows = []
    for skill in skills[:limit]:
        rows += pack.read(f"{_SELECT} WHERE kind = ? AND ref = ?", (LESSON, skill))
    return _hits(pack, rows, [])


def _hits(pack: Pack, rows: Sequence[tuple[object, ...]], wanted: Sequence[str]) -> list[SearchHit]:
    locked = pack.locked_skills()
    return [
        SearchHit(
            kind=str(kind),
            id=str(ref),
            lesson=LessonNumber(str(lesson)),
            title=str(title),
            snippet=make_snippet(str(body), wanted),
            locked=kind == LESSON and SkillId(str(ref)) in locked,
        )
        for kind, ref, lesson, title, body in rows
    ]


def make_snippet(text: str, wanted: Sequence[str]) -> str:
    """Return a stretch of the text that begins shortly before the richest run of matches, with matches marked.

    Words are compared folded and shown as they stand, so folding may change their length.
    """
    words = list(words_in(text))
    matching = [_matches(fold(word.group()), wanted) for word in words]
    if not words:
        return text
    start = max(0, _best_start(matching) - _WORDS_BEFORE_MATCH)
    end = min(len(words), start + _SNIPPET_WORDS)
    pieces = [text[: words[0].start()]] if start == 0 else ["… "]
    for position in range(start, end):
        word, mark = words[position].group(), MATCH_MARK if matching[position] else ""
        after = words[position + 1].start() if position + 1 < end else words[position].end()
        pieces.append(f"{mark}{word}{mark}{text[words[position].end() : after]}")
    pieces.append(" …" if end < len(words) else text[words[-1].end() :])
    return "".join(pieces)


def _matches(word: str, wanted: Sequence[str]) -> bool:
    return bool(wanted) and (word in wanted or word.startswith(wanted[-1]))


def _best_start(matching: Sequence[bool]) -> int:
    """Return the first position of the window with the most matches."""
    running = best = sum(matching[:_SNIPPET_WORDS])
    start = next((position for position, is_match in enumerate(matching) if is_match), 0)
    for position in range(1, len(matching) - _SNIPPET_WORDS + 1):
        running += matching[position + _SNIPPET_WORDS - 1] - matching[position - 1]
        if running > best and matching[position]:
            best, start = running, position
    return start


class _Vocabulary:
    """The words that occur in a pack, to find the near ones among them."""

    def __init__(self, pack: Pack) -> None:
        self._counts = {str(term): int(str(count)) for term, count in pack.read("SELECT term, doc FROM vocabulary")}

    def nearest(self, word: str, *, is_last: bool) -> str | None:
        """Return the word itself when it occurs (the last one: or begins one that does), else the nearest that does."""
        if word in self._counts or (is_last and any(known.startswith(word) for known in self._counts)):
            return word
        close = [near for near in _one_edit_away(word) if near in self._counts]
        if not close and len(word) > 4:
            close = [known for known in self._counts if self._may_be_near(known, word) and distance(known, word) == 2]
        return min(close, key=lambda near: (-self._counts[near], near), default=None)

    @staticmethod
    def _may_be_near(known: str, word: str) -> bool:
        """Tell whether comparing is worth it: people get the first letter right, and the length about."""
        return known[0] == word[0] and abs(len(known) - len(word)) <= 2


def _one_edit_away(word: str) -> set[str]:
    """Return what one letter dropped, swapped with the next, replaced or added makes of a word."""
    splits = [(word[:position], word[position:]) for position in range(len(word) + 1)]
    near = {left + right[1:] for left, right in splits if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    near |= {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
    return near | {left + letter + right for left, right in splits for letter in _LETTERS}


def distance(one: str, other: str) -> int:
    """Return how many letters have to be dropped, added, replaced or swapped with the next to turn one into the other.

    Source: optimal string alignment, Damerau (1964).
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]
