"""dijipilot study: where a learner is in one lesson; tick steps and boxes, answer the knowledge check, keep a note."""

import argparse
from collections.abc import Iterator

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import print_json, say, wrapped
from dijipilot.cli.opening import open_to_change, open_to_read, profile_if_any, profile_to_change
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import ProfileId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.domain.progress import LessonProgress

NO_TEXT = "This lesson is still being written: there is nothing to tick yet."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "study", description="Where you are in a lesson. To mark it as done: dijipilot roadmap done LESSON."
    )
    parser.add_argument("lesson", metavar="LESSON", help="its number, or the id of its skill")
    parser.add_argument("--json", action="store_true", help="data on standard output")
    parser.add_argument("--tick", metavar="ID", action="append", default=[], help="tick a step or a box")
    parser.add_argument("--untick", metavar="ID", action="append", default=[], help="untick a step or a box")
    parser.add_argument("--check", metavar=("QUESTION", "OPTION"), nargs=2, action="append", default=[])
    parser.add_argument("--note", metavar="TEXT", help='keep a note; "" removes it')


def run(arguments: argparse.Namespace) -> int:
    """Change what is asked for, then print where the learner is."""
    is_changing = arguments.tick or arguments.untick or arguments.check or arguments.note is not None
    with open_to_change(arguments) if is_changing else open_to_read(arguments) as academy:
        lesson = academy.library.find(arguments.lesson)
        text = academy.library.lesson(lesson.skill)
        profile = profile_to_change(academy, arguments) if is_changing else profile_if_any(academy, arguments)
        if profile is not None:
            _change(academy, profile.id, lesson, text, arguments)
        progress = academy.learn.progress_of(profile.id, lesson.skill) if profile else LessonProgress(lesson.skill)
        note = academy.learn.note(profile.id, lesson.skill) if profile else ""
    if arguments.json:
        print_json(_data(lesson, text, progress, note))
    else:
        print("\n".join(_readable(lesson, text, progress, note)))
    return 0


def _change(
    academy: Academy, profile: ProfileId, lesson: Lesson, text: LessonText | None, arguments: argparse.Namespace
) -> None:
    boxes = {box.id for box in text.checklist} if text else set()
    for is_ticked, names in ((True, arguments.tick), (False, arguments.untick)):
        for name in names:
            tick = academy.learn.tick_box if name in boxes else academy.learn.tick_step
            tick(profile, lesson.skill, name, is_ticked)
    for question, option in arguments.check:
        feedback = academy.learn.answer_check(profile, lesson.skill, question, option)
        say(f"{question}: {'right' if feedback.is_right else 'not right'}. {feedback.explanation}")
        if feedback.is_passed:
            say("The knowledge check is passed.")
    if arguments.note is not None:
        academy.learn.save_note(profile, lesson.skill, arguments.note)


def _data(lesson: Lesson, text: LessonText | None, progress: LessonProgress, note: str) -> dict[str, object]:
    steps, boxes, check = (text.steps, text.checklist, text.check) if text else ((), (), ())
    return {
        "lesson": lesson.number,
        "skill": lesson.skill,
        "done": progress.is_done,
        "steps": [
            {"id": step.id, "markdown": step.markdown, "ticked": step.id in progress.ticked_steps} for step in steps
        ],
        "checklist": [{"id": box.id, "text": box.text, "ticked": box.id in progress.ticked_boxes} for box in boxes],
        "check": [
            {
                "id": question.id,
                "prompt": question.prompt,
                "options": [{"id": option.id, "text": option.text} for option in question.options],
                "answered": progress.check_answers.get(question.id),
            }
            for question in check
        ],
        "check_passed": progress.has_passed_check,
        "note": note,
    }


def _readable(lesson: Lesson, text: LessonText | None, progress: LessonProgress, note: str) -> Iterator[str]:
    yield f"{lesson.number} {lesson.title}: {'done' if progress.is_done else 'not done yet'}"
    if text is None:
        yield NO_TEXT
        return
    for title, rows, ticked in (
        ("Steps", [(step.id, step.markdown) for step in text.steps], progress.ticked_steps),
        ("Checklist", [(box.id, box.text) for box in text.checklist], progress.ticked_boxes),
    ):
        yield title
        for name, words in rows:
            yield from wrapped(plain_text(words), f"  [{'x' if name in ticked else ' '}] {name}: ", " " * 6)
    yield "Knowledge check: " + ("passed" if progress.has_passed_check else "not passed yet")
    for question in text.check:
        yield from wrapped(question.prompt, f"  {question.id}: ", " " * 6)
        for option in question.options:
            mark = "*" if progress.check_answers.get(question.id) == option.id else " "
            yield from wrapped(option.text, f"    {mark} {option.id}: ", " " * 8)
    if note:
        yield from wrapped(note, "Note: ")
