"""Makes valid objects, of which a test changes only what it is about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from dijipilot.content.loader import Content
from dijipilot.domain.assessment.items import Act, Item, ItemKind, ItemOption
from dijipilot.domain.assessment.responses import Answer
from dijipilot.domain.curriculum import Curriculum, Difficulty, LearningPath, Lesson, Mission, Program, Stage
from dijipilot.domain.events import LessonEvent, LessonEventKind, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import (
    ActId,
    ConditionId,
    EventId,
    FactId,
    ItemId,
    LessonNumber,
    MissionNumber,
    OptionId,
    ProgramNumber,
    SkillId,
    StageNumber,
)
from dijipilot.domain.lesson_text import (
    ChecklistEntry,
    CheckOption,
    CheckQuestion,
    GlossaryTerm,
    LessonText,
    MissionQuestion,
    Section,
    SectionKind,
    Step,
)
from dijipilot.domain.prerequisites import PrerequisiteGraph
from dijipilot.domain.shop_facts import (
    BUSINESS_MODEL,
    GOAL,
    MONTHLY_ORDERS,
    SALES_CHANNELS,
    TEAM_SIZE,
    UNDECIDED,
    WEEKLY_HOURS,
    Condition,
    FactAnswers,
    FactOption,
    ShopFact,
)
from dijipilot.domain.standing import SkillStanding, Standing, verdict_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A moment at which tests happen."""


def skill(name: str) -> SkillId:
    """Return a skill id."""
    return SkillId(name)


def skills(names: str) -> tuple[SkillId, ...]:
    """Return the skill ids of words."""
    return tuple(SkillId(name) for name in names.split())


def ticking_clock(start: datetime = NOON, step: timedelta = timedelta(seconds=1)) -> Callable[[], datetime]:
    """Return a clock that goes on by one step each time it is read."""
    moments: Iterator[datetime] = (start + step * count for count in range(10**9))
    return lambda: next(moments)


def counting_ids() -> Callable[[], str]:
    """Return a source of ids of 32 hexadecimal digits, as the app makes them: 1, 2, ..."""
    numbers = iter(range(1, 10**9))
    return lambda: f"{next(numbers):032x}"


def lesson(number: str, name: str, needs: str = "", minutes: int = 30, impact: int = 3, **changes: object) -> Lesson:
    """Return a written lesson; `needs` are the words of its prerequisites."""
    made = Lesson(
        number=LessonNumber(number),
        title=f"Lesson on {name}",
        skill=SkillId(name),
        can_do=f"You can do {name}.",
        minutes=minutes,
        impact=impact,
        prerequisites=skills(needs),
        is_ready=True,
        published="2026-11-23",
    )
    return replace(made, **changes)


def mission(number: str, path: str, *lessons: Lesson, applies_if: str = "", is_free: bool = True) -> Mission:
    """Return a mission of Beginner difficulty."""
    return Mission(
        number=MissionNumber(number),
        slug=f"mission-{number.replace('.', '-')}",
        title=f"Mission {number}",
        difficulty="Beginner",
        path=path,
        outcome=f"You have finished mission {number}.",
        is_free=is_free,
        applies_if=tuple(ConditionId(name) for name in applies_if.split()),
        lessons=lessons,
    )


def program(number: str, *missions: Mission, applies_if: str = "") -> Program:
    """Return a program."""
    return Program(
        number=ProgramNumber(number),
        slug=f"program-{number.replace('.', '-')}",
        title=f"Program {number}",
        outcome=f"You have finished program {number}.",
        applies_if=tuple(ConditionId(name) for name in applies_if.split()),
        missions=missions,
    )


def stage(number: str, *programs: Program) -> Stage:
    """Return a stage."""
    return Stage(StageNumber(number), f"stage-{number}", f"Stage {number}", f"Outcome {number}.", programs)


def fact(name: FactId, options: Iterable[FactOption | str], allows_many: bool = False, early: bool = True) -> ShopFact:
    """Return a shop fact; an option is an id, or whole."""
    whole = tuple(
        option if isinstance(option, FactOption) else FactOption(OptionId(option), option.replace("_", " "))
        for option in options
    )
    return ShopFact(name, f"What about {name}?", allows_many, early, "Tests.", whole)


def shop_facts() -> tuple[ShopFact, ...]:
    """Return facts as the curriculum has them, shorter."""
    return (
        fact(SALES_CHANNELS, ["shopify", "etsy", UNDECIDED], allows_many=True),
        fact(BUSINESS_MODEL, ["pod", "own_stock", "digital", "dropship", UNDECIDED], allows_many=True),
        fact(MONTHLY_ORDERS, ["no_orders", "from_21_to_100", "more_than_500"]),
        fact(GOAL, [FactOption(OptionId("scale_up"), "Grow", (ProgramNumber("2.1"),)), "first_sale"], early=False),
        fact(WEEKLY_HOURS, ["up_to_2", "from_3_to_5", "from_6_to_10", "more_than_10"], early=False),
        fact(TEAM_SIZE, ["solo", "two_or_three"], early=False),
    )


