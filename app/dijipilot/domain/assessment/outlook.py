"""What would change a verdict: the one question that could settle it, or the one answer on which it rests.

The mean after a yes/no answer is linear in the answer, so what an act could do to every skill follows exactly from
means and covariances; for situations and scenarios it is worked out for their own skills.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from dijipilot.domain.assessment.evidence import Evidence, EvidenceReader
from dijipilot.domain.assessment.item_bank import ItemBank
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray
from dijipilot.domain.assessment.posterior import Posterior
from dijipilot.domain.assessment.reasons import log_odds, strengths_of
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import SkillId
from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO, Outlook, OutlookKind, Verdict, verdict_of
from dijipilot.messages import message

WORTH_NAMING = 0.2
"""A question that settles a verdict with less probability than this is not named."""


class OutlookWriter:
    """Writes the outlooks of one curriculum's verdicts."""

    def __init__(self, curriculum: Curriculum, reader: EvidenceReader) -> None:
        self.curriculum = curriculum
        self.reader = reader
        self._position = {skill: place for place, skill in enumerate(curriculum.skills)}
        self._places: IntArray = np.array([self._position[act.skill] for act in curriculum.acts], dtype=np.int64)
        items = [item for item in curriculum.items if item.kind is not ItemKind.FOLLOW_UP]
        self._item_bank = ItemBank(items, self._position, reader)
        self._text_by_source = {str(act.id): act.text for act in curriculum.acts}
        self._text_by_source |= {str(item.id): item.prompt for item in curriculum.items}

    def write(
        self,
        posterior: Posterior,
        evidence: Sequence[Evidence],
        asked: AbstractSet[str],
        applicable: frozenset[SkillId],
    ) -> Callable[[SkillId], Outlook]:
        """Return a function from skill to outlook. asked: ids of acts and items that were shown already."""
        sources, chances = self._chances(posterior, asked, applicable)
        without = log_odds(posterior.mastery) - strengths_of(posterior, evidence)

        def outlook_of(skill: SkillId) -> Outlook:
            place = self._position[skill]
            if verdict_of(float(posterior.mastery[place])) is Verdict.UNSETTLED:
                return self._of_unsettled(sources, chances[place])
            return self._of_sure(float(posterior.mastery[place]), evidence, without[:, place])

        return outlook_of

    def _of_unsettled(self, sources: Sequence[str], chances: FloatArray) -> Outlook:
        best = int(np.argmax(chances)) if len(sources) else 0
        chance = float(chances[best]) if len(sources) else 0.0
        if chance < WORTH_NAMING:
            return Outlook(OutlookKind.SEVERAL_QUESTIONS, None, 0.0, message("outlook.several_questions"))
        text = message("outlook.one_question", text=self._text_by_source[sources[best]], percent=round(100 * chance))
        return Outlook(OutlookKind.ONE_QUESTION, sources[best], chance, text)

    def _of_sure(self, mastery: float, evidence: Sequence[Evidence], without: FloatArray) -> Outlook:
        is_mastered = mastery >= MASTERED_FROM
        firm_from = np.log(MASTERED_FROM / (1.0 - MASTERED_FROM))
        loose = without < firm_from if is_mastered else without > -firm_from
        resting = [
            (abs(float(value) - float(log_odds(np.array([mastery]))[0])), piece.source)
            for piece, value, is_loose in zip(evidence, without, loose, strict=True)
            if is_loose and piece.source in self._text_by_source
        ]
        if not resting:
            return Outlook(OutlookKind.FIRM, None, 0.0, message("outlook.firm"))
        _, source = max(resting, key=lambda each: (each[0], each[1]))
        return Outlook(
            OutlookKind.RESTS_ON_ONE, source, 0.0, message("outlook.rests_on_one", text=self._text_by_source[source])
        )

    def _chances(
        self, posterior: Posterior, asked: AbstractSet[str], applicable: frozenset[SkillId]
    ) -> tuple[list[str], FloatArray]:
        """Return ids of questions left and P(its answer settles the skill), float64 (skills, questions)."""
        open_acts = [
            column for column, act in enumerate(self.curriculum.acts) if act.id not in asked and act.skill in applicable
        ]
        sources = [str(self.curriculum.acts[column].id) for column in open_acts]
        columns = [self._act_chances(posterior, open_acts)]
        for outcomes in self._item_bank.outcomes(posterior):
            settled = (outcomes.chances[..., np.newaxis] * _is_sure(outcomes.after)).sum(axis=1)
            for row, item in enumerate(outcomes.items):
                if item not in asked and applicable.issuperset(self.curriculum.item_by_id[item].skills):
                    column = np.zeros((len(self._position), 1))
                    column[outcomes.places[row], 0] = settled[row]
                    sources.append(str(item))
                    columns.append(column)
        return sources, np.concatenate(columns, axis=1)

    def _act_chances(self, posterior: Posterior, columns: Sequence[int]) -> FloatArray:
        places = self._places[list(columns)]
        tick = self.reader.responses.tick_chance() @ posterior.style_weights
        mastery = posterior.mastery
        chance = tick[0] + (tick[1] - tick[0]) * mastery[places]
        shift = (tick[1] - tick[0]) * posterior.covariance[:, places]
        if_ticked = _is_sure(mastery[:, np.newaxis] + shift / chance)
        if_not = _is_sure(mastery[:, np.newaxis] - shift / (1.0 - chance))
        return np.asarray(chance * if_ticked + (1.0 - chance) * if_not)


def _is_sure(mastery: FloatArray) -> FloatArray:
    return ((mastery >= MASTERED_FROM) | (mastery <= MISSING_TO)).astype(np.float64)
