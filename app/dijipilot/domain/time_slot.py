"""“I have 25 minutes”: which lessons, or how many steps of one, fit into the time there is."""

from collections.abc import Sequence

from msgspec import Struct

from dijipilot.domain.ids import SkillId
from dijipilot.domain.study_pace import StudyPace


class Studiable(Struct, frozen=True):
    """A lesson that can be read now. minutes: planned for all of it; needs: lessons ahead that come before it."""

    skill: SkillId
    minutes: int
    steps: int
    steps_done: int
    needs: frozenset[SkillId]

    @property
    def parts(self) -> int:
        """Into how many parts of equal length it falls: its steps, and what stands after them."""
        return self.steps + 1

    @property
    def minutes_left(self) -> float:
        """Planned minutes of what is not done yet."""
        return self.minutes * (self.parts - self.steps_done) / self.parts

    @property
    def steps_left(self) -> int:
        """How many steps are not done yet."""
        return self.steps - self.steps_done


class SlotPart(Struct, frozen=True):
    """What to do with a part of the time. steps: so many of the lesson, 0 for all that is left of it."""

    skill: SkillId
    steps: int
    low_minutes: int
    high_minutes: int


def fit_into(lessons: Sequence[Studiable], minutes: int, pace: StudyPace) -> tuple[SlotPart, ...]:
    """Return what fits even where it takes as long as it may.

    lessons: in the order in which to study, the one to go on with first. A lesson fits whole or as some of its steps;
    after steps nothing follows, for what comes next in a lesson is the rest of it. None comes before what it needs.
    """
    chosen: list[SlotPart] = []
    finished: set[SkillId] = set()
    left = minutes
    for lesson in lessons:
        if not lesson.needs <= finished:
            continue
        low, high = pace.range_of(lesson.minutes_left)
        if high <= left:
            chosen.append(SlotPart(lesson.skill, 0, low, high))
            finished.add(lesson.skill)
            left -= high
            continue
        part = _steps_that_fit(lesson, left, pace)
        if part is not None:
            return (*chosen, part)
    return tuple(chosen)


def _steps_that_fit(lesson: Studiable, minutes: int, pace: StudyPace) -> SlotPart | None:
    """Return as many steps as fit, None where not even one does."""
    for steps in range(lesson.steps_left, 0, -1):
        low, high = pace.range_of(lesson.minutes * steps / lesson.parts)
        if high <= minutes:
            return SlotPart(lesson.skill, steps, low, high)
    return None
