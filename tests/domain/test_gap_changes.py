"""What changed between two analyses, and what stands out in one."""

from dijipilot.domain.gap_changes import Change, compare_gaps
from dijipilot.domain.gaps import GapAnalysis, analyze_gaps, strongest_program, worth_most
from dijipilot.domain.ids import SkillId
from dijipilot.domain.skill_state import SkillState
from tests import builders

CURRICULUM = builders.small_curriculum()
GRAPH = builders.graph_of(CURRICULUM)


def analysis(mastered: str = "", unsettled: str = "", channels: str = "shopify etsy") -> GapAnalysis:
    answers = builders.facts(sales_channels=channels)
    where = builders.standing(CURRICULUM, mastered=mastered, unsettled=unsettled, answers=answers)
    return analyze_gaps(CURRICULUM, GRAPH, where, frozenset())


def test_missing_is_below_unsettled_and_unsettled_below_mastered() -> None:
    before = analysis(mastered="niche.buyer", unsettled="price.margin")
    after = analysis(mastered="price.margin", unsettled="niche.buyer niche.demand")

    changes = compare_gaps(before, after)

    assert changes.of(SkillId("price.margin")) is Change.ROSE
    assert changes.of(SkillId("niche.demand")) is Change.ROSE
    assert changes.of(SkillId("niche.buyer")) is Change.FELL
    assert changes.of(SkillId("ads.first")) is Change.SAME
    assert changes.before_by_skill == {
        SkillId("price.margin"): SkillState.UNSETTLED,
        SkillId("niche.demand"): SkillState.MISSING,
        SkillId("niche.buyer"): SkillState.MASTERED,
    }


def test_what_did_not_apply_before_or_does_not_now_is_not_compared() -> None:
    here, there = analysis(channels="shopify"), analysis(mastered="etsy.listing")

    assert compare_gaps(here, there).of(SkillId("etsy.listing")) is Change.NOT_COMPARED
    assert compare_gaps(there, here).of(SkillId("etsy.listing")) is Change.NOT_COMPARED


def test_every_skill_is_in_exactly_one_of_the_changes() -> None:
    before, after = analysis(mastered="niche.buyer"), analysis(unsettled="niche.buyer", mastered="ads.first")
    changes = compare_gaps(before, after)

    assert sum(changes.count(change, after.skills) for change in Change) == len(CURRICULUM.skills)


def test_an_analysis_compared_with_itself_has_not_moved() -> None:
    same = analysis(mastered="niche.buyer")

    assert compare_gaps(same, same).count(Change.SAME, same.skills) == len(CURRICULUM.skills)


def test_the_strongest_program_has_the_greatest_share_and_none_is_named_where_nothing_is_mastered() -> None:
    assert strongest_program(analysis()) is None
    strongest = strongest_program(analysis(mastered="niche.buyer etsy.listing etsy.tags"))
    assert strongest is not None
    assert strongest.number == "1.2"


def test_what_is_worth_most_comes_first_and_what_is_closed_never() -> None:
    values = [mission.counts.value for mission in worth_most(analysis(), 99)]
    every = " ".join(CURRICULUM.skills)

    assert values == sorted(values, reverse=True)
    assert worth_most(analysis(mastered=every), 3) == ()
