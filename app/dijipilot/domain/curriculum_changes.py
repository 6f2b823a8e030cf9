"""What a new edition of the curriculum changes for a learner, lesson by lesson; records stay attached by skill ids."""

from collections.abc import Iterable, Set

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.ids import LessonNumber, SkillId


class RetitledLesson(Struct, frozen=True):
    """A lesson under a new title."""

    lesson: Lesson
    before: str


class RenumberedLesson(Struct, frozen=True):
    """A lesson under a new number. is_found_by_both: the earlier number leads to it, too."""

    lesson: Lesson
    before: LessonNumber
    is_found_by_both: bool


class CurriculumChanges(Struct, frozen=True):
    """What differs, each in order of number; a lesson may stand in several of them.

    written: in preparation before, a text now. retired: as they were. opens, closes: lessons that had a text before,
    and with the licenses at hand could not be read before, or cannot be read from now on.
    """

    new: tuple[Lesson, ...] = ()
    written: tuple[Lesson, ...] = ()
    retitled: tuple[RetitledLesson, ...] = ()
    renumbered: tuple[RenumberedLesson, ...] = ()
    retired: tuple[Lesson, ...] = ()
    opens: tuple[Lesson, ...] = ()
    closes: tuple[Lesson, ...] = ()


def changes_between(
    before: Curriculum, after: Curriculum, readable_before: Set[SkillId], readable_after: Set[SkillId]
) -> CurriculumChanges:
    """Compare two editions. readable_before, readable_after: the skills whose lessons can be read in each."""
    old, now = before.lesson_by_skill, after.lesson_by_skill
    both = [(old[lesson.skill], lesson) for lesson in after.lessons if lesson.skill in old]
    had_text = {lesson.skill for lesson in before.lessons if lesson.is_ready}
    return CurriculumChanges(
        new=tuple(lesson for lesson in after.lessons if lesson.skill not in old),
        written=tuple(lesson for earlier, lesson in both if lesson.is_ready and not earlier.is_ready),
        retitled=tuple(
            RetitledLesson(lesson, earlier.title) for earlier, lesson in both if lesson.title != earlier.title
        ),
        renumbered=tuple(
            RenumberedLesson(lesson, earlier.number, after.skill_by_number.get(earlier.number) == lesson.skill)
            for earlier, lesson in both
            if lesson.number != earlier.number
        ),
        retired=tuple(lesson for lesson in before.lessons if lesson.skill not in now),
        opens=_lessons(after, (had_text & readable_after) - readable_before),
        closes=_lessons(after, readable_before - readable_after),
    )


def _lessons(curriculum: Curriculum, skills: Iterable[SkillId]) -> tuple[Lesson, ...]:
    wanted = frozenset(skills)
    return tuple(lesson for lesson in curriculum.lessons if lesson.skill in wanted)
