"""The roadmap over the calendar: on which day each lesson begins, what fits into which week, when it may be done."""

from datetime import date, timedelta

from msgspec import Struct

from dijipilot.domain.roadmap import Roadmap, RoadmapItem

DEFAULT_HOURS = 2.0
"""Hours a week where the learner did not say how many."""

_DAYS_A_WEEK = 7


class Week(Struct, frozen=True):
    """The lessons that begin in one week of the plan. number counts from 1; last: the week's last day."""

    number: int
    first: date
    last: date
    items: tuple[RoadmapItem, ...]


def hours_planned(roadmap: Roadmap) -> float:
    """Return the hours a week that dates are reckoned with: the fewest the learner can give, so that the plan holds."""
    return roadmap.pace.weekly_hours[0] if roadmap.pace else DEFAULT_HOURS


def schedule(roadmap: Roadmap, start: date) -> tuple[tuple[date, RoadmapItem], ...]:
    """Return a day for every lesson that is neither done nor skipped, in study order, from the start day on.

    Lessons follow each other evenly; one stands on the day on which it begins.
    """
    weekly_minutes = 60 * hours_planned(roadmap)
    days: list[tuple[date, RoadmapItem]] = []
    minutes_before = 0
    for item in roadmap.items:
        if item.status.is_ahead:
            day = int(minutes_before / weekly_minutes * _DAYS_A_WEEK)
            days.append((start + timedelta(days=day), item))
            minutes_before += item.minutes
    return tuple(days)


def weeks_of(roadmap: Roadmap, start: date) -> tuple[Week, ...]:
    """Return what begins in which week, the first beginning on the start day; weeks in which nothing does are left out.

    The days are those of `schedule`, and so those of the calendar file.
    """
    items_by_week: dict[int, list[RoadmapItem]] = {}
    for day, item in schedule(roadmap, start):
        items_by_week.setdefault((day - start).days // _DAYS_A_WEEK, []).append(item)
    weeks = []
    for week, items in sorted(items_by_week.items()):
        first = start + timedelta(days=week * _DAYS_A_WEEK)
        weeks.append(Week(week + 1, first, first + timedelta(days=_DAYS_A_WEEK - 1), tuple(items)))
    return tuple(weeks)


def done_between(roadmap: Roadmap, start: date) -> tuple[date, date] | None:
    """Return the days by which everything ahead is done at best and at worst, None where the hours are not known."""
    if roadmap.pace is None:
        return None
    low, high = roadmap.pace.weeks_low, roadmap.pace.weeks_high
    return start + timedelta(days=low * _DAYS_A_WEEK), start + timedelta(days=high * _DAYS_A_WEEK)
