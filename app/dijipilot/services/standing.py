"""Where a learner stands today: the latest assessment, with everything learned and settled since."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from dijipilot.domain.assessment.responses import Answer, Assessment
from dijipilot.domain.events import retracted_ids
from dijipilot.domain.ids import AssessmentId, FactId, OptionId, ProfileId, SkillId
from dijipilot.domain.progress import lesson_progress
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Reason, SkillStanding, Standing, Verdict
from dijipilot.services.conclusions import REASONS, STANDING, Conclusions, Found, Kind, Reasons
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.storage import answers as answer_records
from dijipilot.storage import progress as progress_records
from dijipilot.storage.database import Database

if TYPE_CHECKING:
    from dijipilot.domain.assessment.engine import Diagnosis


class Basis(Struct, frozen=True):
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
    """Computes standings, or takes back what was computed from the very same evidence.

    clock: tells how old answers are.
    """

    def __init__(
        self,
        database: Database,
        diagnostics: Diagnostics,
        clock: Callable[[], datetime],
        conclusions: Conclusions | None = None,
    ) -> None:
        self._database = database
        self._diagnostics = diagnostics
        self._clock = clock
        self._conclusions = conclusions
        self._read: tuple[ProfileId, int, datetime, Basis] | None = None
        self._known: tuple[Basis, Standing] | None = None
        self._diagnosed: tuple[Basis, Diagnosis] | None = None
        self._reasons: tuple[Basis, Reasons] | None = None

    def facts(self, profile: ProfileId) -> FactAnswers:
        """Return what the latest answer to each fact says, wherever it was given; not sure leaves a fact unknown."""
        return dict(self.basis(profile).facts)

    def current(self, profile: ProfileId) -> Standing:
        """Return the standing as of now; without any assessment it is what is expected of anybody."""
        basis = self.basis(profile)
        if self._known is None or self._known[0] != basis:
            standing = self._conclude(profile, STANDING, basis, lambda: self._diagnose(basis).standing())
            self._known = (basis, standing)
        return self._known[1]

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
        if self._reasons is None or self._reasons[0] != basis:
            reasons = self._conclude(profile, REASONS, basis, lambda: self._give_reasons(basis))
            self._reasons = (basis, reasons)
        return self._reasons[1].get(skill, ())

    def basis(self, profile: ProfileId) -> Basis:
        """Return the answers that count now: of the latest assessment, and all evidence since."""
        # The day, not the moment: within a day nothing ages, so what was computed is not computed again.
        today = self._clock().replace(hour=0, minute=0, second=0, microsecond=0)
        if self._database.is_read_only:
            # Somebody else writes.
            return self._read_basis(profile, today)
        state = (profile, self._database.changes, today)
        if self._read is None or self._read[:3] != state:
            self._read = (*state, self._read_basis(profile, today))
        return self._read[3]

    def _read_basis(self, profile: ProfileId, today: datetime) -> Basis:
        with self._database.reading():
            assessment = latest_assessment(answer_records.assessments_of(self._database, profile))
            answers = answer_records.answers_of(self._database, assessment.id) if assessment else []
            outside = answer_records.answers_outside(self._database, profile)
            facts = facts_of(answer_records.fact_answers(self._database, profile))
            retracted = retracted_ids(progress_records.retractions(self._database, profile))
            events = progress_records.lesson_events(self._database, profile)
        since = assessment.started_at if assessment else None
        progress = lesson_progress([event for event in events if since is None or event.at >= since], retracted)
        return Basis(
            assessment,
            (*answers, *(answer for answer in outside if since is None or answer.at >= since)),
            tuple(sorted(facts.items())),
            frozenset(skill for skill, each in progress.items() if each.is_done),
            frozenset(skill for skill, each in progress.items() if each.has_passed_check),
            today,
        )

    def _give_reasons(self, basis: Basis) -> Reasons:
        diagnosis = self._diagnose(basis)
        reasons_of = diagnosis.reasons()
        skills = self._diagnostics.curriculum.skills
        return {skill: reasons_of(skill) for skill in skills if skill in diagnosis.applicable}

    def _conclude(self, profile: ProfileId, kind: Kind[Found], basis: Basis, compute: Callable[[], Found]) -> Found:
        if self._conclusions is None:
            return compute()
        identity = basis.assessment.id if basis.assessment else None
        learned = (sorted(basis.done), sorted(basis.checks_passed))
        evidence = (basis.answers, dict(basis.facts), identity, basis.seed, *learned)
        return self._conclusions.conclude(profile, kind, self._conclusions.key(*evidence, as_of=basis.as_of), compute)

    def _diagnose(self, basis: Basis) -> "Diagnosis":
        if self._diagnosed is None or self._diagnosed[0] != basis:
            # Imported here, as in Diagnostics: it brings numpy.
            from dijipilot.domain.assessment.evidence import Learned

            learned = Learned(basis.done, basis.checks_passed)
            based_on = basis.assessment.id if basis.assessment else None
            engine = self._diagnostics.engine
            facts = dict(basis.facts)
            diagnosis = engine.diagnose(basis.answers, facts, learned, based_on, basis.seed, basis.as_of)
            self._diagnosed = (basis, diagnosis)
        return self._diagnosed[1]


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
