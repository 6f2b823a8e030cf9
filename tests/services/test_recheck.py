"""A short look again: its answers count from now on and move no earlier result; what more time would settle is told."""

import uuid
from datetime import datetime, timedelta

import pytest

from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.services.assess import Assess, Sitting
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.events import AnswerGiven
from dijipilot.services.recheck import ASKED_LATELY, MOST_SCREENS_ABOUT_ONE, ShortSitting
from dijipilot.services.standing import Standings
from tests.services.conftest import Desk

MARGIN = SkillId("price.margin")


class Calendar:
    """A clock that can be put forward."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return self._desk.clock() + self.ahead


@pytest.fixture
def calendar(desk: Desk) -> Calendar:
    """Return the clock of the service."""
    return Calendar(desk)


@pytest.fixture
def standings(desk: Desk, calendar: Calendar) -> Standings:
    """Return where learners stand by that clock."""
    return Standings(desk.database, Diagnostics(desk.pack.curriculum), calendar)


@pytest.fixture
def assess(desk: Desk, calendar: Calendar, standings: Standings) -> Assess:
    """Return the service over the desk's database and pack."""
    diagnostics = Diagnostics(desk.pack.curriculum)
    return Assess(
        desk.database, diagnostics, standings, desk.pack.id, desk.announcer, calendar, lambda: uuid.uuid4().hex
    )


@pytest.fixture
def learner(desk: Desk) -> ProfileId:
    """Return the one learner."""
    return desk.learner


def answer_all(sitting: Sitting | ShortSitting, ticks: bool) -> int:
    """Answer every question, all ticked or none; return how many there were."""
    count = 0
    while (screen := sitting.screen) is not None:
        count += 1
        options = [option.id for option in screen.options]
        if screen.allows_many and not screen.heading:
            sitting.not_sure()
        else:
            sitting.answer(options if ticks and screen.allows_many else [] if screen.allows_many else options[-1:])
    return count


def test_a_recheck_counts_from_now_on_and_moves_no_earlier_result(
    desk: Desk, assess: Assess, calendar: Calendar, standings: Standings, learner: ProfileId
) -> None:
    answer_all(assess.begin(learner), ticks=False)
    told, before = assess.result(learner), standings.current(learner)
    calendar.ahead = timedelta(days=100)
    desk.told.clear()

    again = assess.recheck(learner)
    assert again is not None
    assert answer_all(again, ticks=True) > 0

    assert again.is_finished
    assert AnswerGiven(learner) in desk.told
    after, told_later = standings.current(learner), assess.result(learner)
    assert any(after.by_skill[skill].probability > before.by_skill[skill].probability for skill in after.by_skill)
    assert told is not None
    assert told_later is not None
    assert told_later.standing == told.standing
    now = {skill: each.verdict for skill, each in after.by_skill.items()}
    assert all(now[change.skill] is change.after is not change.before for change in again.changes())


def test_what_was_asked_lately_is_not_asked_again_but_about_a_contested_skill(
    desk: Desk, assess: Assess, calendar: Calendar, learner: ProfileId
) -> None:
    answer_all(assess.begin(learner), ticks=False)
    calendar.ahead = ASKED_LATELY / 2

    assert assess.recheck(learner) is None
    about = assess.recheck(learner, MARGIN)
    assert about is not None
    assert about.verdict_about() is not None
    assert 1 <= answer_all(about, ticks=True) <= MOST_SCREENS_ABOUT_ONE


def test_a_recheck_can_be_stopped_and_goes_back_to_its_first_question_only(
    assess: Assess, calendar: Calendar, learner: ProfileId
) -> None:
    answer_all(assess.begin(learner), ticks=False)
    calendar.ahead = timedelta(days=400)
    again = assess.recheck(learner)
    assert again is not None
    first = again.screen
    assert first is not None
    assert not again.back()

    again.not_sure()
    if not again.is_finished:
        assert again.back()
        assert again.screen is not None
        assert again.screen.id == first.id
    again.stop()

    assert again.screen is None
    assert not again.can_go_back


def test_more_minutes_have_a_forecast_once_an_assessment_is_finished(assess: Assess, learner: ProfileId) -> None:
    assert assess.forecast_more(learner, 2.0) is None
    answer_all(assess.begin(learner), ticks=False)

    told = assess.forecast_more(learner, 2.0)

    assert told is not None
    assert told.gain >= 0.0
    assert told == assess.forecast_more(learner, 2.0)
