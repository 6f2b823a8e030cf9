"""What a learner chooses about the look, in names and numbers alone: the window reads it before its first paint."""

from enum import StrEnum

SMALLEST_PERCENT, USUAL_PERCENT, LARGEST_PERCENT = 80, 100, 200
"""The learner's own text size, on top of the system's."""


class Scheme(StrEnum):
    """The colors that the learner chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"
