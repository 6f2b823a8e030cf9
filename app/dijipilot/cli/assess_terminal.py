"""Questions for people in a terminal: numbered options, one at a time; after an assessment, a summary."""

import sys
import time
from collections.abc import Iterator, Sequence
from enum import Enum

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import plural, width, wrapped
from dijipilot.cli.result import counted, forecast_of, remarks
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.gaps import SkillGap
from dijipilot.domain.records import Profile
from dijipilot.errors import BadInput
from dijipilot.services.assess import AssessmentResult, Sitting
from dijipilot.services.recheck import ShortSitting

TOP_GAPS = 5
NONE_OF_THESE, NOT_SURE, BACK, PAUSE, STOP, HELP = "0", "n", "b", "p", "s", "?"

HELP_LINES = (
    "1, 2, 3 ...  choose an option; where several may be chosen: 1 3 4",
    "0            none of these, where that is offered",
    "n            not sure: a real answer, nobody minds",
    "Enter        keep what is marked with * from an earlier time",
    "b            back to the question before; what you answered in between stays",
    "s            stop: see the result of what is answered so far",
)
PAUSE_HELP = "p            pause: everything is saved, the next time goes on from here"


class Dealt(Enum):
    """What became of a screen."""

    ANSWERED = "answered"
    WENT_BACK = "went back"
    PAUSED = "paused"


def ask_and_sum_up(academy: Academy, profile: Profile, sitting: Sitting) -> bool:
    """Ask until the assessment is finished, then print what it found; return False when it is paused."""
    _print(_greeting(profile, sitting))
    if not ask(sitting):
        return False
    _print(_summary(academy, profile, sitting.result()))
    return True


def ask(sitting: Sitting | ShortSitting, most_questions: int | None = None) -> bool:
    """Ask until there is nothing more to ask; return False when somebody left before.

    most_questions: how many a short re-check asks at most; None for an assessment, which has a length in minutes.
    """
    steps_back = 0
    while (screen := sitting.screen) is not None:
        _print(_question(screen, screen.progress.screens + 1 - steps_back, most_questions))
        match _deal_with(sitting, screen, can_pause=most_questions is None):
            case Dealt.PAUSED:
                return False
            case Dealt.WENT_BACK:
                steps_back += 1
            case Dealt.ANSWERED:
                steps_back = 0
    return True


def _deal_with(sitting: Sitting | ShortSitting, screen: Screen, can_pause: bool) -> Dealt:
    """Read until the screen is dealt with. The time it takes is measured by the clock."""
    shown_at = time.monotonic()
    while True:
        words = _read()
        if words is None or (can_pause and words == [PAUSE]):
            return Dealt.PAUSED
        if words == [HELP]:
            _print((*HELP_LINES, PAUSE_HELP) if can_pause else HELP_LINES)
            continue
        problem = _use(sitting, screen, words, time.monotonic() - shown_at)
        if problem is None:
            return Dealt.WENT_BACK if words == [BACK] else Dealt.ANSWERED
        print(problem)


def _read() -> list[str] | None:
    """Return the words of the next line in lower case; None when the input has ended."""
    print("> ", end="", flush=True)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        print()
        return None
    return line.replace(",", " ").lower().split()


def _use(sitting: Sitting | ShortSitting, screen: Screen, words: list[str], seconds: float) -> str | None:
    """Do what was typed; return what is wrong with it, or None."""
    match words:
        case [word] if word == BACK:
            return None if sitting.back() else "This is the first question."
        case [word] if word == STOP:
            sitting.stop()
            return None
        case [word] if word == NOT_SURE:
            sitting.not_sure(seconds)
            return None
        case [] if screen.previous is not None and screen.previous.is_not_sure:
            sitting.not_sure(seconds)
            return None
    chosen = _chosen(screen, words)
    if isinstance(chosen, str):
        return chosen
    try:
        sitting.answer(chosen, seconds)
    except BadInput as error:
        return error.message.english()
    return None


def _chosen(screen: Screen, words: list[str]) -> Sequence[str] | str:
    """Return the ids of the options typed, or what is wrong with what was typed."""
    if not words and screen.previous is not None:
        return screen.previous.chosen
    if words == [NONE_OF_THESE] and screen.kind is ScreenKind.CHECKLIST:
        return ()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 4]
    count = len(screen.options)
    if not numbers or len(numbers) != len(words) or not all(1 <= number <= count for number in numbers):
        return f"Type a number from 1 to {count}, or ? to see what else you can type."
    if len(set(numbers)) > 1 and not screen.allows_many:
        return "Choose one option only."
    return [screen.options[number - 1].id for number in numbers]


