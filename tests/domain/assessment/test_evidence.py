"""Answers become likelihoods as the authored scale and the response model say."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.evidence import TAKEN_BACK, TICKED, Evidence, EvidenceReader, Learned
from dijipilot.domain.assessment.items import ItemKind
from dijipilot.domain.assessment.response_model import NOT_SURE, ResponseModel
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.standing import ReasonKind
from tests import builders

MODEL = ResponseModel()
PLAINLY = MODEL.unaware()
"""Without styles, so that a likelihood is one number for each state."""


def checklist(number: int, shown: tuple[str, ...], chosen: tuple[str, ...]) -> Answer:
    """Return an answered checklist."""
    at = builders.NOON + timedelta(seconds=number)
    return Answer(EventId(str(number)), at, f"checklist.{number}", ScreenKind.CHECKLIST, shown, chosen, False, 10.0)


def read(engine: DiagnosticEngine, *answers: Answer, learned: Learned | None = None) -> dict[str, Evidence]:
    """Return the evidence by source, everything applicable."""
    applicable = frozenset(engine.curriculum.skills)
    return {piece.source: piece for piece in engine.reader.read(answers, learned or Learned(), applicable).evidence}


@pytest.mark.parametrize("kind", [ItemKind.SITUATION, ItemKind.SCENARIO])
def test_option_probabilities_add_up_in_every_state(kind: ItemKind) -> None:
    item = builders.item("item", "1.1.2", "a b c", kind)

    total = np.sum(list(MODEL.option_likelihoods(item, has_follow_up=False).values()), axis=0)

    np.testing.assert_allclose(total, np.ones((2, 2, 2, len(MODEL.styles))))


def test_a_solved_scenario_says_more_than_a_claim() -> None:
    scenario = builders.item("item", "1.1.2", "a", ItemKind.SCENARIO)
    claim = builders.item("item", "1.1.2", "a", ItemKind.SITUATION)

    solved = PLAINLY.option_likelihoods(scenario, has_follow_up=False)[scenario.options[0].id]
    claimed = PLAINLY.option_likelihoods(claim, has_follow_up=True)[claim.options[0].id]

    assert solved[1] / solved[0] > claimed[1] / claimed[0] > 1


def test_not_sure_speaks_against_a_skill_but_less_than_the_wrong_answer() -> None:
    item = builders.item("item", "1.1.2", "a")

    likelihoods = PLAINLY.option_likelihoods(item, has_follow_up=False)

    unsure = likelihoods[NOT_SURE][1] / likelihoods[NOT_SURE][0]
    wrong = likelihoods[item.options[1].id][1] / likelihoods[item.options[1].id][0]
    assert wrong < unsure < 1


def test_a_failed_follow_up_takes_a_claim_back_and_a_kept_one_strengthens_it() -> None:
    skills = (SkillId("a"), SkillId("b"))
    claimed = frozenset(skills[:1])

    kept = PLAINLY.follow_up_likelihood(skills, claimed, is_kept=True, option_count=3)[..., 0]
    failed = PLAINLY.follow_up_likelihood(skills, claimed, is_kept=False, option_count=3)[..., 0]

    np.testing.assert_allclose(kept + failed, 1.0)
    np.testing.assert_allclose(kept[0], 1 / 3)
    assert kept[1, 0] == kept[1, 1] == pytest.approx(1 - PLAINLY.follow_up_slip)


def test_a_rung_is_confused_with_its_neighbors_more_than_with_others() -> None:
    item = builders.rungs_item("item", "1.1.2", "a", (-2, -1, 1, 2))
    model = replace(PLAINLY, situation_strength=9.0, lapse=0.0, not_sure_bias=-100.0)

    top, beside, far = (
        float(model.option_likelihoods(item, has_follow_up=False)[item.options[place].id][1, 0]) for place in (3, 2, 1)
    )

    assert top == pytest.approx(1 - model.neighbor, abs=0.01)
    assert beside == pytest.approx(model.neighbor, abs=0.01)
    assert far < 0.01


def test_a_boast_says_less_than_an_honest_tick_and_a_random_click_says_nothing() -> None:
    tick = MODEL.tick_chance()
    ratios = tick[1] / tick[0]
    by_name = dict(zip((style.name for style in MODEL.styles), ratios, strict=True))

    assert by_name["plain"] > by_name["over_claiming"] > by_name["boasting"] > 1.0
    assert by_name["random"] == pytest.approx(1.0)


def test_a_hurried_answer_says_less() -> None:
    calm, hurried = PLAINLY.act_likelihood(True), PLAINLY.act_likelihood(True, is_hurried=True)

    assert calm[1, 0] / calm[0, 0] > hurried[1, 0] / hurried[0, 0] > 1.0


def test_a_second_answer_says_less_than_a_fresh_one_and_both_together_more_than_one() -> None:
    first = PLAINLY.act_likelihood(True)
    twice = PLAINLY.second_answer_likelihood(True, True)

    once = first[1, 0] / first[0, 0]
    assert once < twice[1, 0] / twice[0, 0] < once**2


def test_each_act_shown_is_evidence_ticked_or_not(engine: DiagnosticEngine) -> None:
    first, second = engine.curriculum.acts[:2]

    evidence = read(engine, checklist(1, (first.id, second.id), (second.id,)))

    np.testing.assert_array_equal(evidence[first.id].likelihood, MODEL.act_likelihood(False))
    np.testing.assert_array_equal(evidence[second.id].likelihood, MODEL.act_likelihood(True))


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


def test_ticked_foils_say_nothing_on_skills_but_make_every_tick_say_less(engine: DiagnosticEngine) -> None:
    acts, foils = engine.curriculum.acts[:8], engine.curriculum.foils[:4]
    ticked = checklist(1, tuple(act.id for act in acts), tuple(act.id for act in acts))
    claimed = [checklist(number, (foil.id,), (foil.id,)) for number, foil in enumerate(foils, start=2)]
    left = [checklist(number, (foil.id,), ()) for number, foil in enumerate(foils, start=2)]

    honest, boasting = engine.diagnose([ticked, *left], {}), engine.diagnose([ticked, *claimed], {})

    assert {piece.source for piece in boasting.evidence} == {act.id for act in acts}
    assert honest.flags == ()
    assert boasting.flags == ("over_claiming",)
    places = [engine.belief.position[act.skill] for act in acts]
    assert np.all(boasting.posterior.mastery[places] < honest.posterior.mastery[places])


def test_answers_faster_than_one_can_read_are_told(engine: DiagnosticEngine) -> None:
    acts = engine.curriculum.acts[:40]
    calm = [checklist(number, (act.id,), (act.id,)) for number, act in enumerate(acts)]
    hurried = [replace(answer, response_seconds=1.0) for answer in calm]

    assert "hurried" in engine.diagnose(hurried, {}).flags
    assert "hurried" not in engine.diagnose([replace(each, response_seconds=9.0) for each in calm], {}).flags
    assert "hurried" not in engine.diagnose(calm, {}).flags


def test_always_the_same_position_looks_random(engine: DiagnosticEngine) -> None:
    items = [item for item in engine.curriculum.items if item.follows is None][:8]

    def answered(place_of: Callable[[int], int]) -> list[Answer]:
        answers = []
        for number, item in enumerate(items):
            shown = tuple(str(option.id) for option in item.options)
            # Each time the same option, on the place that is asked for.
            others = [each for each in shown if each != shown[0]]
            shown_now = (*others[: place_of(number)], shown[0], *others[place_of(number) :])
            answers.append(
                Answer(
                    EventId(str(number)),
                    builders.NOON,
                    item.id,
                    ScreenKind(item.kind),
                    shown_now,
                    (shown[0],),
                    False,
                    9,
                )
            )
        return answers

    in_line = engine.diagnose(answered(lambda number: 1), {}).posterior.style_weights
    moving = engine.diagnose(answered(lambda number: number % 3), {}).posterior.style_weights

    assert in_line[-1] / (1 - in_line[-1]) > 100 * moving[-1] / (1 - moving[-1])


def test_the_second_checklist_counts_beside_the_first(engine: DiagnosticEngine) -> None:
    act = engine.curriculum.acts[0]
    first = checklist(1, (act.id,), (act.id,))
    again = replace(checklist(2, (act.id,), ()), screen=SECOND_CHECKLIST)

    evidence = read(engine, first, again)[act.id]

    assert evidence.chosen == TAKEN_BACK
    np.testing.assert_allclose(evidence.likelihood, MODEL.second_answer_likelihood(True, False))
    later = replace(checklist(9, (act.id,), (act.id,)), screen="recheck.1")
    assert read(engine, first, again, later)[act.id].chosen == TICKED


def test_not_sure_on_a_checklist_is_weak_evidence_against(engine: DiagnosticEngine) -> None:
    act = engine.curriculum.acts[0]
    place = engine.belief.position[act.skill]
    unsure = replace(checklist(1, (act.id,), ()), is_not_sure=True)

    before = engine.diagnose([], {}).posterior.mastery[place]
    after = engine.diagnose([unsure], {})

    assert engine.diagnose([checklist(1, (act.id,), ())], {}).posterior.mastery[place] < after.posterior.mastery[place]
    assert after.posterior.mastery[place] < before
    assert after.reasons()(act.skill)[0].message.id == "reason.act_not_sure"


def test_the_held_out_act_is_scored_and_not_used(engine: DiagnosticEngine) -> None:
    held_out = engine.diagnose([], {}, seed=7).held_out
    assert held_out is not None
    others = tuple(act.id for act in engine.curriculum.acts[:5] if act.id != held_out)
    with_it = checklist(1, (*others, held_out), (held_out,))
    without_it = checklist(1, others, ())

    diagnosis = engine.diagnose([with_it], {}, seed=7)

    np.testing.assert_array_equal(
        diagnosis.posterior.mastery, engine.diagnose([without_it], {}, seed=7).posterior.mastery
    )
    check = diagnosis.held_out_check()
    assert check is not None
    assert (check.act, check.is_ticked) == (held_out, True)
    assert 0.0 < check.expected < 1.0
    assert engine.diagnose([without_it], {}, seed=7).held_out_check() is None


def test_old_answers_weigh_less_and_those_of_this_month_as_much_as_today(engine: DiagnosticEngine) -> None:
    act = engine.curriculum.acts[0]
    place = engine.belief.position[act.skill]
    answer = checklist(0, (act.id,), (act.id,))

    def mastery(days: int) -> float:
        return float(engine.diagnose([answer], {}, as_of=builders.NOON + timedelta(days=days)).posterior.mastery[place])

    assert mastery(0) == mastery(29) > mastery(365) > mastery(5 * 365)
    assert mastery(50 * 365) == pytest.approx(float(engine.diagnose([], {}).posterior.mastery[place]), abs=0.01)
    assert mastery(-400) == mastery(0)


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

    assert reader.read([answer], Learned(), frozenset({SkillId("niche.selection")})).evidence == ()


def test_reasons_name_the_answer_that_moved_a_verdict_most(engine: DiagnosticEngine) -> None:
    acts = [act for act in engine.curriculum.acts if act.id == f"act.{act.skill}"][:40]
    answer = checklist(1, tuple(act.id for act in acts), tuple(act.id for act in acts[:20]))
    reasons_of = engine.diagnose([answer], {}).reasons()

    for index, act in enumerate(acts):
        own = next(reason for reason in reasons_of(act.skill) if reason.id == act.id)
        assert (own.strength > 0) is (index < 20)
        assert act.text in own.message.english()


def test_the_strength_of_an_answer_is_what_leaving_it_out_would_change(engine: DiagnosticEngine) -> None:
    acts = engine.curriculum.acts[:30]
    whole = checklist(1, tuple(act.id for act in acts), tuple(act.id for act in acts[:12]))
    reasons_of = engine.diagnose([whole], {}).reasons()
    posterior = engine.diagnose([whole], {}).posterior

    for act in acts[::7]:
        without = checklist(
            1, tuple(a.id for a in acts if a is not act), tuple(a.id for a in acts[:12] if a is not act)
        )
        place = engine.belief.position[act.skill]
        other = engine.diagnose([without], {}).posterior.mastery[place]
        mine = posterior.mastery[place]
        exact = np.log(mine / (1 - mine)) - np.log(other / (1 - other))
        told = next(reason.strength for reason in reasons_of(act.skill) if reason.id == act.id)
        assert told == pytest.approx(exact, abs=1e-4)
