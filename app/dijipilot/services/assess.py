"""Taking the assessment: begin, answer, go back, pause by just leaving, resume, extend, and see the result."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from dijipilot.domain.assessment.checkpoints import Checkpoints, checkpoints_of
from dijipilot.domain.assessment.held_out import HeldOutCheck
from dijipilot.domain.assessment.responses import Answer, Assessment, ScreenKind, latest_by_screen
from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import ShownVerdicts
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Forecast, Outlook, Reason, Standing, Verdict
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.asking import Asking
from dijipilot.services.conclusions import FORECAST, RESULT, Conclusions, Findings
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.events import Announcer, AnswerGiven, AssessmentFinished
from dijipilot.services.recheck import ASKED_LATELY, ShortSitting
from dijipilot.services.standing import Standings, facts_of, latest_assessment
from dijipilot.storage import answers as records
from dijipilot.storage.database import Database

if TYPE_CHECKING:
    from dijipilot.domain.assessment.session import AssessmentSession

NOT_APPLICABLE = "not_applicable"
SEED_DIGITS = 8
"""So many hexadecimal digits of an assessment's random id make its seed."""


class AssessmentSummary(Struct, frozen=True):
    """One assessment in the list of all; counts as they were shown, or as they are while it is unfinished."""

    id: AssessmentId
    started_at: datetime
    finished_at: datetime | None
    screens: int
    seconds: float
    mastered: int
    missing: int
    unsettled: int
    not_applicable: int


class AssessmentResult(Struct, frozen=True):
    """What one assessment found; reasons and what would change the verdict for every skill that applies.

    held_out: how the act that does not count was answered, and what had been expected; None where it was not asked.
    """

    assessment: AssessmentId
    finished_at: datetime | None
    seconds: float
    screens: int
    standing: Standing
    reasons: Mapping[SkillId, tuple[Reason, ...]]
    outlooks: Mapping[SkillId, Outlook]
    held_out: HeldOutCheck | None