def _greeting(profile: Profile, sitting: Sitting) -> Iterator[str]:
    if sitting.screen is None:
        return
    minutes = _minutes(sitting.screen.progress.seconds_left)
    yield f"Assessment of {profile.name}, {minutes}"
    yield from wrapped(
        "Answer for your own shop as it is today. Every answer is saved at once; you can stop and come back at any "
        f"time. Type a number and press Enter; type {HELP} to see what else you can type."
    )


def _question(screen: Screen, number: int, most_questions: int | None) -> Iterator[str]:
    progress = screen.progress
    yield ""
    yield "-" * width()
    settled = f"{progress.settled} of {plural(progress.checkpoints, 'checkpoint')} settled"
    left = f"{_minutes(progress.seconds_left)} left" if most_questions is None else f"{most_questions} at most"
    yield f"Question {number}, {left}, {settled}"
    yield ""
    if screen.heading:
        yield from wrapped(screen.heading)
    yield from wrapped(screen.prompt)
    yield ""
    marked = screen.previous.chosen if screen.previous else ()
    for place, option in enumerate(screen.options, start=1):
        mark = "*" if option.id in marked else " "
        yield from wrapped(option.text, f"{mark}{place:>2}  ")
    was_none = screen.previous is not None and not screen.previous.is_not_sure and not marked
    was_not_sure = screen.previous is not None and screen.previous.is_not_sure
    if screen.kind is ScreenKind.CHECKLIST:
        none = "None of these" if len(screen.options) > 1 else "Not this"
        yield f"{'*' if was_none else ' '} {NONE_OF_THESE}  {none}"
    yield f"{'*' if was_not_sure else ' '} {NOT_SURE}  Not sure"
    yield ""
    yield _invitation(screen, can_pause=most_questions is None)


def _invitation(screen: Screen, can_pause: bool) -> str:
    many = "All that apply, such as 1 3" if screen.allows_many else "One number"
    keep = ", Enter to keep *" if screen.previous is not None else ""
    pause = f"{PAUSE} pause, " if can_pause else ""
    return f"{many}{keep}; {BACK} back, {pause}{STOP} stop, {HELP} help"


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"about {plural(minutes, 'minute')}" if minutes >= 1 else "less than a minute"


def _summary(academy: Academy, profile: Profile, result: AssessmentResult) -> Iterator[str]:
    yield ""
    yield "=" * width()
    yield f"Result of {profile.name}"
    yield ""
    yield from wrapped(
        "Three verdicts are possible, because five minutes do not settle everything. Of "
        f"{plural(len(result.standing.by_skill), 'skill')} that apply to this shop:"
    )
    yield from counted(result.standing)
    yield from remarks(result.standing, forecast_of(academy, profile.id, result))
    yield ""
    yield from _top_gaps(academy, profile)
    yield "What to do next"
    yield "  dijipilot roadmap            what to study, in which order"
    yield "  dijipilot gaps               all gaps by stage, program and mission"
    yield "  dijipilot result             why each verdict is what it is"
    yield "  dijipilot assess --more      two more minutes, to settle more"
    yield "  dijipilot assess --recheck   a few questions, once some weeks have passed"


def _top_gaps(academy: Academy, profile: Profile) -> Iterator[str]:
    gaps = [gap for gap in academy.plan.gaps(profile.id).skills if gap.state.is_gap]
    if not gaps:
        yield "No gaps were found."
        yield ""
        return
    yield "The gaps that are worth most to close"
    for gap in sorted(gaps, key=_worth)[:TOP_GAPS]:
        yield from wrapped(f"{gap.title} ({gap.state.value}, {gap.minutes} min)", f"  {gap.lesson:<8}  ")
    yield ""


def _worth(gap: SkillGap) -> tuple[bool, float, str]:
    """Order by what closing is worth: what is missing for certain first."""
    return gap.state.value != "missing", -gap.value, gap.lesson


def _print(lines: Iterator[str] | Sequence[str]) -> None:
    for line in lines:
        print(line)
