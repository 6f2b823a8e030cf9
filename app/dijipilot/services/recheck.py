"""A short look again on top of what is known: some questions most worth asking now, or a few about one skill."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from dijipilot.domain.ids import EventId, ProfileId, SkillId
from dijipilot.domain.standing import Verdict
from dijipilot.services.asking import Asking
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.events import Announcer, AnswerGiven
from dijipilot.services.standing import Basis
from dijipilot.storage import answers as records
from dijipilot.storage.database import Database

if TYPE_CHECKING:
    from dijipilot.domain.assessment.session import AssessmentSession

MOST_SCREENS = 6
MOST_SCREENS_ABOUT_ONE = 2
BUDGET_SECONDS = 90.0
RECHECK_PREFIX = "recheck."
ASKED_LATELY = timedelta(days=30)
"""What was asked within this time is not asked again, except about the one skill somebody wants to settle."""


class VerdictChange(Struct, frozen=True):
    """A verdict that a re-check changed."""

    skill: SkillId
    before: Verdict
    after: Verdict


class ShortSitting(Asking):
    """A re-check being taken.

    Its answers belong to no assessment: they count from now on, and no earlier result moves.
    """

    def __init__(
        self,
        profile: ProfileId,
        basis: Basis,
        diagnostics: Diagnostics,
        database: Database,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        about: SkillId | None,
    ) -> None:
        super().__init__(_session(basis, diagnostics, clock(), new_id(), about))
        self.about = about
        self._profile = profile
        self._database = database
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id
        self._is_stopped = False
        self._verdicts_before = self._verdicts()

    @property
    def is_finished(self) -> bool:
        """Whether the re-check has come to its end."""
        return self.screen is None

    def stop(self) -> None:
        """Finish now, with what is known."""
        self._is_stopped = True

    def changes(self) -> tuple[VerdictChange, ...]:
        """Return the verdicts that the answers so far changed, in order of the curriculum."""
        now = self._verdicts()
        return tuple(
            VerdictChange(skill, before, now[skill])
            for skill, before in self._verdicts_before.items()
            if skill in now and now[skill] is not before
        )

    def verdict_about(self) -> Verdict | None:
        """Return the verdict on the one skill this is about; None where it is about all, or does not apply."""
        return self._verdicts().get(self.about) if self.about is not None else None

    def _verdicts(self) -> dict[SkillId, Verdict]:
        return {skill: each.verdict for skill, each in self._session.diagnosis.standing().by_skill.items()}

    @property
    def _is_over(self) -> bool:
        return self._is_stopped

    def _save(self, chosen: Sequence[str], is_not_sure: bool, response_seconds: float | None) -> None:
        event = EventId(self._new_id())
        answer = self._session.make_answer(event, self._clock(), chosen, is_not_sure, response_seconds)
        records.append_answer(self._database, self._profile, None, answer)
        self._session.accept(answer)
        self._announcer.announce(AnswerGiven(self._profile))


def _session(
    basis: Basis, diagnostics: Diagnostics, now: datetime, identity: str, about: SkillId | None
) -> "AssessmentSession":
    # Imported here, as in Diagnostics: it brings numpy.
    from dijipilot.domain.assessment.evidence import Learned
    from dijipilot.domain.assessment.session import AssessmentSession, Recheck

    recent = {
        each for answer in basis.answers if now - answer.at < ASKED_LATELY for each in (answer.screen, *answer.shown)
    }
    if about is not None:
        # What the assessment asked about the skill may be answered again, once; what a re-check asked may not.
        asked_again = {each for a in basis.answers if a.screen.startswith(RECHECK_PREFIX) for each in a.shown}
        own = {str(act.id) for act in diagnostics.curriculum.acts if act.skill == about}
        recent -= own - asked_again
    again = Recheck(
        name=f"{RECHECK_PREFIX}{identity[:8]}",
        known=basis.answers,
        recent=frozenset(recent),
        learned=Learned(basis.done, basis.checks_passed),
        as_of=basis.as_of,
        most_screens=MOST_SCREENS if about is None else MOST_SCREENS_ABOUT_ONE,
        seed=basis.seed,
        about=about,
    )
    seed = int(identity[:8], 16)
    return AssessmentSession(diagnostics.engine, seed, BUDGET_SECONDS, (), dict(basis.facts), recheck=again)
