"""Answers become likelihoods as the authored scale and the response model say."""

from datetime import timedelta

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.evidence import Evidence, EvidenceReader, Learned
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.response_model import NOT_SURE, ResponseModel
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.standing import ReasonKind
from tests import builders

MODEL = ResponseModel()


def checklist(number: int, shown: tuple[str, ...], chosen: tuple[str, ...]) -> Answer:
    """Return an answered checklist."""
    at = builders.NOON + timedelta(seconds=number)
    return Answer(EventId(str(number)), at, f"checklist.{number}", ScreenKind.CHECKLIST, shown, chosen, False, 10.0)


def read(engine: DiagnosticEngine, *answers: Answer, learned: Learned | None = None) -> dict[str, Evidence]:
    """Return the evidence by source, everything applicable."""
    applicable = frozenset(engine.curriculum.skills)
    return {piece.source: piece for piece in engine.reader.read(answers, learned or Learned(), applicable)}


@pytest.mark.parametrize("kind", [ItemKind.SITUATION, ItemKind.SCENARIO])
def test_option_probabilities_add_up_in_every_state(kind: ItemKind) -> None:
    item = builders.item("item", "1.1.2", "a b c", kind)

    total = np.sum(list(MODEL.option_likelihoods(item, has_follow_up=False).values()), axis=0)

    np.testing.assert_allclose(total, np.ones((2, 2, 2)))


def test_a_solved_scenario_says_more_than_a_claim() -> None:
    scenario = builders.item("item", "1.1.2", "a", ItemKind.SCENARIO)
    claim = builders.item("item", "1.1.2", "a", ItemKind.SITUATION)

    solved = MODEL.option_likelihoods(scenario, has_follow_up=False)[scenario.options[0].id]
    claimed = MODEL.option_likelihoods(claim, has_follow_up=True)[claim.options[0].id]

    assert solved[1] / solved[0] > claimed[1] / claimed[0] > 1


def test_not_sure_speaks_against_a_skill_but_less_than_the_wrong_answer() -> None:
    item = builders.item("item", "1.1.2", "a")

    likelihoods = MODEL.option_likelihoods(item, has_follow_up=False)

    unsure = likelihoods[NOT_SURE][1] / likelihoods[NOT_SURE][0]
    wrong = likelihoods[item.options[1].id][1] / likelihoods[item.options[1].id][0]
    assert wrong < unsure < 1


def test_a_failed_follow_up_takes_a_claim_back_and_a_kept_one_doubles_it() -> None:
    item = builders.item("item", "1.1.2", "a")
    model = ResponseModel(lapse=0.0, not_sure_bias=-100.0)
    claimed = np.log(model.option_likelihoods(item, has_follow_up=True)[item.options[0].id])
    kept = np.log(model.follow_up_likelihood(item.skills, frozenset(item.skills), is_kept=True))
    failed = np.log(model.follow_up_likelihood(item.skills, frozenset(item.skills), is_kept=False))

    one_unit = 2 * model.situation_strength
    assert kept[1] - kept[0] == pytest.approx(one_unit)
    assert failed[1] - failed[0] == pytest.approx(-one_unit)
    assert claimed[1] - claimed[0] > 0.5 * one_unit


def test_each_act_shown_is_evidence_ticked_or_not(engine: DiagnosticEngine) -> None:
    first, second = engine.curriculum.acts[:2]

    evidence = read(engine, checklist(1, (first.id, second.id), (second.id,)))

    assert evidence[first.id].likelihood.tolist() == list(MODEL.act_likelihood(False))
    assert evidence[second.id].likelihood.tolist() == list(MODEL.act_likelihood(True))


def test_the_latest_answer_to_a_screen_counts(engine: DiagnosticEngine) -> None:
    act = engine.curriculum.acts[0]
    ticked, unticked = checklist(1, (act.id,), (act.id,)), checklist(1, (act.id,), ())

    assert read(engine, ticked, unticked)[act.id].chosen == ""
    assert read(engine, unticked, ticked)[act.id].chosen == "ticked"


