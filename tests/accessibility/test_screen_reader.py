"""The real window on a real screen, read and worked from another process by role and name, as a screen reader does."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

import dev
from dijipilot.bootstrap import open_academy
from dijipilot.paths import UserPaths
from tests.accessibility.desktop import app, desktop
from tests.accessibility.screen_reader import Control, ScreenReader, screen_reader

# Fixtures of the interface tests, used here under the same names.
from tests.ui.conftest import filled_home, learner_paths, paths

__all__ = ["filled_home", "learner_paths", "paths"]

ALL_SKILLS = 159
MOST_SCREENS = 60
LISTENING_SECONDS = 0.5
"""How long one listens to a question: longer than two clicks that are one, the second of which must answer nothing."""

GOING_ON = {"Next", "None of these", "Not this"}

Controls = frozenset[tuple[str, str]]

PLACES: Mapping[str, tuple[str, Controls]] = {
    "Home": ("Welcome back, Ada", frozenset({("push button", "Continue this lesson"), ("push button", "See my gaps")})),
    "Assessment": ("Assessment", frozenset({("push button", "Take it again"), ("push button", "See the last result")})),
    "My gaps": (
        "My gaps",
        frozenset(
            {
                ("chart", "Map of all skills by mission; arrow keys move, Enter opens a mission"),
                ("page tab", "Table"),
                ("push button", "Open my roadmap"),
            }
        ),
    ),
    "Roadmap": (
        "My roadmap",
        frozenset({("combo box", "Where is your business based?"), ("push button", "Show my roadmap")}),
    ),
    "Library": ("Library", frozenset({("tree", "Curriculum"), ("text", "Show only titles with")})),
    "Search": ("Search", frozenset({("text", "Search for")})),
    "Questions": (
        "Questions",
        frozenset(
            {
                ("combo box", "About which lesson?"),
                ("text", "Your question"),
                ("push button", "Keep this question"),
            }
        ),
    ),
    "Settings and data": (
        "Settings and data",
        frozenset({("text", "Name"), ("combo box", "Colors"), ("push button", "Back up now")}),
    ),
}
"""By the words of the rail: the heading of the place, and its main controls by role and name."""

WAYS: tuple[tuple[tuple[tuple[str, str], ...], str, tuple[tuple[str, str], ...]], ...] = (
    (
        (("push button", "Continue this lesson"),),
        "Should Orders Go to Production Automatically?",
        (("push button", "I have finished this lesson"), ("text", "My note on this lesson")),
    ),
    (
        (("list item", "Assessment"), ("push button", "See the last result")),
        "Your result",
        (("tree", "Skills and verdicts"), ("push button", "See my gaps")),
    ),
    (
        (("list item", "Roadmap"), ("push button", "Show my roadmap")),
        "My roadmap",
        (("tree", "Lessons of the roadmap"), ("progress bar", "Lessons done")),
    ),
    (
        (("menu item", "File"), ("menu item", "Activate a license…")),
        "Licenses",
        (("text", "Activation code, or the mail or text you received"), ("push button", "Choose a file…")),
    ),
    ((("menu item", "Help"), ("menu item", "Help and shortcuts")), "Help and shortcuts", ()),
)
"""What is pressed, the heading one comes to, and what is found there."""


@pytest.fixture(autouse=True)
def _a_desktop_can_be_had() -> None:
    missing = dev.missing_desktop_packages(Path(sys.executable)) if sys.platform.startswith("linux") else ["Linux"]
    if not missing:
        return
    reason = f"A desktop that can be read from outside needs: {', '.join(missing)}"
    if os.environ.get(dev.COMPLETE_VARIABLE):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def reading(home: Path, folder: Path) -> Iterator[ScreenReader]:
    """Start the app over a home; yield a screen reader in front of it."""
    log = folder / "app.log"
    with (
        desktop(folder) as variables,
        screen_reader(variables, folder / "reader.log") as reader,
        app(home, variables, log) as process,
    ):
        reader.attach(process.pid)
        yield reader
        assert process.poll() is None, log.read_text(errors="replace")


def nameless(controls: list[Control]) -> list[Control]:
    """Return what the keyboard can get to and a screen reader could say nothing of."""
    return [control for control in controls if control.is_focusable and not control.name.strip()]


def headings(controls: list[Control]) -> list[str]:
    """Return all headings, in reading order."""
    return [control.name for control in controls if control.role == "heading"]


def has_the_end(controls: list[Control]) -> bool:
    """Tell whether all questions are answered."""
    return any(control.name == "See the result" for control in controls)


def has_a_question(controls: list[Control]) -> bool:
    """Tell whether a question shows, down to its last option: what was just put there shows a moment later."""
    return any(control.name == "Not sure" for control in controls)


def is_to_be_empty(number: int, choices: list[Control]) -> bool:
    """Tell whether this learner leaves all boxes of a question empty: of every third list."""
    return number % 3 == 2 and choices[0].role == "check box"


def answer(reader: ScreenReader, number: int) -> bool:
    """Listen to a question and answer it; return False when there is none any more."""
    began = time.monotonic()
    seen = reader.look()
    while not has_the_end(seen) and not has_a_question(seen):
        seen = reader.look()
    said = reader.hear(max(0.0, began + LISTENING_SECONDS - time.monotonic()))
    assert nameless(seen) == []
    if has_the_end(seen):
        assert said[-1] == "That was all. Thank you."
        return False
    assert said[-1] in [control.name for control in seen if control.role == "panel"], "the question is said"
    choices = [control for control in seen if control.role in ("check box", "radio button")][:-1]
    going_on = next(control for control in seen if control.role == "push button" and control.name in GOING_ON)
    if "enabled" not in going_on.states or not is_to_be_empty(number, choices):
        reader.press(choices[number % len(choices)])
    reader.press(going_on)
    return True


def test_the_assessment_is_taken_through_role_and_name_alone(tmp_path: Path) -> None:
    home = tmp_path / "academy"
    with reading(home, tmp_path) as reader:
        reader.find("heading", "Where does your shop stand?")
        assert nameless(reader.look()) == []
        reader.write("text", "What shall we call you?", "Mara")
        reader.press_named("push button", "Start the 5-minute assessment")
        reader.find("push button", "Pause")
        told = f"First, what your shop is like: it decides which of {ALL_SKILLS} checkpoints concern you"
        reader.find("label", told)

        answered = 0
        while answered < MOST_SCREENS and answer(reader, answered):
            answered += 1

        reader.press_named("push button", "See the result")
        reader.find("heading", "Your result")
        assert "Your result" in reader.hear()

    academy = open_academy(UserPaths(home), for_writing=False)
    profile = academy.profiles.current()
    assert profile is not None
    assert profile.name == "Mara"
    (taken,) = academy.assess.history(profile.id)
    assert taken.finished_at is not None
    assert taken.screens == answered > 10
    result = academy.assess.result(profile.id)
    assert result is not None
    assert len(result.standing.by_skill) + len(result.standing.not_applicable) == ALL_SKILLS
    academy.close()


def test_every_place_says_where_one_is_and_what_can_be_done(tmp_path: Path, learner_paths: UserPaths) -> None:
    with reading(learner_paths.home, tmp_path) as reader:
        reader.find("push button", "Profile: Ada")

        for place, (heading, expected) in PLACES.items():
            reader.press_named("list item", place)
            reader.find("heading", heading)

            seen = reader.look()

            assert headings(seen)[0] == heading
            assert expected <= {(control.role, control.name) for control in seen}
            assert nameless(seen) == []
            assert reader.hear()[-1] in (place, heading), "a change of page is said"


def test_what_lies_behind_the_places_is_reached_by_pressing(tmp_path: Path, learner_paths: UserPaths) -> None:
    with reading(learner_paths.home, tmp_path) as reader:
        for path, heading, expected in WAYS:
            for step in path:
                reader.press_named(*step)
            reader.find("heading", heading)
            for role, name in expected:
                reader.find(role, name)
            assert nameless(reader.look()) == []

        reader.press_named("list item", "Search")
        reader.write("text", "Search for", "order")
        reader.find("tree", "Results")
