"""Commands read, tick, answer, search and fail over a sealed pack: nothing of its lessons gets onto the disk."""

from pathlib import Path

import pytest

from dijipilot.bootstrap import open_academy
from dijipilot.cli import search
from dijipilot.domain.curriculum import Lesson
from dijipilot.paths import UserPaths
from tests.cli.conftest import Terminal
from tests.homes import licensed
from tests.licensing.disk_search import SecretText, everything_in


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on a home that has nothing but a license; temporary files go beside the home."""
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    return Terminal(licensed(tmp_path / "home"), capsys, monkeypatch)


def test_no_command_leaves_text_of_a_lesson_behind(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson, secret = sealed_lesson(terminal.paths)
    reading = terminal("lesson", lesson.skill, "--json").data
    opening = reading["sections"][0]["markdown"]
    study = terminal("study", lesson.skill, "--json").data
    ticking = [word for step in study["steps"] for word in ("--tick", step["id"])]
    answering = [word for asked in study["check"] for word in ("--check", asked["id"], asked["options"][0]["id"])]

    for command in (
        ["lesson", lesson.skill],
        ["study", lesson.skill, *ticking, *answering, "--note", "Ask on Monday"],
        ["search", lesson.title.split()[-1]],
        ["questions", "ask", lesson.skill, "Which one first?"],
        ["questions", "export", tmp_path / "mine.djquestions"],
        ["profile", "export", tmp_path / "mine.djprofile"],
        ["roadmap"],
        ["data", "backup"],
    ):
        assert terminal(*command).code == 0, command
    monkeypatch.setattr(search, "run", fail_with_a_lesson_at_hand)
    assert terminal("search", opening).code == 1

    assert list(secret.windows_in(opening.encode())) != []
    assert "LessonText(…) is not in list" in (terminal.paths.logs / "dijipilot.log").read_text("utf-8")
    assert sorted({f"{leak.file.name}: {leak.words!r}" for leak in secret.find_in([tmp_path])}) == []


def sealed_lesson(paths: UserPaths) -> tuple[Lesson, SecretText]:
    """Return a lesson that the pack holds encrypted and that is open, and the text of all lessons."""
    academy = open_academy(paths, for_writing=False)
    library = academy.library
    found = next(lesson for lesson in library.curriculum.lessons if library.is_sealed(lesson.skill))
    assert library.lesson(found.skill) is not None
    secret = everything_in(academy.pack)
    academy.close()
    return found, secret


def fail_with_a_lesson_at_hand(arguments: object) -> int:
    """Raise what Python raises where a text is looked for in vain."""
    academy = open_academy(UserPaths(Path(vars(arguments)["home"])), for_writing=False)
    try:
        lessons = academy.library.curriculum.lessons
        text = next(academy.library.lesson(each.skill) for each in lessons if academy.library.is_sealed(each.skill))
        return [None].index(text)  # type: ignore[arg-type]
    finally:
        academy.close()
