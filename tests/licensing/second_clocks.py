"""The clock of licenses that end once more, from packaging/LICENSE-FORMAT.md alone: its section 9."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

DAY = timedelta(days=1)
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


class Mark(NamedTuple):
    """What is kept."""

    at: datetime = FIRST
    sighted: tuple[datetime, ...] = ()
    grace_starts: int = 0
    resets: tuple[str, ...] = ()


def midnight(day: date) -> datetime:
    """Return the beginning of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def read_mark(text: str) -> Mark:
    """Return the mark that was kept, or none."""
    try:
        said = json.loads(text)
        mark = Mark(
            _moment(said.pop("at", "1970-01-01T00:00:00Z")),
            tuple(map(_moment, said.pop("sighted", []))),
            said.pop("grace_starts", 0),
            tuple(said.pop("resets", [])),
        )
    except (ValueError, AttributeError):
        return Mark()
    dates = [moment.date() for moment in mark.sighted]
    is_sound = (
        not said
        and len(text) <= 16_384
        and len(dates) <= 2
        and dates == sorted(set(dates))
        and mark.grace_starts in range(9)
        and len(mark.resets) <= 100
        and all(re.fullmatch("[A-Z0-9-]{1,32}", name) for name in mark.resets)
    )
    return mark if is_sound else Mark()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not FIRST <= moment <= LAST:
        raise ValueError("no moment of a mark")
    return moment.astimezone(UTC)


def start(mark: Mark, clock: datetime, known: date) -> Mark:
    """Return the mark after a start of the program."""
    at = max(mark.at, midnight(known))
    if at - clock > DAY:
        return mark._replace(at=at, grace_starts=min(8, mark.grace_starts + 1))
    waiting = [moment for moment in mark.sighted if moment.date() < clock.date()] + [clock]
    while waiting:
        ahead = waiting[0] - at
        if len(waiting) < (1 if ahead <= DAY else 2 if ahead <= 30 * DAY else 3):
            break
        at = max(at, waiting.pop(0))
    return mark._replace(at=at, sighted=tuple(waiting), grace_starts=0)


def access(mark: Mark, clock: datetime, issued: date, not_after: date | None, grace_days: int) -> tuple[str, int]:
    """Return whether a license is open, and how many more starts it will be with this clock."""
    if not_after is None:
        return "open", 0
    reached = max(mark.at, midnight(issued))
    is_suspect = reached - clock > DAY
    now = reached if is_suspect else clock
    if now >= midnight(not_after) + (grace_days + 1) * DAY + timedelta(hours=12):
        return "ended", 0
    if not is_suspect:
        return "open", 0
    return ("clock_suspect", 7 - mark.grace_starts) if mark.grace_starts <= 7 else ("clock_wrong", 0)


def reset(mark: Mark, license_id: str, issued: date) -> Mark:
    """Return the mark after a clock reset."""
    if license_id in mark.resets:
        return mark
    return Mark(midnight(issued), (), 0, (*mark.resets, license_id)[-100:])


def said_of(mark: Mark) -> dict[str, Any]:
    """Return a mark as JSON says it."""
    at, *sighted = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (mark.at, *mark.sighted))
    return {"at": at, "sighted": sighted, "grace_starts": mark.grace_starts, "resets": mark.resets}
