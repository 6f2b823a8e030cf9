"""What changed, as small records, and the announcer that tells whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from dijipilot.domain.ids import ProfileId, SkillId


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """An answer was saved, inside an assessment or outside."""

    profile: ProfileId


@dataclass(frozen=True, slots=True)
class AssessmentFinished:
    """An assessment came to its end."""

    profile: ProfileId


@dataclass(frozen=True, slots=True)
class LessonProgressed:
    """Something happened in a lesson, its note included."""

    profile: ProfileId
    skill: SkillId


@dataclass(frozen=True, slots=True)
class RoadmapChanged:
    """A decision about the roadmap was made or taken back."""

    profile: ProfileId


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A profile was added, chosen, renamed, removed, or records came in by file."""

    profile: ProfileId


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """What we know of the business changed."""

    profile: ProfileId


@dataclass(frozen=True, slots=True)
class QuestionsChanged:
    """A question was asked, or answers came in by file."""

    profile: ProfileId


Event = (
    AnswerGiven
    | AssessmentFinished
    | LessonProgressed
    | RoadmapChanged
    | ProfileChanged
    | FactsChanged
    | QuestionsChanged
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
