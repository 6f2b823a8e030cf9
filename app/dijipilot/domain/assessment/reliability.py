"""Whether a set of answers can be relied on: what the learner should hear of it, and when to ask a second time."""

from collections.abc import Sequence

from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.response_model import ResponseStyle

FLAGGED_FROM = 0.25
"""Probability of an unreliable style from which the learner is told."""

SECOND_LOOK_FROM = 0.3
"""Probability of an unreliable style from which claims are asked about a second time, in neutral words."""

HURRIED_ANSWERS = 3
HURRIED_PART = 0.3
"""So many answers, and such a part of all, came faster than one can read: the learner is told."""


def unreliable_chance(style_weights: FloatArray, styles: Sequence[ResponseStyle]) -> float:
    """Return the probability that the answers say little."""
    return float(sum(weight for weight, style in zip(style_weights, styles, strict=True) if style.is_unreliable))


def flags_of(style_weights: FloatArray, styles: Sequence[ResponseStyle], hurried: int, judged: int) -> tuple[str, ...]:
    """Return what to tell the learner: over_claiming, hurried, contradictory."""
    over_claiming = sum(w for w, style in zip(style_weights, styles, strict=True) if style.over_claim >= 0.5)
    is_hurried = hurried >= HURRIED_ANSWERS and hurried >= HURRIED_PART * judged
    is_doubtful = unreliable_chance(style_weights, styles) >= FLAGGED_FROM
    found = []
    if is_doubtful and over_claiming >= FLAGGED_FROM / 2.0:
        found.append("over_claiming")
    if is_hurried:
        found.append("hurried")
    if is_doubtful and over_claiming < FLAGGED_FROM / 2.0:
        found.append("contradictory")
    return tuple(found)
