"""Known answers of section 9: what is remembered of a clock that may be wrong, and whether a license is open by it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license_time import (
    NO_MARK,
    ClockMark,
    LicenseTerms,
    begin_start,
    check_access,
    mark_to_json,
    reset_mark,
)
from dijipilot_vendor.known_answers.vector import Value, Values, Vector

_KNOWN = date(2026, 11, 1)
_AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
_DAY = timedelta(days=1)
_MARK = ClockMark(_AT)

_NO_MARKS = {
    "nothing": "",
    "no JSON": "2026-12-01",
    "a key that we do not know": '{"at":"2026-12-01T12:00:00Z","zone":"UTC"}',
    "a moment without a zone": '{"at":"2026-12-01T12:00:00"}',
    "a moment before 1970": '{"at":"1969-12-31T23:59:59Z"}',
    "a moment after the beginning of 9000": '{"at":"9000-01-01T00:00:01Z"}',
    "a sighting before 1970": '{"sighted":["1969-12-31T23:59:59Z"]}',
    "three sightings": '{"sighted":["2026-12-02T00:00:00Z","2026-12-03T00:00:00Z","2026-12-04T00:00:00Z"]}',
    "two sightings on one date": '{"sighted":["2026-12-02T00:00:00Z","2026-12-02T01:00:00Z"]}',
    "sightings in another order": '{"sighted":["2026-12-03T00:00:00Z","2026-12-02T00:00:00Z"]}',
    "nine starts": '{"grace_starts":9}',
    "starts below zero": '{"grace_starts":-1}',
    "no number of starts": '{"grace_starts":"1"}',
    "an id of another shape": '{"resets":["l-1"]}',
    "101 ids": '{"resets":[' + ",".join(['"L"'] * 101) + "]}",
}


def clock_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    yield from _kept()
    yield from _started()
    yield from _opened()
    reset = reset_mark(_MARK, LicenseId("RESET-1"), _KNOWN)
    for name, mark in (("a clock reset", replace(_MARK, grace_starts=8, sighted=(_AT + 9 * _DAY,))), ("again", reset)):
        given: Values = {"mark": mark_to_json(mark), "lic": "RESET-1", "issued": _KNOWN.isoformat()}
        yield Vector(name, "clock-reset", given, _said_of(reset_mark(mark, LicenseId("RESET-1"), _KNOWN)))


def _said_of(mark: ClockMark) -> Values:
    sighted: list[Value] = [_written(moment) for moment in mark.sighted]
    said: Values = {"at": _written(mark.at), "sighted": sighted, "grace_starts": mark.grace_starts}
    return {**said, "resets": list(mark.resets)}


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _kept() -> Iterator[Vector]:
    kept = ClockMark(_AT, (_AT + 2 * _DAY, _AT + 40 * _DAY), 8, (LicenseId("RESET-1"), LicenseId("L-2026-000123")))
    for name, text, mark in (
        ("a mark", mark_to_json(kept), kept),
        ("a mark of which nothing is said", "{}", NO_MARK),
        ("a mark in another zone", '{"at":"2026-12-01T14:00:00+02:00"}', _MARK),
    ):
        yield Vector(name, "clock-mark", {"text": text}, _said_of(mark))
    for name, text in _NO_MARKS.items():
        yield Vector(f"no mark: {name}", "clock-mark", {"text": text}, _said_of(NO_MARK))


def _started() -> Iterator[Vector]:
    """Yield starts in a row, each with the mark that the one before left."""
    ways: Mapping[str, tuple[ClockMark, tuple[timedelta, ...]]] = {
        "a first start": (NO_MARK, (timedelta(),)),
        "starts day by day": (_MARK, (timedelta(hours=5), 1 * _DAY, 2 * _DAY)),
        "a clock 24 hours behind, and a second more": (_MARK, (-_DAY, -_DAY - timedelta(seconds=1))),
        "a clock set back for ever": (replace(_MARK, grace_starts=6), (-9 * _DAY, -9 * _DAY, -9 * _DAY)),
        "a wrong start and a right one": (_MARK, (-400 * _DAY, timedelta(hours=1))),
        "a holiday": (_MARK, (25 * _DAY, 26 * _DAY)),
        "a year unused": (_MARK, (365 * _DAY, 365 * _DAY, 366 * _DAY, 367 * _DAY)),
        "one start in 2099, and back": (_MARK, (26_000 * _DAY, 1 * _DAY)),
        "far ahead, less far, and far again": (_MARK, (90 * _DAY, 80 * _DAY, 90 * _DAY, 91 * _DAY)),
        "a pack of a later day than the clock": (ClockMark(_AT - 400 * _DAY), (-60 * _DAY,)),
    }
    for name, (mark, clocks) in ways.items():
        for number, ahead in enumerate(clocks, start=1):
            given: Values = {"mark": mark_to_json(mark), "clock": _written(_AT + ahead), "known": _KNOWN.isoformat()}
            mark = begin_start(mark, _AT + ahead, _KNOWN)
            yield Vector(f"{name}, start {number}", "clock-start", given, _said_of(mark))


def _opened() -> Iterator[Vector]:
    trial = LicenseTerms(_KNOWN, date(2026, 12, 10), grace_days=3)
    end = datetime(2026, 12, 14, 12, tzinfo=UTC)
    late = ClockMark(end)
    cases: Mapping[str, tuple[ClockMark, datetime, LicenseTerms]] = {
        "a license for ever, clock 60 years behind": (_MARK, _AT - 21_900 * _DAY, LicenseTerms(_KNOWN)),
        "a trial on its days": (_MARK, _AT, trial),
        "a trial in its last second": (_MARK, end - timedelta(seconds=1), trial),
        "a trial that is over": (_MARK, end, trial),
        "a trial, clock 24 hours behind": (_MARK, _AT - _DAY, trial),
        "a trial, clock further behind": (_MARK, _AT - 2 * _DAY, trial),
        "a trial at its last start of grace": (replace(_MARK, grace_starts=7), _AT - 2 * _DAY, trial),
        "a trial without starts of grace": (replace(_MARK, grace_starts=8), _AT - 2 * _DAY, trial),
        "a trial without starts of grace, the clock being right": (replace(_MARK, grace_starts=8), _AT, trial),
        "a trial that the mark says is over": (late, end - 2 * _DAY, trial),
        "a trial over by the mark, clock hardly behind": (late, end - timedelta(hours=23), trial),
        "a trial before it was issued": (NO_MARK, datetime(2026, 10, 1, tzinfo=UTC), trial),
    }
    for name, (mark, clock, terms) in cases.items():
        access = check_access(mark, clock, terms)
        given: Values = {
            "mark": mark_to_json(mark),
            "clock": _written(clock),
            "issued": terms.issued.isoformat(),
            "not_after": terms.not_after.isoformat() if terms.not_after else None,
            "grace_days": terms.grace_days,
        }
        answer = {"state": access.state.value, "starts_left": access.starts_left}
        yield Vector(name, "clock-access", given, answer)
