"""dijipilot questions: ask about a lesson, carry questions to an instructor by file, and bring the answers back."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import plural, print_json, say, wrapped
from dijipilot.cli.opening import open_to_change, open_to_read, profile_to_change, profile_to_read
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import EventId
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.questions import QuestionFile, QuestionState

INSTRUCTOR = "Instructor"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("questions", description="Questions asked and answered by file.")
    commands = parser.add_subparsers(dest="questions_command", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="questions asked, with their answers")
    listing.add_argument("file", metavar="FILE", type=Path, nargs="?", help="those of a .djquestions file instead")
    listing.add_argument("--json", action="store_true", help="data on standard output")
    ask = commands.add_parser("ask", help="keep a question about a lesson")
    ask.add_argument("lesson", metavar="LESSON", help="its number, or the id of its skill")
    ask.add_argument("words", metavar="QUESTION", nargs="*", help="without it, read from standard input")
    export = commands.add_parser("export", help="write the questions without an answer to a .djquestions file")
    export.add_argument("file", metavar="FILE", type=Path)
    importing = commands.add_parser("import", help="add the answers of a .djanswers file")
    importing.add_argument("file", metavar="FILE", type=Path)
    answer = commands.add_parser("answer", help="for instructors: answer a .djquestions file, one line a question")
    answer.add_argument("file", metavar="FILE", type=Path)
    answer.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="a .djanswers file")
    answer.add_argument("--by", metavar="NAME", default=INSTRUCTOR, help="who answers")
    answer.add_argument(
        "--answer", nargs=2, metavar=("ID", "TEXT"), action="append", help="an answer; without any, you are asked"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    match arguments.questions_command:
        case "list":
            _list(arguments)
        case "answer":
            with open_to_read(arguments) as academy:
                _answer(academy, arguments)
        case "export":
            with open_to_read(arguments) as academy:
                profile = profile_to_read(academy, arguments)
                count = academy.questions.export(profile.id, arguments.file)
            say(f"{plural(count, 'question')} of {profile.name} {'is' if count == 1 else 'are'} in {arguments.file}.")
        case "import":
            with open_to_change(arguments) as academy:
                profile = profile_to_read(academy, arguments)
                count = academy.questions.import_(profile.id, arguments.file)
            say(f"{plural(count, 'new answer')} for {profile.name}.")
        case _:
            _ask(arguments)
    return 0


def _ask(arguments: argparse.Namespace) -> None:
    text = " ".join(arguments.words) or (sys.stdin.read() if sys.stdin is not None else "")
    if not text.strip():
        raise UsageProblem(message("cli.no_question_text"))
    with open_to_change(arguments) as academy:
        lesson = academy.library.find(arguments.lesson)
        profile = profile_to_change(academy, arguments)
        asked = academy.questions.ask(profile.id, lesson.skill, text)
    print(asked.id)
    say("Kept. Carry it to an instructor: dijipilot questions export FILE.")


def _list(arguments: argparse.Namespace) -> None:
    with open_to_read(arguments) as academy:
        curriculum = academy.library.curriculum
        if arguments.file:
            _list_file(academy.questions.read(arguments.file), arguments.json)
            return
        profile = profile_to_read(academy, arguments)
        states = academy.questions.all(profile.id)
    if arguments.json:
        print_json({"questions": [_data(curriculum, state) for state in states]})
        return
    for state in states:
        print("\n".join(_readable(curriculum, state)))
    if not states:
        say(f"{profile.name} has asked nothing yet.")


def _list_file(file: QuestionFile, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "id": carried.question.id,
                "lesson": carried.lesson,
                "skill": carried.question.skill,
                "title": carried.title,
                "text": carried.question.text,
                "asked_at": carried.question.at.isoformat(),
            }
            for carried in file.questions
        ]
        print_json({"learner": file.learner, "questions": rows})
        return
    print(f"{plural(len(file.questions), 'question')} of {file.learner}")
    for carried in file.questions:
        print(f"{carried.question.id}  {carried.lesson} {carried.title}")
        print("\n".join(wrapped(carried.question.text, "  ")))


def _data(curriculum: Curriculum, state: QuestionState) -> dict[str, object]:
    lesson = curriculum.lesson_by_skill.get(state.asked.skill)
    return {
        "id": state.asked.id,
        "lesson": lesson.number if lesson else "",
        "skill": state.asked.skill,
        "text": state.asked.text,
        "asked_at": state.asked.at.isoformat(),
        "answers": [
            {"text": answer.text, "answered_by": answer.answered_by, "at": answer.at.isoformat()}
            for answer in state.answers
        ],
    }


def _readable(curriculum: Curriculum, state: QuestionState) -> Iterator[str]:
    lesson = curriculum.lesson_by_skill.get(state.asked.skill)
    place = f"{lesson.number} {lesson.title}" if lesson else state.asked.skill
    yield f"{state.asked.at:%Y-%m-%d}  {place}"
    yield from wrapped(state.asked.text, "  ")
    for answer in state.answers:
        yield from wrapped(f"{answer.answered_by}: {answer.text}", "  > ")
    if not state.is_answered:
        yield "  (no answer yet)"


def _answer(academy: Academy, arguments: argparse.Namespace) -> None:
    given = {EventId(question): text for question, text in arguments.answer or ()}
    answers = given or _ask_for_answers(academy.questions.read(arguments.file))
    count = academy.questions.answer(arguments.file, answers, arguments.by, arguments.output)
    say(f"{plural(count, 'answer')} {'is' if count == 1 else 'are'} in {arguments.output}.")


def _ask_for_answers(file: QuestionFile) -> dict[EventId, str]:
    """Show each question and read one line; an empty one leaves the question without an answer."""
    answers: dict[EventId, str] = {}
    say(f"{plural(len(file.questions), 'question')} of {file.learner}. One line each; an empty line leaves one out.")
    for carried in file.questions:
        say(f"\n{carried.lesson} {carried.title}")
        say("\n".join(wrapped(carried.question.text, "  ")))
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            break
        answers[carried.question.id] = line.strip()
    return answers