def item(name: str, mission_number: str, skill_names: str, kind: ItemKind = ItemKind.SITUATION) -> Item:
    """Return an item whose option `yes` speaks for its skills and `no` against them."""
    about = skills(skill_names)
    return Item(
        id=ItemId(name),
        kind=kind,
        mission=MissionNumber(mission_number),
        skills=about,
        prompt=f"What do you do about {skill_names}?",
        options=(
            ItemOption(OptionId("yes"), "The right thing", dict.fromkeys(about, 2)),
            ItemOption(OptionId("no"), "The wrong thing", dict.fromkeys(about, -2)),
        ),
    )


def rungs_item(name: str, mission_number: str, skill_name: str, evidence: Iterable[int]) -> Item:
    """Return a situation on one skill with one option for each evidence, in this order."""
    options = tuple(
        ItemOption(OptionId(f"rung{place}"), f"Rung {place}", {SkillId(skill_name): value})
        for place, value in enumerate(evidence)
    )
    return replace(item(name, mission_number, skill_name), options=options)


def act(name: str, skill_name: str) -> Act:
    """Return an act."""
    return Act(ActId(name), SkillId(skill_name), f"Something to show for {skill_name}")


def small_curriculum() -> Curriculum:
    """Return three programs: foundations everyone needs, an Etsy shop, and growth.

    niche.buyer and price.cost-stack need nothing; price.margin needs the cost stack; etsy.listing (applies with Etsy
    only) needs the buyer; ads.first needs the margin; team.first-hire (Scale) needs ads.first.
    """
    foundations = program(
        "1.1",
        mission(
            "1.1.1",
            "Launch",
            lesson("1.1.1.1", "niche.buyer", minutes=60, impact=4),
            lesson("1.1.1.2", "niche.demand", "niche.buyer", minutes=45, impact=5),
        ),
        mission(
            "1.1.2",
            "Launch",
            lesson("1.1.2.1", "price.cost-stack", minutes=30, impact=5),
            lesson("1.1.2.2", "price.margin", "price.cost-stack", minutes=25, impact=5),
        ),
    )
    etsy = program(
        "1.2",
        mission(
            "1.2.1",
            "Launch",
            lesson("1.2.1.1", "etsy.listing", "niche.buyer", minutes=40, impact=3),
            lesson("1.2.1.2", "etsy.tags", "etsy.listing", minutes=40, impact=4),
        ),
        applies_if="uses_etsy",
    )
    growth = program(
        "2.1",
        mission("2.1.1", "Grow", lesson("2.1.1.1", "ads.first", "price.margin", minutes=60, impact=3)),
        mission("2.1.2", "Scale", lesson("2.1.2.1", "team.first-hire", "ads.first", minutes=30, impact=3)),
    )
    return Curriculum(
        title="Small curriculum",
        language="en-US",
        assessment_minutes=5.0,
        stages=(stage("1", foundations, etsy), stage("2", growth)),
        difficulties=(Difficulty("Beginner", "No experience needed."),),
        paths=learning_paths(),
        facts=shop_facts(),
        conditions=(Condition(ConditionId("uses_etsy"), SALES_CHANNELS, frozenset({OptionId("etsy"), UNDECIDED})),),
        acts=(act("act.niche.buyer", "niche.buyer"), act("act.price.margin", "price.margin")),
        foils=(),
        items=(item("item.price.margin", "1.1.2", "price.margin", ItemKind.SCENARIO),),
    )


def lesson_text(name: str) -> LessonText:
    """Return a lesson with steps s1 to s3, boxes b1 and b2, and questions q1 and q2; the option `right` is right."""
    steps = tuple(Step(f"s{number}", f"Do part {number} of {name}.") for number in (1, 2, 3))
    return LessonText(
        skill=SkillId(name),
        sections=(
            Section(SectionKind.WHAT, "What is it?", f"All about {name}."),
            Section(SectionKind.STEPS, "The steps", "\n".join(f"1. {step.markdown}" for step in steps)),
        ),
        steps=steps,
        checklist=(ChecklistEntry("b1", "First thing done"), ChecklistEntry("b2", "Second thing done")),
        check=tuple(
            CheckQuestion(
                question,
                f"What about {name}?",
                (
                    CheckOption(OptionId("right"), "This", True, "Because it is so."),
                    CheckOption(OptionId("wrong"), "That", False, "Because it is not so."),
                ),
            )
            for question in ("q1", "q2")
        ),
    )


