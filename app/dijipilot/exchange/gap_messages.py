"""The gap analysis in words that the window and the command line share, so that both say the same."""

from collections.abc import Callable

from dijipilot.domain.gaps import GapAnalysis, ProgramGap, strongest_program, worth_most
from dijipilot.messages import Message, message


def headline_messages(analysis: GapAnalysis, time_text: Callable[[int], str]) -> tuple[Message, ...]:
    """Return the strongest program and the gap worth most, a sentence each. time_text: minutes in words."""
    sentences = []
    strongest, gaps = strongest_program(analysis), worth_most(analysis, 1)
    if strongest is not None:
        sentences.append(_strongest_message(strongest))
    if not gaps:
        sentences.append(message("gaps.all_closed"))
    for gap in gaps:
        time, all_time = time_text(gap.counts.minutes), time_text(analysis.totals.minutes)
        sentences.append(message("gaps.biggest", title=gap.title, number=gap.number, time=time, all_time=all_time))
    return tuple(sentences)


def _strongest_message(program: ProgramGap) -> Message:
    counts, counted = program.counts, program.counts.counted
    told: dict[str, str | int] = {"title": program.title, "mastered": counts.mastered, "all": counted.applicable}
    if counts.locked_gaps:
        return message("gaps.strongest_locked", locked=counts.locked_gaps, **told)
    return message("gaps.strongest", **told)
