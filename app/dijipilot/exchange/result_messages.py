"""Sentences about a result that the window and the command line share, so that both say the same."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dijipilot.domain.assessment.held_out import HeldOutCheck
from dijipilot.domain.curriculum import Curriculum
from dijipilot.messages import Message, message

if TYPE_CHECKING:
    # It brings numpy, which nothing here needs.
    from dijipilot.domain.standing import Forecast

LEAST_GAIN = 1.0
"""With less than one skill to gain it is said that hardly anything is."""


def flag_messages(flags: Iterable[str]) -> tuple[Message, ...]:
    """Return what to tell of answers that say less than they seem to."""
    return tuple(message(f"flag.{flag}") for flag in flags)


def held_out_message(curriculum: Curriculum, check: HeldOutCheck) -> Message:
    """Return how the act that does not count was answered, and what had been expected."""
    text = next((act.text for act in curriculum.acts if act.id == check.act), check.act)
    identity = "held_out.ticked" if check.is_ticked else "held_out.not_ticked"
    return message(identity, text=text, percent=round(100 * check.expected))


def forecast_message(forecast: "Forecast", open_skills: int) -> Message:
    """Return what two more minutes would settle. open_skills: how many are unsettled now."""
    if not open_skills:
        return message("forecast.all_settled")
    if forecast.gain < LEAST_GAIN:
        return message("forecast.settles_hardly")
    screens = max(1, round(forecast.screens))
    return message("forecast.settles", gain=round(forecast.gain), open=open_skills, screens=screens)
