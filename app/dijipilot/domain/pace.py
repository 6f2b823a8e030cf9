"""How long a roadmap takes: a range of weeks from the hours a week that the learner can give."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from dijipilot.domain.ids import OptionId
from dijipilot.domain.shop_facts import WEEKLY_HOURS, FactAnswers

HOURS_BY_OPTION: Mapping[OptionId, tuple[float, float]] = {
    OptionId("up_to_2"): (1.0, 2.0),
    OptionId("from_3_to_5"): (3.0, 5.0),
    OptionId("from_6_to_10"): (6.0, 10.0),
    OptionId("more_than_10"): (10.0, 15.0),
}
"""Fewest and most hours a week that an answer stands for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours a week, fewest and most, and the whole weeks it takes at best and at worst."""

    weekly_hours: tuple[float, float]
    weeks_low: int
    weeks_high: int


def pace_of(minutes: int, facts: FactAnswers) -> Pace | None:
    """Return the pace for so many minutes of lessons, or None where the weekly hours are not known."""
    for option in sorted(facts.get(WEEKLY_HOURS, frozenset())):
        if option in HOURS_BY_OPTION:
            fewest, most = HOURS_BY_OPTION[option]
            return Pace((fewest, most), math.ceil(minutes / 60 / most), math.ceil(minutes / 60 / fewest))
    return None
