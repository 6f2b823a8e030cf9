"""Undo and redo over what a learner ticked and decided; both only append."""

from collections.abc import Sequence

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.events import RoadmapEvent, retracted_ids
from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.domain.undo import Undoable, done_together, event_to_undo, undo_to_redo, undoable_events
from dijipilot.messages import Message, message
from dijipilot.services.events import Announcer, LessonProgressed, RoadmapChanged
from dijipilot.services.recording import Recorder
from dijipilot.storage import progress


class Undoing:
    """Takes back the latest step or decision, and brings back what was taken."""

    def __init__(self, recorder: Recorder, curriculum: Curriculum, announcer: Announcer) -> None:
        self._recorder = recorder
        self._database = recorder.database
        self._curriculum = curriculum
        self._announcer = announcer

    def undo(self, profile: ProfileId) -> Message | None:
        """Take back the latest action that counts; return it in words, or None where there is nothing to take back."""
        with self._database.writing():
            event = self._event_to_undo(profile)
            if event is None:
                return None
            happened = self._undoable(profile)
            events = done_together(event, happened)
            for each in events:
                self._recorder.retraction(profile, each.id)
        self._announce_about(profile, events)
        return self._action(event, happened)

    def redo(self, profile: ProfileId) -> Message | None:
        """Bring back what undo took last; return it in words, or None where there is nothing to bring back."""
        with self._database.writing():
            found = self._undo_to_redo(profile)
            if found is None:
                return None
            happened = self._undoable(profile)
            events = done_together(found[0], happened)
            retractions = progress.retractions(self._database, profile)
            retracted, targets = retracted_ids(retractions), {each.id for each in events}
            for undo in [each.id for each in retractions if each.target in targets and each.id not in retracted]:
                self._recorder.retraction(profile, undo)
        self._announce_about(profile, events)
        return self._action(found[0], happened)

    def undo_label(self, profile: ProfileId) -> Message | None:
        """Return the action that undo would take back, such as: skip “Pricing basics”."""
        return self.labels(profile)[0]

    def redo_label(self, profile: ProfileId) -> Message | None:
        """Return the action that redo would bring back."""
        return self.labels(profile)[1]

    def labels(self, profile: ProfileId) -> tuple[Message | None, Message | None]:
        """Return the actions that undo would take back and that redo would bring back, read at once."""
        with self._database.reading():
            happened, retractions = self._undoable(profile), progress.retractions(self._database, profile)
        event, found = event_to_undo(happened, retractions), undo_to_redo(happened, retractions)
        return self._action(event, happened) if event else None, self._action(found[0], happened) if found else None

    def title_of(self, skill: SkillId) -> str:
        """Return the title of a lesson, also of one that earlier editions had."""
        lesson = self._curriculum.lesson_by_skill.get(skill)
        retired = {each.skill: each.title for each in self._curriculum.retired}
        return lesson.title if lesson else retired.get(skill, skill)

    def _event_to_undo(self, profile: ProfileId) -> Undoable | None:
        with self._database.reading():
            return event_to_undo(self._undoable(profile), progress.retractions(self._database, profile))

    def _undo_to_redo(self, profile: ProfileId) -> tuple[Undoable, EventId] | None:
        with self._database.reading():
            return undo_to_redo(self._undoable(profile), progress.retractions(self._database, profile))

    def _undoable(self, profile: ProfileId) -> tuple[Undoable, ...]:
        happened = progress.lesson_events(self._database, profile)
        return undoable_events(happened, progress.roadmap_events(self._database, profile))

    def _announce_about(self, profile: ProfileId, events: Sequence[Undoable]) -> None:
        for event in events:
            if isinstance(event, RoadmapEvent):
                self._announcer.announce(RoadmapChanged(profile))
            else:
                self._announcer.announce(LessonProgressed(profile, event.skill))

    def _action(self, event: Undoable, happened: Sequence[Undoable]) -> Message:
        together = done_together(event, happened)
        if len(together) > 1:
            return message(f"action.{event.kind.value}_together", count=len(together))
        return message(f"action.{event.kind.value}", title=self.title_of(event.skill))
