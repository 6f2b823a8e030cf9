"""Where a learner stands today: the latest assessment, with everything learned and settled since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dijipilot.domain.assessment.responses import Answer, Assessment
from dijipilot.domain.events import LessonEvent, retracted_ids
from dijipilot.domain.ids import AssessmentId, FactId, OptionId, ProfileId, SkillId
from dijipilot.domain.progress import lesson_progress
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Reason, SkillStanding, Standing, Verdict
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.storage import answers as answer_records
from dijipilot.storage import progress as progress_records
from dijipilot.storage.database import Database

if TYPE_CHECKING:
    from dijipilot.domain.assessment.engine import Diagnosis


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything a standing is computed from, so that an unchanged one is not computed again.

    as_of: the day from which answers are seen; older ones weigh less.
    """

    assessment: Assessment | None
    answers: tuple[Answer, ...]
    facts: tuple[tuple[FactId, frozenset[OptionId]], ...]
    done: frozenset[SkillId]
    checks_passed: frozenset[SkillId]
    as_of: datetime

    @property
    def seed(self) -> int | None:
        """The seed of the assessment that counts, which decides what is held out; None without one."""
        return self.assessment.seed if self.assessment else None


class Standings:
    """Computes standings; what is shown as current is never stored."""

    def __init__(self, database: Database, diagnostics: Diagnostics, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._diagnostics = diagnostics
        self._clock = clock
        self._known: tuple[Basis, Diagnosis] | None = None
        self._reasons: tuple[Basis, Callable[[SkillId], tuple[Reason, ...]]] | None = None

    def facts(self, profile: ProfileId) -> FactAnswers:
        """Return what the latest answer to each fact says, wherever it was given; not sure leaves a fact unknown."""
        return facts_of(answer_records.fact_answers(self._database, profile))

    def current(self, profile: ProfileId) -> Standing:
        """Return the standing as of now; without any assessment it is what is expected of anybody."""
        return self._diagnose(self.basis(profile)).standing()

    def as_shown(self, profile: ProfileId, assessment: AssessmentId) -> Standing | None:
        """Return what an assessment told the learner when it was finished; None where it told nothing.

        A skill that the curriculum of today has besides is in neither part: nothing was said of it.
        """
        told = answer_records.all_shown_verdicts(self._database, profile)
        last = next((each for each in reversed(told) if each.assessment == assessment), None)
        if last is None:
            return None
        known = set(Verdict)
        by_skill = {
            skill: SkillStanding(skill, last.probability_by_skill[skill], Verdict(word))
            for skill, word in last.verdict_by_skill.items()
            if word in known
        }
        left_out = frozenset(last.verdict_by_skill) - frozenset(by_skill)
        return Standing(by_skill, left_out, flags=(), based_on=assessment, has_evidence=True)

    def reasons(self, profile: ProfileId, skill: SkillId) -> tuple[Reason, ...]:
        """Return why a skill's verdict is what it is, strongest first; none for a skill that does not apply."""
        basis = self.basis(profile)
        diagnosis = self._diagnose(basis)
        if skill not in diagnosis.applicable:
            return ()
        if self._reasons is None or self._reasons[0] != basis:
            self._reasons = (basis, diagnosis.reasons())
        return self._reasons[1](skill)

    def basis(self, profile: ProfileId) -> Basis:
        """Return the answers that count now: of the latest assessment, and all evidence since."""
        assessment = latest_assessment(answer_records.assessments_of(self._database, profile))
        answers = answer_records.answers_of(self._database, assessment.id) if assessment else []
        since = assessment.started_at if assessment else None
        outside = [
            answer
            for answer in answer_records.answers_outside(self._database, profile)
            if since is None or answer.at >= since
        ]
        retracted = retracted_ids(progress_records.retractions(self._database, profile))
        events = _since(progress_records.lesson_events(self._database, profile), since)
        progress = lesson_progress(events, retracted)
        return Basis(
            assessment,
            (*answers, *outside),
            tuple(sorted(self.facts(profile).items())),
            frozenset(skill for skill, each in progress.items() if each.is_done),
            frozenset(skill for skill, each in progress.items() if each.has_passed_check),
            # The day, not the moment: within a day nothing ages, so what was computed is not computed again.
            self._clock().replace(hour=0, minute=0, second=0, microsecond=0),
        )

    def _diagnose(self, basis: Basis) -> "Diagnosis":
        if self._known is None or self._known[0] != basis:
            # Imported here, as in Diagnostics: it brings numpy.
            from dijipilot.domain.assessment.evidence import Learned

            learned = Learned(basis.done, basis.checks_passed)
            based_on = basis.assessment.id if basis.assessment else None
            engine = self._diagnostics.engine
            facts = dict(basis.facts)
            diagnosis = engine.diagnose(basis.answers, facts, learned, based_on, basis.seed, basis.as_of)
            self._known = (basis, diagnosis)
        return self._known[1]


def facts_of(answers: list[Answer]) -> FactAnswers:
    """Return what fact answers say, given in the order they were given: for each fact the latest counts."""
    facts: dict[FactId, frozenset[OptionId]] = {}
    for answer in answers:
        facts[FactId(answer.screen)] = frozenset(OptionId(option) for option in answer.chosen)
    return facts


def latest_assessment(assessments: list[Assessment]) -> Assessment | None:
    """Return the assessment that counts today: the latest finished one, else the latest, else None.

    One just begun must not blank out what an earlier one found.
    """
    finished = [assessment for assessment in assessments if assessment.finished_at is not None]
    candidates = finished or assessments
    return candidates[-1] if candidates else None


def _since(events: list[LessonEvent], moment: datetime | None) -> list[LessonEvent]:
    return [event for event in events if moment is None or event.at >= moment]
