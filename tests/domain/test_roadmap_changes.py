"""What changed on a roadmap is told with as few moves as possible."""

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap_changes import ChangeKind, compare_orders
from tests.builders import skills


def test_nothing_changed_is_nothing_to_tell() -> None:
    assert compare_orders(skills("a b c"), skills("a b c")) == ()


def test_added_removed_and_moved_lessons_are_told_apart() -> None:
    changes = compare_orders(skills("a b c d"), skills("d a x c"))

    assert changes == (("d", ChangeKind.MOVED), ("x", ChangeKind.ADDED), ("b", ChangeKind.REMOVED))


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_what_is_not_told_as_moved_kept_its_order(before: list[str], after: list[str]) -> None:
    changes = compare_orders([SkillId(name) for name in before], [SkillId(name) for name in after])

    told = {name for name, _ in changes}
    assert [name for name in before if name not in told] == [name for name in after if name not in told]
    assert {name for name, kind in changes if kind is ChangeKind.ADDED} == set(after) - set(before)
    assert {name for name, kind in changes if kind is ChangeKind.REMOVED} == set(before) - set(after)
