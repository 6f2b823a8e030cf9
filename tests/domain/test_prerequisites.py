"""The skill graph answers what leans on what and finds what is wrong with it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.ids import SkillId
from dijipilot.domain.prerequisites import PrerequisiteGraph


def graph(**needs: str) -> PrerequisiteGraph:
    """Build a graph from e.g. c="a b"; every letter is a skill."""
    return PrerequisiteGraph(
        {SkillId(skill): tuple(SkillId(needed) for needed in text.split()) for skill, text in needs.items()}
    )


def skills(text: str) -> tuple[SkillId, ...]:
    return tuple(SkillId(letter) for letter in text)


def test_ancestors_and_descendants_reach_through_other_skills() -> None:
    chain = graph(a="", b="a", c="b", d="")

    assert chain.ancestors(SkillId("c")) == {"a", "b"}
    assert chain.descendants(SkillId("a")) == {"b", "c"}
    assert chain.ancestors(SkillId("d")) == chain.descendants(SkillId("d")) == frozenset()


def test_direct_links_are_read_in_both_directions() -> None:
    chain = graph(a="", b="a", c="b a")

    assert chain.prerequisites(SkillId("c")) == ("b", "a")
    assert chain.dependents(SkillId("a")) == ("b", "c")


def test_study_order_keeps_the_preferred_order_where_it_can() -> None:
    assert graph(a="", b="", c="", d="b").study_order(skills("dcba")) == tuple("cbda")


def test_study_order_of_a_part_heeds_skills_outside_it() -> None:
    assert graph(a="", b="a", c="b").study_order(skills("ca")) == tuple("ac")


def test_study_order_refuses_a_cycle() -> None:
    with pytest.raises(ValueError, match="cycle"):
        graph(a="b", b="a").study_order(skills("ab"))


def test_an_unknown_skill_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        graph(a="").ancestors(SkillId("z"))


def test_a_sound_graph_has_no_cycle_and_no_redundant_link() -> None:
    sound = graph(a="", b="a", c="a", d="b c")

    assert sound.find_cycle() is None
    assert sound.redundant_links() == ()


def test_the_shortest_cycle_through_a_skill_is_named_in_order() -> None:
    assert graph(x="", a="x b", b="c", c="a").find_cycle() == ("a", "b", "c")


def test_a_skill_that_needs_itself_is_a_cycle() -> None:
    assert graph(a="a").find_cycle() == ("a",)


def test_a_link_that_follows_from_another_is_redundant() -> None:
    assert graph(a="", b="a", c="b", d="c a").redundant_links() == (("d", "a"),)


def test_a_broken_reference_can_still_be_examined() -> None:
    assert graph(b="nowhere").ancestors(SkillId("b")) == {"nowhere"}


@given(st.lists(st.sets(st.integers(0, 11), max_size=4), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_study_order_is_a_permutation_with_every_ancestor_first(raw: list[set[int]], shuffler: Random) -> None:
    names = [SkillId(f"s{index}") for index in range(len(raw))]
    acyclic = PrerequisiteGraph(
        {names[index]: tuple(names[n] for n in sorted(needs) if n < index) for index, needs in enumerate(raw)}
    )
    preferred = list(names)
    shuffler.shuffle(preferred)

    order = acyclic.study_order(preferred)

    assert sorted(order) == sorted(names)
    position = {skill: index for index, skill in enumerate(order)}
    assert all(position[needed] < position[skill] for skill in names for needed in acyclic.ancestors(skill))
