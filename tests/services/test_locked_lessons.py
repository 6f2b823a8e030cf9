"""A lesson whose text needs a key that is not here is shown, planned and counted, and cannot be read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.pack import Pack
from dijipilot.content.search import SearchHit
from dijipilot.domain.ids import LessonNumber, MissionNumber, SkillId
from dijipilot.errors import LessonLocked
from tests import builders
from tests.packs import opened, write_sealed_pack
from tests.services.conftest import Desk

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Pack]:
    """Return the small pack with one mission sealed, in which one lesson is written."""
    with opened(write_sealed_pack(builders.small_content(sold="1.1.2"), tmp_path / "sealed.djpack")) as found:
        yield found


def test_a_locked_lesson_cannot_be_read_or_ticked(desk: Desk) -> None:
    assert desk.library.is_locked(COSTS)
    for attempt in (
        lambda: desk.library.lesson(COSTS),
        lambda: desk.learn.tick_step(desk.learner, COSTS, "s1", True),
        lambda: desk.learn.answer_check(desk.learner, COSTS, "q1", "right"),
    ):
        with pytest.raises(LessonLocked):
            attempt()


def test_what_the_pack_holds_encrypted_is_known_lesson_by_lesson_and_mission_by_mission(desk: Desk) -> None:
    assert [desk.library.is_sealed(skill) for skill in (COSTS, BUYER, SkillId("nothing"))] == [True, False, False]
    assert desk.library.has_sealed_questions(MissionNumber("1.1.2"))
    assert not desk.library.has_sealed_questions(MissionNumber("1.1.1"))


def test_of_what_is_found_it_is_known_whether_the_pack_holds_it_encrypted(desk: Desk) -> None:
    hit = SearchHit("lesson", COSTS, LessonNumber("1.1.2.1"), "", "", locked=False)
    hits = [
        *(hit, replace(hit, kind="question", id="question.margin")),
        *(replace(hit, id=BUYER), replace(hit, kind="note"), replace(hit, kind="glossary", id="margin")),
    ]

    assert [desk.library.holds_sealed(each) for each in hits] == [True, True, False, False, False]


def test_a_locked_lesson_stands_on_the_roadmap_with_its_minutes(desk: Desk) -> None:
    item = desk.plan.roadmap(desk.learner).item(COSTS)

    assert item is not None
    assert (item.locked, item.minutes) == (True, 30)
    assert desk.plan.gaps(desk.learner).totals.locked == 1


def test_resuming_passes_over_what_is_locked(desk: Desk) -> None:
    assert desk.plan.roadmap(desk.learner).items[0].skill == COSTS

    place = desk.learn.resume(desk.learner)

    assert place is not None
    assert place.skill == BUYER


def test_a_locked_lesson_can_be_marked_as_done_all_the_same(desk: Desk) -> None:
    desk.learn.finish(desk.learner, COSTS)

    assert desk.learn.progress_of(desk.learner, COSTS).is_done
