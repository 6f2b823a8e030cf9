"""A sitting goes on exactly as its answers say: resumed, in any order, back and forth, within its budget."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.assessment.timing import CHECKLIST_SENTENCE
from dijipilot.domain.ids import EventId, FactId, OptionId, SkillId
from dijipilot.domain.shop_facts import SALES_CHANNELS
from dijipilot.errors import BadInput
from tests import builders

FACTS = {
    "sales_channels": ["etsy"],
    "business_model": ["pod"],
    "monthly_orders": ["up_to_20"],
    "buyer_markets": ["home_only"],
}


def record(session: AssessmentSession, chosen: Sequence[str], number: int, is_not_sure: bool = False) -> Answer:
    """Answer the present screen and return the record."""
    moment: datetime = builders.NOON
    answer = session.make_answer(EventId(f"event-{number:03}"), moment, chosen, is_not_sure, None)
    session.accept(answer)
    return answer


def choose(screen: Screen, salt: int) -> list[str]:
    """Choose by the ids on screen alone, so that the same screen is always answered alike."""
    if screen.kind is ScreenKind.FACT:
        return FACTS[screen.id]
    generator = np.random.default_rng([salt, len(screen.id), *(sum(map(ord, option.id)) for option in screen.options)])
    if screen.allows_many:
        return [option.id for option in screen.options if generator.random() < 0.5]
    return [screen.options[int(generator.integers(len(screen.options)))].id]


def take(session: AssessmentSession, salt: int = 1, at_most: int = 1000) -> list[Answer]:
    """Answer until the end, or so many screens."""
    answers: list[Answer] = []
    while (screen := session.screen) is not None and len(answers) < at_most:
        answers.append(record(session, choose(screen, salt), session.screens_answered))
    return answers


@pytest.fixture
def begin(engine: DiagnosticEngine) -> "partial[AssessmentSession]":
    """Return a function that begins a five-minute sitting."""
    return partial(AssessmentSession, engine, 7, 300.0)


def test_facts_come_first_and_everything_fits_the_budget(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})

    answers = take(session)

    assert [answer.screen for answer in answers[:4]] == list(FACTS)
    assert all(answer.kind is not ScreenKind.FACT for answer in answers[4:])
    assert session.is_finished
    assert 250 < session.seconds_used <= 300
    assert len({answer.screen for answer in answers}) == len(answers)
    assert 15 <= len(answers) <= 32


def test_no_act_is_shown_twice(begin: "partial[AssessmentSession]") -> None:
    lists = [answer for answer in take(begin([], {})) if answer.kind is ScreenKind.CHECKLIST]
    shown = [each for answer in lists if answer.screen != SECOND_CHECKLIST for each in answer.shown]

    assert len(shown) == len(set(shown))
    assert len(shown) > 50


def test_what_does_not_apply_is_not_asked(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})

    answers = take(session)

    acts = {str(act.id): act.skill for act in session.engine.curriculum.acts}
    asked = {acts[each] for answer in answers for each in answer.shown if each in acts}
    assert asked <= session.diagnosis.applicable
    assert SkillId("shopify.core-settings") not in session.diagnosis.applicable


def test_a_resumed_sitting_equals_an_unbroken_one(begin: "partial[AssessmentSession]") -> None:
    whole = take(begin([], {}))

    for cut in (1, 4, 9, len(whole) - 1):
        facts = {
            FactId(answer.screen): frozenset(OptionId(option) for option in answer.chosen)
            for answer in whole[:cut]
            if answer.kind is ScreenKind.FACT
        }
        resumed = begin(whole[:cut], facts)
        rest = take(resumed)
        assert [(each.screen, each.shown, each.chosen) for each in rest] == [
            (each.screen, each.shown, each.chosen) for each in whole[cut:]
        ]


def test_the_order_of_answers_does_not_matter(engine: DiagnosticEngine, begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    answers = take(session)
    facts = session.diagnosis.facts
    expected = engine.diagnose(answers, facts).posterior.mastery

    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(answers))
        shuffled = engine.diagnose([answers[int(index)] for index in order], facts).posterior.mastery
        np.testing.assert_allclose(shuffled, expected, rtol=0, atol=1e-9)


def test_back_shows_the_question_before_with_its_answer(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    answers = take(session, at_most=7)
    frontier = session.screen

    assert session.back()
    first_back = session.screen
    assert session.back()
    second_back = session.screen

    assert frontier is not None
    assert first_back is not None
    assert second_back is not None
    assert first_back.id == answers[-1].screen
    assert first_back.previous is not None
    assert first_back.previous.chosen == answers[-1].chosen
    assert [option.id for option in first_back.options] == list(answers[-1].shown)
    assert second_back.id == answers[-2].screen
    assert second_back.seconds == answers[-2].expected_seconds


def test_a_new_answer_replaces_and_the_next_unanswered_question_follows(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    answers = take(session, at_most=7)
    used = session.seconds_used
    session.back()
    session.back()
    shown_again = session.screen

    assert shown_again is not None
    record(session, [], 99) if shown_again.allows_many else record(session, [shown_again.options[0].id], 99)

    after = session.screen
    assert after is not None
    assert after.id not in {answer.screen for answer in answers}
    assert session.seconds_used == used
    assert session.screens_answered == 7


def test_back_passes_over_questions_that_the_pack_no_longer_has(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    answers = take(session, at_most=5)
    gone = Answer(EventId("gone"), builders.NOON, "item.no-longer.1", ScreenKind.SITUATION, ("a",), ("a",), False, 9.0)
    resumed = begin([*answers, gone], session.diagnosis.facts)

    assert resumed.back()
    assert resumed.screen is not None
    assert resumed.screen.id == answers[-1].screen


def test_back_at_the_first_question_is_refused(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})

    assert not session.back()
    assert session.screen is not None
    assert session.screen.id == "sales_channels"


def test_not_sure_leaves_a_fact_unknown_even_if_it_was_known(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {SALES_CHANNELS: frozenset({OptionId("etsy")})})
    assert SkillId("shopify.core-settings") not in session.diagnosis.applicable

    record(session, [], 1, is_not_sure=True)

    assert SkillId("shopify.core-settings") in session.diagnosis.applicable


def test_facts_are_filled_in_with_what_was_said_last(begin: "partial[AssessmentSession]") -> None:
    screen = begin([], {SALES_CHANNELS: frozenset({OptionId("etsy")})}).screen

    assert screen is not None
    assert screen.previous is not None
    assert screen.previous.chosen == ("etsy",)


@pytest.mark.parametrize("chosen", [["nowhere"], ["etsy", "undecided"]])
def test_a_choice_that_does_not_fit_is_refused(begin: "partial[AssessmentSession]", chosen: list[str]) -> None:
    session = begin([], {})

    with pytest.raises(BadInput):
        session.make_answer(EventId("x"), builders.NOON, chosen, False, None)


def test_one_option_must_be_chosen_where_one_is_asked(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=2)

    with pytest.raises(BadInput):
        session.make_answer(EventId("x"), builders.NOON, [], False, None)


def test_stop_finishes_with_what_is_known(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=6)

    session.stop()

    assert session.is_finished
    with pytest.raises(BadInput):
        session.make_answer(EventId("x"), builders.NOON, [], False, None)


def test_a_claim_that_is_taken_back_needs_no_follow_up(engine: DiagnosticEngine) -> None:
    follow_ups = [item for item in engine.curriculum.items if item.follows]
    assert follow_ups
    for follow_up in follow_ups:
        claim = sorted(follow_up.after)[0]
        parent = engine.curriculum.item_by_id[follow_up.follows or follow_up.id]
        other = next(option.id for option in parent.options if option.id not in follow_up.after)
        shown = tuple(option.id for option in parent.options)
        before = Answer(EventId("1"), builders.NOON, parent.id, ScreenKind(parent.kind), shown, (claim,), False, 9.0)
        after = Answer(EventId("2"), builders.NOON, parent.id, ScreenKind(parent.kind), shown, (other,), False, 9.0)
        facts = {FactId(name): frozenset(map(OptionId, chosen)) for name, chosen in FACTS.items()}
        asked = [
            Answer(EventId(name), builders.NOON, name, ScreenKind.FACT, tuple(chosen), tuple(chosen), False, 9.0)
            for name, chosen in FACTS.items()
        ]

        due = AssessmentSession(engine, 1, 300.0, [*asked, before], facts).screen
        not_due = AssessmentSession(engine, 1, 300.0, [*asked, before, after], facts).screen

        assert due is not None
        assert due.id == follow_up.id
        assert not_due is not None
        assert not_due.id != follow_up.id


def test_progress_counts_what_applies(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=12)

    progress = session.progress()

    assert progress.screens == 12
    assert progress.checkpoints == len(session.diagnosis.applicable)
    assert 0 < progress.settled < progress.checkpoints
    assert progress.seconds_left == pytest.approx(300 - session.seconds_used)


def test_nothing_counts_as_settled_before_the_first_answer_about_a_skill(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    assert session.progress().settled == 0

    take(session, at_most=4)
    assert session.progress().settled == 0

    take(session, at_most=1)
    assert session.progress().settled > 0


def test_a_checklist_reads_its_sentence_once(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=4)
    checklists: list[Screen] = []
    while len(checklists) < 2 and (screen := session.screen) is not None:
        if screen.kind is ScreenKind.CHECKLIST:
            checklists.append(screen)
        record(session, choose(screen, 1), session.screens_answered)

    sentence = len(CHECKLIST_SENTENCE.split())
    for screen, extra in zip(checklists, (sentence, 0), strict=True):
        words = extra + sum(len(text.split()) for text in (screen.heading, *(option.text for option in screen.options)))
        assert screen.seconds == pytest.approx(words * 60 / 238 + 2 * (1 + len(screen.options) / 2))


def test_any_screen_answered_is_shown_again_and_a_new_answer_leads_back(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    answers = take(session, at_most=8)
    frontier = session.screen
    assert [screen.id for screen in session.answered()] == [answer.screen for answer in answers]

    assert session.revisit(answers[5].screen)
    assert session.is_looking_back
    again = session.screen
    assert again is not None
    assert again.previous is not None
    assert (again.id, again.previous.chosen) == (answers[5].screen, answers[5].chosen)
    record(session, [again.options[0].id], 99)

    assert not session.is_looking_back
    assert session.screens_answered == 8
    assert session.answered()[5].previous is not None
    assert session.answered()[5].previous.chosen == (again.options[0].id,)
    assert frontier is not None


def test_looking_at_an_answer_and_going_on_changes_nothing(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=6)
    frontier = session.screen

    assert session.revisit("sales_channels")
    session.go_on()

    assert session.screen == frontier
    assert not session.revisit("no.such.screen")
    assert session.screen == frontier


def test_a_session_foreseen_is_the_one_that_comes(begin: "partial[AssessmentSession]") -> None:
    surprised, prepared = begin([], {}), begin([], {})
    while (screen := surprised.screen) is not None:
        assert prepared.screen == screen
        chosen, event = choose(screen, 1), EventId(f"event-{surprised.screens_answered:03}")
        future = prepared.foresee(chosen, False)
        assert future is not None
        following = future.screen
        answer = surprised.make_answer(event, builders.NOON, chosen, False, 60.0)

        surprised.accept(answer)
        prepared.accept(answer, future)

        assert prepared.screen is following
        assert prepared.diagnosis.standing() == surprised.diagnosis.standing()
    assert prepared.is_finished


def test_what_was_foreseen_for_another_answer_is_not_used(begin: "partial[AssessmentSession]") -> None:
    session = begin([], {})
    take(session, at_most=6)
    assert session.screen is not None
    first, second = session.screen.options[0].id, session.screen.options[1].id
    future = session.foresee([first], False)
    assert future is not None
    _ = future.screen

    answer = session.make_answer(EventId("event-other"), builders.NOON, [second], False, None)
    session.accept(answer, future)

    previous = session.answered()[-1].previous
    assert previous is not None
    assert previous.chosen == (second,)
    assert session.screen is not future.screen


@pytest.mark.parametrize(("seconds", "is_used"), [(60.0, True), (0.1, False), (None, False)])
def test_an_answer_in_a_hurry_is_not_the_one_foreseen(
    seconds: float | None, is_used: bool, begin: "partial[AssessmentSession]"
) -> None:
    session = begin([], {})
    take(session, at_most=6)
    assert session.screen is not None
    chosen = [session.screen.options[0].id]
    future = session.foresee(chosen, False)
    assert future is not None
    expected = future.screen

    session.accept(session.make_answer(EventId("event-timed"), builders.NOON, chosen, False, seconds), future)

    assert (session.screen is expected) is is_used


def test_looking_ahead_changes_nothing(begin: "partial[AssessmentSession]") -> None:
    session, untouched = begin([], {}), begin([], {})
    for each in (session, untouched):
        take(each, at_most=7)
    screen = session.screen
    assert screen is not None

    future = session.foresee([], True)
    assert future is not None
    _ = future.screen

    assert session.screen == screen == untouched.screen
    assert session.seconds_used == untouched.seconds_used
