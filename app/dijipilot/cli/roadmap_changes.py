"""What a learner decides about the roadmap: done, skip, todo, add, leave out, move, "I know this", undo and redo."""

import argparse
import sys

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import print_json, say, wrapped
from dijipilot.cli.opening import open_to_change, profile_to_change
from dijipilot.cli.recheck import ask_in_terminal
from dijipilot.domain.assessment.items import Item
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.errors import UsageProblem
from dijipilot.messages import message
from dijipilot.services.recheck import ShortSitting

MARKING = {
    "done": "mark a lesson as done",
    "skip": "mark a lesson as skipped",
    "todo": "put a lesson back to do, or onto the roadmap",
    "accept": "agree to a lesson: it stays on the roadmap, whatever is planned anew",
    "leave-out": "take a lesson off the roadmap: not for my shop",
    "bring-back": "take back that a lesson is not for my shop",
}
STATES = {
    "done": "done",
    "skip": "skipped",
    "todo": "to do",
    "accept": "accepted",
    "leave-out": "left out",
    "bring-back": "brought back",
}
NOT_SURE = "not_sure"
NOT_MOVED = 2
NOTHING_ANSWERED = "Nothing was answered, so nothing has changed."


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe all changing subcommands."""
    for name, meaning in MARKING.items():
        _add_lesson(commands.add_parser(name, help=meaning))
    move = commands.add_parser("move", help="move a lesson; never before what it builds on")
    _add_lesson(move)
    move.add_argument("--before", metavar="LESSON", help="without it, to the end")
    know = commands.add_parser("know", help="say that you know this: one question settles it, where there is one")
    _add_lesson(know)
    answer = know.add_mutually_exclusive_group()
    answer.add_argument("--answer", metavar="OPTION", help=f"id of an option, or {NOT_SURE}; without it, you are asked")
    answer.add_argument("--json", action="store_true", help="only print the question, as data")
    commands.add_parser("undo", help="take back the latest step or decision")
    commands.add_parser("redo", help="bring back what undo took last")


def _add_lesson(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", metavar="LESSON", help="its number, or the id of its skill")


def change(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says; return the exit code."""
    with open_to_change(arguments) as academy:
        if arguments.roadmap_command in ("undo", "redo"):
            return _undo_or_redo(academy, arguments)
        lesson = academy.library.find(arguments.lesson)
        other = academy.library.find(arguments.before) if getattr(arguments, "before", None) else None
        profile = profile_to_change(academy, arguments)
        match arguments.roadmap_command:
            case "move":
                outcome = academy.plan.move_before(profile.id, lesson.skill, other.skill if other else None)
                say(outcome.message.english())
                return 0 if outcome.is_done else NOT_MOVED
            case "know":
                return _know(academy, profile.id, lesson, arguments)
        _mark(academy, profile.id, lesson.skill, arguments.roadmap_command)
    say(f"{lesson.number} {lesson.title}: {STATES[arguments.roadmap_command]}, for {profile.name}.")
    return 0


def _mark(academy: Academy, profile: ProfileId, skill: SkillId, command: str) -> None:
    match command:
        case "done":
            academy.learn.finish(profile, skill)
        case "skip":
            academy.plan.skip(profile, skill)
        case "accept":
            academy.plan.accept(profile, skill)
        case "leave-out":
            academy.plan.not_for_my_shop(profile, skill)
        case "bring-back":
            academy.plan.for_my_shop(profile, skill)
        case _:
            # One that is on no roadmap, because it is mastered or does not apply, is added.
            academy.plan.want(profile, skill)
            if academy.plan.roadmap(profile).item(skill) is None:
                academy.plan.add(profile, skill)


def _undo_or_redo(academy: Academy, arguments: argparse.Namespace) -> int:
    profile = profile_to_change(academy, arguments)
    if arguments.roadmap_command == "undo":
        done, words, nothing = academy.plan.undo(profile.id), "Took back", "There is nothing to take back."
    else:
        done, words, nothing = academy.plan.redo(profile.id), "Brought back", "There is nothing to bring back."
    say(f"{words}: {done.english()}" if done else nothing)
    return 0


def _know(academy: Academy, profile: ProfileId, lesson: Lesson, arguments: argparse.Namespace) -> int:
    item = academy.plan.settling_item(profile, lesson.skill)
    short = academy.assess.recheck(profile, lesson.skill) if item is None else None
    if arguments.json:
        asked = item or (short.screen if short else None)
        print_json({"item": _question_data(asked) if asked else None})
    elif item is not None:
        _settle_by_item(academy, profile, lesson, item, arguments.answer)
    elif short is not None:
        _settle_by_short_sitting(academy, profile, lesson, short, arguments.answer)
    else:
        academy.plan.claim_known(profile, lesson.skill)
        say(f"{lesson.number} {lesson.title}: taken off the roadmap, because you know it. No question is left to ask.")
    return 0


def _settle_by_item(academy: Academy, profile: ProfileId, lesson: Lesson, item: Item, answer: str | None) -> None:
    chosen = answer or _ask(item)
    if chosen is None:
        say(NOTHING_ANSWERED)
        return
    academy.plan.settle(profile, item.id, None if chosen == NOT_SURE else chosen)
    _say_verdict(academy, profile, lesson)


def _settle_by_short_sitting(
    academy: Academy, profile: ProfileId, lesson: Lesson, sitting: ShortSitting, answer: str | None
) -> None:
    """Ask what a re-check would ask about this skill alone; an answer given beforehand is one to its first question."""
    if answer is not None:
        _answer_first(sitting, answer)
    elif not ask_in_terminal(sitting) and not sitting.can_go_back:
        say(NOTHING_ANSWERED)
        return
    _say_verdict(academy, profile, lesson)


def _answer_first(sitting: ShortSitting, answer: str) -> None:
    """Answer the first question. Raises UsageProblem when it has no such option."""
    screen = sitting.screen
    if answer == NOT_SURE:
        sitting.not_sure()
    elif screen is None or answer not in [option.id for option in screen.options]:
        raise UsageProblem(message("learn.unknown_option", question=screen.id if screen else "", option=answer))
    else:
        sitting.answer([answer])


def _say_verdict(academy: Academy, profile: ProfileId, lesson: Lesson) -> None:
    standing = academy.standings.current(profile).by_skill[lesson.skill]
    say(f"{lesson.number} {lesson.title}: {standing.verdict.value}, {standing.probability:.0%} likely.")


def _question_data(asked: Item | Screen) -> dict[str, object]:
    return {
        "id": asked.id,
        "kind": asked.kind.value,
        "prompt": asked.prompt,
        "options": [{"id": option.id, "text": option.text} for option in asked.options],
    }


def _ask(item: Item) -> str | None:
    """Show a question and read one line; return the option's id, or None where nothing usable was typed."""
    print("\n".join(wrapped(item.prompt)))
    for place, option in enumerate(item.options, start=1):
        print("\n".join(wrapped(option.text, f"{place:>3}  ")))
    print("  n  Not sure\n> ", end="", flush=True)
    word = (sys.stdin.readline() if sys.stdin is not None else "").strip().lower()
    print()
    if word == "n":
        return NOT_SURE
    numbers = {str(place): str(option.id) for place, option in enumerate(item.options, start=1)}
    return numbers.get(word)
