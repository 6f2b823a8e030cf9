"""Which step undo would take back and which one redo would bring back, over decisions and ticks of one learner."""

from collections.abc import Collection, Iterable

from dijipilot.domain.events import LessonEvent, LessonEventKind, Retraction, RoadmapEvent, retracted_ids
from dijipilot.domain.ids import EventId

Undoable = LessonEvent | RoadmapEvent

TOGETHER_KINDS = frozenset({LessonEventKind.DONE, LessonEventKind.REOPENED})
"""What can happen to several lessons in one step; then their `value` is the same and not empty."""

UNDOABLE_KINDS = frozenset(
    {
        LessonEventKind.STEP_TICKED,
        LessonEventKind.STEP_UNTICKED,
        LessonEventKind.BOX_TICKED,
        LessonEventKind.BOX_UNTICKED,
        *TOGETHER_KINDS,
        LessonEventKind.BOOKMARKED,
        LessonEventKind.BOOKMARK_REMOVED,
        LessonEventKind.HIGHLIGHTED,
        LessonEventKind.HIGHLIGHT_REMOVED,
    }
)
"""What happened in a lesson and can be taken back; answers to a knowledge check stay given."""


def undoable_events(
    lesson_events: Iterable[LessonEvent], roadmap_events: Iterable[RoadmapEvent]
) -> tuple[Undoable, ...]:
    """Return what can be taken back, oldest first."""
    events: list[Undoable] = [event for event in lesson_events if event.kind in UNDOABLE_KINDS]
    events.extend(roadmap_events)
    return tuple(sorted(events, key=lambda each: (each.at, each.id)))


def event_to_undo(events: Iterable[Undoable], retractions: Iterable[Retraction]) -> Undoable | None:
    """Return the latest event that counts, or None where there is nothing to take back."""
    retracted = retracted_ids(retractions)
    counting = (event for event in events if event.id not in retracted)
    return max(counting, key=lambda each: (each.at, each.id), default=None)


def undo_to_redo(events: Collection[Undoable], retractions: Collection[Retraction]) -> tuple[Undoable, EventId] | None:
    """Return the event that redo brings back, and the id of the undo to take back for it.

    That is the latest undo that counts, unless something was done since: a new step ends what could be redone.
    """
    event_by_id = {event.id: event for event in events}
    retracted = retracted_ids(retractions)
    undos = [each for each in retractions if each.target in event_by_id and each.id not in retracted]
    latest = max(undos, key=lambda each: (each.at, each.id), default=None)
    if latest is None or any(event.at > latest.at for event in events):
        return None
    return event_by_id[latest.target], latest.id


def done_together(event: Undoable, events: Iterable[Undoable]) -> tuple[Undoable, ...]:
    """Return the events of the step that an event belongs to: all that were recorded together, else itself alone."""
    if isinstance(event, RoadmapEvent) or event.kind not in TOGETHER_KINDS or not event.value:
        return (event,)
    return tuple(
        each
        for each in events
        if isinstance(each, LessonEvent) and (each.kind, each.value) == (event.kind, event.value)
    )
