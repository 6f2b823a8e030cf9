"""Minutes in words that people use."""

from PySide6.QtCore import QCoreApplication

_CONTEXT = "durations"
_HOUR = 60
_LONG_MINUTES = 10 * _HOUR


def minutes_text(minutes: int) -> str:
    """Return a duration, such as "45 min", "1 h 20 min" or, from ten hours on, whole hours."""
    if minutes < _HOUR:
        return QCoreApplication.translate(_CONTEXT, "{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, _HOUR)
    if minutes >= _LONG_MINUTES or rest == 0:
        return QCoreApplication.translate(_CONTEXT, "{hours} h").format(hours=round(minutes / _HOUR))
    return QCoreApplication.translate(_CONTEXT, "{hours} h {minutes} min").format(hours=hours, minutes=rest)


def time_left_text(seconds: float) -> str:
    """Return how long something goes on, such as "about 3 min left"."""
    if seconds < 45:
        return QCoreApplication.translate(_CONTEXT, "less than a minute left")
    return QCoreApplication.translate(_CONTEXT, "about {minutes} min left").format(minutes=max(1, round(seconds / 60)))


def minutes_range_text(low: int, high: int) -> str:
    """Return a range, such as "10 to 15 min"; one number where both are the same."""
    if low == high:
        return minutes_text(high)
    return QCoreApplication.translate(_CONTEXT, "{low} to {high} min").format(low=low, high=high)
