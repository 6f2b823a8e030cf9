"""The fringes of a knowledge state: what can be learned next, and what was learned at the edge."""

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.ids import SkillId
from dijipilot.domain.knowledge import inner_fringe, outer_fringe, unmet_prerequisites
from dijipilot.domain.prerequisites import PrerequisiteGraph
from tests.builders import skills

CHAIN = PrerequisiteGraph({SkillId("a"): (), SkillId("b"): skills("a"), SkillId("c"): skills("b")})
ALL = frozenset(skills("a b c"))


def test_the_outer_fringe_is_what_comes_next() -> None:
    assert outer_fringe(CHAIN, frozenset(), ALL) == {"a"}
    assert outer_fringe(CHAIN, frozenset(skills("a")), ALL) == {"b"}
    assert outer_fringe(CHAIN, ALL, ALL) == frozenset()


def test_the_inner_fringe_is_what_nothing_mastered_builds_on() -> None:
    assert inner_fringe(CHAIN, frozenset(skills("a b")), ALL) == {"b"}
    assert inner_fringe(CHAIN, frozenset(skills("a c")), ALL) == {"c"}


def test_a_prerequisite_that_does_not_apply_hands_on_its_own() -> None:
    without_b = frozenset(skills("a c"))

    assert unmet_prerequisites(CHAIN, SkillId("c"), frozenset(), without_b) == ("a",)
    assert unmet_prerequisites(CHAIN, SkillId("c"), frozenset(skills("a")), without_b) == ()


@given(st.sets(st.sampled_from(sorted(ALL))))
def test_fringes_lie_on_either_side_of_the_state(state: set[SkillId]) -> None:
    assert outer_fringe(CHAIN, state, ALL).isdisjoint(state)
    assert inner_fringe(CHAIN, state, ALL) <= state
    assert bool(outer_fringe(CHAIN, state, ALL)) == (state != ALL)
