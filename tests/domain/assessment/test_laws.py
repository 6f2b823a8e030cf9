"""What must hold whatever is answered: laws of the diagnostic, on the real curriculum."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.evidence import EvidenceReader, Learned
from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.assessment.response_model import NOT_SURE, claimed_evidence, rungs
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import EventId, ItemId
from dijipilot.domain.standing import Standing, Verdict
from tests import builders


def answer_to(screen: str, kind: ScreenKind, shown: tuple[str, ...], chosen: tuple[str, ...]) -> Answer:
    """Return an answer; chosen ("not_sure",) is not sure."""
    is_not_sure = chosen == (NOT_SURE,)
    return Answer(EventId(screen), builders.NOON, screen, kind, shown, () if is_not_sure else chosen, is_not_sure, 10.0)


def every_answer(engine: DiagnosticEngine, way: str) -> list[Answer]:
    """Return an answer to every act and item of the bank: all "top", all "bottom", or all "not_sure"."""
    curriculum = engine.curriculum
    found = []
    for act in curriculum.acts:
        chosen = {"top": (act.id,), "bottom": (), "not_sure": (NOT_SURE,)}[way]
        found.append(answer_to(f"list.{act.id}", ScreenKind.CHECKLIST, (act.id,), tuple(map(str, chosen))))
    for item in curriculum.items:
        if item.kind is not ItemKind.FOLLOW_UP:
            shown = tuple(str(option.id) for option in item.options)
            ranked = [shown[place] for place in rungs(item)]
            chosen = {"top": (ranked[-1],), "bottom": (ranked[0],), "not_sure": (str(NOT_SURE),)}[way]
            found.append(answer_to(item.id, ScreenKind(item.kind), shown, chosen))
    return found


def sitting(engine: DiagnosticEngine, way: str, seed: int) -> Standing:
    """Return where somebody stands who always answers in one way, foils left alone."""
    session = AssessmentSession(engine, seed, 300.0, (), {})
    while (screen := session.screen) is not None:
        chosen = _choose(engine.curriculum, screen, way)
        event = EventId(str(session.screens_answered))
        not_sure = chosen == [NOT_SURE]
        session.accept(session.make_answer(event, builders.NOON, [] if not_sure else chosen, not_sure, None))
    return session.diagnosis.standing()


def _choose(curriculum: Curriculum, screen: Screen, way: str) -> list[str]:
    if way == "not_sure" or screen.kind is ScreenKind.FACT:
        return [NOT_SURE]
    if screen.kind is ScreenKind.CHECKLIST:
        return [o.id for o in screen.options if not o.id.startswith("foil.")] if way == "top" else []
    item = curriculum.item_by_id[ItemId(screen.id)]
    if item.kind is ItemKind.FOLLOW_UP:
        return [next(str(o.id) for o in item.options if bool(o.keeps) is (way == "top"))]
    return [str(item.options[rungs(item)[-1 if way == "top" else 0]].id)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_always_the_top_answer_leaves_no_skill_missing_for_sure(engine: DiagnosticEngine, seed: int) -> None:
    assert sitting(engine, "top", seed).count(Verdict.MISSING) == 0
    assert engine.diagnose(every_answer(engine, "top"), {}).standing().count(Verdict.MISSING) == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_always_the_bottom_answer_masters_nothing_for_sure(engine: DiagnosticEngine, seed: int) -> None:
    assert sitting(engine, "bottom", seed).count(Verdict.MASTERED) == 0
    assert engine.diagnose(every_answer(engine, "bottom"), {}).standing().count(Verdict.MASTERED) == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_always_not_sure_masters_nothing_for_sure(engine: DiagnosticEngine, seed: int) -> None:
    assert sitting(engine, "not_sure", seed).count(Verdict.MASTERED) == 0
    assert engine.diagnose(every_answer(engine, "not_sure"), {}).standing().count(Verdict.MASTERED) == 0


def test_some_not_sure_answers_never_lead_to_a_sure_mastery(engine: DiagnosticEngine) -> None:
    answers = every_answer(engine, "not_sure")
    for seed in range(12):
        some = random.Random(seed).sample(answers, 40)
        assert engine.diagnose(some, {}).standing().count(Verdict.MASTERED) == 0


def test_the_order_of_answers_never_matters(engine: DiagnosticEngine) -> None:
    answers = every_answer(engine, "top")[:60] + every_answer(engine, "bottom")[60:]
    whole = engine.diagnose(answers, {})

    for seed in range(3):
        shuffled = random.Random(seed).sample(answers, len(answers))
        other = engine.diagnose(shuffled, {})
        np.testing.assert_array_equal(other.posterior.mastery, whole.posterior.mastery)
        assert other.flags == whole.flags


@pytest.fixture(scope="module")
def plain_engine(engine: DiagnosticEngine) -> DiagnosticEngine:
    """Return an engine that holds the over-claim level: everybody answers plainly."""
    cliques = tuple(clique.variables for clique in engine.belief.tree.cliques)
    return DiagnosticEngine(engine.curriculum, responses=engine.responses.unaware(), cliques=cliques)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_a_tick_never_lowers_its_skill_with_the_style_held(plain_engine: DiagnosticEngine, seed: int) -> None:
    chance = random.Random(seed)
    acts = chance.sample(plain_engine.curriculum.acts, 30)
    *others, act = acts
    answers = [
        answer_to(f"list.{each.id}", ScreenKind.CHECKLIST, (each.id,), (each.id,) if chance.random() < 0.5 else ())
        for each in others
    ]
    place = plain_engine.belief.position[act.skill]

    def mastery(*chosen: str) -> float:
        last = answer_to(f"list.{act.id}", ScreenKind.CHECKLIST, (act.id,), chosen)
        return float(plain_engine.diagnose([*answers, last], {}).posterior.mastery[place])

    before = float(plain_engine.diagnose(answers, {}).posterior.mastery[place])
    assert mastery(act.id) >= before >= mastery(NOT_SURE) >= mastery()


def single_skill_items(reader: EvidenceReader) -> list[Item]:
    """Return the situations and scenarios on one skill alone."""
    return [item for item in reader.curriculum.items if len(item.skills) == 1 and item.kind is not ItemKind.FOLLOW_UP]


def test_a_better_option_never_says_less_for_its_skill(plain_engine: DiagnosticEngine) -> None:
    reader = plain_engine.reader
    checked = {item.follows for item in reader.curriculum.items if item.follows is not None}
    for item in single_skill_items(reader):
        tables = reader.likelihoods(item)
        skill = item.skills[0]
        by_rung = []
        for option in (item.options[place] for place in rungs(item)):
            # Two options may be worth the same until the follow-up has asked.
            by_rung.append((claimed_evidence(item, option, item.id in checked).get(skill, 0), option.id))
        ratios = {option: float(tables[option][1, 0] / tables[option][0, 0]) for _, option in by_rung}
        for (low, worse), (high, better) in pairwise(by_rung):
            if high > low:
                assert ratios[better] >= ratios[worse]


def test_a_finished_lesson_never_lowers_its_skill(plain_engine: DiagnosticEngine) -> None:
    answers = every_answer(plain_engine, "bottom")[:40]
    before = plain_engine.diagnose(answers, {}).posterior.mastery
    for skill in plain_engine.curriculum.skills[::12]:
        place = plain_engine.belief.position[skill]
        after = plain_engine.diagnose(answers, {}, Learned(done=frozenset({skill}))).posterior.mastery
        assert after[place] >= before[place]
