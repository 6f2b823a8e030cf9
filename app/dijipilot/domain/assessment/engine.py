"""The diagnostic as one object: precomputed from a curriculum, asked with answers, facts and lessons done."""

from collections.abc import Callable, Iterable, Sequence

from dijipilot.domain.assessment.belief import BeliefModel, Posterior
from dijipilot.domain.assessment.evidence import Evidence, EvidenceReader, Learned
from dijipilot.domain.assessment.mastery_model import MasteryModel
from dijipilot.domain.assessment.reasons import ReasonWriter
from dijipilot.domain.assessment.response_model import ResponseModel
from dijipilot.domain.assessment.responses import Answer
from dijipilot.domain.assessment.selection import ScreenSelector
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import AssessmentId, SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import Reason, SkillStanding, Standing, verdict_of

FOILS_FOR_OVER_CLAIMING = 2
"""So many claimed foils raise the flag: one can be a misreading."""

NOTHING_LEARNED = Learned()


class Diagnosis:
    """What is believed after one set of answers."""

    def __init__(
        self,
        engine: "DiagnosticEngine",
        answers: Sequence[Answer],
        facts: FactAnswers,
        learned: Learned,
        based_on: AssessmentId | None,
    ) -> None:
        self.engine = engine
        self.facts = facts
        self.applicable = engine.curriculum.applicable_skills(facts)
        self.evidence: tuple[Evidence, ...] = engine.reader.read(answers, learned, self.applicable)
        self.posterior: Posterior = engine.belief.posterior(self.evidence, facts)
        claimed = engine.reader.ticked_foils(answers)
        self.flags: tuple[str, ...] = ("over_claiming",) if len(claimed) >= FOILS_FOR_OVER_CLAIMING else ()
        self._based_on = based_on

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


class DiagnosticEngine:
    """Belief model, response model, selection and reasons of one curriculum; immutable once built."""

    def __init__(
        self, curriculum: Curriculum, model: MasteryModel | None = None, responses: ResponseModel | None = None
    ) -> None:
        self.curriculum = curriculum
        self.graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in curriculum.lessons})
        self.reader = EvidenceReader(curriculum, responses or ResponseModel())
        self.belief = BeliefModel(curriculum, model)
        self.selector = ScreenSelector(curriculum, self.reader, self.graph)
        self.reason_writer = ReasonWriter(curriculum, self.graph)

    def diagnose(
        self,
        answers: Iterable[Answer],
        facts: FactAnswers,
        learned: Learned = NOTHING_LEARNED,
        based_on: AssessmentId | None = None,
    ) -> Diagnosis:
        """Return what is believed after the answers, given in the order in which they were stored."""
        return Diagnosis(self, tuple(answers), facts, learned, based_on)
