"""A lesson is as fresh as its oldest fact."""

from datetime import date

from dijipilot.domain.freshness import freshness_of
from dijipilot.domain.lesson_text import VerifiedFact


def fact(source: str, verified_on: str) -> VerifiedFact:
    return VerifiedFact("Default hold", "24 hours", source, verified_on)


def test_the_oldest_check_counts_and_each_place_is_named_once() -> None:
    facts = (
        fact("How do I cancel an order?, Printify Help Center", "2026-11-23"),
        fact("Import orders, Gelato Help Center (same wording for Etsy)", "2026-10-01"),
        fact("Order approval, Printify Help Center", "2026-11-20"),
    )

    freshness = freshness_of(facts, date(2026, 12, 1))

    assert freshness is not None
    assert freshness.checked_on == date(2026, 10, 1)
    assert freshness.places == ("Printify Help Center", "Gelato Help Center")
    assert not freshness.is_old


def test_after_more_than_a_year_it_is_old() -> None:
    freshness = freshness_of((fact("Help", "2025-11-30"),), date(2026, 12, 1))

    assert freshness is not None
    assert freshness.is_old
    assert freshness.places == ("Help",)


def test_without_facts_there_is_nothing_to_say() -> None:
    assert freshness_of((), date(2026, 12, 1)) is None