def test_answers_to_what_a_pack_no_longer_has_are_not_counted(engine: DiagnosticEngine) -> None:
    gone = checklist(1, ("act.no-longer-there",), ("act.no-longer-there",))
    item = Answer(
        EventId("2"), builders.NOON, "item.no-longer.1", ScreenKind.SITUATION, ("a", "b"), ("a",), False, 10.0
    )

    assert read(engine, gone, item) == {}


def test_records_that_no_option_fits_are_not_counted(engine: DiagnosticEngine) -> None:
    follow_up = next(item for item in engine.curriculum.items if item.follows)
    parent = engine.curriculum.item_by_id[follow_up.follows or follow_up.id]
    claim = sorted(follow_up.after)[0]

    def answered(screen: str, kind: ScreenKind, *chosen: str) -> Answer:
        return Answer(EventId(screen), builders.NOON, screen, kind, ("a",), chosen, False, 9.0)

    empty = answered(parent.id, ScreenKind(parent.kind))
    claimed = answered(parent.id, ScreenKind(parent.kind), claim)
    gone = answered(follow_up.id, ScreenKind.FOLLOW_UP, "no-longer-there")

    assert read(engine, empty) == {}
    assert list(read(engine, claimed, gone)) == [parent.id]
    assert engine.diagnose([claimed, gone], {}).reasons()(parent.skills[0])


def test_foils_are_no_evidence_on_skills_but_two_of_them_raise_the_flag(engine: DiagnosticEngine) -> None:
    first, second = engine.curriculum.foils[:2]
    one = checklist(1, (first.id,), (first.id,))
    two = checklist(2, (second.id,), (second.id,))

    assert engine.diagnose([one], {}).flags == ()
    assert engine.diagnose([one, two], {}).flags == ("over_claiming",)
    assert engine.diagnose([one, two], {}).evidence == ()


def test_a_finished_lesson_and_its_check_raise_the_skill(engine: DiagnosticEngine) -> None:
    skill = SkillId("unit.break-even")
    place = engine.belief.position[skill]
    start = engine.diagnose([], {}).posterior.mastery[place]
    done = engine.diagnose([], {}, Learned(done=frozenset({skill}))).posterior.mastery[place]
    both = engine.diagnose([], {}, Learned(frozenset({skill}), frozenset({skill})))

    assert start < done < both.posterior.mastery[place]
    assert [reason.kind for reason in both.reasons()(skill)[:2]] == [ReasonKind.LESSON, ReasonKind.LESSON]


def test_evidence_of_what_does_not_apply_is_left_out(engine: DiagnosticEngine) -> None:
    act = next(act for act in engine.curriculum.acts if act.skill == "etsy.rules")
    answer = checklist(1, (act.id,), (act.id,))
    reader: EvidenceReader = engine.reader

    assert reader.read([answer], Learned(), frozenset({SkillId("niche.selection")})) == ()


def test_reasons_name_the_answer_that_moved_a_verdict_most(engine: DiagnosticEngine) -> None:
    acts = [act for act in engine.curriculum.acts if act.id == f"act.{act.skill}"][:40]
    answer = checklist(1, tuple(act.id for act in acts), tuple(act.id for act in acts[::2]))
    reasons_of = engine.diagnose([answer], {}).reasons()

    for index, act in enumerate(acts):
        own = next(reason for reason in reasons_of(act.skill) if reason.id == act.id)
        assert (own.strength > 0) is (index % 2 == 0)
        assert act.text in own.message.english()


def test_the_strength_of_an_answer_is_what_leaving_it_out_would_change(engine: DiagnosticEngine) -> None:
    acts = engine.curriculum.acts[:30]
    whole = checklist(1, tuple(act.id for act in acts), tuple(act.id for act in acts[::3]))
    reasons_of = engine.diagnose([whole], {}).reasons()
    posterior = engine.diagnose([whole], {}).posterior

    for act in acts[::7]:
        without = checklist(
            1, tuple(a.id for a in acts if a is not act), tuple(a.id for a in acts[::3] if a is not act)
        )
        place = engine.belief.position[act.skill]
        other = engine.diagnose([without], {}).posterior.mastery[place]
        mine = posterior.mastery[place]
        exact = np.log(mine / (1 - mine)) - np.log(other / (1 - other))
        told = next(reason.strength for reason in reasons_of(act.skill) if reason.id == act.id)
        assert told == pytest.approx(exact, abs=1e-6)
