"""Decides by a clock that may be wrong whether a license with a last day is still open.

A clock set wrong must not lock out an honest learner for longer than it is wrong, and setting it back must not make a
trial last. So a *mark* is kept: a moment that was surely reached. All moments and dates are in UTC: zones and summer
time do not matter.

1. Licenses without `not_after` look neither at the clock nor at the mark.
2. At a start of the program the mark is raised to midnight of the latest date known from signed files: `built` of the
   pack, `issued` of the licenses. While the program runs the mark goes on by the monotonic clock, so that a clock set
   back before every start runs out all the same.
3. A clock more than 24 hours behind the mark is *suspect*. A start with it counts as one of 7 starts of grace and
   changes nothing else. A start with any other clock gives the 7 back.
4. A start with a clock that is not suspect is a *sighting*. It takes the place of an earlier one on the same date;
   those on later dates are forgotten, for this clock contradicts them. Then the mark goes to the earliest sighting,
   which is dropped, again and again, as long as enough dates have been sighted: one, where the sighting is at most 24
   hours ahead of the mark; two, where it is at most 30 days ahead; three, beyond that. The mark never goes back.
5. What counts as now is the clock. Where that is suspect, it is the mark or, if later, midnight of `issued`.
6. A license has ended when its last day, `not_after` and `grace_days` more, is over everywhere on earth: at 12:00 of
   the next day. Where it has not ended and the clock is suspect, it is open in the 7 starts of grace, and after those
   as soon as the clock is right.
7. A license of the type `clock-reset` sets the mark to midnight of its `issued` and forgets sightings and starts of
   grace, once for each license id.
8. No mark, or one that cannot be read, is a mark at the beginning of 1970.

What follows. One wrong start, back or forward by however much, leaves nothing behind once the clock is right: at worst
the mark has gone 24 hours too far, and a clock so far behind it is trusted. And however the clock is set, a license is
open for at most 24 hours of running time more than the mark has left of it, for every hour in which it is open moves
the mark. For somebody who starts at least once in 24 hours, the mark is where the clock was at the latest start, from
the third day of use on.

More cannot be had on a computer that asks nobody: one start in May followed by starts in April is either a clock that
was wrong once or one that was set back, and looks the same. Who deletes the mark begins with rule 2.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from dijipilot.domain.ids import LicenseId

TOLERANCE = timedelta(hours=24)
"""So far behind the mark a clock is trusted, and so far ahead the mark follows it at once."""

FAR = timedelta(days=30)
"""A clock further ahead than this has to be seen on three dates."""

GRACE_STARTS = 7
"""So many starts in a row with a suspect clock still open what has not ended."""

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""No mark lies outside."""

_END_OF_DAY_EVERYWHERE = timedelta(hours=12)
_MAX_RESETS = 100
_MAX_JSON_CHARACTERS = 16_384

_Moment = Annotated[datetime, Meta(tz=True)]
_KnownId = Annotated[LicenseId, Meta(pattern=r"^[A-Z0-9-]{1,32}\Z")]


class ClockMark(Struct, frozen=True, forbid_unknown_fields=True):
    """A moment that was surely reached, and what has to be remembered beside it.

    sighted: clocks ahead of it, ascending, each on a date of its own. grace_starts: starts in a row with a suspect
    clock; one more than are granted means that they are used up. resets: ids of the clock-reset licenses used.
    """

    at: _Moment = EARLIEST
    sighted: Annotated[tuple[_Moment, ...], Meta(max_length=2)] = ()
    grace_starts: Annotated[int, Meta(ge=0, le=GRACE_STARTS + 1)] = 0
    resets: Annotated[tuple[_KnownId, ...], Meta(max_length=_MAX_RESETS)] = ()


NO_MARK = ClockMark()


class LicenseTerms(Struct, frozen=True):
    """What a license says about time. not_after: last day of access, None for ever; grace_days: open beyond it."""

    issued: date
    not_after: date | None = None
    grace_days: int = 0


class AccessState(Enum):
    """Whether a license is open now, and if not, why."""

    OPEN = "open"
    CLOCK_SUSPECT = "clock_suspect"
    CLOCK_WRONG = "clock_wrong"
    ENDED = "ended"


