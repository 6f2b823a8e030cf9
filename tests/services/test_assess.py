"""Taking assessments over a real database: begun, resumed, extended, and finished when the disk has no room."""

import uuid
from datetime import timedelta

import pytest

from dijipilot.domain.ids import ProfileId
from dijipilot.errors import BadInput, CouldNotSave, UsageProblem
from dijipilot.messages import message
from dijipilot.services.assess import Assess, Sitting
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.standing import Standings
from dijipilot.storage import answers as records
from tests import builders
from tests.services.conftest import Desk


@pytest.fixture
def assess(desk: Desk) -> Assess:
    """Return the service over the desk's database and pack."""
    diagnostics = Diagnostics(desk.pack.curriculum)
    return Assess(
        desk.database, diagnostics, desk.standings, desk.pack.id, desk.announcer, desk.clock, lambda: uuid.uuid4().hex
    )


@pytest.fixture
def learner(desk: Desk) -> ProfileId:
    """Return the one learner."""
    return desk.learner


def finish(sitting: Sitting) -> None:
    """Answer every question by not sure."""
    while sitting.screen is not None:
        sitting.not_sure()


def refuse_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk take everything but the end of an assessment."""

    def refuse(*_: object) -> None:
        raise CouldNotSave(message("storage.could_not_save", cause="disk full", home="home"))

    monkeypatch.setattr(records, "append_finished", refuse)


def test_an_unfinished_assessment_is_resumed_where_it_was_left(assess: Assess, learner: ProfileId) -> None:
    first = assess.begin(learner)
    first.not_sure()
    following = first.screen

    resumed = assess.resume_or_begin(learner)

    assert following is not None
    assert resumed.screen is not None
    assert resumed.screen.id == following.id
    assert resumed.assessment.id == first.assessment.id


def test_a_finished_assessment_is_kept_as_it_was_shown(assess: Assess, learner: ProfileId, desk: Desk) -> None:
    sitting = assess.begin(learner)
    finish(sitting)

    (told,) = assess.history(learner)
    assert sitting.is_finished
    assert told.finished_at is not None
    assert told.mastered + told.missing + told.unsettled + told.not_applicable == len(desk.pack.curriculum.skills)
    assert assess.unfinished(learner) is None


def test_more_minutes_reopen_the_last_finished_assessment(assess: Assess, learner: ProfileId) -> None:
    sitting = assess.begin(learner, minutes=0.5)
    sitting.not_sure()
    sitting.stop()

    longer = assess.extend_last(learner, 2)

    assert longer.assessment.id == sitting.assessment.id
    assert longer.assessment.budget_seconds == 150
    assert not longer.is_finished


def test_there_is_nothing_to_extend_before_the_first_end(assess: Assess, learner: ProfileId) -> None:
    assess.begin(learner)

    with pytest.raises(UsageProblem):
        assess.extend_last(learner, 2)


@pytest.mark.parametrize("minutes", [0.0, -1.0])
def test_an_assessment_needs_time(assess: Assess, learner: ProfileId, minutes: float) -> None:
    with pytest.raises(UsageProblem):
        assess.begin(learner, minutes)


def test_stopping_without_room_on_the_disk_leaves_the_question_open(
    assess: Assess, learner: ProfileId, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = assess.begin(learner)
    sitting.not_sure()
    with monkeypatch.context() as full:
        refuse_ends(full)
        with pytest.raises(CouldNotSave):
            sitting.stop()

    assert not sitting.is_finished
    sitting.not_sure()
    sitting.stop()
    assert sitting.is_finished


def test_an_end_that_found_no_room_is_tried_again_and_no_answer_is_lost(
    assess: Assess, learner: ProfileId, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = assess.begin(learner)
    with monkeypatch.context() as full:
        refuse_ends(full)
        with pytest.raises(CouldNotSave):
            finish(sitting)
    given = records.answers_of(desk.database, sitting.assessment.id)

    sitting.not_sure()

    assert sitting.is_finished
    assert records.answers_of(desk.database, sitting.assessment.id) == given
    assert assess.unfinished(learner) is None


def test_nothing_can_be_answered_after_the_end(assess: Assess, learner: ProfileId) -> None:
    sitting = assess.begin(learner)
    sitting.stop()

    assert sitting.screen is None
    assert not sitting.back()
    with pytest.raises(BadInput):
        sitting.answer(["etsy"])


def test_a_recheck_is_due_when_nothing_was_asked_for_some_weeks(assess: Assess, learner: ProfileId, desk: Desk) -> None:
    finish(assess.begin(learner))
    assert not assess.is_recheck_due(learner)
    weeks_later = builders.ticking_clock(builders.NOON + timedelta(weeks=5))
    diagnostics = Diagnostics(desk.pack.curriculum)
    standings = Standings(desk.database, diagnostics, weeks_later)
    later = Assess(
        desk.database, diagnostics, standings, desk.pack.id, desk.announcer, weeks_later, lambda: uuid.uuid4().hex
    )
    assert later.is_recheck_due(learner)

    again = later.recheck(learner)
    assert again is not None
    again.not_sure()

    assert not later.is_recheck_due(learner)


def test_no_recheck_is_due_without_a_finished_assessment(assess: Assess, learner: ProfileId) -> None:
    assess.begin(learner)

    assert not assess.is_recheck_due(learner)
