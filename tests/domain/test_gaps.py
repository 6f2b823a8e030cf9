"""The gap analysis adds up on every level and says what closing a gap takes."""

from dijipilot.domain.gaps import analyze_gaps
from dijipilot.domain.ids import SkillId
from dijipilot.domain.skill_state import Counts, SkillState
from tests import builders

CURRICULUM = builders.small_curriculum()
GRAPH = builders.graph_of(CURRICULUM)
NOTHING_LOCKED: frozenset[SkillId] = frozenset()


def test_every_skill_has_exactly_one_state() -> None:
    standing = builders.standing(
        CURRICULUM, mastered="niche.buyer", unsettled="price.margin", answers=builders.facts(sales_channels="shopify")
    )

    analysis = analyze_gaps(CURRICULUM, GRAPH, standing, NOTHING_LOCKED)

    states = {str(gap.skill): gap.state for gap in analysis.skills}
    assert states["niche.buyer"] is SkillState.MASTERED
    assert states["price.margin"] is SkillState.UNSETTLED
    assert states["niche.demand"] is SkillState.MISSING
    assert states["etsy.tags"] is SkillState.NOT_APPLICABLE
    assert tuple(states) == CURRICULUM.skills


def test_each_level_is_the_sum_of_the_one_below() -> None:
    standing = builders.standing(CURRICULUM, mastered="niche.buyer", unsettled="price.margin")

    analysis = analyze_gaps(CURRICULUM, GRAPH, standing, frozenset({SkillId("ads.first")}))

    for name in Counts().as_dict():
        stages = sum(stage.counts.as_dict()[name] for stage in analysis.stages)
        programs = sum(program.counts.as_dict()[name] for stage in analysis.stages for program in stage.programs)
        missions = sum(
            mission.counts.as_dict()[name]
            for stage in analysis.stages
            for program in stage.programs
            for mission in program.missions
        )
        assert analysis.totals.as_dict()[name] == stages == programs == missions
    totals = analysis.totals
    assert totals.applicable + totals.not_applicable == len(CURRICULUM.skills)
    assert totals.minutes == sum(gap.minutes for gap in analysis.skills)


def test_minutes_and_value_count_only_what_is_not_mastered() -> None:
    standing = builders.standing(CURRICULUM, mastered="niche.buyer price.cost-stack")

    by_skill = {gap.skill: gap for gap in analyze_gaps(CURRICULUM, GRAPH, standing, NOTHING_LOCKED).skills}

    assert (by_skill[SkillId("niche.buyer")].minutes, by_skill[SkillId("niche.buyer")].value) == (0, 0.0)
    assert by_skill[SkillId("price.margin")].minutes == 25


def test_value_is_impact_times_the_open_skills_it_unlocks() -> None:
    # On the cost stack, of impact 5, build: margin, first ads, first hire.
    assert _value_of("price.cost-stack", mastered="") == 5 * 4
    assert _value_of("price.cost-stack", mastered="ads.first") == 5 * 3


def _value_of(name: str, mastered: str) -> float:
    standing = builders.standing(CURRICULUM, mastered=mastered)
    gaps = analyze_gaps(CURRICULUM, GRAPH, standing, NOTHING_LOCKED).skills
    return next(gap.value for gap in gaps if gap.skill == name)


def test_a_lock_is_a_second_mark_and_no_state() -> None:
    standing = builders.standing(CURRICULUM, mastered="niche.buyer")
    locked = frozenset({SkillId("niche.buyer"), SkillId("ads.first")})

    analysis = analyze_gaps(CURRICULUM, GRAPH, standing, locked)

    assert analysis.totals.locked == 2
    assert {gap.skill: gap.state for gap in analysis.skills if gap.locked} == {
        "niche.buyer": SkillState.MASTERED,
        "ads.first": SkillState.MISSING,
    }
