"""Undo and redo go back and forth through what was done, as records that are only ever appended."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.events import LessonEventKind, Retraction, RoadmapEvent, RoadmapEventKind, retracted_ids
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.undo import event_to_undo, undo_to_redo, undoable_events
from tests.builders import NOON, lesson_event, roadmap_event


class History:
    """Appends events and retractions as the app does, one a minute."""

    def __init__(self) -> None:
        self.events: list[RoadmapEvent] = []
        self.retractions: list[Retraction] = []

    def _next(self) -> int:
        return len(self.events) + len(self.retractions)

    def do(self, name: str) -> None:
        number = self._next()
        at = NOON + timedelta(minutes=number)
        self.events.append(RoadmapEvent(EventId(f"e{number}"), at, SkillId(name), RoadmapEventKind.SKIPPED))

    def undo(self) -> bool:
        event = event_to_undo(self.events, self.retractions)
        return event is not None and self._retract(event.id)

    def redo(self) -> bool:
        found = undo_to_redo(self.events, self.retractions)
        return found is not None and self._retract(found[1])

    def _retract(self, target: EventId) -> bool:
        number = self._next()
        self.retractions.append(Retraction(EventId(f"r{number}"), NOON + timedelta(minutes=number), target))
        return True

    def stands(self) -> str:
        retracted = retracted_ids(self.retractions)
        return "".join(event.skill for event in self.events if event.id not in retracted)


def after(steps: str) -> str:
    """Return what stands after steps: a letter does something, < is undo, > is redo."""
    history = History()
    for step in steps:
        if step == "<":
            history.undo()
        elif step == ">":
            history.redo()
        else:
            history.do(step)
    return history.stands()


def test_undo_takes_back_the_latest_step_that_counts() -> None:
    assert after("ab<") == "a"
    assert after("ab<<") == ""
    assert after("ab<<<") == ""


def test_redo_brings_back_what_undo_took() -> None:
    assert after("ab<>") == "ab"
    assert after("ab<<>") == "a"
    assert after("ab<<>>") == "ab"
    assert after("ab>") == "ab"


def test_a_new_step_ends_what_could_be_redone() -> None:
    assert after("ab<c>") == "ac"
    assert after("ab<c<>") == "ac"
    assert after("ab<c<>>") == "ac"


def test_looking_in_and_answers_to_a_check_are_not_taken_back() -> None:
    kinds = (LessonEventKind.OPENED, LessonEventKind.STEP_TICKED, LessonEventKind.CHECK_PASSED, LessonEventKind.DONE)
    events = [lesson_event(number, kind) for number, kind in enumerate(kinds)]

    undoable = undoable_events(events, [roadmap_event(9, RoadmapEventKind.MOVED)])

    assert [event.kind for event in undoable] == [
        LessonEventKind.STEP_TICKED,
        LessonEventKind.DONE,
        RoadmapEventKind.MOVED,
    ]


@given(st.text(alphabet="abc<>", max_size=24))
def test_undo_and_redo_behave_as_two_stacks(steps: str) -> None:
    done: list[str] = []
    undone: list[str] = []
    for step in steps:
        if step == "<":
            undone.extend(done[-1:])
            del done[-1:]
        elif step == ">":
            done.extend(undone[-1:])
            del undone[-1:]
        else:
            done.append(step)
            undone.clear()

    assert after(steps) == "".join(done)
