"""dijipilot assess --recheck: a few questions on top of all that is known, or one or two about a single skill."""

import argparse
from collections.abc import Iterator

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import say, wrapped
from dijipilot.cli.opening import open_to_change, profile_to_change
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.domain.records import Profile
from dijipilot.domain.standing import Verdict
from dijipilot.exchange.result_messages import flag_messages
from dijipilot.messages import message
from dijipilot.services.recheck import MOST_SCREENS, MOST_SCREENS_ABOUT_ONE, ShortSitting, VerdictChange

ABOUT_ALL = ""
"""Stands for the lesson where a re-check is about all skills."""

STOPPED, INTERRUPTED = 0, 130


def run(arguments: argparse.Namespace) -> int:
    """Ask to the end, then tell which verdicts have changed; whatever was answered is saved and counts."""
    with open_to_change(arguments) as academy:
        lesson = academy.library.find(arguments.recheck) if arguments.recheck != ABOUT_ALL else None
        profile = profile_to_change(academy, arguments)
        try:
            sitting = academy.assess.recheck(profile.id, lesson.skill if lesson else None)
            if sitting is None:
                _say_nothing_left(lesson)
            if _is_taken_to_its_end(academy, profile, lesson, sitting, arguments.jsonl):
                return 0
        except KeyboardInterrupt:
            _say_stopped()
            return INTERRUPTED
        _say_stopped()
        return STOPPED


def ask_in_terminal(sitting: ShortSitting) -> bool:
    """Ask a re-check in the terminal; return False when somebody left before its end."""
    from dijipilot.cli.assess_terminal import ask

    return ask(sitting, MOST_SCREENS if sitting.about is None else MOST_SCREENS_ABOUT_ONE)


def _is_taken_to_its_end(
    academy: Academy, profile: Profile, lesson: Lesson | None, sitting: ShortSitting | None, by_lines: bool
) -> bool:
    if by_lines:
        from dijipilot.cli.assess_lines import converse, write_line

        if sitting is not None and not converse(sitting):
            return False
        write_line(_recheck_data(academy, profile.id, lesson, sitting))
        return True
    if sitting is None:
        return True
    print("\n".join(_greeting(profile, lesson)))
    if not ask_in_terminal(sitting):
        return False
    print("\n".join(_summary(academy, profile.id, lesson, sitting.changes())))
    return True


def _recheck_data(
    academy: Academy, profile: ProfileId, lesson: Lesson | None, sitting: ShortSitting | None
) -> dict[str, object]:
    """Return what a re-check changed, as scripts read it; the keys are a contract."""
    verdict = _verdict(academy, profile, lesson.skill) if lesson else None
    return {
        "type": "recheck",
        "changes": [
            {"skill": change.skill, "before": change.before.value, "after": change.after.value}
            for change in (sitting.changes() if sitting else ())
        ],
        "verdict": verdict.value if verdict else None,
    }


def _verdict(academy: Academy, profile: ProfileId, skill: SkillId) -> Verdict | None:
    standing = academy.standings.current(profile).by_skill.get(skill)
    return standing.verdict if standing else None


def _greeting(profile: Profile, lesson: Lesson | None) -> Iterator[str]:
    yield f"Re-check of {profile.name}" + (f": {lesson.number} {lesson.title}" if lesson else ", about a minute")
    yield from wrapped(
        "Answer for your own shop as it is today. Every answer is saved at once and counts. Type a number and press "
        "Enter; type ? to see what else you can type."
    )


def _summary(
    academy: Academy, profile: ProfileId, lesson: Lesson | None, changes: tuple[VerdictChange, ...]
) -> Iterator[str]:
    yield ""
    if lesson is not None and (verdict := _verdict(academy, profile, lesson.skill)) is not None:
        yield from wrapped(f"{lesson.number} {lesson.title}: {verdict.value}")
    if changes:
        yield "What changed"
        lesson_by_skill = academy.library.curriculum.lesson_by_skill
        for change in changes:
            changed = lesson_by_skill[change.skill]
            words = f"{changed.title}: {change.before.value} -> {change.after.value}"
            yield from wrapped(words, f"  {changed.number:<8}  ")
    else:
        yield from wrapped(message("recheck.nothing_changed").english())
    for told in flag_messages(academy.standings.current(profile).flags):
        yield from wrapped(told.english(), "Note: ")
    yield from wrapped(message("recheck.counts_from_now").english())


def _say_nothing_left(lesson: Lesson | None) -> None:
    left = message("recheck.nothing_left_about", title=lesson.title) if lesson else message("recheck.nothing_left")
    say(left.english())


def _say_stopped() -> None:
    say("Stopped. What you answered is saved and counts.")
