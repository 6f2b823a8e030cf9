"""What changed, as small records, and the announcer that tells whoever shows it."""

from collections.abc import Callable

from msgspec import Struct

from dijipilot.domain.ids import ProfileId, SkillId


class AnswerGiven(Struct, frozen=True):
    """An answer was saved, inside an assessment or outside."""

    profile: ProfileId


class AssessmentFinished(Struct, frozen=True):
    """An assessment came to its end."""

    profile: ProfileId


class LessonProgressed(Struct, frozen=True):
    """Something happened in a lesson, its note included."""

    profile: ProfileId
    skill: SkillId


class RoadmapChanged(Struct, frozen=True):
    """A decision about the roadmap was made or taken back."""

    profile: ProfileId


class ProfileChanged(Struct, frozen=True):
    """A profile was added, chosen, renamed, removed, or records came in by file."""

    profile: ProfileId


class FactsChanged(Struct, frozen=True):
    """What we know of the business changed."""

    profile: ProfileId


class QuestionsChanged(Struct, frozen=True):
    """A question was asked, or answers came in by file."""

    profile: ProfileId


class LicensesChanged(Struct, frozen=True):
    """A license was activated or removed: other lessons may be open."""


Event = (
    AnswerGiven
    | AssessmentFinished
    | LessonProgressed
    | RoadmapChanged
    | ProfileChanged
    | FactsChanged
    | QuestionsChanged
    | LicensesChanged
)


class Announcer:
    """Passes events on to its subscribers, in the order in which they subscribed and in the thread that announces."""

    def __init__(self) -> None:
        self._callbacks: dict[int, Callable[[Event], None]] = {}
        self._next_number = 0

    def subscribe(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Call `callback` with every event from now on; return a function that ends this."""
        number = self._next_number
        self._next_number += 1
        self._callbacks[number] = callback

        def unsubscribe() -> None:
            self._callbacks.pop(number, None)

        return unsubscribe

    def announce(self, event: Event) -> None:
        """Tell all who have subscribed."""
        for callback in tuple(self._callbacks.values()):
            callback(event)