class Access(Struct, frozen=True):
    """A state with what is told of it: starts that a suspect clock has left, and the moment it should not be before."""

    state: AccessState
    starts_left: int = 0
    seen: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the license opens its lessons now."""
        return self.state in (AccessState.OPEN, AccessState.CLOCK_SUSPECT)


def begin_start(mark: ClockMark, now: datetime, known_after: date) -> ClockMark:
    """Return the mark after a start of the program; call it once for each, and keep what it returns.

    now: what the clock says. known_after: the latest of `built` of the pack and `issued` of the licenses. Raises
    ValueError where the zone of now is unknown.
    """
    clock = min(_in_utc(now), LATEST)
    at = max(mark.at, _midnight(known_after))
    if at - clock > TOLERANCE:
        return replace(mark, at=at, grace_starts=min(mark.grace_starts + 1, GRACE_STARTS + 1))
    sighted = (*(moment for moment in mark.sighted if moment.date() < clock.date()), clock)
    while sighted and len(sighted) >= _dates_needed(sighted[0] - at):
        at, sighted = max(at, sighted[0]), sighted[1:]
    return replace(mark, at=at, sighted=sighted, grace_starts=0)


def after_running(mark: ClockMark, elapsed: timedelta) -> ClockMark:
    """Return the mark after the program ran for so long by the monotonic clock, since the last call or the start.

    Raises ValueError for less than nothing: the mark never goes back.
    """
    if elapsed < timedelta():
        raise ValueError("a monotonic clock does not run backwards")
    return replace(mark, at=LATEST if LATEST - mark.at < elapsed else mark.at + elapsed)


def effective_now(mark: ClockMark, now: datetime, known_after: date) -> datetime:
    """Return what counts as now, in UTC: the clock, or where that is suspect, the latest moment surely reached."""
    clock = _in_utc(now)
    reached = max(mark.at, _midnight(known_after))
    return reached if reached - clock > TOLERANCE else clock


def check_access(mark: ClockMark, now: datetime, terms: LicenseTerms) -> Access:
    """Tell whether a license is open now. Raises ValueError where it looks at the clock and the zone is unknown."""
    if terms.not_after is None:
        return Access(AccessState.OPEN)
    counted = effective_now(mark, now, terms.issued)
    if (counted - timedelta(days=terms.grace_days) - _END_OF_DAY_EVERYWHERE).date() > terms.not_after:
        return Access(AccessState.ENDED)
    if counted == now:
        return Access(AccessState.OPEN)
    starts_left = GRACE_STARTS - mark.grace_starts
    if starts_left < 0:
        return Access(AccessState.CLOCK_WRONG, seen=counted)
    return Access(AccessState.CLOCK_SUSPECT, starts_left, counted)


def reset_mark(mark: ClockMark, license_id: LicenseId, issued: date) -> ClockMark:
    """Return the mark after a clock-reset license, which works once."""
    if license_id in mark.resets:
        return mark
    return ClockMark(_midnight(issued), resets=(*mark.resets, license_id)[-_MAX_RESETS:])


def mark_to_json(mark: ClockMark) -> str:
    """Return the mark as mark_from_json reads it."""
    return msgspec.json.encode(mark).decode()


def mark_from_json(text: str) -> ClockMark | None:
    """Return the mark that was kept, None where this is none: then it counts as NO_MARK, and nobody is locked out."""
    if len(text) > _MAX_JSON_CHARACTERS:
        return None
    try:
        mark = msgspec.json.decode(text, type=ClockMark)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    moments = (mark.at, *mark.sighted)
    if not all(EARLIEST <= moment <= LATEST for moment in moments):
        return None
    at, *sighted = (_in_utc(moment) for moment in moments)
    dates = [moment.date() for moment in sighted]
    if dates != sorted(set(dates)):
        return None
    return replace(mark, at=at, sighted=tuple(sighted))


def _dates_needed(ahead: timedelta) -> int:
    """Return on how many dates a clock has to be seen before the mark follows it so far."""
    if ahead <= TOLERANCE:
        return 1
    return 2 if ahead <= FAR else 3


def _midnight(day: date) -> datetime:
    return min(max(datetime.combine(day, time(), UTC), EARLIEST), LATEST)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone says nothing")
    return moment.astimezone(UTC)
