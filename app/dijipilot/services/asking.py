"""One question after another: what an assessment being taken and a short re-check have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dijipilot.domain.assessment.checkpoints import Checkpoints, checkpoints_of

if TYPE_CHECKING:
    from dijipilot.domain.assessment.screens import Screen
    from dijipilot.domain.assessment.session import AssessmentSession


class Asking(ABC):
    """Questions being asked. Leave at any time: whatever was answered is on disk."""

    def __init__(self, session: "AssessmentSession") -> None:
        self._session = session
        self._foreseen: AssessmentSession | None = None

    @property
    def screen(self) -> "Screen | None":
        """The screen to show, None when there is nothing more to ask."""
        return None if self._is_over else self._session.screen

    @property
    def can_go_back(self) -> bool:
        """Whether an earlier question stands before this one."""
        return not self._is_over and self._session.can_go_back

    def answer(self, chosen: Sequence[str], response_seconds: float | None = None) -> None:
        """Save the answer, then move on; it is on disk when this returns.

        Raises BadInput when the choice does not fit the screen, CouldNotSave when the disk did not take it: the screen
        then stays.
        """
        self._save(chosen, is_not_sure=False, response_seconds=response_seconds)

    def not_sure(self, response_seconds: float | None = None) -> None:
        """Save that the learner is not sure, then move on."""
        self._save((), is_not_sure=True, response_seconds=response_seconds)

    def foresee(self, chosen: Sequence[str], is_not_sure: bool) -> Callable[[], None] | None:
        """Return a job that works out what follows such an answer, so that giving it takes no time then.

        The job may run in any thread, and may be of no use: another answer is worked out when it is given. None where
        nothing can be foreseen. Raises BadInput when the choice does not fit the screen.
        """
        future = None if self._is_over else self._session.foresee(chosen, is_not_sure)
        if future is None:
            return None

        def job() -> None:
            _ = future.screen
            self._foreseen = future

        return job

    def back(self) -> bool:
        """Show the question before; False at the first."""
        return self.can_go_back and self._session.back()

    @property
    def is_looking_back(self) -> bool:
        """Whether the screen shows an answer given before."""
        return not self._is_over and self._session.is_looking_back

    def answered(self) -> "tuple[Screen, ...]":
        """Return all questions answered with their answers, oldest first."""
        return self._session.answered()

    def revisit(self, screen: str) -> bool:
        """Show a question that was answered, to be changed; False where there is none of this id."""
        return not self._is_over and self._session.revisit(screen)

    def go_on(self) -> None:
        """Return from an earlier question to where one was, without changing anything."""
        self._session.go_on()

    def checkpoints(self) -> Checkpoints:
        """Return how much is known of every skill by now."""
        return checkpoints_of(self._session.engine.curriculum, self._session.diagnosis.standing())

    @property
    @abstractmethod
    def _is_over(self) -> bool:
        """Whether nothing is asked any more."""

    @abstractmethod
    def _save(self, chosen: Sequence[str], is_not_sure: bool, response_seconds: float | None) -> None:
        """Save an answer to the present screen, then let the session take it in."""
