"""Weeks: everything ahead has its week, in study order, on the days of the calendar file."""

from datetime import date, timedelta

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.roadmap import Roadmap, plan_roadmap
from dijipilot.domain.roadmap_weeks import done_between, hours_planned, schedule, weeks_of
from dijipilot.domain.shop_facts import FactAnswers
from tests import builders
from tests.builders import NOON

CURRICULUM = builders.small_curriculum()
MONDAY = date(2026, 11, 30)


def plan(answers: FactAnswers | None = None, skipped: str = "") -> Roadmap:
    standing, graph = builders.standing(CURRICULUM), builders.graph_of(CURRICULUM)
    decisions = RoadmapDecisions(skipped=frozenset(builders.skills(skipped)))
    return plan_roadmap(CURRICULUM, graph, standing, answers or {}, {}, decisions, frozenset(), NOON)


def test_every_lesson_ahead_stands_in_one_week_in_study_order() -> None:
    roadmap = plan(builders.facts(weekly_hours="up_to_2"), skipped="niche.buyer")

    weeks = weeks_of(roadmap, MONDAY)

    assert [item for week in weeks for item in week.items] == [item for item in roadmap.items if item.status.is_ahead]
    assert len(weeks) > 1
    for week in weeks:
        assert week.first == MONDAY + timedelta(weeks=week.number - 1)
        assert week.last == week.first + timedelta(days=6)


def test_weeks_and_days_agree() -> None:
    roadmap = plan(builders.facts(weekly_hours="from_3_to_5"))
    week_by_skill = {item.skill: week for week in weeks_of(roadmap, MONDAY) for item in week.items}

    assert all(
        week_by_skill[item.skill].first <= day <= week_by_skill[item.skill].last
        for day, item in schedule(roadmap, MONDAY)
    )


def test_a_week_in_which_nothing_begins_is_left_out() -> None:
    weeks = weeks_of(plan(builders.facts(weekly_hours="up_to_2")), MONDAY)

    assert all(week.items for week in weeks)


def test_the_end_is_a_range_and_unknown_without_hours() -> None:
    roadmap = plan(builders.facts(weekly_hours="up_to_2"))
    assert roadmap.pace is not None

    between = done_between(roadmap, MONDAY)

    assert between == (
        MONDAY + timedelta(weeks=roadmap.pace.weeks_low),
        MONDAY + timedelta(weeks=roadmap.pace.weeks_high),
    )
    assert done_between(plan(), MONDAY) is None
    assert hours_planned(plan()) == 2.0
