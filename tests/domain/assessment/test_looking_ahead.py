"""What would change a verdict, what more time would settle, when to ask again, and what items are worth."""

from datetime import timedelta

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.evidence import Learned
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.forecast import forecast
from dijipilot.domain.assessment.item_worth import information, worth_of_all
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind
from dijipilot.domain.assessment.session import LEAST_OF_A_RECHECK, AssessmentSession, Recheck
from dijipilot.domain.assessment.timing import SECOND_SENTENCE
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.standing import OutlookKind, Verdict
from tests import builders


def take(session: AssessmentSession, examinee: Examinee) -> list[Answer]:
    """Answer to the end as a simulated learner does; return the answers."""
    given = []
    while (screen := session.screen) is not None:
        chosen, is_not_sure = examinee.respond(screen)
        event = EventId(f"{screen.id}/{session.screens_answered}")
        given.append(session.make_answer(event, builders.NOON, chosen, is_not_sure, None))
        session.accept(given[-1])
    return given


def examinee_of(engine: DiagnosticEngine, number: int, population: str = "reference") -> Examinee:
    """Return a simulated learner."""
    world = World(engine.curriculum, POPULATIONS[population])
    return Examinee(world, world.draw_learner(np.random.default_rng([5, number])), [5, number, 1])


@pytest.fixture(scope="module")
def finished(engine: DiagnosticEngine) -> tuple[AssessmentSession, list[Answer], Examinee]:
    """Return a sitting taken to its end, its answers and who took it."""
    session, examinee = AssessmentSession(engine, 11, 300.0, (), {}), examinee_of(engine, 1)
    return session, take(session, examinee), examinee


def test_a_named_question_settles_its_skill_as_often_as_is_said(
    engine: DiagnosticEngine, finished: tuple[AssessmentSession, list[Answer], Examinee]
) -> None:
    session, answers, _ = finished
    diagnosis = session.diagnosis
    outlook_of = diagnosis.outlooks()
    act_by_id = {act.id: act for act in engine.curriculum.acts}
    named = [
        (skill, outlook_of(skill))
        for skill, each in diagnosis.standing().by_skill.items()
        if each.verdict is Verdict.UNSETTLED
    ]
    one_act = [(skill, outlook) for skill, outlook in named if outlook.id in act_by_id]
    assert one_act
    for skill, outlook in one_act[:4]:
        assert outlook.id is not None
        assert outlook.id not in {each for answer in answers for each in answer.shown}
        settled = []
        for chosen in ((outlook.id,), ()):
            asked = Answer(
                EventId("more"), builders.NOON, "more", ScreenKind.CHECKLIST, (outlook.id,), chosen, False, 9.0
            )
            after = engine.diagnose([*answers, asked], session.facts, seed=11).standing().by_skill[skill]
            settled.append(after.verdict is not Verdict.UNSETTLED)
        assert any(settled) is (outlook.chance > 0.0)
        assert all(settled) is (outlook.chance == pytest.approx(1.0))


def test_a_verdict_that_rests_on_one_answer_is_open_without_it(
    engine: DiagnosticEngine, finished: tuple[AssessmentSession, list[Answer], Examinee]
) -> None:
    session, answers, _ = finished
    outlook_of = session.diagnosis.outlooks()
    act_ids = {act.id for act in engine.curriculum.acts}
    resting = [
        (skill, outlook)
        for skill in session.diagnosis.applicable
        if (outlook := outlook_of(skill)).kind is OutlookKind.RESTS_ON_ONE and outlook.id in act_ids
    ]
    own = [
        (skill, o)
        for skill, o in resting
        if any(act.id == o.id and act.skill == skill for act in engine.curriculum.acts)
    ]
    assert own
    for skill, outlook in own[:4]:
        without = [
            builders.without_option(answer, outlook.id) if outlook.id and outlook.id in answer.shown else answer
            for answer in answers
        ]
        after = engine.diagnose(without, session.facts, seed=11).standing().by_skill[skill]
        assert after.verdict is Verdict.UNSETTLED


def test_a_forecast_is_repeatable_and_more_time_settles_more(
    finished: tuple[AssessmentSession, list[Answer], Examinee],
) -> None:
    session, answers, _ = finished

    short, long = forecast(session, 60.0, builders.NOON, 3), forecast(session, 240.0, builders.NOON, 3)

    assert forecast(session, 60.0, builders.NOON, 3) == short
    assert long.settled_then > short.settled_then
    assert long.screens > short.screens > 0
    assert session.screens_answered == len(answers)


