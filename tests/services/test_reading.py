"""Bookmarks and highlights are kept as events, undone like ticks and carried in a profile file."""

from pathlib import Path

import pytest

from dijipilot.domain.events import LessonEventKind
from dijipilot.domain.highlights import MarkedPlace, MarkedWords, mark_place
from dijipilot.domain.ids import SkillId
from dijipilot.errors import UsageProblem
from dijipilot.paths import UserPaths
from dijipilot.services.events import LessonProgressed
from dijipilot.services.reading import StudyOrder
from dijipilot.services.recording import Recorder
from dijipilot.storage.database import open_for_writing
from tests.builders import NOON, counting_ids, ticking_clock
from tests.services.conftest import Desk

Kind = LessonEventKind
BUYER, COSTS, MARGIN = SkillId("niche.buyer"), SkillId("price.cost-stack"), SkillId("price.margin")


TEXT = "All about niche.buyer, in a part that says a little more than a single line would hold."
ALL_ABOUT, BUYERS = mark_place(TEXT, 0, 9), mark_place(TEXT, 10, 21)


def marks_of(desk: Desk) -> list[MarkedPlace | MarkedWords]:
    return [each.mark for each in desk.reading.highlights(desk.learner, BUYER)]


def test_a_bookmark_is_kept_once_and_the_latest_comes_first(desk: Desk) -> None:
    desk.reading.bookmark(desk.learner, BUYER, True)
    desk.reading.bookmark(desk.learner, BUYER, True)
    desk.reading.bookmark(desk.learner, MARGIN, True)
    assert desk.told == [LessonProgressed(desk.learner, BUYER), LessonProgressed(desk.learner, MARGIN)]
    assert desk.reading.bookmarks(desk.learner) == (MARGIN, BUYER)

    desk.reading.bookmark(desk.learner, MARGIN, False)

    assert desk.reading.bookmarks(desk.learner) == (BUYER,)


def test_a_bookmark_can_be_undone_and_is_named(desk: Desk) -> None:
    desk.reading.bookmark(desk.learner, BUYER, True)
    label = desk.plan.undo_label(desk.learner)
    assert label is not None
    assert label.english().startswith("bookmark “")

    desk.plan.undo(desk.learner)
    assert desk.reading.bookmarks(desk.learner) == ()
    desk.plan.redo(desk.learner)

    assert desk.reading.bookmarks(desk.learner) == (BUYER,)


def test_a_bookmark_is_no_start(desk: Desk) -> None:
    desk.reading.bookmark(desk.learner, BUYER, True)

    assert not desk.learn.progress_of(desk.learner, BUYER).is_started


def test_highlights_are_kept_removed_and_undone(desk: Desk) -> None:
    desk.reading.highlight(desk.learner, BUYER, "what", ALL_ABOUT)
    desk.reading.highlight(desk.learner, BUYER, "step.s1", BUYERS)
    desk.reading.highlight(desk.learner, BUYER, "step.s1", BUYERS)
    assert marks_of(desk) == [ALL_ABOUT, BUYERS]

    desk.reading.remove_highlight(desk.learner, BUYER, desk.reading.highlights(desk.learner, BUYER)[0].id)
    assert marks_of(desk) == [BUYERS]
    desk.plan.undo(desk.learner)

    assert marks_of(desk) == [ALL_ABOUT, BUYERS]


def test_a_highlight_of_the_first_versions_is_kept_removed_and_brought_back(desk: Desk) -> None:
    value = '{"words": "All about", "occurrence": 0}'
    Recorder(desk.database, desk.clock, desk.new_id).lesson(desk.learner, BUYER, Kind.HIGHLIGHTED, "what", value)
    assert marks_of(desk) == [MarkedWords("All about", 0)]

    desk.reading.remove_highlight(desk.learner, BUYER, desk.reading.highlights(desk.learner, BUYER)[0].id)
    assert marks_of(desk) == []
    desk.plan.undo(desk.learner)

    assert marks_of(desk) == [MarkedWords("All about", 0)]


def test_what_cannot_be_highlighted_is_refused_with_a_reason(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match=r"no part “step\.s9”"):
        desk.reading.highlight(desk.learner, BUYER, "step.s9", ALL_ABOUT)
    with pytest.raises(UsageProblem, match="no part “what”"):
        desk.reading.highlight(desk.learner, MARGIN, "what", ALL_ABOUT)
    with pytest.raises(UsageProblem, match="Select some words"):
        desk.reading.highlight(desk.learner, BUYER, "what", mark_place(TEXT, 3, 3))
    with pytest.raises(UsageProblem, match="up to 2000"):
        desk.reading.highlight(desk.learner, BUYER, "what", mark_place("x" * 3000, 0, 2001))
    with pytest.raises(UsageProblem, match="no lesson nothing"):
        desk.reading.bookmark(desk.learner, SkillId("nothing"), True)


def test_a_profile_file_carries_bookmarks_and_highlights(desk: Desk, tmp_path: Path) -> None:
    desk.reading.bookmark(desk.learner, BUYER, True)
    desk.reading.highlight(desk.learner, BUYER, "what", ALL_ABOUT)
    desk.profiles.export(desk.learner, tmp_path / "a.djprofile")
    database = open_for_writing(UserPaths(tmp_path / "elsewhere"), NOON)
    elsewhere = Desk(database, desk.pack, ticking_clock(), counting_ids())

    profile = elsewhere.profiles.import_(tmp_path / "a.djprofile").profile.id

    assert elsewhere.reading.bookmarks(profile) == (BUYER,)
    assert elsewhere.reading.highlights(profile, BUYER) == desk.reading.highlights(desk.learner, BUYER)
    database.close()


def test_neighbors_in_curriculum_order_end_at_both_ends(desk: Desk) -> None:
    lessons = desk.library.curriculum.lessons
    first = desk.reading.neighbors(desk.learner, lessons[0].skill, StudyOrder.CURRICULUM)
    last = desk.reading.neighbors(desk.learner, lessons[-1].skill, StudyOrder.CURRICULUM)

    assert (first.previous, first.following) == (None, lessons[1])
    assert (last.previous, last.following) == (lessons[-2], None)


def test_neighbors_follow_the_roadmap_where_the_lesson_is_on_it(desk: Desk) -> None:
    order = [item.skill for item in desk.plan.roadmap(desk.learner).items]
    desk.plan.not_for_my_shop(desk.learner, order[1])

    neighbors = desk.reading.neighbors(desk.learner, order[0], StudyOrder.ROADMAP)
    left_out = desk.reading.neighbors(desk.learner, order[1], StudyOrder.ROADMAP)

    assert neighbors.following is not None
    assert neighbors.following.skill == [item.skill for item in desk.plan.roadmap(desk.learner).items][1]
    assert neighbors.order is StudyOrder.ROADMAP
    assert left_out.order is StudyOrder.CURRICULUM


def test_a_lesson_without_facts_that_change_has_no_stamp(desk: Desk) -> None:
    assert desk.reading.freshness(BUYER) is None
    assert desk.reading.freshness(MARGIN) is None


def test_a_different_screen_becomes_a_question_that_names_the_step(desk: Desk) -> None:
    asked = desk.questions.report_difference(desk.learner, BUYER, "s2", "  The button is called Hold. ")

    assert asked.text == "My screen looks different at step 2 (s2).\nThe button is called Hold."
    assert [state.asked.id for state in desk.questions.all(desk.learner)] == [asked.id]
    with pytest.raises(UsageProblem, match="no step or box “s9”"):
        desk.questions.report_difference(desk.learner, BUYER, "s9", "")
