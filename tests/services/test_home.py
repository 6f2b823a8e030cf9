"""What Home shows, put together from real records."""

from datetime import datetime, timedelta

import pytest

from dijipilot.domain.home_view import HomeView
from dijipilot.domain.ids import SkillId
from dijipilot.domain.records import Profile
from dijipilot.services.assess import Assess
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.home import SLOT_MINUTES, USUAL_MINUTES, Home
from tests import builders
from tests.services.conftest import Desk

BUYER = SkillId("niche.buyer")


class Front:
    """Home of the one learner, and a clock that can be put forward."""

    def __init__(self, desk: Desk) -> None:
        self.later = timedelta()
        self.desk = desk
        self.assess = Assess(
            desk.database,
            Diagnostics(desk.pack.curriculum),
            desk.standings,
            desk.pack.id,
            desk.announcer,
            desk.clock,
            lambda: f"{desk.new_id():0>32}",
        )
        self.home = Home(desk.database, desk.pack, desk.standings, self.assess, desk.plan, desk.learn, self.now)

    def now(self) -> datetime:
        return self.desk.clock() + self.later

    @property
    def profile(self) -> Profile:
        return self.desk.profiles.choose("Ayşe")

    def view(self) -> HomeView:
        return self.home.view(self.profile)


@pytest.fixture
def front(desk: Desk) -> Front:
    return Front(desk)


def take_assessment(front: Front) -> None:
    """Answer everything: none of the acts, the first of the options."""
    sitting = front.assess.begin(front.profile.id)
    while (screen := sitting.screen) is not None:
        sitting.answer([] if screen.kind == "checklist" else [screen.options[0].id])


def test_of_somebody_new_nothing_is_claimed(front: Front) -> None:
    view = front.view()

    assert (view.progress, view.resume, view.paused_screens) == (None, None, None)
    assert view.upcoming == () == view.slots
    assert view.skills == len(front.desk.pack.curriculum.skills)


def test_a_paused_assessment_is_told_with_what_is_answered(front: Front) -> None:
    front.assess.begin(front.profile.id).not_sure()

    assert front.view().paused_screens == 1


def test_a_first_assessment_half_done_is_to_be_finished_before_anything_is_said(front: Front) -> None:
    sitting = front.assess.begin(front.profile.id)
    while sitting.screen is not None and sitting.screen.kind == "fact":
        sitting.not_sure()
    assert sitting.screen is not None
    sitting.answer([] if sitting.screen.allows_many else [sitting.screen.options[0].id])
    assert not sitting.is_finished

    view = front.view()

    assert view.paused_screens is not None
    assert view.progress is None


def test_progress_is_that_of_gaps_and_roadmap(front: Front) -> None:
    take_assessment(front)
    gaps = front.desk.plan.gaps(front.profile.id)
    roadmap = front.desk.plan.roadmap(front.profile.id)

    progress = front.view().progress

    assert progress is not None
    assert (progress.mastered, progress.applicable) == (gaps.totals.mastered, gaps.totals.applicable)
    assert [stage.title for stage in progress.stages] == [stage.title for stage in gaps.stages]
    assert progress.minutes_ahead == roadmap.minutes_ahead
    assert progress.assessed_on == f"{builders.NOON.astimezone():%Y-%m-%d}"


def test_a_lesson_done_counts_as_closed_for_seven_days(front: Front) -> None:
    take_assessment(front)
    front.desk.learn.finish(front.profile.id, BUYER)
    done = front.view().progress
    assert done is not None
    assert (done.closed_lessons, done.closed_minutes) == (1, 60)

    front.later = timedelta(days=8)

    after = front.view().progress
    assert after is not None
    assert after.closed_lessons == 0


def test_what_is_taken_back_is_not_closed(front: Front) -> None:
    take_assessment(front)
    front.desk.learn.finish(front.profile.id, BUYER)
    front.desk.plan.undo(front.profile.id)

    progress = front.view().progress

    assert progress is not None
    assert progress.closed_lessons == 0


def test_days_away_are_counted_from_the_last_thing_done(front: Front) -> None:
    take_assessment(front)
    assert front.view().days_away == 0

    front.later = timedelta(days=9, hours=1)

    assert front.view().days_away == 9


def test_time_is_filled_by_what_can_be_read_and_the_lesson_begun_stands_first(front: Front) -> None:
    take_assessment(front)
    front.desk.learn.tick_step(front.profile.id, BUYER, "s1", True)

    view = front.view()

    assert [slot.minutes for slot in view.slots] == list(SLOT_MINUTES)
    assert view.resume is not None
    assert view.resume.skill == BUYER
    longest = view.slots[-1]
    assert longest.parts[0].skill == BUYER
    assert {part.skill for part in longest.parts} <= {"niche.buyer", "price.cost-stack"}
    assert sum(part.high_minutes for part in longest.parts) <= longest.minutes


def test_lessons_in_preparation_come_after_those_that_can_be_read(front: Front) -> None:
    take_assessment(front)

    preparing = [lesson.is_in_preparation for lesson in front.view().upcoming]

    assert preparing == sorted(preparing)


def test_the_time_asked_about_is_remembered_and_nonsense_is_not(front: Front) -> None:
    assert front.view().minutes == USUAL_MINUTES

    front.home.choose_minutes(front.profile.id, 45)
    assert front.view().minutes == 45

    front.home.choose_minutes(front.profile.id, 7)
    assert front.view().minutes == USUAL_MINUTES
