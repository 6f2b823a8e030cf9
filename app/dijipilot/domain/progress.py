"""What has been done in each lesson, derived from the events that count."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId


class LessonProgress(Struct, frozen=True):
    """Where a learner is in one lesson.

    check_answers: the last option chosen for each question of the knowledge check. A check once passed stays passed.
    last_at: when anything last happened here, None where nothing did. bookmarked_at: None without a bookmark.
    """

    skill: SkillId
    ticked_steps: frozenset[str] = frozenset()
    ticked_boxes: frozenset[str] = frozenset()
    check_answers: Mapping[str, str] = field(default_factory=dict)
    has_passed_check: bool = False
    is_done: bool = False
    is_opened: bool = False
    done_at: datetime | None = None
    last_at: datetime | None = None
    bookmarked_at: datetime | None = None

    @property
    def is_bookmarked(self) -> bool:
        """Whether the learner wants to find this lesson again."""
        return self.bookmarked_at is not None

    @property
    def is_started(self) -> bool:
        """Whether something was ticked or answered; looking in alone is not a start."""
        return bool(self.ticked_steps or self.ticked_boxes or self.check_answers)


def lesson_progress(events: Iterable[LessonEvent], retracted: frozenset[EventId]) -> Mapping[SkillId, LessonProgress]:
    """Return the progress of every lesson in which something happened that counts.

    The order in which events come does not matter: they are applied by time, then by id.
    """
    tallies: dict[SkillId, _Tally] = {}
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if event.id not in retracted:
            tallies.setdefault(event.skill, _Tally(event.skill, event.at)).count(event)
    return {skill: tally.progress() for skill, tally in tallies.items()}


class _Tally(Struct):
    """Progress while it is being counted: thousands of events are applied each time a page is shown."""

    skill: SkillId
    last_at: datetime
    steps: set[str] = field(default_factory=set)
    boxes: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    has_passed_check: bool = False
    is_opened: bool = False
    done_at: datetime | None = None
    bookmarked_at: datetime | None = None

    def count(self, event: LessonEvent) -> None:
        """Apply the next event."""
        self.last_at = event.at
        match event.kind:
            case LessonEventKind.OPENED:
                self.is_opened = True
            case LessonEventKind.STEP_TICKED:
                self.steps.add(event.detail)
            case LessonEventKind.STEP_UNTICKED:
                self.steps.discard(event.detail)
            case LessonEventKind.BOX_TICKED:
                self.boxes.add(event.detail)
            case LessonEventKind.BOX_UNTICKED:
                self.boxes.discard(event.detail)
            case LessonEventKind.CHECK_ANSWERED:
                self.answers[event.detail] = event.value
            case LessonEventKind.CHECK_PASSED:
                self.has_passed_check = True
            case LessonEventKind.DONE:
                self.done_at = event.at
            case LessonEventKind.REOPENED:
                self.done_at = None
            case LessonEventKind.BOOKMARKED:
                self.bookmarked_at = event.at
            case LessonEventKind.BOOKMARK_REMOVED:
                self.bookmarked_at = None

    def progress(self) -> LessonProgress:
        """Return what was counted."""
        return LessonProgress(
            skill=self.skill,
            ticked_steps=frozenset(self.steps),
            ticked_boxes=frozenset(self.boxes),
            check_answers=self.answers,
            has_passed_check=self.has_passed_check,
            is_done=self.done_at is not None,
            is_opened=self.is_opened,
            done_at=self.done_at,
            last_at=self.last_at,
            bookmarked_at=self.bookmarked_at,
        )
