"""What has been done in each lesson, derived from the events that count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from dijipilot.domain.events import LessonEvent, LessonEventKind
from dijipilot.domain.ids import EventId, SkillId


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """Where a learner is in one lesson.

    check_answers: the last option chosen for each question of the knowledge check. A check once passed stays passed.
    last_at: when anything last happened here, None where nothing did.
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

    @property
    def is_started(self) -> bool:
        """Whether something was ticked or answered; looking in alone is not a start."""
        return bool(self.ticked_steps or self.ticked_boxes or self.check_answers)


def lesson_progress(events: Iterable[LessonEvent], retracted: frozenset[EventId]) -> Mapping[SkillId, LessonProgress]:
    """Return the progress of every lesson in which something happened that counts.

    The order in which events come does not matter: they are applied by time, then by id.
    """
    progress_by_skill: dict[SkillId, LessonProgress] = {}
    for event in sorted(events, key=lambda each: (each.at, each.id)):
        if event.id not in retracted:
            before = progress_by_skill.get(event.skill, LessonProgress(event.skill))
            progress_by_skill[event.skill] = _after(before, event)
    return progress_by_skill


def _after(before: LessonProgress, event: LessonEvent) -> LessonProgress:
    """Return the progress once an event has happened."""
    progress = replace(before, last_at=event.at)
    match event.kind:
        case LessonEventKind.OPENED:
            return replace(progress, is_opened=True)
        case LessonEventKind.STEP_TICKED:
            return replace(progress, ticked_steps=before.ticked_steps | {event.detail})
        case LessonEventKind.STEP_UNTICKED:
            return replace(progress, ticked_steps=before.ticked_steps - {event.detail})
        case LessonEventKind.BOX_TICKED:
            return replace(progress, ticked_boxes=before.ticked_boxes | {event.detail})
        case LessonEventKind.BOX_UNTICKED:
            return replace(progress, ticked_boxes=before.ticked_boxes - {event.detail})
        case LessonEventKind.CHECK_ANSWERED:
            return replace(progress, check_answers={**before.check_answers, event.detail: event.value})
        case LessonEventKind.CHECK_PASSED:
            return replace(progress, has_passed_check=True)
        case LessonEventKind.DONE:
            return replace(progress, is_done=True, done_at=event.at)
        case LessonEventKind.REOPENED:
            return replace(progress, is_done=False, done_at=None)
