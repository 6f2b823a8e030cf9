"""What a story compares with the screen: the records behind the window, and how this learner answers."""

from PySide6.QtWidgets import QLabel

from dijipilot.bootstrap import Academy
from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.storage import answers
from tests.journeys.hands import Hands

FACTS = {"sales_channels": 2, "business_model": 1, "monthly_orders": 1, "buyer_markets": 1}
"""Which option is chosen, by its number on screen: Etsy, print on demand, no orders yet, only at home."""


def academy_of(hands: Hands) -> Academy:
    """Return what the window works with."""
    assert hands.window.academy is not None
    return hands.window.academy


def profile_of(hands: Hands) -> ProfileId:
    """Return the learner at the window."""
    assert hands.window.profile is not None
    return hands.window.profile.id


def title_of(hands: Hands, skill: SkillId) -> str:
    """Return the title of the lesson of a skill."""
    return academy_of(hands).library.curriculum.lesson_by_skill[skill].title


def text_of(hands: Hands) -> str:
    """Return all the words on the page."""
    return " ".join(label.text() for label in hands.page.findChildren(QLabel) if label.isVisible())


def prompt_on(hands: Hands) -> str:
    """Return the question on screen."""
    label = hands.see("questionPrompt")
    assert isinstance(label, QLabel)
    return label.text()


def due(hands: Hands) -> Screen | None:
    """Return the next question by the records on disk, None once the assessment is finished."""
    academy = academy_of(hands)
    if academy.assess.unfinished(profile_of(hands)) is None:
        return None
    return academy.assess.resume_or_begin(profile_of(hands)).screen


def answers_on_disk(hands: Hands) -> list[Answer]:
    """Return the answers of the latest assessment as they are stored."""
    academy = academy_of(hands)
    return answers.answers_of(academy.database, academy.assess.history(profile_of(hands))[-1].id)


def numbers_to_choose(screen: Screen) -> list[int]:
    """Return the options to choose by number: facts as above, none of every other checklist, else the first.

    What was said before stands on the screen already, as the facts of a shop do from the second assessment on.
    """
    if screen.previous is not None:
        return []
    if screen.kind is ScreenKind.FACT:
        return [FACTS[screen.id]]
    return [] if screen.allows_many and screen.progress.screens % 2 else [1]


def take_assessment(hands: Hands, at_most: int = 100) -> None:
    """Answer until the end, or so many questions; see that each answer is on disk before the next question."""
    for _ in range(at_most):
        screen = due(hands)
        if screen is None:
            return
        numbers, given = numbers_to_choose(screen), len(answers_on_disk(hands))
        hands.answer(numbers)
        stored = answers_on_disk(hands)
        assert len(stored) == given + 1
        assert stored[-1].screen == screen.id
        expected = screen.previous.chosen if screen.previous else [screen.options[at - 1].id for at in numbers]
        assert set(stored[-1].chosen) == set(expected)
