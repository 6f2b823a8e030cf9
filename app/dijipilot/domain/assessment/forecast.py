"""What more time would settle, computed and not promised: possible learners go on answering, and the mean is told.

A learner who could have given all answers so far is drawn from the posterior, with mastery and response style, and
goes on with the assessment for so many seconds. A few such futures tell how many verdicts will be sure by then.
"""

from datetime import datetime

import numpy as np

from dijipilot.domain.assessment.evidence import EvidenceReader
from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.assessment.response_model import NOT_SURE, claimed_evidence
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.ids import ActId, EventId, FactId, ItemId, SkillId
from dijipilot.domain.standing import Forecast, Verdict

FUTURES = 5
"""The mean of five is good to about one verdict in forty."""


def forecast(session: AssessmentSession, extra_seconds: float, at: datetime, futures: int = FUTURES) -> Forecast:
    """Return what so many expected seconds more would settle; the same answers and seed give the same forecast.

    at: a time for the records of answers nobody gives; nothing depends on it.
    """
    generator = np.random.default_rng([session.seed, session.screens_answered])
    posterior = session.diagnosis.posterior
    settled, screens = [], []
    for _ in range(futures):
        mastered, style = posterior.sample(generator)
        future = session.extended(extra_seconds)
        while (screen := future.screen) is not None:
            chosen, is_not_sure = _respond(future, screen, mastered, style, generator)
            event = EventId(f"future-{future.screens_answered}")
            future.accept(future.make_answer(event, at, chosen, is_not_sure, None))
        settled.append(_settled(future))
        screens.append(future.screens_answered - session.screens_answered)
    return Forecast(_settled(session), float(np.mean(settled)), float(np.mean(screens)))


def _settled(session: AssessmentSession) -> int:
    standing = session.diagnosis.standing()
    return len(standing.by_skill) - standing.count(Verdict.UNSETTLED)


def _respond(
    session: AssessmentSession,
    screen: Screen,
    mastered: frozenset[SkillId],
    style: int,
    generator: np.random.Generator,
) -> tuple[list[str], bool]:
    """Return an answer drawn from the engine's own model of answers, and whether it is not sure."""
    if screen.kind is ScreenKind.FACT:
        known = session.facts.get(FactId(screen.id), frozenset())
        return sorted(known), not known
    reader = session.engine.reader
    if screen.kind is ScreenKind.CHECKLIST:
        shown = [option.id for option in screen.options]
        return [each for each in shown if generator.random() < _tick_chance(reader, each, mastered, style)], False
    item = session.engine.curriculum.item_by_id[ItemId(screen.id)]
    chances = _option_chances(session, item, mastered, style)
    chosen = list(chances)[int(generator.choice(len(chances), p=np.array(list(chances.values()))))]
    return ([], True) if chosen == NOT_SURE else ([chosen], False)


def _tick_chance(reader: EvidenceReader, shown: str, mastered: frozenset[SkillId], style: int) -> float:
    act = reader.act_of(ActId(shown))
    if act is None:
        return float(reader.responses.foil_chance()[style])
    return float(reader.responses.tick_chance()[int(act.skill in mastered), style])


def _option_chances(
    session: AssessmentSession, item: Item, mastered: frozenset[SkillId], style: int
) -> dict[str, float]:
    """Return P(option) of a situation, scenario or follow-up, adding up to 1."""
    reader = session.engine.reader
    if item.kind is not ItemKind.FOLLOW_UP:
        state = (*(int(skill in mastered) for skill in item.skills), style)
        chances = {str(option): float(table[state]) for option, table in reader.likelihoods(item).items()}
    else:
        parent = session.engine.curriculum.item_by_id[item.follows or item.id]
        claims = [claimed_evidence(parent, parent.option(option), True) for option in sorted(item.after)]
        claimed = frozenset(skill for claim in claims for skill, value in claim.items() if value > 0)
        state = (*(int(skill in mastered) for skill in parent.skills), style)
        kept = float(reader.responses.follow_up_likelihood(parent.skills, claimed, True, len(item.options))[state])
        wrong = sum(not option.keeps for option in item.options)
        right = len(item.options) - wrong
        chances = {str(o.id): kept / right if o.keeps else (1.0 - kept) / max(1, wrong) for o in item.options}
    total = sum(chances.values())
    return {option: chance / total for option, chance in chances.items()}
