"""Decisions about the roadmap are kept, explained and undone."""

from datetime import timedelta

import pytest

from dijipilot.domain.events import LessonEventKind, RoadmapEventKind
from dijipilot.domain.ids import ItemId, OptionId, SkillId
from dijipilot.domain.roadmap import Status
from dijipilot.domain.roadmap_changes import ChangeKind
from dijipilot.domain.shop_facts import SALES_CHANNELS
from dijipilot.domain.undo import UNDOABLE_KINDS
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.events import AnswerGiven, LessonProgressed, RoadmapChanged
from tests import builders
from tests.services.conftest import Desk

BUYER, DEMAND = SkillId("niche.buyer"), SkillId("niche.demand")
COSTS, MARGIN, ADS = SkillId("price.cost-stack"), SkillId("price.margin"), SkillId("ads.first")
QUESTION = ItemId("item.price.margin")


def order(desk: Desk) -> list[str]:
    return [item.skill for item in desk.plan.roadmap(desk.learner).items]


def status(desk: Desk, skill: SkillId) -> Status | None:
    item = desk.plan.roadmap(desk.learner).item(skill)
    return item.status if item else None


def done(desk: Desk) -> set[str]:
    return {item.skill for item in desk.plan.roadmap(desk.learner).items if item.status is Status.DONE}


def told(desk: Desk) -> list[str]:
    labels = {"undo": desk.plan.undo_label(desk.learner), "redo": desk.plan.redo_label(desk.learner)}
    return [f"{direction} {label.english()}" for direction, label in labels.items() if label]


def test_the_roadmap_of_a_new_learner_holds_everything_that_applies(desk: Desk) -> None:
    desk.profiles.answer_fact(desk.learner, SALES_CHANNELS, frozenset({OptionId("shopify")}))

    roadmap, gaps = desk.plan.roadmap(desk.learner), desk.plan.gaps(desk.learner)

    assert {item.skill for item in roadmap.items} == set(desk.pack.curriculum.skills) - {"etsy.listing", "etsy.tags"}
    assert gaps.totals.not_applicable == 2
    assert gaps.totals.missing + gaps.totals.unsettled == len(roadmap.items)


def test_skipping_and_wanting_are_told_and_counted_once(desk: Desk) -> None:
    desk.plan.skip(desk.learner, BUYER)
    desk.plan.skip(desk.learner, BUYER)
    assert status(desk, BUYER) is Status.SKIPPED

    desk.plan.want(desk.learner, BUYER)
    desk.plan.want(desk.learner, BUYER)

    assert status(desk, BUYER) is Status.TODO
    assert desk.told == [RoadmapChanged(desk.learner)] * 2


def test_wanting_a_finished_lesson_reopens_it(desk: Desk) -> None:
    desk.learn.finish(desk.learner, BUYER)

    desk.plan.want(desk.learner, BUYER)

    assert status(desk, BUYER) is Status.TODO
    assert desk.told[-1] == LessonProgressed(desk.learner, BUYER)


def test_wanting_takes_back_all_that_put_a_lesson_aside(desk: Desk) -> None:
    desk.learn.finish(desk.learner, BUYER)
    desk.plan.skip(desk.learner, BUYER)

    desk.plan.want(desk.learner, BUYER)

    assert status(desk, BUYER) is Status.TODO
    assert desk.told[-2:] == [RoadmapChanged(desk.learner), LessonProgressed(desk.learner, BUYER)]


def test_what_is_not_for_the_shop_leaves_and_comes_back(desk: Desk) -> None:
    before = order(desk)
    desk.plan.not_for_my_shop(desk.learner, ADS)
    assert desk.plan.roadmap(desk.learner).left_out == (ADS,)
    assert status(desk, ADS) is None

    desk.plan.for_my_shop(desk.learner, ADS)

    assert order(desk) == before


def test_a_claim_is_settled_by_a_question_while_there_is_one(desk: Desk) -> None:
    item = desk.plan.claim_known(desk.learner, MARGIN)
    assert item is not None
    assert item.id == QUESTION
    assert desk.told == [], "nothing is recorded before it is answered"
    before = desk.standings.current(desk.learner).by_skill[MARGIN].probability

    standing = desk.plan.settle(desk.learner, item.id, "yes")

    assert standing.skill == MARGIN
    assert standing.probability > before
    assert desk.told == [AnswerGiven(desk.learner)]


def test_a_claim_alone_takes_the_lesson_off_when_no_question_is_left(desk: Desk) -> None:
    desk.plan.settle(desk.learner, QUESTION, None)
    assert status(desk, MARGIN) is Status.TODO

    assert desk.plan.claim_known(desk.learner, MARGIN) is None

    assert status(desk, MARGIN) is None
    assert told(desk) == ["undo “I know this” for “Lesson on price.margin”"]


