"""Tests of assessments and answers."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.responses import Assessment, ScreenKind
from dijipilot.domain.ids import AssessmentId, EventId, ProfileId
from dijipilot.domain.records import Profile, ShownVerdicts
from dijipilot.errors import OurDefect
from dijipilot.storage import answers, profiles
from dijipilot.storage.database import Database
from tests.builders import NOON
from tests.storage.making import ADA, FIRST, STORE, answer, answer_numbers, append_answers

MINUTE = timedelta(minutes=1)


def _only(database: Database) -> Assessment:
    (assessment,) = answers.assessments_of(database, ADA.id)
    assert answers.get_assessment(database, assessment.id) == assessment
    return assessment


def test_an_answer_comes_back_as_it_was_given(database: Database) -> None:
    given = replace(
        answer(1, ScreenKind.CHECKLIST),
        shown=("act ü", "b,c", "\ud800", "d"),
        chosen=("d", "act ü"),
        response_seconds=3.25,
    )
    unsure = replace(answer(2), chosen=(), is_not_sure=True)
    answers.append_answer(database, ADA.id, FIRST.id, given)
    answers.append_answer(database, ADA.id, FIRST.id, unsure)
    assert answers.answers_of(database, FIRST.id) == [given, unsure]


def test_an_assessment_stands_as_its_marks_say(database: Database) -> None:
    assert _only(database) == FIRST
    answers.append_finished(database, EventId("1"), FIRST.id, NOON + MINUTE)
    assert _only(database) == replace(FIRST, finished_at=NOON + MINUTE)
    answers.append_reopened(database, EventId("2"), FIRST.id, NOON + 2 * MINUTE)
    assert _only(database) == FIRST
    answers.append_finished(database, EventId("3"), FIRST.id, NOON + 3 * MINUTE)
    answers.append_extended(database, EventId("4"), FIRST.id, NOON + 4 * MINUTE, 120)
    assert _only(database) == replace(FIRST, budget_seconds=420.0)
    answers.append_finished(database, EventId("5"), FIRST.id, NOON + 5 * MINUTE)
    assert _only(database) == replace(FIRST, budget_seconds=420.0, finished_at=NOON + 5 * MINUTE)


def test_assessments_come_oldest_first_and_each_with_its_own_answers(database: Database) -> None:
    second = replace(FIRST, id=AssessmentId("second"), started_at=NOON + MINUTE, seed=2**63 - 1)
    answers.add_assessment(database, second)
    append_answers(database, 1, 2)
    answers.append_answer(database, ADA.id, second.id, answer(3))
    answers.append_finished(database, EventId("1"), FIRST.id, NOON + MINUTE)
    assert [each.id for each in answers.assessments_of(database, ADA.id)] == [FIRST.id, second.id]
    assert answers.assessments_of(database, ADA.id)[1] == second
    assert [each.id for each in answers.answers_of(database, second.id)] == ["answer-00003"]
    assert answers.get_assessment(database, AssessmentId("none")) is None


def test_a_clock_set_back_does_not_put_later_answers_before_earlier_ones(database: Database) -> None:
    for number, seconds in ((1, 0), (2, -3600), (3, -1800), (4, -3599), (5, 60)):
        answers.append_answer(database, ADA.id, FIRST.id, answer(number, seconds_after_noon=seconds))
    assert answer_numbers(database) == [1, 2, 3, 4, 5]


def test_facts_are_gathered_over_all_assessments_and_outside_them(database: Database) -> None:
    second = replace(FIRST, id=AssessmentId("second"), started_at=NOON + MINUTE)
    answers.add_assessment(database, second)
    answers.append_answer(database, ADA.id, FIRST.id, answer(1, ScreenKind.FACT))
    answers.append_answer(database, ADA.id, FIRST.id, answer(2))
    answers.append_answer(database, ADA.id, None, answer(3, ScreenKind.FACT))
    answers.append_answer(database, ADA.id, None, answer(4))
    answers.append_answer(database, ADA.id, second.id, answer(5, ScreenKind.FACT))
    assert [each.id[-1] for each in answers.fact_answers(database, ADA.id)] == ["1", "3", "5"]
    assert [each.id[-1] for each in answers.answers_outside(database, ADA.id)] == ["3", "4"]


def test_profiles_do_not_see_each_other(database: Database) -> None:
    bea = profiles.add_profile(database, Profile(ProfileId("bea"), "Bea", NOON))
    answers.append_answer(database, bea.id, None, answer(1, ScreenKind.FACT))
    assert answers.fact_answers(database, ADA.id) == []
    assert answers.assessments_of(database, bea.id) == []
    with pytest.raises(ValueError, match="another profile"):
        answers.append_answer(database, bea.id, FIRST.id, answer(2))


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1.0])
def test_values_that_could_not_be_read_back_are_refused(database: Database, seconds: float) -> None:
    with pytest.raises(ValueError, match="expected_seconds is not a number of seconds"):
        answers.append_answer(database, ADA.id, FIRST.id, replace(answer(1), expected_seconds=seconds))
    assert answer_numbers(database) == []


def test_marks_need_an_assessment(database: Database) -> None:
    with pytest.raises(OurDefect):
        answers.append_finished(database, EventId("1"), AssessmentId("none"), NOON)


def test_what_was_shown_is_kept_each_time(database: Database) -> None:
    assert answers.shown_verdicts(database, FIRST.id) is None
    told = ShownVerdicts(FIRST.id, NOON, FIRST.pack, {STORE: 0.125}, {STORE: "missing"})
    later = replace(told, at=NOON + MINUTE, probability_by_skill={STORE: 0.9}, verdict_by_skill={STORE: "mastered"})
    answers.save_shown_verdicts(database, told)
    answers.save_shown_verdicts(database, later)
    answers.save_shown_verdicts(database, later)
    assert answers.shown_verdicts(database, FIRST.id) == later
    assert answers.all_shown_verdicts(database, ADA.id) == [told, later]
