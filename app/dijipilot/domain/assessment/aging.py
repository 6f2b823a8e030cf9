"""Old answers weigh less: what was true of a shop then may have changed since.

A skill is taken to be as it was with probability (1 + w) / 2, where w halves every five years: about 6 in 100 skills
change within a year in which nothing is recorded, by staff who leave, settings that lapse, or learning elsewhere. The
likelihood of an old answer given mastery now is the average over what mastery may have been then. The first thirty
days count as today, so that a result does not move while it is read. Five years are an assumption, not a measurement.
"""

from datetime import datetime

import numpy as np

from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.responses import DAYS_PER_STEP, age_in_steps

HALF_LIFE_DAYS = 5 * 365.25


def retention(at: datetime, as_of: datetime | None) -> tuple[int, float]:
    """Return the age of an answer in whole steps of thirty days, and w, 0..1. An answer from the future is of today."""
    steps = age_in_steps(at, as_of)
    return steps, 0.5 ** (steps * DAYS_PER_STEP / HALF_LIFE_DAYS)


def weakened(likelihood: FloatArray, kept: float) -> FloatArray:
    """Return P(answer then | mastery now, style) from P(answer then | mastery then, style), kept being w."""
    stayed = (1.0 + kept) / 2.0
    result = likelihood
    for axis in range(likelihood.ndim - 1):
        result = stayed * result + (1.0 - stayed) * np.flip(result, axis)
    return result
