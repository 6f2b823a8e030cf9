"""When we know enough: the time is up, nothing is left to ask, or the next screen would hardly settle anything."""

WORTHWHILE_GAIN = 0.002
"""Expected drop of weighted variance below which no screen is worth a learner's time (a coin-flip skill has 0.25)."""


def is_worth_asking(expected_gain: float, random_chance: float = 0.0) -> bool:
    """Tell whether a screen of this expected drop of variance should still be shown.

    random_chance: the probability that all answers are random. Then no screen brings anything; but somebody who was
    taken for that by mistake has to be able to show it, so the gain counts as if it were otherwise.
    """
    return expected_gain >= WORTHWHILE_GAIN * max(1.0 - random_chance, 1e-9)
