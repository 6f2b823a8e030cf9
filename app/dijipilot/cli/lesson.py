"""dijipilot lesson: read one lesson, found by its number, an earlier number or its skill."""

import argparse
import re
from collections.abc import Iterator

from dijipilot.cli.console import print_json, say, wrapped
from dijipilot.cli.opening import open_to_read
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.lesson_text import LessonText, SectionKind
from dijipilot.errors import LessonLocked

READY, IN_PREPARATION, LOCKED = "ready", "in_preparation", "locked"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("lesson", description="Read a lesson.")
    parser.add_argument("number", metavar="NUMBER", help="such as 1.1.1.1, or the id of its skill")
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print the lesson; of a locked one, what is public."""
    with open_to_read(arguments) as academy:
        library = academy.library
        lesson = library.find(arguments.number)
        try:
            text = library.lesson(lesson.skill)
        except LessonLocked as error:
            public = public_data(library.curriculum, lesson, LOCKED)
            opened_by = ", ".join(academy.licenses.openers(lesson.skill))
            _print(public if arguments.json else "\n".join(_locked(library.curriculum, lesson, opened_by)))
            say(error.message.english())
            return error.exit_code
        if arguments.json:
            print_json(lesson_data(library.curriculum, lesson, text))
        else:
            print("\n".join(_readable(library.curriculum, lesson, text)))
    return 0


def _print(data: dict[str, object] | str) -> None:
    print(data) if isinstance(data, str) else print_json(data)


def public_data(curriculum: Curriculum, lesson: Lesson, state: str) -> dict[str, object]:
    """Return what anybody may know of a lesson, as scripts read it; the keys are a contract."""
    mission = curriculum.mission_by_skill[lesson.skill]
    return {
        "number": lesson.number,
        "skill": lesson.skill,
        "title": lesson.title,
        "mission": mission.number,
        "program": curriculum.program_by_mission[mission.number].number,
        "difficulty": mission.difficulty,
        "path": mission.path,
        "minutes": lesson.minutes,
        "state": state,
    }


def lesson_data(curriculum: Curriculum, lesson: Lesson, text: LessonText | None) -> dict[str, object]:
    """Return a lesson that may be read; text: None while it is in preparation."""
    sections = text.sections if text else ()
    checklist = text.checklist if text else ()
    return {
        **public_data(curriculum, lesson, READY if text else IN_PREPARATION),
        "sections": [
            {"kind": section.kind.value, "title": section.title, "markdown": section.markdown} for section in sections
        ],
        "checklist": [entry.text for entry in checklist],
    }


def _heading(curriculum: Curriculum, lesson: Lesson) -> Iterator[str]:
    mission = curriculum.mission_by_skill[lesson.skill]
    program = curriculum.program_by_mission[mission.number]
    title = f"{lesson.number} {lesson.title}"
    yield from wrapped(f"{program.number} {program.title} > {mission.number} {mission.title}", "", "  ")
    yield title
    yield "=" * len(title)
    yield f"About {lesson.minutes} minutes. {mission.difficulty}, path {mission.path}."
    yield from wrapped(f"Afterwards: {lesson.can_do}")


def _locked(curriculum: Curriculum, lesson: Lesson, opened_by: str) -> Iterator[str]:
    yield from _heading(curriculum, lesson)
    if opened_by:
        yield from wrapped(f"Opens with: {opened_by}.")


def _readable(curriculum: Curriculum, lesson: Lesson, text: LessonText | None) -> Iterator[str]:
    yield from _heading(curriculum, lesson)
    if text is None:
        yield ""
        yield "This lesson is still being written."
        return
    for section in text.sections:
        yield ""
        yield section.title
        yield "-" * len(section.title)
        if section.kind is SectionKind.STEPS:
            for number, step in enumerate(text.steps, start=1):
                yield from wrapped(plain_text(step.markdown), f"{number}. ")
        else:
            for line in _whole_lines(section.markdown):
                yield from _markdown_line(line)
    yield ""
    yield "Checklist"
    yield "---------"
    for box in text.checklist:
        yield from wrapped(plain_text(box.text), "[ ] ")


_BEGINNING = re.compile(r"\s*(?:[-*>|#]|\d+[.)])\s|\s*\|")
"""How a line begins that does not go on with the one before."""


def _whole_lines(markdown: str) -> Iterator[str]:
    """Yield paragraphs and points as one line each: authors break lines anywhere, readers' screens elsewhere."""
    whole = ""
    for line in markdown.splitlines():
        if whole and line.strip() and not _BEGINNING.match(line):
            whole = f"{whole} {line.strip()}"
            continue
        if whole:
            yield whole
        whole = line.rstrip()
        if not whole:
            yield ""
    if whole:
        yield whole


def _markdown_line(line: str) -> Iterator[str]:
    """Yield a line of Markdown, wrapped; tables and the like stay as they are."""
    if line.lstrip().startswith("|") or not line.strip():
        yield line.rstrip()
        return
    indent = " " * (len(line) - len(line.lstrip()))
    bullet = next((mark for mark in ("- ", "* ", "> ") if line.lstrip().startswith(mark)), "")
    yield from wrapped(plain_text(line.strip()[len(bullet) :]), indent + bullet)
