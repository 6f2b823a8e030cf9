"""What is said of a lesson or mission that is locked here: all that is public, and how the learner stands to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot import bootstrap
from dijipilot.bootstrap import Academy, open_academy
from dijipilot.content.loader import Content
from dijipilot.domain.curriculum import Mission
from dijipilot.domain.ids import ItemId, MissionNumber, ProfileId, SkillId
from dijipilot.domain.skill_state import SkillState
from dijipilot.paths import UserPaths
from tests import builders
from tests.licenses import make_card, make_license, on_card
from tests.packs import shipped, write_sealed_pack

BUYER, COSTS, MARGIN = SkillId("niche.buyer"), SkillId("price.cost-stack"), SkillId("price.margin")
ADS = SkillId("ads.first")
PRICES = MissionNumber("1.1.2")

OpenAcademy = Callable[..., tuple[Academy, ProfileId]]


@pytest.fixture
def open_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAcademy]:
    """Return a function that opens an academy with these missions sealed, and a learner of whom nothing is known."""
    opened: list[Academy] = []

    def open_one(sold: str, also_written: SkillId | None = None) -> tuple[Academy, ProfileId]:
        content = builders.small_content(sold=sold, published={COSTS: "2027-02-01"})
        if also_written is not None:
            content = with_text(content, also_written)
        file = write_sealed_pack(content, tmp_path / "pack.djpack", (on_card(1, make_license()),))
        monkeypatch.setattr(bootstrap, "shipped", lambda: shipped(file))
        academy = open_academy(UserPaths(tmp_path / "small"), for_writing=True)
        opened.append(academy)
        return academy, academy.profiles.choose("Ada").id

    yield open_one
    for academy in opened:
        academy.close()


def with_text(content: Content, skill: SkillId) -> Content:
    """Return the same with one more lesson written."""

    def written(mission: Mission) -> Mission:
        lessons = (replace(each, is_ready=each.is_ready or each.skill == skill) for each in mission.lessons)
        return replace(mission, lessons=tuple(lessons))

    return replace(
        content,
        curriculum=builders.with_missions(content.curriculum, written),
        text_by_skill={**content.text_by_skill, skill: builders.lesson_text(skill)},
    )


def learn_something_of(academy: Academy, profile: ProfileId, option: int = 0) -> None:
    """Have one question answered: the first option speaks for the skill, the last against it."""
    item = academy.library.curriculum.item_by_id[ItemId("item.price.margin")]
    academy.plan.settle(profile, item.id, item.options[option].id)


def test_a_lesson_that_can_be_read_has_no_outline(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.2")

    assert academy.outlines.lesson(ada, BUYER) is None
    assert academy.outlines.mission(ada, MissionNumber("1.1.1")) is None
    assert academy.outlines.openers(BUYER) == ()


def test_before_anything_is_known_no_gap_is_claimed(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.2")

    outline = academy.outlines.lesson(ada, COSTS)

    assert outline is not None
    assert outline.skills is None
    assert outline.gaps == ()


def test_a_locked_lesson_says_what_opens_it_and_what_it_would_close(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.2")
    learn_something_of(academy, ada)

    outline = academy.outlines.lesson(ada, COSTS)

    assert outline is not None
    assert outline.why.english() == (
        "“Lesson on price.cost-stack” is locked. Its outline is open; the text opens with an activation code."
    )
    assert outline.openers == ("Academy Pro (development)",)
    assert outline.questions == 1
    gap = next(gap for gap in academy.plan.gaps(ada).skills if gap.skill == COSTS)
    assert outline.skills == (gap,)
    assert outline.value == gap.value


def test_what_is_mastered_is_no_gap_to_close(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.2")
    learn_something_of(academy, ada)
    states = {gap.skill: gap.state for gap in academy.plan.gaps(ada).skills}

    outline = academy.outlines.mission(ada, PRICES)

    assert outline is not None
    assert {gap.skill for gap in outline.gaps} == {
        lesson.skill for lesson in outline.locked if states[lesson.skill].is_gap
    }


def test_prerequisites_say_whether_the_learner_has_them(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")
    margin = academy.library.curriculum.lesson_by_skill[MARGIN]

    (before,) = academy.outlines.needs(ada, [margin])
    academy.learn.finish(ada, COSTS)
    (after,) = academy.outlines.needs(ada, [margin])

    assert (before.lesson.skill, before.state, before.is_met) == (COSTS, None, False)
    assert after.is_done
    assert after.is_met


def test_a_prerequisite_whose_skill_is_mastered_is_met(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")
    learn_something_of(academy, ada)
    states = {gap.skill: gap.state for gap in academy.plan.gaps(ada).skills}

    needs = academy.outlines.needs(ada, academy.library.curriculum.lessons)
    alone = academy.outlines.needs(ada, [academy.library.curriculum.lesson_by_skill[MARGIN]])

    assert needs == ()
    assert [need.state for need in alone] == [states[COSTS]]
    assert [need.is_met for need in alone] == [states[COSTS] is SkillState.MASTERED]


def test_a_mission_is_told_as_a_whole_and_builds_on_nothing_of_its_own(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")

    outline = academy.outlines.mission(ada, PRICES)

    assert outline is not None
    assert [lesson.skill for lesson in outline.locked] == [COSTS]
    assert outline.needs == ()
    assert "is locked. Its outline is open" in outline.why.english()


def test_a_license_that_opens_one_lesson_takes_it_out_of_the_outline_and_says_why_the_other_is_shut(
    open_with: OpenAcademy,
) -> None:
    academy, ada = open_with("1.1.1 1.1.2")

    academy.licenses.activate(make_card(1).printed)

    assert academy.outlines.lesson(ada, BUYER) is None
    outline = academy.outlines.lesson(ada, COSTS)
    assert outline is not None
    assert outline.why.id == "license.published_later"


def test_opening_lessons_is_seen_on_the_roadmap_at_once(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")
    learn_something_of(academy, ada)
    before = academy.plan.roadmap(ada).item(BUYER)

    academy.licenses.activate(make_card(1).printed)
    after = academy.plan.roadmap(ada).item(BUYER)

    assert before is not None
    assert after is not None
    assert (before.locked, after.locked) == (True, False)


def test_home_leaves_what_is_locked_out_of_what_is_planned_and_says_how_much_that_is(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")
    learn_something_of(academy, ada)
    profile = academy.profiles.current()
    assert profile is not None
    items = academy.plan.roadmap(ada).items
    locked = [item.skill for item in items if item.locked]
    assert locked

    totals, before = academy.plan.gaps(ada).totals, academy.home.view(profile).progress
    academy.learn.finish(ada, locked[0])
    after = academy.home.view(profile).progress

    assert before is not None
    assert after is not None
    assert (before.lessons_done, before.lessons_planned, before.lessons_locked) == (
        0,
        len(items) - len(locked),
        len(locked),
    )
    assert (after.lessons_done, after.lessons_planned, after.lessons_locked) == (
        1,
        len(items) - len(locked) + 1,
        len(locked) - 1,
    )
    assert before.applicable == totals.counted.applicable < totals.applicable
    assert before.locked == totals.locked_gaps


def test_home_proposes_what_can_be_read_before_what_is_locked(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.2")
    learn_something_of(academy, ada)
    academy.plan.add(ada, COSTS)
    profile = academy.profiles.current()
    assert profile is not None

    view = academy.home.view(profile)

    assert view.resume is not None
    assert (view.resume.skill, view.resume.is_locked) == (BUYER, False)
    places = [(lesson.is_in_preparation, lesson.is_locked) for lesson in view.upcoming]
    assert (False, True) in places
    assert places == sorted(places)


def test_where_nothing_can_be_read_home_says_that_the_next_lesson_is_locked(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2")
    learn_something_of(academy, ada)
    profile = academy.profiles.current()
    assert profile is not None

    resume = academy.home.view(profile).resume

    assert resume is not None
    assert (resume.skill, resume.is_locked) == (BUYER, True)


def test_a_lesson_that_is_easier_after_a_locked_one_is_proposed_all_the_same(open_with: OpenAcademy) -> None:
    academy, ada = open_with("1.1.1 1.1.2", ADS)
    learn_something_of(academy, ada, -1)
    item = academy.plan.roadmap(ada).item(ADS)
    assert item is not None
    assert not item.ready

    place = academy.learn.resume(ada)

    assert place is not None
    assert place.skill == ADS
