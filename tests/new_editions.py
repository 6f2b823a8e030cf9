"""Editions of the small curriculum that follow the first, as a publisher makes them."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from dijipilot.content.loader import Content
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import LessonNumber, SkillId
from dijipilot_vendor.sealing import Release
from tests import builders

SOLD = "1.1.2"
"""The mission that is not free: of its two lessons, price.cost-stack is written."""

SECOND = Release(serial=2, keyring_serial=2, built=date(2027, 1, 15))


def first_edition() -> Content:
    """Return the small curriculum with one mission to be sealed."""
    return builders.small_content(sold=SOLD)


def second_edition() -> Content:
    """Return the curriculum after a year's work.

    niche.demand is written, niche.buyer has another title, price.cost-stack another number and its earlier one as well,
    team.first-hire is retired, ads.first is followed by the new lesson ads.second.
    """
    content = first_edition()
    changes: dict[str, Callable[[Lesson], tuple[Lesson, ...]]] = {
        "niche.buyer": lambda lesson: (replace(lesson, title="Who Buys?"),),
        "niche.demand": lambda lesson: (replace(lesson, is_ready=True),),
        "price.cost-stack": lambda lesson: (
            replace(lesson, number=LessonNumber("1.1.2.3"), earlier_numbers=(lesson.number,)),
        ),
        "ads.first": lambda lesson: (lesson, builders.lesson("2.1.1.2", "ads.second", is_ready=False)),
        "team.first-hire": lambda lesson: (),
    }
    stages = tuple(
        replace(
            stage,
            programs=tuple(
                replace(
                    program,
                    missions=tuple(
                        replace(mission, lessons=lessons)
                        for mission in program.missions
                        if (lessons := tuple(new for old in mission.lessons for new in _changed(old, changes)))
                    ),
                )
                for program in stage.programs
            ),
        )
        for stage in content.curriculum.stages
    )
    demand = SkillId("niche.demand")
    return replace(
        content,
        edition="second",
        curriculum=replace(content.curriculum, stages=stages),
        text_by_skill={**content.text_by_skill, demand: builders.lesson_text(demand)},
    )


def _changed(lesson: Lesson, changes: dict[str, Callable[[Lesson], tuple[Lesson, ...]]]) -> tuple[Lesson, ...]:
    change = changes.get(lesson.skill)
    return change(lesson) if change else (lesson,)