def with_missions(curriculum: Curriculum, change: Callable[[Mission], Mission]) -> Curriculum:
    """Return a curriculum with every mission changed."""
    stages = tuple(
        replace(
            stage_,
            programs=tuple(
                replace(program_, missions=tuple(map(change, program_.missions))) for program_ in stage_.programs
            ),
        )
        for stage_ in curriculum.stages
    )
    return replace(curriculum, stages=stages)


def small_content(sold: str = "", published: Mapping[str, str] | None = None) -> Content:
    """Return the small curriculum with texts for niche.buyer and price.cost-stack; other lessons are in preparation.

    sold: numbers of missions that are not free. published: day by skill, where it is not that of all others.
    """
    texts = {SkillId(name): lesson_text(name) for name in ("niche.buyer", "price.cost-stack")}
    days = published or {}

    def prepared(mission_: Mission) -> Mission:
        lessons = (
            replace(each, is_ready=each.skill in texts, published=days.get(each.skill, each.published))
            for each in mission_.lessons
        )
        return replace(mission_, is_free=mission_.number not in sold.split(), lessons=tuple(lessons))

    question = MissionQuestion("question.margin", "What is a margin?", "What stays.", (LessonNumber("1.1.2.2"),))
    term = GlossaryTerm("term.niche", "niche", "A group of buyers.", "Left-handed gardeners.", (), ("segment",))
    return Content(
        curriculum=with_missions(small_curriculum(), prepared),
        edition="test",
        text_by_skill=texts,
        questions_by_mission={MissionNumber("1.1.2"): (question,)},
        glossary=(term,),
    )


def learning_paths() -> tuple[LearningPath, ...]:
    """Return the three paths."""
    return (
        LearningPath("Launch", "First orders.", {MONTHLY_ORDERS: frozenset({"no_orders"})}),
        LearningPath("Grow", "Steady sales.", {MONTHLY_ORDERS: frozenset({"from_21_to_100"})}),
        LearningPath("Scale", "More of it.", {MONTHLY_ORDERS: frozenset({"more_than_500"})}),
    )


def graph_of(curriculum: Curriculum) -> PrerequisiteGraph:
    """Return the prerequisite graph of a curriculum."""
    return PrerequisiteGraph({each.skill: each.prerequisites for each in curriculum.lessons})


def facts(**chosen: str) -> FactAnswers:
    """Return answers to facts, e.g. facts(sales_channels="shopify etsy")."""
    return {FactId(name): frozenset(OptionId(option) for option in options.split()) for name, options in chosen.items()}


def standing(
    curriculum: Curriculum,
    mastered: str = "",
    unsettled: str = "",
    answers: FactAnswers | None = None,
    probabilities: Mapping[SkillId, float] | None = None,
) -> Standing:
    """Return where a learner stands: everything that applies is missing but what is named."""
    probability_by_skill = dict.fromkeys(curriculum.skills, 0.05)
    probability_by_skill |= dict.fromkeys(skills(mastered), 0.95)
    probability_by_skill |= dict.fromkeys(skills(unsettled), 0.5)
    probability_by_skill |= probabilities or {}
    applicable = curriculum.applicable_skills(answers or {})
    return Standing(
        by_skill={
            name: SkillStanding(name, probability, verdict_of(probability))
            for name, probability in probability_by_skill.items()
            if name in applicable
        },
        not_applicable=frozenset(curriculum.skills) - applicable,
        flags=(),
        based_on=None,
        has_evidence=True,
    )


def lesson_event(
    number: int, kind: LessonEventKind, name: str = "niche.buyer", detail: str = "", value: str = ""
) -> LessonEvent:
    """Return an event that happened `number` minutes after noon."""
    at = NOON + timedelta(minutes=number)
    return LessonEvent(EventId(f"lesson-event-{number:05}"), at, SkillId(name), kind, detail, value)


def roadmap_event(number: int, kind: RoadmapEventKind, name: str = "niche.buyer", value: str = "") -> RoadmapEvent:
    """Return a decision that was made `number` minutes after noon."""
    at = NOON + timedelta(minutes=number)
    return RoadmapEvent(EventId(f"roadmap-event-{number:05}"), at, SkillId(name), kind, value)


def without_option(answer: Answer, option: str) -> Answer:
    """Return an answer as if one of its options had not been shown."""
    shown = tuple(each for each in answer.shown if each != option)
    return replace(answer, shown=shown, chosen=tuple(each for each in answer.chosen if each != option))
