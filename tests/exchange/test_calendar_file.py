"""The calendar file holds one event a lesson, as calendar programs expect it."""

from datetime import date, timedelta
from pathlib import Path

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap import Roadmap, plan_roadmap
from dijipilot.domain.roadmap_weeks import schedule
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.exchange.calendar_file import to_calendar, write_calendar
from tests import builders
from tests.builders import NOON

CURRICULUM = builders.small_curriculum()
MONDAY = date(2026, 11, 30)


def plan(answers: FactAnswers | None = None, skipped: str = "") -> Roadmap:
    return plan_roadmap(
        CURRICULUM,
        builders.graph_of(CURRICULUM),
        builders.standing(CURRICULUM),
        answers or {},
        {},
        RoadmapDecisions(skipped=frozenset(builders.skills(skipped))),
        frozenset(),
        NOON,
    )


def calendar(roadmap: Roadmap, start: date = MONDAY) -> str:
    return to_calendar(roadmap, "Roadmap; of Ayşe, here", "profile-1", start, NOON)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_every_lesson_ahead_has_one_event_in_study_order() -> None:
    roadmap = plan(skipped="niche.buyer")

    lines = unfolded(calendar(roadmap))

    uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
    ahead = [item.skill for item in roadmap.items if item.skill != "niche.buyer"]
    assert uids == [f"{skill}.profile-1@academy.dijipilot" for skill in ahead]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(ahead)


def test_a_later_export_keeps_the_uid_and_moves_the_day() -> None:
    first, later = calendar(plan()), calendar(plan(), MONDAY + timedelta(days=7))

    assert [line for line in unfolded(first) if line.startswith("UID:")] == [
        line for line in unfolded(later) if line.startswith("UID:")
    ]
    assert "DTSTART;VALUE=DATE:20261130" in first
    assert "DTSTART;VALUE=DATE:20261207" in later


def test_lessons_are_spread_by_the_fewest_weekly_hours() -> None:
    # An hour a week: cost stack 30 and margin 25 minutes in the first week, the buyer's 60 run on into the second.
    one_hour = schedule(plan(builders.facts(weekly_hours="up_to_2")), MONDAY)
    days = {item.skill: (day - MONDAY).days for day, item in one_hour}

    assert days[SkillId("price.cost-stack")] == 0
    assert days[SkillId("price.margin")] == 3
    assert days[SkillId("niche.buyer")] == 6
    assert days[SkillId("etsy.listing")] == 13
    ten_hours = schedule(plan(builders.facts(weekly_hours="more_than_10")), MONDAY)
    assert ten_hours[-1][0] == MONDAY + timedelta(days=3)


def test_lines_are_folded_at_75_octets_without_cutting_a_letter() -> None:
    text = to_calendar(plan(), "ğüşıöç" * 40, "profile-1", MONDAY, NOON)

    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "X-WR-CALNAME:" + "ğüşıöç" * 40 in unfolded(text)
    assert "\n" not in text.replace("\r\n", "")


def test_separators_in_texts_are_marked(tmp_path: Path) -> None:
    write_calendar(tmp_path / "roadmap.ics", plan(), "Roadmap; of Ayşe, here", "profile-1", MONDAY, NOON)

    content = (tmp_path / "roadmap.ics").read_bytes().decode()
    assert content == calendar(plan())
    assert "X-WR-CALNAME:Roadmap\\; of Ayşe\\, here" in unfolded(content)
    assert "DESCRIPTION:About 30 minutes. Missing\\, and 3 other skills build on it." in unfolded(content)
