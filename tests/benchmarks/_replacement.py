"""How much hangs on one answer: the verdicts that change when one screen is answered otherwise."""

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.assessment.simulation import Sitting
from dijipilot.domain.standing import Standing, Verdict

IntArray = NDArray[np.int64]


def verdict_changes(sitting: Sitting, generator: np.random.Generator) -> IntArray:
    """Replace each answer in turn by another one at random; all other answers stand.

    Return int64 (screens, 3): how many verdicts change, how many probabilities cross one half, and how many verdicts
    turn from mastered to missing or back. Facts stay as they are: they say what is asked, not what is mastered.
    """
    before = sitting.session.diagnosis.standing()
    rows = [
        _changes(before, _standing_with(sitting, place, other_answer(answer, generator)))
        for place, answer in enumerate(sitting.answers)
        if answer.kind is not ScreenKind.FACT
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def other_answer(answer: Answer, generator: np.random.Generator) -> Answer:
    """Return the same screen answered otherwise, every other answer equally likely.

    On a checklist that is another set of ticks, elsewhere another option or "not sure".
    """
    if answer.kind is ScreenKind.CHECKLIST:
        given = sum(1 << place for place, shown in enumerate(answer.shown) if shown in answer.chosen)
        other = (given + 1 + int(generator.integers((1 << len(answer.shown)) - 1))) % (1 << len(answer.shown))
        return replace(answer, chosen=tuple(each for place, each in enumerate(answer.shown) if other >> place & 1))
    others: list[tuple[str, ...]] = [(each,) for each in answer.shown if each not in answer.chosen]
    if not answer.is_not_sure:
        others.append(())
    chosen = others[int(generator.integers(len(others)))]
    return replace(answer, chosen=chosen, is_not_sure=not chosen)


def _standing_with(sitting: Sitting, place: int, other: Answer) -> Standing:
    answers = (*sitting.answers[:place], other, *sitting.answers[place + 1 :])
    session = sitting.session
    facts = sitting.examinee.learner.facts
    return AssessmentSession(session.engine, session.seed, session.budget_seconds, answers, facts).diagnosis.standing()


def _changes(before: Standing, after: Standing) -> tuple[int, int, int]:
    pairs = [(each, after.by_skill[skill]) for skill, each in before.by_skill.items()]
    changed = [(one.verdict, two.verdict) for one, two in pairs if one.verdict is not two.verdict]
    crossed = sum((one.probability > 0.5) != (two.probability > 0.5) for one, two in pairs)
    return len(changed), crossed, sum(Verdict.UNSETTLED not in verdicts for verdicts in changed)
