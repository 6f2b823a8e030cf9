"""What stands around the text of a lesson: its labels, its mission, the questions."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import SkillId
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.lesson_status import status_of
from dijipilot.ui.pages.page import ScrollPage
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.lesson_outline import OutlineRow
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.question_list import QuestionList

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy

LONGEST_QUESTION = 140


def lesson_chips(academy: "Academy", lesson: Lesson, progress: LessonProgress) -> list[tuple[str, str]]:
    """Return words and tone of each label: state, difficulty, path, minutes."""
    mission = academy.library.curriculum.mission_by_skill[lesson.skill]
    status = status_of(lesson, progress, academy.library.is_locked(lesson.skill))
    plain = (mission.difficulty, mission.path, minutes_text(lesson.minutes))
    return [(status.words, status.tone), *((words, "") for words in plain)]


def outline_rows(
    academy: "Academy", current: Lesson, progress_by_skill: Mapping[SkillId, LessonProgress]
) -> list[OutlineRow]:
    """Return the lessons of the mission with their states."""
    rows = []
    for lesson in academy.library.curriculum.mission_by_skill[current.skill].lessons:
        is_locked = academy.library.is_locked(lesson.skill)
        status = status_of(lesson, progress_by_skill.get(lesson.skill), is_locked)
        target = LESSON_LINK + lesson.skill
        rows.append(OutlineRow(target, lesson.title, status.icon, status.words, lesson == current))
    return rows


def mission_questions(page: ScrollPage, lesson: Lesson, on_link: Callable[[str], object]) -> Iterator[QWidget]:
    """Yield the questions that sellers ask in this mission, folded, below how many they are; nothing without any."""
    library = page.context.academy.library
    questions = library.questions(library.curriculum.mission_by_skill[lesson.skill].number)
    if questions:
        heading = page.tr("Questions sellers ask ({count})").format(count=len(questions))
        yield label(heading, "subtitle", page.content)
        titles = {str(each.number): each.title for each in library.curriculum.lessons}
        listed = QuestionList(questions, titles, page.content)
        listed.link_clicked.connect(on_link)
        yield listed


def own_questions(page: ScrollPage, lesson: Lesson) -> Iterator[QWidget]:
    """Yield the learner's own questions about a lesson with their states, below how many they are."""
    states = page.context.academy.questions.all(page.context.profile_id)
    own = [state for state in states if state.asked.skill == lesson.skill]
    if own:
        yield label(page.tr("My questions about this lesson ({count})").format(count=len(own)), "strong", page.content)
    for number, state in enumerate(own, start=1):
        yield LinkRow(
            shorten(state.asked.text, LONGEST_QUESTION, placeholder=" …"),
            f"ownQuestion{number}Button",
            partial(page.page_requested.emit, f"questions:{lesson.skill}"),
            page.content,
            detail=page.tr("✓ Answered") if state.is_answered else page.tr("Waiting for an answer"),
            icon_name="questions",
        )
