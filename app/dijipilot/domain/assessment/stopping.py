"""When we know enough: the time is up, nothing is left to ask, or the next screen would hardly settle anything."""

WORTHWHILE_GAIN = 0.02
"""Expected drop of weighted variance below which no screen is worth a learner's time (a coin-flip skill has 0.25)."""


def is_worth_asking(expected_gain: float) -> bool:
    """Tell whether a screen of this expected drop of variance should still be shown."""
    return expected_gain >= WORTHWHILE_GAIN
