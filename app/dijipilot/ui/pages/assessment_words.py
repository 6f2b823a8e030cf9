"""What the wizard says of a screen, of an answer given, and of what a short re-check came to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, ScreenKind
from dijipilot.domain.shop_facts import UNDECIDED
from dijipilot.domain.skill_state import SkillState
from dijipilot.messages import message
from dijipilot.ui.message_text import text_of
from dijipilot.ui.widgets.answer_list import GivenAnswer
from dijipilot.ui.widgets.question_card import Question
from dijipilot.ui.widgets.recheck_end import Change
from dijipilot.ui.widgets.state_mark import word_of

if TYPE_CHECKING:
    from dijipilot.domain.assessment.screens import Screen
    from dijipilot.domain.curriculum import Curriculum
    from dijipilot.services.recheck import ShortSitting

_CONTEXT = "assessment"


def question_of(screen: "Screen") -> Question:
    """Return what the card shows of a screen."""
    previous = screen.previous
    note = QCoreApplication.translate(
        _CONTEXT, "Some things come up twice, in other words. It makes the result steadier."
    )
    return Question(
        prompt=screen.prompt,
        options=[(option.id, option.text) for option in screen.options],
        heading=screen.heading if screen.kind is ScreenKind.CHECKLIST else "",
        allows_many=screen.allows_many,
        alone=(UNDECIDED,),
        chosen=previous.chosen if previous else (),
        is_not_sure=previous.is_not_sure if previous else False,
        note=note if screen.id == SECOND_CHECKLIST else "",
    )


def given_answer(screen: "Screen") -> GivenAnswer:
    """Return a screen that was answered, in words."""
    is_checklist = screen.kind is ScreenKind.CHECKLIST
    question = f"{screen.heading}: {screen.prompt}" if is_checklist and screen.heading else screen.prompt
    return GivenAnswer(screen.id, question, _answer_words(screen))


def _answer_words(screen: "Screen") -> str:
    previous = screen.previous
    if previous is None or previous.is_not_sure:
        return QCoreApplication.translate(_CONTEXT, "Not sure")
    chosen = [option.text for option in screen.options if option.id in previous.chosen]
    return "  ·  ".join(chosen) or QCoreApplication.translate(_CONTEXT, "None of these")


def changes_of(sitting: "ShortSitting", curriculum: "Curriculum") -> list[Change]:
    """Return the verdicts that a re-check changed, with the titles of their lessons."""
    return [
        Change(
            curriculum.lesson_by_skill[each.skill].title, SkillState(each.before.value), SkillState(each.after.value)
        )
        for each in sitting.changes()
    ]


def outcome_of(sitting: "ShortSitting", curriculum: "Curriculum") -> str:
    """Return in a sentence what came of a re-check."""
    changed, verdict = [each.skill for each in sitting.changes()], sitting.verdict_about()
    if sitting.about is not None and verdict is not None:
        now = QCoreApplication.translate(_CONTEXT, "“{title}” is now: {verdict}")
        still = QCoreApplication.translate(_CONTEXT, "“{title}” is still: {verdict}")
        title = curriculum.lesson_by_skill[sitting.about].title
        sentence = now if sitting.about in changed else still
        return sentence.format(title=title, verdict=word_of(SkillState(verdict.value)))
    if not changed:
        return text_of(message("recheck.nothing_changed"))
    return QCoreApplication.translate(_CONTEXT, "Thank you: this moved some verdicts.")
