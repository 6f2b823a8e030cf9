"""Reading aids: bookmarks, highlights, what comes before and after, and how fresh a lesson is."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from dijipilot.content.pack import Pack
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.events import LessonEventKind, retracted_ids
from dijipilot.domain.freshness import Freshness, freshness_of
from dijipilot.domain.highlights import MAX_MARKED, Highlight, MarkedPlace, highlights_of, marked_value, parts_of
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm
from dijipilot.domain.terms import TermFinder
from dijipilot.errors import LessonLocked, UsageProblem
from dijipilot.messages import message
from dijipilot.services.events import Announcer, LessonProgressed
from dijipilot.services.plan import Plan
from dijipilot.services.recording import Recorder, progress_as_it_stands
from dijipilot.storage import progress
from dijipilot.storage.database import Database


class StudyOrder(StrEnum):
    """In which order lessons follow each other."""

    ROADMAP = "roadmap"
    CURRICULUM = "curriculum"


class LessonNeighbors(Struct, frozen=True):
    """The lessons before and after one. order: the one that holds; a lesson off the roadmap has none there."""

    previous: Lesson | None
    following: Lesson | None
    order: StudyOrder


class Reading:
    """What a reader does beside the steps themselves. Each change is on the disk when the method returns."""

    def __init__(
        self,
        database: Database,
        pack: Pack,
        plan: Plan,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._pack = pack
        self._plan = plan
        self._announcer = announcer
        self._clock = clock
        self._recorder = Recorder(database, clock, new_id)

    def bookmark(self, profile: ProfileId, skill: SkillId, is_on: bool) -> None:
        """Set or remove the bookmark of a lesson; can be undone. Raises UsageProblem where there is no such lesson."""
        self._check_exists(skill)
        if is_on != (skill in self.bookmarks(profile)):
            kind = LessonEventKind.BOOKMARKED if is_on else LessonEventKind.BOOKMARK_REMOVED
            self._record(profile, skill, kind)

    def bookmarks(self, profile: ProfileId) -> tuple[SkillId, ...]:
        """Return the lessons that are bookmarked, the latest first."""
        marked = [
            (each.bookmarked_at, each.skill)
            for each in progress_as_it_stands(self._database, profile).values()
            if each.bookmarked_at is not None
        ]
        return tuple(skill for _, skill in sorted(marked, reverse=True))

    def highlight(self, profile: ProfileId, skill: SkillId, part: str, place: MarkedPlace) -> None:
        """Mark words in a part of a lesson; can be undone. The same place again adds nothing.

        part: as in Highlight. Raises LessonLocked, and UsageProblem for an unknown part, nothing or too much.
        """
        self._check_exists(skill)
        text = self._pack.lesson_text(skill)
        if text is None or part not in parts_of(text):
            raise UsageProblem(message("learn.unknown_part", skill=skill, part=part))
        if place.length <= 0:
            raise UsageProblem(message("learn.nothing_marked"))
        if place.length > MAX_MARKED:
            raise UsageProblem(message("learn.too_much_marked", limit=MAX_MARKED))
        if (part, place) not in {(each.part, each.mark) for each in self.highlights(profile, skill)}:
            self._record(profile, skill, LessonEventKind.HIGHLIGHTED, part, marked_value(place))

    def remove_highlight(self, profile: ProfileId, skill: SkillId, highlight: EventId) -> None:
        """Remove a highlight; can be undone. One that is gone already is none of a problem."""
        if highlight in {each.id for each in self.highlights(profile, skill)}:
            self._record(profile, skill, LessonEventKind.HIGHLIGHT_REMOVED, highlight)

    def highlights(self, profile: ProfileId, skill: SkillId) -> tuple[Highlight, ...]:
        """Return the highlights of a lesson, oldest first."""
        with self._database.reading():
            retracted = retracted_ids(progress.retractions(self._database, profile))
            events = progress.lesson_events(self._database, profile)
        return highlights_of((event for event in events if event.skill == skill), retracted)

    def neighbors(self, profile: ProfileId, skill: SkillId, order: StudyOrder) -> LessonNeighbors:
        """Return what comes before and after a lesson; in curriculum order where it is not on the roadmap."""
        curriculum = self._pack.curriculum
        lessons = list(curriculum.lessons)
        if order is StudyOrder.ROADMAP:
            roadmap = self._plan.roadmap(profile)
            on_it = [curriculum.lesson_by_skill[item.skill] for item in roadmap.items]
            has_it = any(lesson.skill == skill for lesson in on_it)
            lessons, order = (on_it, order) if has_it else (lessons, StudyOrder.CURRICULUM)
        at = next(place for place, lesson in enumerate(lessons) if lesson.skill == skill)
        previous = lessons[at - 1] if at else None
        following = lessons[at + 1] if at + 1 < len(lessons) else None
        return LessonNeighbors(previous, following, order)

    def freshness(self, skill: SkillId) -> Freshness | None:
        """Return when the facts of a lesson were last checked; None where it has none, or cannot be read here."""
        try:
            text = self._pack.lesson_text(skill)
        except LessonLocked:
            return None
        return None if text is None else freshness_of(text.verified, self._clock().date())

    @cached_property
    def term_finder(self) -> TermFinder:
        """What finds the terms of the glossary in a text."""
        return TermFinder(self._pack.glossary())

    def term(self, term_id: str) -> GlossaryTerm | None:
        """Return a term of the glossary."""
        return next((term for term in self._pack.glossary() if term.id == term_id), None)

    def _record(
        self, profile: ProfileId, skill: SkillId, kind: LessonEventKind, detail: str = "", value: str = ""
    ) -> None:
        self._recorder.lesson(profile, skill, kind, detail, value)
        self._announcer.announce(LessonProgressed(profile, skill))

    def _check_exists(self, skill: SkillId) -> None:
        if skill not in self._pack.curriculum.lesson_by_skill:
            raise UsageProblem(message("pack.unknown_lesson", lesson=skill))
