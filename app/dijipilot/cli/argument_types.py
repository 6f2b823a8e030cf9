"""Numbers on the command line, checked while it is read, so that a wrong one ends as wrong usage."""

import argparse
import math

MAX_COUNT = 1_000_000
MAX_SEED_DIGITS = 18


def positive_minutes(text: str) -> float:
    """Return a number of minutes above 0. Raises ArgumentTypeError."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = math.nan
    if not (math.isfinite(minutes) and minutes > 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no number of minutes above 0")
    return minutes


def count(text: str) -> int:
    """Return a whole number above 0. Raises ArgumentTypeError."""
    if not _is_whole_number(text) or not 0 < int(text) <= MAX_COUNT:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1 to {MAX_COUNT}")
    return int(text)


def seed(text: str) -> int:
    """Return a whole number from 0 on. Raises ArgumentTypeError."""
    if not _is_whole_number(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 0 on, of at most {MAX_SEED_DIGITS} digits")
    return int(text)


def _is_whole_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_SEED_DIGITS