class Assess:
    """Everything a learner can do with assessments."""

    def __init__(
        self,
        database: Database,
        diagnostics: Diagnostics,
        standings: Standings,
        pack: PackId,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        conclusions: Conclusions | None = None,
    ) -> None:
        self._database = database
        self._diagnostics = diagnostics
        self._standings = standings
        self._conclusions = conclusions
        self._pack = pack
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id

    def prepare(self) -> None:
        """Build the diagnostic, so that the first question comes at once."""
        self._diagnostics.prepare()

    def unfinished(self, profile: ProfileId) -> AssessmentSummary | None:
        """Return the assessment that resume_or_begin would continue: the latest unfinished one."""
        assessment = self._latest_unfinished(profile)
        return self._summary(assessment) if assessment else None

    def begin(self, profile: ProfileId, minutes: float | None = None) -> "Sitting":
        """Begin a new assessment; an unfinished one is kept as it is. minutes: None for the curriculum's own."""
        identity = AssessmentId(self._new_id())
        budget = 60.0 * (self._diagnostics.curriculum.assessment_minutes if minutes is None else minutes)
        if budget <= 0:
            raise UsageProblem(message("assess.minutes_positive"))
        seed = int(identity[:SEED_DIGITS], 16)
        assessment = Assessment(identity, profile, self._clock(), self._pack, seed, budget, None)
        records.add_assessment(self._database, assessment)
        return self._sitting(assessment)

    def resume_or_begin(self, profile: ProfileId, minutes: float | None = None) -> "Sitting":
        """Continue the latest unfinished assessment where it was left, else begin one."""
        assessment = self._latest_unfinished(profile)
        return self._sitting(assessment) if assessment else self.begin(profile, minutes)

    def extend_last(self, profile: ProfileId, minutes: float) -> "Sitting":
        """Go on with the last finished assessment for so many minutes more. Raises UsageProblem when there is none."""
        finished = [each for each in records.assessments_of(self._database, profile) if each.finished_at]
        if not finished:
            raise UsageProblem(message("assess.nothing_to_extend"))
        if minutes <= 0:
            raise UsageProblem(message("assess.minutes_positive"))
        last = finished[-1]
        records.append_extended(self._database, EventId(self._new_id()), last.id, self._clock(), 60.0 * minutes)
        extended = records.get_assessment(self._database, last.id)
        return self._sitting(extended or last)

    def forecast_more(self, profile: ProfileId, minutes: float) -> Forecast | None:
        """Return what so many minutes on top of the last finished assessment would settle; None when there is none.

        The first time it takes half a second: some possible learners answer on.
        """
        finished = [each for each in records.assessments_of(self._database, profile) if each.finished_at]
        if not finished:
            return None
        assessment = finished[-1]

        def compute() -> Forecast:
            # Imported here, as in Diagnostics: it brings numpy.
            from dijipilot.domain.assessment.forecast import forecast

            return forecast(self._session(assessment), 60.0 * minutes, assessment.started_at)

        if self._conclusions is None:
            return compute()
        answers = records.answers_of(self._database, assessment.id)
        facts = facts_of(records.fact_answers(self._database, profile))
        about = (assessment.id, assessment.seed, assessment.budget_seconds, float(minutes))
        return self._conclusions.conclude(profile, FORECAST, self._conclusions.key(answers, facts, *about), compute)

    def recheck(self, profile: ProfileId, about: SkillId | None = None) -> "ShortSitting | None":
        """Begin a short look again on top of all that is known: three to six questions, or about one skill alone.

        None where nothing is left that could be asked.
        """
        basis = self._standings.basis(profile)
        sitting = ShortSitting(
            profile, basis, self._diagnostics, self._database, self._announcer, self._clock, self._new_id, about
        )
        return None if sitting.screen is None else sitting

    def is_recheck_due(self, profile: ProfileId) -> bool:
        """Return whether an assessment is finished and nothing that counts was asked for some weeks."""
        basis = self._standings.basis(profile)
        if basis.assessment is None or basis.assessment.finished_at is None:
            return False
        asked = [answer.at for answer in basis.answers if answer.kind is not ScreenKind.FACT]
        return self._clock() - max([basis.assessment.finished_at, *asked]) >= ASKED_LATELY

    def checkpoints(self, profile: ProfileId) -> Checkpoints:
        """Return how much is known of every skill today; nothing of any before the first answer."""
        return checkpoints_of(self._diagnostics.curriculum, self._standings.current(profile))

    def history(self, profile: ProfileId) -> tuple[AssessmentSummary, ...]:
        """Return all assessments of the profile, oldest first, finished or not."""
        return tuple(self._summary(each) for each in records.assessments_of(self._database, profile))

    def result(self, profile: ProfileId, assessment: AssessmentId | None = None) -> AssessmentResult | None:
        """Return what an assessment found: by default the latest finished one, else the latest; None without any."""
        assessments = records.assessments_of(self._database, profile)
        wanted = (
            latest_assessment(assessments)
            if assessment is None
            else next((each for each in assessments if each.id == assessment), None)
        )
        return self._result(wanted) if wanted else None

    def _latest_unfinished(self, profile: ProfileId) -> Assessment | None:
        unfinished = [each for each in records.assessments_of(self._database, profile) if each.finished_at is None]
        return unfinished[-1] if unfinished else None

    def _sitting(self, assessment: Assessment) -> "Sitting":
        return Sitting(
            assessment,
            self._session(assessment),
            self._database,
            self._announcer,
            self._clock,
            self._new_id,
            self._result,
        )

    def _session(self, assessment: Assessment) -> "AssessmentSession":
        # Imported here, as in Diagnostics: it brings numpy.
        from dijipilot.domain.assessment.session import AssessmentSession

        answers = records.answers_of(self._database, assessment.id)
        facts = facts_of(records.fact_answers(self._database, assessment.profile))
        engine = self._diagnostics.engine
        return AssessmentSession(engine, assessment.seed, assessment.budget_seconds, answers, facts)

    def _result(self, assessment: Assessment) -> AssessmentResult:
        answers = records.answers_of(self._database, assessment.id)
        facts = self._facts_then(assessment)
        if self._conclusions is None or assessment.finished_at is None:
            found = self._find(assessment, answers, facts)
        else:
            key = self._conclusions.key(answers, facts, assessment.id, assessment.seed)
            found = self._conclusions.conclude(
                assessment.profile, RESULT, key, lambda: self._find(assessment, answers, facts)
            )
        latest = latest_by_screen(answers).values()
        seconds = sum(answer.expected_seconds for answer in latest)
        return AssessmentResult(assessment.id, assessment.finished_at, seconds, len(latest), *found)

    def _find(self, assessment: Assessment, answers: list[Answer], facts: FactAnswers) -> Findings:
        diagnosis = self._diagnostics.engine.diagnose(answers, facts, based_on=assessment.id, seed=assessment.seed)
        reasons_of, outlook_of = diagnosis.reasons(), diagnosis.outlooks()
        standing = diagnosis.standing()
        return Findings(
            standing,
            {skill: reasons_of(skill) for skill in standing.by_skill},
            {skill: outlook_of(skill) for skill in standing.by_skill},
            diagnosis.held_out_check(),
        )

    def _facts_then(self, assessment: Assessment) -> FactAnswers:
        """Return the facts as they were known when the assessment was finished: history does not move with them."""
        end = assessment.finished_at
        answers = records.fact_answers(self._database, assessment.profile)
        return facts_of([answer for answer in answers if end is None or answer.at <= end])

    def _summary(self, assessment: Assessment) -> AssessmentSummary:
        answers = records.answers_of(self._database, assessment.id)
        latest = latest_by_screen(answers).values()
        shown = records.shown_verdicts(self._database, assessment.id) if assessment.finished_at else None
        verdicts = list(shown.verdict_by_skill.values()) if shown else self._verdicts_now(assessment)
        return AssessmentSummary(
            assessment.id,
            assessment.started_at,
            assessment.finished_at,
            len(latest),
            sum(answer.expected_seconds for answer in latest),
            verdicts.count(Verdict.MASTERED),
            verdicts.count(Verdict.MISSING),
            verdicts.count(Verdict.UNSETTLED),
            verdicts.count(NOT_APPLICABLE),
        )

    def _verdicts_now(self, assessment: Assessment) -> list[str]:
        return list(shown_verdicts(self._session(assessment).diagnosis.standing()).values())


