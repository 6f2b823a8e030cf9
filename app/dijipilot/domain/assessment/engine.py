"""The diagnostic as one object: precomputed from a curriculum, asked with answers, facts and lessons done."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from dijipilot.domain.assessment.belief import BeliefModel
from dijipilot.domain.assessment.evidence import Evidence, EvidenceReader, Learned
from dijipilot.domain.assessment.held_out import HeldOutCheck, held_out_act
from dijipilot.domain.assessment.mastery_model import MasteryModel
from dijipilot.domain.assessment.outlook import OutlookWriter
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.reasons import ReasonWriter
from dijipilot.domain.assessment.reliability import flags_of, unreliable_chance
from dijipilot.domain.assessment.response_model import ResponseModel
from dijipilot.domain.assessment.responses import Answer, ScreenKind, latest_by_screen
from dijipilot.domain.assessment.selection import ScreenSelector
from dijipilot.domain.assessment.structure import Cliques
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, AssessmentId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Outlook, Reason, SkillStanding, Standing, verdict_of

NOTHING_LEARNED = Learned()


class Diagnosis:
    """What is believed after one set of answers.

    seed: of the assessment, decides which act is held out; None where none is. as_of: see EvidenceReader.read.
    before: a diagnosis of other answers; only saves time.
    """

    def __init__(
        self,
        engine: "DiagnosticEngine",
        answers: Sequence[Answer],
        facts: FactAnswers,
        learned: Learned,
        based_on: AssessmentId | None,
        seed: int | None,
        as_of: datetime | None,
        before: "Diagnosis | None",
    ) -> None:
        self.engine = engine
        self.facts = facts
        self.applicable = engine.curriculum.applicable_skills(facts)
        self.held_out = None if seed is None else held_out_act(engine.curriculum, seed, self.applicable)
        self._answers = answers
        readings = engine.reader.read(answers, learned, self.applicable, as_of, self.held_out)
        self.evidence: tuple[Evidence, ...] = readings.evidence
        self.posterior: Posterior = engine.belief.posterior(
            readings.evidence, facts, readings.style_log_likelihood, before.posterior if before else None
        )
        self._readings = readings
        self._based_on = based_on

    @property
    def flags(self) -> tuple[str, ...]:
        """What the learner should hear about the answers as a whole."""
        styles = self.engine.responses.styles
        return flags_of(self.posterior.style_weights, styles, self._readings.hurried, self._readings.judged)

    @property
    def unreliable_chance(self) -> float:
        """The probability, 0..1, that the answers say little."""
        return unreliable_chance(self.posterior.style_weights, self.engine.responses.styles)

    @property
    def random_chance(self) -> float:
        """The probability, 0..1, that all answers were given at random."""
        return float(self.posterior.style_weights @ self.engine.belief.is_random)

    def standing(self) -> Standing:
        """Return probability and verdict of every skill that applies."""
        mastery = self.posterior.mastery
        by_skill = {}
        for place, skill in enumerate(self.engine.curriculum.skills):
            if skill in self.applicable:
                probability = float(mastery[place])
                by_skill[skill] = SkillStanding(skill, probability, verdict_of(probability))
        left_out = frozenset(self.engine.curriculum.skills) - self.applicable
        return Standing(by_skill, left_out, self.flags, self._based_on, bool(self.evidence))

    def reasons(self) -> Callable[[SkillId], tuple[Reason, ...]]:
        """Return a function from a skill that applies to the reasons of its verdict, strongest first."""
        without_facts = self.engine.belief.log_prior({})
        return self.engine.reason_writer.write(self.posterior, without_facts, self.facts, self.evidence)

    def outlooks(self) -> Callable[[SkillId], Outlook]:
        """Return a function from a skill that applies to what would change its verdict."""
        latest = latest_by_screen(self._answers).values()
        asked = {each for answer in latest if answer.kind is ScreenKind.CHECKLIST for each in answer.shown}
        asked.update(answer.screen for answer in latest)
        return self.engine.outlook_writer.write(self.posterior, self.evidence, asked, self.applicable)

    def held_out_check(self) -> HeldOutCheck | None:
        """Return how the act that does not count was answered, and what was expected; None while it was not asked."""
        shown = [each for each in latest_by_screen(self._answers).values() if self.held_out in each.shown]
        if self.held_out is None or not shown or shown[-1].is_not_sure:
            return None
        skill = next(act.skill for act in self.engine.curriculum.acts if act.id == self.held_out)
        tick = self.engine.responses.tick_chance()[:, self.posterior.styles]
        by_point = self.posterior.mastery_by_point[:, self.engine.belief.position[skill]]
        expected = float(self.posterior.weights @ (tick[0] + (tick[1] - tick[0]) * by_point))
        return HeldOutCheck(ActId(self.held_out), self.held_out in shown[-1].chosen, expected)


class DiagnosticEngine:
    """Belief model, response model, selection and reasons of one curriculum; immutable once built.

    cliques: see BeliefModel; a content pack carries them.
    """

    def __init__(
        self,
        curriculum: Curriculum,
        model: MasteryModel | None = None,
        responses: ResponseModel | None = None,
        cliques: Cliques | None = None,
    ) -> None:
        self.curriculum = curriculum
        self.responses = responses or ResponseModel()
        self.graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in curriculum.lessons})
        self.reader = EvidenceReader(curriculum, self.responses)
        self.belief = BeliefModel(curriculum, model, self.responses.styles, cliques)
        self.selector = ScreenSelector(curriculum, self.reader, self.graph)
        self.reason_writer = ReasonWriter(curriculum, self.graph)
        self.outlook_writer = OutlookWriter(curriculum, self.reader)

    def diagnose(
        self,
        answers: Iterable[Answer],
        facts: FactAnswers,
        learned: Learned = NOTHING_LEARNED,
        based_on: AssessmentId | None = None,
        seed: int | None = None,
        as_of: datetime | None = None,
        before: Diagnosis | None = None,
    ) -> Diagnosis:
        """Return what is believed after the answers, given in the order in which they were stored."""
        return Diagnosis(self, tuple(answers), facts, learned, based_on, seed, as_of, before)