def test_a_wrong_answer_speaks_against_the_skill(desk: Desk) -> None:
    before = desk.standings.current(desk.learner).by_skill[MARGIN].probability

    assert desk.plan.settle(desk.learner, QUESTION, "no").probability < before


def test_answers_to_what_is_not_asked_are_refused(desk: Desk) -> None:
    with pytest.raises(UsageProblem, match="no question"):
        desk.plan.settle(desk.learner, ItemId("item.none"), "yes")
    with pytest.raises(UsageProblem, match="no option “perhaps”"):
        desk.plan.settle(desk.learner, QUESTION, "perhaps")
    with pytest.raises(UsageProblem, match="no lesson nothing"):
        desk.plan.skip(desk.learner, SkillId("nothing"))


def test_a_lesson_can_be_moved_and_stays_there(desk: Desk) -> None:
    assert order(desk)[0] == COSTS

    outcome = desk.plan.move_before(desk.learner, BUYER, COSTS)

    assert outcome.is_done
    assert order(desk)[0] == BUYER
    moved = desk.plan.roadmap(desk.learner).item(BUYER)
    assert moved is not None
    assert moved.is_moved_by_hand


def test_a_move_before_a_prerequisite_is_refused_and_explained(desk: Desk) -> None:
    forward = desk.plan.move_before(desk.learner, MARGIN, COSTS)
    backward = desk.plan.move_before(desk.learner, COSTS, None)

    assert (forward.is_done, forward.blocked_by) == (False, COSTS)
    assert forward.message.english().startswith("“Lesson on price.margin” builds on “Lesson on price.cost-stack”")
    assert (backward.is_done, backward.blocked_by) == (False, MARGIN)
    assert backward.message.english().startswith("“Lesson on price.margin” builds on “Lesson on price.cost-stack”")
    assert desk.told == []


def test_what_is_not_on_the_roadmap_cannot_be_moved(desk: Desk) -> None:
    desk.plan.not_for_my_shop(desk.learner, ADS)

    outcome = desk.plan.move_before(desk.learner, ADS, BUYER)

    assert (outcome.is_done, outcome.blocked_by) == (False, None)
    assert outcome.message.id == "roadmap.move_not_on_it"


def test_undo_and_redo_go_through_decisions_and_ticks_together(desk: Desk) -> None:
    desk.plan.skip(desk.learner, BUYER)
    desk.learn.tick_step(desk.learner, COSTS, "s1", True)
    desk.learn.open_lesson(desk.learner, BUYER)
    assert told(desk) == ["undo tick a step of “Lesson on price.cost-stack”"]

    assert desk.plan.undo(desk.learner) is not None
    assert desk.learn.progress_of(desk.learner, COSTS).ticked_steps == frozenset()
    assert told(desk) == ["undo skip “Lesson on niche.buyer”", "redo tick a step of “Lesson on price.cost-stack”"]
    assert desk.plan.undo(desk.learner) is not None
    assert desk.told[-2:] == [LessonProgressed(desk.learner, COSTS), RoadmapChanged(desk.learner)]
    assert status(desk, BUYER) is Status.TODO
    assert desk.plan.undo(desk.learner) is None

    for _ in range(2):
        assert desk.plan.redo(desk.learner) is not None
    assert desk.plan.redo(desk.learner) is None
    assert status(desk, BUYER) is Status.SKIPPED
    assert desk.learn.progress_of(desk.learner, COSTS).ticked_steps == {"s1"}


def test_a_clock_that_is_set_back_does_not_turn_undo_around(desk: Desk) -> None:
    desk.plan.skip(desk.learner, BUYER)
    earlier = builders.ticking_clock(builders.NOON - timedelta(days=400))
    later = Desk(desk.database, desk.pack, earlier, desk.new_id)
    later.plan.skip(later.learner, DEMAND)

    for label in ("skip “Lesson on niche.demand”", "skip “Lesson on niche.buyer”"):
        undone = later.plan.undo(later.learner)
        assert undone is not None
        assert undone.english() == label
    for _ in range(2):
        assert later.plan.redo(later.learner) is not None
    assert (status(desk, BUYER), status(desk, DEMAND)) == (Status.SKIPPED, Status.SKIPPED)


def test_undo_is_each_learners_own(desk: Desk) -> None:
    desk.plan.skip(desk.learner, BUYER)
    other = desk.profiles.add("Bora")

    assert desk.plan.undo(other.id) is None
    assert status(desk, BUYER) is Status.SKIPPED


