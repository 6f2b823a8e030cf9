"""Read and find: lessons, questions and terms of the content pack, and the learner's own notes."""

import difflib
from functools import cached_property

from msgspec import Struct

from dijipilot.content import search as pack_search
from dijipilot.content.body_format import LESSON, QUESTION
from dijipilot.content.folding import fold, words_in
from dijipilot.content.pack import Pack
from dijipilot.content.search import SearchHit as SearchHit
from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.ids import LessonNumber, MissionNumber, ProfileId, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.errors import LessonLocked, UsageProblem
from dijipilot.messages import message
from dijipilot.services.activate import Licenses
from dijipilot.services.notes import latest_notes
from dijipilot.storage.database import Database

NOTE = "note"
"""Kind of a hit in the learner's own notes; its id is the skill."""


class SearchResults(Struct, frozen=True):
    """What was found, best first; suggestion: other words to try, where little or nothing was found."""

    hits: tuple[SearchHit, ...]
    suggestion: str | None = None


class Library:
    """The content pack for readers. database: where the learner's notes are, None where there are none to search.

    licenses: what knows why a lesson is locked.
    """

    def __init__(self, pack: Pack, database: Database | None = None, licenses: Licenses | None = None) -> None:
        self._pack = pack
        self._database = database
        self._licenses = licenses

    @property
    def curriculum(self) -> Curriculum:
        """The whole curriculum."""
        return self._pack.curriculum

    def lesson(self, skill: SkillId) -> LessonText | None:
        """Return the text of a lesson, None while it is in preparation. Raises LessonLocked, UsageProblem."""
        try:
            return self._pack.lesson_text(skill)
        except LessonLocked as error:
            raise LessonLocked(self._licenses.why_locked(skill) if self._licenses else error.message) from error

    def is_sealed(self, skill: SkillId) -> bool:
        """Tell whether the pack holds the text of a lesson encrypted, open at the moment or not."""
        return self._pack.is_sealed(skill)

    def is_locked(self, skill: SkillId) -> bool:
        """Tell whether the text of a lesson needs a key that is not here."""
        return skill in self._pack.locked_skills()

    def locked_skills(self) -> frozenset[SkillId]:
        """Return the skills whose lessons need a key that is not here."""
        return self._pack.locked_skills()

    def has_sealed_questions(self, mission: MissionNumber) -> bool:
        """Tell whether the pack holds the Q&A of a mission encrypted, open at the moment or not."""
        return self._pack.has_sealed_questions(mission)

    def holds_sealed(self, hit: SearchHit) -> bool:
        """Tell whether a hit shows text that the pack holds encrypted."""
        if hit.kind == QUESTION:
            return self.has_sealed_questions(self._pack.mission_of_question(hit.id))
        return hit.kind == LESSON and self.is_sealed(SkillId(hit.id))

    def find(self, number_or_skill: str) -> Lesson:
        """Return the lesson of a number (an earlier one too) or skill id. Raises UsageProblem with a suggestion."""
        wanted = number_or_skill.strip().rstrip(".").lower()
        by_number = self.curriculum.skill_by_number.get(LessonNumber(wanted))
        lesson = self.curriculum.lesson_by_skill.get(by_number or SkillId(wanted))
        if lesson is not None:
            return lesson
        for retired in self.curriculum.retired:
            if wanted in (retired.skill, retired.last_number):
                raise UsageProblem(message("library.retired", title=retired.title))
        near = difflib.get_close_matches(wanted, self._names, n=1)
        if near:
            raise UsageProblem(message("library.unknown_lesson_near", lesson=number_or_skill, near=near[0]))
        raise UsageProblem(message("library.unknown_lesson", lesson=number_or_skill))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return (*(lesson.number for lesson in self.curriculum.lessons), *self.curriculum.skills)

    def questions(self, mission: MissionNumber) -> tuple[MissionQuestion, ...]:
        """Return the Q&A of a mission."""
        return self._pack.questions(mission)

    def count_questions(self, mission: MissionNumber) -> int:
        """Return how many questions are answered in a mission, those that are locked here included."""
        return self._pack.count_questions(mission)

    def glossary(self) -> tuple[GlossaryTerm, ...]:
        """Return all terms in alphabetical order."""
        return self._pack.glossary()

    def search(self, words: str, profile: ProfileId | None = None, limit: int = 30) -> SearchResults:
        """Return what holds the words: first the learner's own notes, which are few, then what the pack holds."""
        own = self._search_notes(profile, words) if profile is not None else ()
        hits = (*own, *pack_search.search(self._pack, words, limit))[:limit]
        return SearchResults(hits, None if hits else pack_search.suggest(self._pack, words))

    def _search_notes(self, profile: ProfileId, words: str) -> tuple[SearchHit, ...]:
        wanted = [found.group() for found in words_in(fold(words))]
        if not wanted or self._database is None:
            return ()
        found = []
        for skill, text in latest_notes(self._database, profile).items():
            present = [word.group() for word in words_in(fold(text))]
            if all(any(word.startswith(each) for word in present) for each in wanted):
                found.append(self._note_hit(skill, text, wanted))
        return tuple(sorted(found, key=lambda hit: hit.id))

    def _note_hit(self, skill: SkillId, text: str, wanted: list[str]) -> SearchHit:
        lesson = self.curriculum.lesson_by_skill.get(skill)
        return SearchHit(
            kind=NOTE,
            id=skill,
            lesson=lesson.number if lesson else LessonNumber(""),
            title=lesson.title if lesson else skill,
            snippet=pack_search.make_snippet(text, wanted),
            locked=False,
        )
