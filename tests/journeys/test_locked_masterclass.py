"""Journey 4: a locked masterclass, its outline, a code typed from a card with one slip, unlocked, read, still open."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from dijipilot.domain.ids import SkillId
from dijipilot.paths import UserPaths
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.widgets.code_field import CodeField
from tests.checkout_licenses import development_code, mistyped
from tests.journeys.hands import Hands
from tests.journeys.records import academy_of, profile_of, text_of, title_of

SLIP_AT = 8
"""Place in the code as printed: the third symbol of the second group."""

# Said of menus, lists and dialogs, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def learner_paths(filled_home: Path, paths: UserPaths) -> UserPaths:
    """Return the home of somebody who was assessed and has no license."""
    shutil.copytree(filled_home, paths.home, dirs_exist_ok=True)
    shutil.rmtree(paths.licenses)
    return paths


def locked_lesson(hands: Hands) -> SkillId:
    """Return a locked lesson of the roadmap that builds on others and is known by its title: it has a long one."""
    academy = academy_of(hands)
    curriculum = academy.library.curriculum
    return next(
        item.skill
        for item in academy.plan.roadmap(profile_of(hands)).items
        if item.locked and curriculum.lesson_by_skill[item.skill].prerequisites
        if len(item.title) > len(curriculum.program_of(item.skill).title)
    )


def open_its_outline(hands: Hands, skill: SkillId) -> None:
    """Go to the roadmap and from there to the lesson."""
    academy_of(hands).profiles.set_setting(profile_of(hands), FACTS_ASKED, "yes")
    hands.command("go_roadmap")
    hands.open("roadmapTable", title_of(hands, skill))
    assert hands.page.place() == skill


def field_of(hands: Hands) -> CodeField:
    """Return the field of the box."""
    field = hands.see("licenseField")
    assert isinstance(field, CodeField)
    return field


def is_ticked(hands: Hands) -> bool:
    """Tell whether the first step is ticked on screen."""
    box = hands.see("step1Box")
    assert isinstance(box, QAbstractButton)
    return box.isChecked()


def test_a_locked_masterclass_is_opened_with_a_card_and_stays_open(back: Hands) -> None:
    hands, card = back, development_code().printed
    skill = locked_lesson(hands)
    gap = next(gap for gap in academy_of(hands).plan.gaps(profile_of(hands)).skills if gap.skill == skill)

    open_its_outline(hands, skill)
    told = text_of(hands)
    assert f"“{title_of(hands, skill)}” is locked." in told
    assert academy_of(hands).library.curriculum.lesson_by_skill[skill].can_do in told
    assert f"Closing this gap is worth {gap.value:g}." in told
    hands.see("prerequisite1Button")

    hands.press("openWithLicenseButton")
    hands.wait_until(lambda: QApplication.activeWindow() is hands.see("licenseDialog"))
    hands.write("licenseField", mistyped(card, SLIP_AT).replace("-", "").lower())
    assert field_of(hands).text == mistyped(card, SLIP_AT)
    hands.press("activateButton")
    problem = hands.see("activationProblem").accessibleName()
    assert (
        problem
        == f"One character looks mistyped: group 2, maybe “{card[SLIP_AT]}”. Please compare with your card. (L03)"
    )
    assert academy_of(hands).licenses.held() == ()
    hands.press("useSuggestionButton")
    assert "unlocked" in hands.see("licenseOutcome").text()  # type: ignore[attr-defined]
    hands.press("openedLessonButton")
    hands.wait_until(lambda: not hands.sees("licenseDialog"))

    assert hands.page.place() == skill
    assert academy_of(hands).library.lesson(skill) is not None
    hands.press("step1Box")
    assert len(academy_of(hands).learn.progress_of(profile_of(hands), skill).ticked_steps) == 1

    hands.close_and_open()

    assert hands.page.place() == skill
    assert is_ticked(hands)
    assert academy_of(hands).library.locked_skills() == frozenset()


def test_the_license_page_is_reached_by_its_command_and_leads_to_the_first_lesson(back: Hands) -> None:
    hands = back
    first = next(
        lesson.skill
        for lesson in academy_of(hands).library.curriculum.lessons
        if academy_of(hands).library.is_locked(lesson.skill)
    )

    hands.command("activate")
    hands.write("licenseField", development_code().printed)
    hands.press("activateButton")
    hands.press("openedLessonButton")

    assert hands.page.place() == first
    hands.see("finishLessonButton")
