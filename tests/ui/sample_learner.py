"""Fills an academy with the records of one simulated learner, the same every time: for pictures and tests of pages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.ids import FactId, OptionId, ProfileId, SkillId
from dijipilot.domain.records import Profile
from dijipilot.paths import UserPaths
from dijipilot.ui.pages.assessment_places import MORE_MINUTES

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NAME = "Ada"
FACTS = {
    "sales_channels": ["shopify", "etsy"],
    "business_model": ["pod"],
    "monthly_orders": ["from_21_to_100"],
    "buyer_markets": ["abroad_some"],
}
ROADMAP_FACTS = {"goal": "steady_side_income", "weekly_hours": "from_3_to_5", "team_size": "solo"}
LESSON = SkillId("fulfillment.order-journey")
SECOND_LESSON = SkillId("fulfillment.order-settings")


def slow_clock(start: datetime = START, step: timedelta = timedelta(seconds=7)) -> Callable[[], datetime]:
    """Return a clock that goes on by one step each time it is read."""
    reads = iter(range(10**9))
    return lambda: start + step * next(reads)


def numbered_ids(ending: str = "0") -> Callable[[], str]:
    """Return ids of 32 hexadecimal digits, in order; ending: one digit that tells sources of ids apart."""
    numbers = iter(range(1, 10**9))
    return lambda: f"{next(numbers):08x}" + ending * 24


def fill(academy: Academy) -> Profile:
    """Have Ada take the assessment, work through a lesson and a half, write a note and ask a question."""
    profile = academy.profiles.choose(NAME)
    take_assessment(academy, profile.id)
    for fact, option in ROADMAP_FACTS.items():
        academy.profiles.answer_fact(profile.id, FactId(fact), frozenset({OptionId(option)}))
    study(academy, profile.id)
    return profile


def fill_home(home: Path, looked_at: datetime) -> None:
    """Fill the academy of a home, as after a look at all of it at this time: windows need not compute it again."""
    academy = open_academy(UserPaths(home), True, slow_clock(), numbered_ids())
    profile = fill(academy).id
    academy.close()
    academy = open_academy(UserPaths(home), True, slow_clock(looked_at), numbered_ids("e"))
    academy.standings.reasons(profile, SECOND_LESSON)
    academy.plan.roadmap(profile)
    academy.assess.result(profile)
    academy.assess.forecast_more(profile, MORE_MINUTES)
    academy.close()


def take_assessment(academy: Academy, profile: ProfileId) -> None:
    """Answer every screen as somebody who knows the first two stages, but for every fifth skill."""
    known = known_skills(academy)
    sitting = academy.assess.begin(profile)
    while (screen := sitting.screen) is not None:
        sitting.answer(choose(academy, screen, known))


def known_skills(academy: Academy) -> frozenset[SkillId]:
    """Return what Ada can do."""
    early = [lesson.skill for lesson in academy.library.curriculum.lessons if lesson.number[0] in "12"]
    return frozenset(skill for at, skill in enumerate(early) if at % 5 and not skill.startswith("fulfillment."))


def choose(academy: Academy, screen: Screen, known: frozenset[SkillId]) -> list[str]:
    """Return what somebody with these skills chooses on a screen."""
    curriculum = academy.library.curriculum
    if screen.kind is ScreenKind.FACT:
        return FACTS[screen.id]
    if screen.kind is ScreenKind.CHECKLIST:
        skill_by_act = {str(act.id): act.skill for act in curriculum.acts}
        return [option.id for option in screen.options if skill_by_act.get(option.id) in known]
    item = next(item for item in curriculum.items if item.id == screen.id)

    def worth(option_id: str) -> int:
        evidence = item.option(OptionId(option_id)).evidence
        return sum(value if skill in known else -value for skill, value in evidence.items())

    return [max((option.id for option in screen.options), key=worth)]


def study(academy: Academy, profile: ProfileId) -> None:
    """Finish one lesson, begin the next."""
    for skill, steps, is_finished in ((LESSON, 5, True), (SECOND_LESSON, 3, False)):
        text = academy.library.lesson(skill)
        if text is None:
            continue
        academy.learn.open_lesson(profile, skill)
        for step in text.steps[:steps]:
            academy.learn.tick_step(profile, skill, step.id, True)
        if is_finished:
            for box in text.checklist:
                academy.learn.tick_box(profile, skill, box.id, True)
            for question in text.check:
                right = next(option.id for option in question.options if option.is_right)
                academy.learn.answer_check(profile, skill, question.id, right)
            academy.learn.finish(profile, skill)
        else:
            wrong = next(option.id for option in text.check[0].options if not option.is_right)
            academy.learn.answer_check(profile, skill, text.check[0].id, wrong)
    academy.learn.save_note(profile, SECOND_LESSON, "Ask Printify support whether the hold can differ per product.")
    academy.questions.ask(profile, SECOND_LESSON, "Can the hold differ between two shops on one provider account?")
