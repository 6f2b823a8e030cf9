"""What a new edition changes is found by skill ids, whatever became of numbers and titles."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.curriculum_changes import CurriculumChanges, changes_between
from dijipilot.domain.ids import LessonNumber
from tests import builders


def curriculum_of(*lessons: Lesson) -> Curriculum:
    mission = builders.mission("1.1.1", "Launch", *lessons)
    stages = (builders.stage("1", builders.program("1.1", mission)),)
    return replace(builders.small_curriculum(), stages=stages)


BUYER = builders.lesson("1.1.1.1", "niche.buyer")
DEMAND = builders.lesson("1.1.1.2", "niche.demand")
BEFORE = curriculum_of(BUYER, DEMAND)


def changes(
    *after: Lesson, before: Curriculum = BEFORE, closed_before: str = "", closed: str = ""
) -> CurriculumChanges:
    """Compare with what is readable: all that is written, but for the skills named."""
    now = curriculum_of(*after)
    readable = [
        {each.skill for each in curriculum.lessons if each.is_ready} - set(locked.split())
        for curriculum, locked in ((before, closed_before), (now, closed))
    ]
    return changes_between(before, now, *readable)


def test_nothing_changed_is_nothing() -> None:
    assert changes(BUYER, DEMAND) == CurriculumChanges()


def test_new_retitled_and_retired_lessons_are_found() -> None:
    renamed = replace(BUYER, title="Another title")
    new = builders.lesson("1.1.1.2", "niche.new")

    found = changes(renamed, new)

    assert (found.new, found.retired) == ((new,), (DEMAND,))
    assert [(each.lesson, each.before) for each in found.retitled] == [(renamed, "Lesson on niche.buyer")]
    assert found.renumbered == ()


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_renumbered_lesson_says_whether_its_earlier_number_leads_to_it(is_kept: bool) -> None:
    earlier = (BUYER.number,) if is_kept else ()
    moved = replace(BUYER, number=LessonNumber("1.1.1.7"), earlier_numbers=earlier)

    (found,) = changes(moved, DEMAND).renumbered

    assert (found.lesson, found.before, found.is_found_by_both) == (moved, BUYER.number, is_kept)


def test_a_lesson_that_is_written_now_is_none_that_opens() -> None:
    draft = replace(DEMAND, is_ready=False)

    found = changes(BUYER, DEMAND, before=curriculum_of(BUYER, draft))

    assert (found.written, found.opens) == ((DEMAND,), ())


def test_what_opens_and_what_closes_is_told_apart() -> None:
    found = changes(BUYER, DEMAND, closed_before="niche.buyer", closed="niche.demand")

    assert (found.opens, found.closes) == ((BUYER,), (DEMAND,))


@pytest.mark.parametrize("make", [lambda: (BUYER,), lambda: (BUYER, replace(DEMAND, is_ready=False))])
def test_a_retired_lesson_is_none_that_closes_but_one_whose_text_is_gone_is(
    make: Callable[[], tuple[Lesson, ...]],
) -> None:
    found = changes(*make())

    assert len(found.retired) + len(found.closes) == 1
