"""Breaks the title of a card into lines."""

from collections.abc import Callable

MOST_LINES = 2


def wrapped(text: str, room: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Return one line, or two of about equal length; what is still too long for its line is for the painter to cut."""
    if measure(text) <= room:
        return (text,)
    halves = _halves(text)
    if not halves:
        return (text,)
    return min(halves, key=lambda pair: max(measure(pair[0]), measure(pair[1])))


def narrowest(text: str, measure: Callable[[str], float]) -> float:
    """Return the width that a text needs in two lines."""
    return min((max(map(measure, pair)) for pair in _halves(text)), default=measure(text))


def _halves(text: str) -> list[tuple[str, str]]:
    words = text.split(" ")
    return [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
