"""How fresh a lesson is: when the facts that platforms may change were last checked, and where."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from dijipilot.domain.lesson_text import VerifiedFact

OLD_AFTER = timedelta(days=365)
"""Platforms move their buttons about once a year."""

_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


class Freshness(Struct, frozen=True):
    """checked_on: the oldest check of all facts. places: what they were checked against, each once."""

    checked_on: date
    places: tuple[str, ...]
    facts: tuple[VerifiedFact, ...]
    is_old: bool


def freshness_of(facts: Sequence[VerifiedFact], today: date) -> Freshness | None:
    """Return how fresh these facts are, None where there are none to check."""
    if not facts:
        return None
    checked_on = min(date.fromisoformat(fact.verified_on) for fact in facts)
    # A source reads "page title, place (remark)": the place is what a learner knows it by.
    places = dict.fromkeys(_REMARK.sub("", fact.source).rpartition(", ")[2].strip() for fact in facts)
    return Freshness(checked_on, tuple(places), tuple(facts), today - checked_on > OLD_AFTER)
