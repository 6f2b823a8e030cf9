"""Which backups are kept when older ones are thinned out."""

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta

KEEP_ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def choose_kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the times of the backups to keep.

    All of the last two days; then the newest of each of the latest 12 days, 10 weeks and 9 months that have one.
    Days without a backup are not counted, so somebody who returns after a year finds as many as before.
    Those dated in the future are always kept: the clock was wrong once, and perhaps it is now.
    """
    kept: set[datetime] = set()
    older: list[datetime] = []
    for time in times:
        if time > now - KEEP_ALL_FOR:
            kept.add(time)
        else:
            older.append(time.astimezone(UTC))
    older.sort(reverse=True)
    kept.update(_newest_of_each(older, lambda time: time.date(), DAILY))
    kept.update(_newest_of_each(older, lambda time: time.isocalendar()[:2], WEEKLY))
    kept.update(_newest_of_each(older, lambda time: (time.year, time.month), MONTHLY))
    return kept


def _newest_of_each(
    newest_first: list[datetime], period: Callable[[datetime], Hashable], number: int
) -> list[datetime]:
    newest: dict[Hashable, datetime] = {}
    for time in newest_first:
        newest.setdefault(period(time), time)
    return list(newest.values())[:number]