def test_changes_are_told_since_the_learner_last_looked(desk: Desk) -> None:
    assert desk.plan.changes(desk.learner) == (), "who never looked sees no changes"
    desk.plan.mark_seen(desk.learner)
    assert desk.plan.changes(desk.learner) == ()

    desk.plan.not_for_my_shop(desk.learner, ADS)

    (change,) = desk.plan.changes(desk.learner)
    assert (change.skill, change.kind, change.title) == (ADS, ChangeKind.REMOVED, "Lesson on ads.first")
    desk.plan.mark_seen(desk.learner)
    assert desk.plan.changes(desk.learner) == ()


def test_a_move_near_stops_beside_what_it_must_not_cross(desk: Desk) -> None:
    desk.plan.move_before(desk.learner, MARGIN, ADS)
    assert order(desk).index(MARGIN) > 1

    outcome = desk.plan.move_near(desk.learner, MARGIN, COSTS)

    assert outcome.is_done
    assert outcome.blocked_by == COSTS
    assert (
        outcome.message.english()
        == "“Lesson on price.margin” builds on “Lesson on price.cost-stack”, so it stopped right after it."
    )
    assert order(desk).index(MARGIN) == order(desk).index(COSTS) + 1
    assert told(desk) == ["undo move “Lesson on price.margin”"]


def test_a_move_near_that_gets_nowhere_records_nothing(desk: Desk) -> None:
    assert order(desk)[:2] == [COSTS, MARGIN]

    outcome = desk.plan.move_near(desk.learner, MARGIN, COSTS)

    assert not outcome.is_done
    assert "Nothing was moved" in outcome.message.english()
    assert told(desk) == []


def test_what_others_build_on_stops_before_them(desk: Desk) -> None:
    outcome = desk.plan.move_near(desk.learner, COSTS, None)
    assert not outcome.is_done

    desk.plan.move_near(desk.learner, MARGIN, ADS)
    outcome = desk.plan.move_near(desk.learner, COSTS, None)

    assert outcome.is_done
    assert order(desk).index(COSTS) == order(desk).index(MARGIN) - 1


def test_what_is_accepted_stays_and_says_so_until_it_is_undone(desk: Desk) -> None:
    desk.plan.accept(desk.learner, BUYER)
    desk.plan.accept(desk.learner, BUYER)

    item = desk.plan.roadmap(desk.learner).item(BUYER)
    assert item is not None
    assert item.is_accepted
    assert "You accepted it, so it stays" in [why.english() for why in item.why]
    assert told(desk) == ["undo accept “Lesson on niche.buyer”"]
    desk.plan.undo(desk.learner)

    item = desk.plan.roadmap(desk.learner).item(BUYER)
    assert item is not None
    assert not item.is_accepted


def test_what_is_said_to_be_no_use_after_all_is_no_longer_accepted(desk: Desk) -> None:
    desk.plan.accept(desk.learner, BUYER)

    desk.plan.not_for_my_shop(desk.learner, BUYER)

    assert status(desk, BUYER) is None


def test_lessons_marked_together_are_one_step_back_and_forth(desk: Desk) -> None:
    desk.learn.finish(desk.learner, DEMAND)
    assert desk.plan.mark_together(desk.learner, [BUYER, DEMAND, COSTS], True) == 2
    assert told(desk) == ["undo finish 2 lessons together"]

    desk.plan.undo(desk.learner)
    assert done(desk) == {DEMAND}
    assert told(desk) == ["undo finish “Lesson on niche.demand”", "redo finish 2 lessons together"]
    desk.plan.redo(desk.learner)
    assert done(desk) == {BUYER, DEMAND, COSTS}
    desk.plan.mark_together(desk.learner, [BUYER, COSTS], False)
    assert told(desk) == ["undo reopen 2 lessons together"]
    desk.plan.undo(desk.learner)

    assert done(desk) == {BUYER, DEMAND, COSTS}


def test_a_card_tells_the_answer_that_put_a_lesson_there_and_which_question_it_was(desk: Desk) -> None:
    desk.plan.settle(desk.learner, QUESTION, "no")

    card = desk.plan.why(desk.learner, MARGIN, desk.plan.own_pace(desk.learner))

    assert [(reason.message.id, reason.question) for reason in card.answers] == [("reason.option", None)]
    assert card.minutes == (25, 25)
    assert not card.is_own_pace


@pytest.mark.parametrize("kind", [*RoadmapEventKind, *sorted(UNDOABLE_KINDS)])
def test_every_action_that_can_be_undone_has_words(kind: RoadmapEventKind | LessonEventKind) -> None:
    assert "“Pricing”" in message(f"action.{kind.value}", title="Pricing").english()