class Sitting(Asking):
    """One assessment being taken."""

    def __init__(
        self,
        assessment: Assessment,
        session: "AssessmentSession",
        database: Database,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        result: Callable[[Assessment], AssessmentResult],
    ) -> None:
        super().__init__(session)
        self.assessment = assessment
        self._database = database
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id
        self._result = result
        self._is_closed = False
        self._close_if_finished()

    @property
    def is_finished(self) -> bool:
        """Whether the assessment has come to its end."""
        return self._is_closed

    def stop(self) -> None:
        """Finish now, with what is known."""
        if not self._is_closed:
            self._close()
            self._session.stop()

    def result(self) -> AssessmentResult:
        """Return what is found so far."""
        return self._result(self.assessment)

    @property
    def _is_over(self) -> bool:
        return self._is_closed

    def _save(self, chosen: Sequence[str], is_not_sure: bool, response_seconds: float | None) -> None:
        if not self._is_closed and self._session.is_finished:
            # The disk did not take the end last time: there is no question to answer, only the end to try again.
            self._close()
            return
        now = self._clock()
        answer = self._session.make_answer(EventId(self._new_id()), now, chosen, is_not_sure, response_seconds)
        records.append_answer(self._database, self.assessment.profile, self.assessment.id, answer)
        self._session.accept(answer, self._foreseen)
        self._announcer.announce(AnswerGiven(self.assessment.profile))
        self._close_if_finished()

    def _close_if_finished(self) -> None:
        if not self._is_closed and self._session.is_finished:
            self._close()

    def _close(self) -> None:
        """Append the end and the verdicts as they are shown; where the disk does not take them, nothing is closed."""
        now = self._clock()
        standing = self._session.diagnosis.standing()
        verdicts = shown_verdicts(standing)
        probabilities = {
            skill: standing.by_skill[skill].probability if skill in standing.by_skill else 0.0 for skill in verdicts
        }
        shown = ShownVerdicts(self.assessment.id, now, self.assessment.pack, probabilities, verdicts)
        with self._database.writing():
            records.append_finished(self._database, EventId(self._new_id()), self.assessment.id, now)
            records.save_shown_verdicts(self._database, shown)
        finished = records.get_assessment(self._database, self.assessment.id)
        self.assessment = finished or self.assessment
        self._is_closed = True
        self._announcer.announce(AssessmentFinished(self.assessment.profile))


def shown_verdicts(standing: Standing) -> dict[SkillId, str]:
    """Return the word shown for each skill of the curriculum, those that do not apply included."""
    words = {skill: str(each.verdict) for skill, each in standing.by_skill.items()}
    return words | dict.fromkeys(sorted(standing.not_applicable), NOT_APPLICABLE)