def test_somebody_who_claims_everything_is_asked_once_more_and_only_once(engine: DiagnosticEngine) -> None:
    session = AssessmentSession(engine, 3, 300.0, (), {})
    answers = take(session, examinee_of(engine, 1, "always_top"))

    second = [answer for answer in answers if answer.screen == SECOND_CHECKLIST]
    assert len(second) == 1
    claimed = {each for answer in answers if answer.screen != SECOND_CHECKLIST for each in answer.chosen}
    assert claimed.issuperset(second[0].shown)
    assert session.diagnosis.flags == ("over_claiming",)
    back = AssessmentSession(engine, 3, 300.0, answers, {})
    while back.back():
        screen = back.screen
        assert screen is not None
        if screen.id == SECOND_CHECKLIST:
            assert screen.prompt == SECOND_SENTENCE


def test_random_clicks_are_told_and_honest_answers_are_not(engine: DiagnosticEngine) -> None:
    flagged = {}
    for population in ("reference", "random_clicks"):
        told = []
        for number in range(6):
            session = AssessmentSession(engine, number, 300.0, (), {})
            take(session, examinee_of(engine, number, population))
            told.append(bool(session.diagnosis.flags))
        flagged[population] = sum(told)

    assert flagged["reference"] == 0
    assert flagged["random_clicks"] >= 5


def test_one_act_is_shown_that_does_not_count(engine: DiagnosticEngine) -> None:
    for seed in (1, 2, 3):
        session = AssessmentSession(engine, seed, 300.0, (), {})
        answers = take(session, examinee_of(engine, seed))
        held_out = session.diagnosis.held_out
        assert sum(held_out in answer.shown for answer in answers) == 1
        assert held_out not in {piece.source for piece in session.diagnosis.evidence}
        check = session.diagnosis.held_out_check()
        assert check is not None
        assert 0.0 < check.expected < 1.0


def recheck_of(session: AssessmentSession, known: list[Answer], about: SkillId | None = None) -> AssessmentSession:
    """Return a re-check on top of a finished sitting, three months later."""
    again = Recheck(
        name="recheck.test",
        known=tuple(known),
        recent=frozenset(),
        learned=Learned(),
        as_of=builders.NOON + timedelta(days=90),
        most_screens=6,
        seed=session.seed,
        about=about,
    )
    return AssessmentSession(session.engine, 1, 90.0, (), session.facts, recheck=again)


def test_a_recheck_asks_three_to_six_questions_and_no_facts(
    finished: tuple[AssessmentSession, list[Answer], Examinee],
) -> None:
    session, known, examinee = finished

    answers = take(recheck_of(session, known), examinee)

    assert LEAST_OF_A_RECHECK <= len(answers) <= 6
    assert all(answer.kind is not ScreenKind.FACT for answer in answers)
    assert not {answer.screen for answer in answers if answer.kind is ScreenKind.CHECKLIST} & {a.screen for a in known}


def test_a_recheck_about_one_skill_asks_what_moves_it(
    finished: tuple[AssessmentSession, list[Answer], Examinee],
) -> None:
    session, known, _ = finished
    for skill in sorted(session.diagnosis.applicable)[::30]:
        again = recheck_of(session, known, skill)
        screen = again.screen
        assert screen is not None
        before = again.diagnosis.standing().by_skill[skill].probability
        chosen = (
            [o.id for o in screen.options if not o.id.startswith("foil.")]
            if screen.allows_many
            else [screen.options[0].id]
        )
        again.accept(again.make_answer(EventId("1"), builders.NOON, chosen, False, None))
        assert again.diagnosis.standing().by_skill[skill].probability != before


def test_items_are_worth_what_their_answers_tell(engine: DiagnosticEngine) -> None:
    assert information(np.eye(2), np.array([0.5, 0.5])) == pytest.approx(1.0)
    assert information(np.full((2, 2), 0.5), np.array([0.3, 0.7])) == pytest.approx(0.0)

    worth = worth_of_all(engine)

    rates = [each.bits_per_second for each in worth]
    assert rates == sorted(rates)
    assert {each.id for each in worth} >= {act.id for act in engine.curriculum.acts}
    assert all(each.bits > 0.0 for each in worth)
