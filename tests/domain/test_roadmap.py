"""The roadmap respects prerequisites, worth and what the learner decided, and says why."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.decisions import Move, RoadmapDecisions, roadmap_decisions
from dijipilot.domain.events import LessonEventKind, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.progress import LessonProgress, lesson_progress
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status, plan_roadmap
from dijipilot.domain.roadmap_order import find_obstacle
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import SkillStanding, Standing, verdict_of
from tests import builders
from tests.builders import NOON, lesson_event, roadmap_event, skills

CURRICULUM = builders.small_curriculum()
GRAPH = builders.graph_of(CURRICULUM)
NONE: frozenset[SkillId] = frozenset()
Kind = RoadmapEventKind


def plan(
    standing: Standing | None = None,
    answers: FactAnswers | None = None,
    progress: Mapping[SkillId, LessonProgress] | None = None,
    decisions: RoadmapDecisions | None = None,
    locked: frozenset[SkillId] = NONE,
    days_later: int = 0,
) -> Roadmap:
    return plan_roadmap(
        CURRICULUM,
        GRAPH,
        standing or builders.standing(CURRICULUM, answers=answers),
        answers or {},
        progress or {},
        decisions or RoadmapDecisions(),
        locked,
        NOON + timedelta(days=days_later),
    )


def order(roadmap: Roadmap) -> str:
    return " ".join(item.skill for item in roadmap.items)


def item_of(roadmap: Roadmap, name: str) -> RoadmapItem:
    item = roadmap.item(SkillId(name))
    assert item is not None
    return item


def reasons(roadmap: Roadmap, name: str) -> tuple[str, ...]:
    return tuple(why.english() for why in item_of(roadmap, name).why)


def done(name: str) -> Mapping[SkillId, LessonProgress]:
    return lesson_progress((lesson_event(0, LessonEventKind.DONE, name),), frozenset())


def test_the_worth_per_minute_orders_what_prerequisites_leave_open() -> None:
    # Worth per minute: cost stack 5*4/30, margin 5*3/25, buyer 4*4/60, demand 5/45, listing 3*2/40, tags 4/40.
    assert order(plan()) == (
        "price.cost-stack price.margin niche.buyer etsy.listing niche.demand etsy.tags ads.first team.first-hire"
    )


def test_positions_count_from_one_in_study_order() -> None:
    assert [item.position for item in plan().items] == list(range(1, 9))


def test_mastered_skills_and_skills_that_do_not_apply_are_not_on_it() -> None:
    shopify = builders.facts(sales_channels="shopify")
    standing = builders.standing(CURRICULUM, mastered="niche.buyer price.cost-stack", answers=shopify)

    assert order(plan(standing, shopify)) == "price.margin niche.demand ads.first team.first-hire"


def test_an_unsettled_skill_counts_as_much_as_it_is_likely_missing() -> None:
    standing = builders.standing(CURRICULUM, probabilities={SkillId("price.cost-stack"): 0.8})

    assert order(plan(standing)).startswith("niche.buyer")
    assert item_of(plan(standing), "price.cost-stack").is_unsettled
    assert reasons(plan(standing), "price.cost-stack") == ("Not settled yet", "3 other skills build on it")


def test_a_question_is_promised_only_where_there_is_one() -> None:
    probabilities = {SkillId("price.cost-stack"): 0.5, SkillId("price.margin"): 0.5}
    standing = builders.standing(CURRICULUM, probabilities=probabilities)

    assert reasons(plan(standing), "price.margin")[0] == "Not settled yet: starts with one question"
    assert reasons(plan(standing), "price.cost-stack")[0] == "Not settled yet"


def test_a_shop_with_regular_orders_need_not_finish_launch_first() -> None:
    growing = builders.facts(monthly_orders="from_21_to_100")
    standing = builders.standing(CURRICULUM, mastered="price.cost-stack price.margin", answers=growing)

    started, regular = plan(standing), plan(standing, growing)

    assert (started.path, regular.path) == ("Launch", "Grow")
    assert order(started).endswith("ads.first team.first-hire")
    assert order(regular) == "niche.buyer etsy.listing niche.demand etsy.tags ads.first team.first-hire"
    assert plan(standing, builders.facts(monthly_orders="more_than_500")).path == "Scale"


def test_the_goal_brings_its_programs_forward() -> None:
    # Without the goal: first ads 3*2/60, tags 4/40 = the same; the lesson number decides.
    growing = builders.facts(monthly_orders="from_21_to_100")
    standing = builders.standing(CURRICULUM, mastered="price.cost-stack price.margin", answers=growing)

    favored = plan(standing, {**growing, **builders.facts(goal="scale_up")})

    assert order(favored) == "niche.buyer etsy.listing ads.first niche.demand etsy.tags team.first-hire"
    assert "Favored by your goal" in reasons(favored, "ads.first")


def test_a_team_is_told_why_team_skills_matter_more() -> None:
    team, solo = builders.facts(team_size="two_or_three"), builders.facts(team_size="solo")

    assert "Worth more where others help in the business" in reasons(plan(answers=team), "team.first-hire")
    assert "Worth more where others help in the business" not in reasons(plan(answers=solo), "team.first-hire")


def test_reasons_count_what_builds_on_a_skill() -> None:
    assert reasons(plan(), "price.cost-stack") == ("Missing, and 3 other skills build on it",)
    assert reasons(plan(), "ads.first") == (
        "Missing, and one other skill builds on it",
        "Easier after “Lesson on price.margin”",
    )
    assert reasons(plan(), "niche.demand")[0] == "Missing"


def test_ready_means_that_all_prerequisites_are_mastered_or_done() -> None:
    assert not item_of(plan(), "price.margin").ready
    assert item_of(plan(), "price.cost-stack").ready
    assert item_of(plan(builders.standing(CURRICULUM, mastered="price.cost-stack")), "price.margin").ready
    assert item_of(plan(progress=done("price.cost-stack")), "price.margin").ready


def test_what_is_done_keeps_its_place() -> None:
    roadmap = plan(progress=done("price.margin"))

    assert order(roadmap) == order(plan())
    assert item_of(roadmap, "price.margin").status is Status.DONE
    assert item_of(roadmap, "niche.buyer").status is Status.TODO


def test_what_is_done_keeps_its_place_once_it_is_mastered_too() -> None:
    mastered = builders.standing(CURRICULUM, mastered="price.margin")

    assert order(plan(mastered, progress=done("price.margin"))) == order(plan())


def test_a_started_lesson_is_in_progress_and_stays_when_its_check_masters_the_skill() -> None:
    ticked = lesson_progress((lesson_event(0, LessonEventKind.STEP_TICKED, "price.margin", "s1"),), frozenset())
    mastered = builders.standing(CURRICULUM, mastered="price.margin")

    assert item_of(plan(mastered, progress=ticked), "price.margin").status is Status.IN_PROGRESS


def test_a_lesson_done_long_ago_is_due_only_when_the_skill_is_no_longer_mastered() -> None:
    mastered = builders.standing(CURRICULUM, mastered="price.margin")

    def status(standing: Standing | None, days: int) -> Status:
        return item_of(plan(standing, progress=done("price.margin"), days_later=days), "price.margin").status

    assert status(None, 180) is Status.DONE
    assert status(None, 181) is Status.DUE_FOR_REVIEW
    assert status(mastered, 181) is Status.DONE


def test_skipped_lessons_keep_their_place_and_can_be_wanted_again() -> None:
    skipped = roadmap_event(1, Kind.SKIPPED, "niche.buyer")
    wanted = roadmap_event(2, Kind.WANTED, "niche.buyer")

    roadmap = plan(decisions=roadmap_decisions((skipped,), frozenset()))

    assert order(roadmap) == order(plan())
    assert item_of(roadmap, "niche.buyer").status is Status.SKIPPED
    assert (
        item_of(plan(decisions=roadmap_decisions((skipped, wanted), frozenset())), "niche.buyer").status is Status.TODO
    )
    assert item_of(plan(decisions=roadmap_decisions((skipped,), frozenset({skipped.id}))), "niche.buyer").status is (
        Status.TODO
    )


def test_a_mastered_lesson_can_be_added() -> None:
    standing = builders.standing(CURRICULUM, mastered="niche.buyer")

    roadmap = plan(standing, decisions=RoadmapDecisions(added=frozenset(skills("niche.buyer"))))

    assert reasons(roadmap, "niche.buyer") == ("You added it",)


def test_what_is_not_for_this_shop_or_known_already_leaves_the_roadmap() -> None:
    decisions = roadmap_decisions(
        (roadmap_event(1, Kind.NOT_FOR_MY_SHOP, "ads.first"), roadmap_event(2, Kind.CLAIMED, "price.cost-stack")),
        frozenset(),
    )

    roadmap = plan(decisions=decisions)

    assert roadmap.left_out == ("ads.first",)
    assert "ads.first" not in order(roadmap).split()
    assert "price.cost-stack" not in order(roadmap).split()
    assert item_of(roadmap, "price.margin").ready, "a claim counts as a prerequisite met"


def test_a_move_by_hand_is_kept_when_the_roadmap_is_planned_again() -> None:
    moves = RoadmapDecisions(moves=(Move(SkillId("etsy.tags"), SkillId("niche.demand")),))

    first = plan(decisions=moves)
    again = plan(builders.standing(CURRICULUM, mastered="price.cost-stack"), decisions=moves)

    assert "etsy.listing etsy.tags niche.demand" in order(first)
    assert "etsy.listing etsy.tags niche.demand" in order(again)
    assert item_of(first, "etsy.tags").is_moved_by_hand
    assert "You moved it here" in reasons(first, "etsy.tags")


def test_a_move_outlives_the_lesson_it_stood_before() -> None:
    moves = RoadmapDecisions(moves=(Move(SkillId("niche.demand"), SkillId("ads.first")),))
    ads_mastered = builders.standing(CURRICULUM, mastered="ads.first")

    assert order(plan(ads_mastered, decisions=moves)).endswith("etsy.tags niche.demand team.first-hire")


def test_a_move_goes_only_as_far_as_prerequisites_allow() -> None:
    to_the_front = Move(SkillId("price.margin"), SkillId("price.cost-stack"))
    to_the_end = Move(SkillId("price.cost-stack"), None)

    assert order(plan(decisions=RoadmapDecisions(moves=(to_the_front,)))).startswith("price.cost-stack price.margin")
    assert order(plan(decisions=RoadmapDecisions(moves=(to_the_end,)))).startswith("price.cost-stack price.margin")
    planned = skills(order(plan()))
    assert find_obstacle(planned, to_the_front, GRAPH) == "price.cost-stack"
    assert find_obstacle(planned, to_the_end, GRAPH) == "price.margin"
    assert find_obstacle(planned, Move(SkillId("niche.buyer"), SkillId("price.margin")), GRAPH) is None


def test_locked_lessons_and_lessons_in_preparation_are_marked() -> None:
    locked = plan(locked=frozenset(skills("ads.first")))

    assert item_of(locked, "ads.first").locked
    assert not item_of(locked, "price.margin").locked
    assert not item_of(locked, "ads.first").is_in_preparation


def test_the_pace_is_a_range_of_weeks_for_what_is_ahead() -> None:
    # 330 minutes in all: 5.5 hours at 1 to 2 hours a week.
    answers = builders.facts(weekly_hours="up_to_2")

    pace = plan(answers=answers).pace
    shorter = plan(answers=answers, progress=done("niche.buyer"))

    assert pace is not None
    assert (pace.weekly_hours, pace.weeks_low, pace.weeks_high) == ((1.0, 2.0), 3, 6)
    assert shorter.minutes_ahead == 270
    assert plan().pace is None


def test_notes_say_what_is_not_taught_for_the_business_model() -> None:
    def notes(models: str) -> list[str]:
        return [note.id for note in plan(answers=builders.facts(business_model=models)).notes]

    assert notes("pod") == notes("undecided") == []
    assert notes("dropship") == ["roadmap.note_no_pod", "roadmap.note_dropship"]
    assert notes("own_stock digital") == ["roadmap.note_no_pod", "roadmap.note_own_stock", "roadmap.note_digital"]
    assert notes("pod own_stock") == ["roadmap.note_own_stock"]


@st.composite
def situations(draw: st.DrawFn) -> tuple[Standing, RoadmapDecisions, Mapping[SkillId, LessonProgress]]:
    """Draw a standing, decisions and progress over the small curriculum."""
    names = st.sampled_from(CURRICULUM.skills)
    probabilities = draw(
        st.fixed_dictionaries({name: st.sampled_from([0.05, 0.5, 0.95]) for name in CURRICULUM.skills})
    )
    by_skill = {name: SkillStanding(name, p, verdict_of(p)) for name, p in probabilities.items()}
    decided = draw(st.lists(st.tuples(st.sampled_from(list(Kind)), names, names | st.just("")), max_size=8))
    events = [
        RoadmapEvent(EventId(f"e{number}"), NOON + timedelta(minutes=number), name, kind, other)
        for number, (kind, name, other) in enumerate(decided)
    ]
    finished = draw(st.lists(names, max_size=3))
    progress = {name: LessonProgress(name, is_done=True, done_at=NOON) for name in finished}
    standing = Standing(by_skill, frozenset(), (), None, True)
    return standing, roadmap_decisions(events, frozenset()), progress


@given(situations())
def test_no_lesson_ever_stands_before_its_prerequisite(
    situation: tuple[Standing, RoadmapDecisions, Mapping[SkillId, LessonProgress]],
) -> None:
    standing, decisions, progress = situation

    planned = skills(order(plan(standing, progress=progress, decisions=decisions)))

    for position, name in enumerate(planned):
        assert GRAPH.ancestors(name).isdisjoint(planned[position:])
    assert len(set(planned)) == len(planned)
    assert decisions.left_out.isdisjoint(planned)


@given(situations(), st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_roadmap_however_it_is_ordered(
    situation: tuple[Standing, RoadmapDecisions, Mapping[SkillId, LessonProgress]], random: Random
) -> None:
    standing, decisions, progress = situation
    rows = list(standing.by_skill.items())
    random.shuffle(rows)
    shuffled = Standing(dict(rows), standing.not_applicable, (), None, True)
    turned = dict(reversed(list(progress.items())))

    assert plan(shuffled, progress=turned, decisions=decisions) == plan(
        standing, progress=progress, decisions=decisions
    )


@given(st.data())
def test_decisions_do_not_depend_on_the_order_in_which_records_come(data: st.DataObject) -> None:
    drawn = data.draw(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(Kind)), st.sampled_from("ab")), max_size=8)
    )
    events = [
        RoadmapEvent(EventId(f"e{number}"), NOON + timedelta(minutes=minute), SkillId(name), kind, "")
        for number, (minute, kind, name) in enumerate(drawn)
    ]

    assert roadmap_decisions(data.draw(st.permutations(events)), frozenset()) == roadmap_decisions(events, frozenset())


def test_what_left_the_roadmap_does_not_stand_in_the_way_of_a_move() -> None:
    # Tags was put before first ads, then the listing it needs was mastered, which something else stood beside.
    moves = RoadmapDecisions(
        moves=(
            Move(SkillId("niche.demand"), SkillId("etsy.listing")),
            Move(SkillId("etsy.tags"), SkillId("price.cost-stack")),
        )
    )
    listing_mastered = builders.standing(CURRICULUM, mastered="niche.buyer etsy.listing")

    assert order(plan(listing_mastered, decisions=moves)).startswith("etsy.tags price.cost-stack")


def test_the_latest_decision_about_a_lesson_wins() -> None:
    added, known = roadmap_event(1, Kind.ADDED), roadmap_event(2, Kind.CLAIMED)
    skipped, added_again = roadmap_event(3, Kind.SKIPPED), roadmap_event(4, Kind.ADDED)

    claimed = roadmap_decisions((added, known), frozenset())
    on_it = roadmap_decisions((added, known, skipped, added_again), frozenset())

    buyer = frozenset(skills("niche.buyer"))
    assert (claimed.added, claimed.claimed) == (NONE, buyer)
    assert (on_it.added, on_it.claimed, on_it.skipped) == (buyer, NONE, NONE)
