"""A wrong clock harms nobody for longer than it is wrong, and setting it back buys next to nothing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license_time import (
    EARLIEST,
    GRACE_STARTS,
    LATEST,
    NO_MARK,
    Access,
    AccessState,
    ClockMark,
    LicenseTerms,
    after_running,
    begin_start,
    check_access,
    effective_now,
    mark_from_json,
    mark_to_json,
    reset_mark,
)
from tests.licensing.clock_schedules import play_schedules

ISSUED = date(2027, 3, 1)
TRIAL = LicenseTerms(ISSUED, date(2027, 3, 31))
FOREVER = LicenseTerms(ISSUED)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def march(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def marked(moment: datetime, *sighted: datetime, grace_starts: int = 0) -> ClockMark:
    return ClockMark(moment, sighted, grace_starts)


def started(mark: ClockMark, *clocks: datetime) -> ClockMark:
    """Return the mark after a start at each of these clocks."""
    for clock in clocks:
        mark = begin_start(mark, clock, ISSUED)
    return mark


def test_500_computers_with_wrong_clocks_keep_what_is_promised() -> None:
    figures = play_schedules(range(500))

    assert (figures.schedules, figures.starts > 10_000) == (500, True)
    assert figures.perpetual_lockouts == 0
    assert (figures.wrongly_closed, figures.wrongly_open, figures.wrongly_suspected) == (0, 0, 0)
    assert 0 < figures.bought_hours <= 24
    assert figures.beyond_mark_hours <= 24
    assert figures.grace_starts == GRACE_STARTS
    assert figures.unsaved == 0


def test_a_license_without_a_last_day_does_not_even_look_at_the_clock() -> None:
    used_up = marked(march(1), grace_starts=GRACE_STARTS + 1)

    assert check_access(used_up, datetime.min, FOREVER) == Access(AccessState.OPEN)  # noqa: DTZ901 - no zone is meant


@pytest.mark.parametrize(
    ("grace_days", "closes"),
    [(0, datetime(2027, 4, 1, 12, tzinfo=UTC)), (7, datetime(2027, 4, 8, 12, tzinfo=UTC))],
)
def test_the_last_day_is_over_when_it_is_over_everywhere(grace_days: int, closes: datetime) -> None:
    terms = LicenseTerms(ISSUED, TRIAL.not_after, grace_days)
    mark = marked(march(1))

    assert check_access(mark, closes - timedelta(microseconds=1), terms) == Access(AccessState.OPEN)
    assert check_access(mark, closes, terms) == Access(AccessState.ENDED)


def test_a_last_day_may_be_a_leap_day() -> None:
    terms = LicenseTerms(ISSUED, date(2028, 2, 29))

    assert check_access(NO_MARK, datetime(2028, 3, 1, 11, 59, tzinfo=UTC), terms).is_open
    assert not check_access(NO_MARK, datetime(2028, 3, 1, 12, tzinfo=UTC), terms).is_open


def test_a_last_day_may_be_the_last_there_is() -> None:
    assert check_access(NO_MARK, march(1), LicenseTerms(ISSUED, date.max, 366)).is_open


def test_the_zone_makes_no_difference() -> None:
    far_east, far_west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    mark = marked(march(10))

    for zone in (far_east, far_west):
        shown = march(11).astimezone(zone)
        assert begin_start(mark, shown, ISSUED) == begin_start(mark, march(11), ISSUED)
        assert check_access(mark, shown, TRIAL) == Access(AccessState.OPEN)


def test_a_time_without_a_zone_is_a_mistake() -> None:
    naive = datetime(2027, 3, 5)  # noqa: DTZ001 - no zone is meant

    with pytest.raises(ValueError, match="zone"):
        begin_start(NO_MARK, naive, ISSUED)
    with pytest.raises(ValueError, match="zone"):
        check_access(NO_MARK, naive, TRIAL)


def test_without_a_mark_the_date_of_what_was_signed_last_was_surely_reached() -> None:
    assert started(NO_MARK, march(1, 9)).at == march(1, 9)
    assert begin_start(NO_MARK, march(1, 9), date(2027, 2, 1)).at == datetime(2027, 2, 1, tzinfo=UTC)
    assert effective_now(NO_MARK, datetime(1990, 1, 1, tzinfo=UTC), ISSUED) == march(1, 0)


def test_the_mark_follows_the_clock_from_day_to_day() -> None:
    assert started(marked(march(2)), march(3), march(4, 11), march(4, 20)) == marked(march(4, 20))


def test_further_ahead_the_mark_waits_for_a_second_date_and_then_goes_to_the_first() -> None:
    once = started(marked(march(2)), march(12))
    same_date = started(once, march(12, 18))
    twice = started(same_date, march(14))

    assert once == marked(march(2), march(12))
    assert same_date == marked(march(2), march(12, 18))
    assert twice == marked(march(12, 18), march(14))


def test_more_than_30_days_ahead_it_waits_for_a_third_date_and_catches_up() -> None:
    first, second, third = (datetime(2027, 7, day, 12, tzinfo=UTC) for day in (1, 2, 3))

    assert started(marked(march(2)), first, second) == marked(march(2), first, second)
    assert started(marked(march(2)), first, second, third) == marked(third)


def test_30_days_to_the_minute_are_not_more() -> None:
    first = march(1, 0) + 30 * DAY

    assert started(marked(march(1, 0)), first, first + DAY).at == first + DAY
    assert started(marked(march(1, 0)), first + HOUR, first + DAY).at == march(1, 0)


@pytest.mark.parametrize("wrong", [datetime(2099, 1, 1, tzinfo=UTC), march(30), march(8), march(7, 13)])
def test_one_clock_ahead_changes_nothing(wrong: datetime) -> None:
    before = started(NO_MARK, march(4), march(5), march(6))

    after = started(before, wrong, march(7))

    assert after == started(before, march(7))
    assert check_access(after, march(7), TRIAL) == Access(AccessState.OPEN)


def test_a_slip_of_a_day_shortly_before_the_end_does_not_end_it() -> None:
    end = datetime(2027, 4, 1, 12, tzinfo=UTC)
    before = marked(end - HOUR)

    wrong = begin_start(before, end + 22 * HOUR, ISSUED)

    assert check_access(wrong, end + 22 * HOUR, TRIAL) == Access(AccessState.ENDED)
    assert check_access(begin_start(wrong, end - HOUR, ISSUED), end - HOUR, TRIAL) == Access(AccessState.OPEN)


def test_sightings_on_three_dates_count_though_the_clock_was_far_back_in_between() -> None:
    back = datetime(1980, 1, 1, tzinfo=UTC)

    assert started(marked(march(2)), march(12), back, march(14)) == marked(march(12), march(14))


def test_running_moves_the_mark_and_never_back() -> None:
    assert after_running(marked(march(2), march(9)), 3 * HOUR) == marked(march(2, 15), march(9))
    assert after_running(marked(LATEST - HOUR), timedelta(days=3_000_000)) == marked(LATEST)
    with pytest.raises(ValueError, match="backwards"):
        after_running(marked(march(2)), -HOUR)


def test_a_clock_up_to_24_hours_behind_is_trusted() -> None:
    mark = started(marked(march(10)), march(9))

    assert mark == marked(march(10))
    assert effective_now(mark, march(9), ISSUED) == march(9)
    assert check_access(mark, march(9), TRIAL) == Access(AccessState.OPEN)


def test_further_back_seven_starts_are_open_and_the_eighth_waits() -> None:
    mark, states = marked(march(10)), []
    for _ in range(9):
        mark = started(mark, march(2))
        states.append(check_access(mark, march(2), TRIAL))

    assert states[:7] == [Access(AccessState.CLOCK_SUSPECT, left, march(10)) for left in (6, 5, 4, 3, 2, 1, 0)]
    assert states[7:] == [Access(AccessState.CLOCK_WRONG, 0, march(10))] * 2
    assert [state.is_open for state in states] == [True] * 7 + [False] * 2


def test_as_soon_as_the_clock_is_right_it_opens_and_the_starts_come_back() -> None:
    used_up = marked(march(10), grace_starts=GRACE_STARTS + 1)

    assert check_access(used_up, march(11), TRIAL) == Access(AccessState.OPEN)
    assert started(used_up, march(11)) == marked(march(11))


def test_a_trial_that_ended_stays_so_whatever_the_clock_says() -> None:
    mark = started(marked(march(30)), march(31), datetime(2027, 4, 1, 11, tzinfo=UTC))
    mark = after_running(mark, 26 * HOUR)

    for clock in (march(2), march(31), datetime(1970, 1, 1, tzinfo=UTC)):
        assert check_access(started(mark, clock), clock, TRIAL) == Access(AccessState.ENDED)


def test_a_clock_set_back_while_it_runs_is_noticed() -> None:
    mark = started(marked(march(9)), march(10))

    assert check_access(mark, march(2), TRIAL) == Access(AccessState.CLOCK_SUSPECT, GRACE_STARTS, march(10))


def test_a_license_issued_after_the_clock_makes_it_suspect() -> None:
    clock = datetime(2027, 2, 1, tzinfo=UTC)

    assert check_access(NO_MARK, clock, TRIAL) == Access(AccessState.CLOCK_SUSPECT, GRACE_STARTS, march(1, 0))


def test_a_clock_reset_works_once() -> None:
    lost = marked(datetime(2099, 1, 3, tzinfo=UTC), grace_starts=8)
    first, second = LicenseId("L-2027-000009"), LicenseId("L-2027-000010")

    once = reset_mark(lost, first, ISSUED)
    moved = started(once, march(1, 8))

    assert once == ClockMark(march(1, 0), resets=(first,))
    assert moved.resets == (first,)
    assert reset_mark(moved, first, ISSUED) == moved
    assert reset_mark(moved, second, ISSUED).resets == (first, second)


def test_however_many_resets_there_were_the_mark_can_be_read_again() -> None:
    mark = NO_MARK
    for number in range(150):
        mark = reset_mark(mark, LicenseId(f"L-{number}"), ISSUED)

    assert mark_from_json(mark_to_json(mark)) == mark


moments = st.datetimes(datetime(1940, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - given above


@given(st.lists(st.tuples(moments, st.timedeltas(timedelta(), timedelta(days=400_000))), max_size=12))
def test_whatever_happened_the_mark_is_kept_and_never_goes_back(starts: list[tuple[datetime, timedelta]]) -> None:
    mark = NO_MARK
    for clock, elapsed in starts:
        before = mark
        mark = after_running(begin_start(mark, clock, ISSUED), elapsed)
        assert before.at <= mark.at <= LATEST
        assert mark_from_json(mark_to_json(mark)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\ud800",
        '{"at": 5}',
        '{"at": "2027-03-01T12:00:00"}',
        '{"at": "1969-12-31T12:00:00Z"}',
        '{"at": "9999-03-01T12:00:00Z"}',
        '{"at": "2027-03-01T12:00:00Z", "other": 1}',
        '{"sighted": ["2027-03-02T12:00:00Z", "2027-03-01T12:00:00Z"]}',
        '{"sighted": ["2027-03-01T12:00:00Z", "2027-03-01T13:00:00Z"]}',
        '{"sighted": ["2027-03-01T12:00:00Z", "2027-03-02T13:00:00Z", "2027-03-03T13:00:00Z"]}',
        '{"grace_starts": -1}',
        '{"grace_starts": 9}',
        '{"grace_starts": 1.5}',
        '{"grace_starts": true}',
        '{"resets": ["a b"]}',
        '{"resets": ["A\\n"]}',
        "[" * 10_000,
        '{"at": ' + "[" * 10_000,
        " " * 20_000 + "{}",
    ],
)
def test_a_damaged_mark_is_no_mark(text: str) -> None:
    assert mark_from_json(text) is None


def test_what_is_not_said_in_a_mark_is_as_in_no_mark() -> None:
    assert mark_from_json("{}") == NO_MARK == ClockMark(EARLIEST)
    assert mark_from_json('{"at": "2027-03-01T14:00:00+02:00"}') == marked(march(1))


@given(st.text(st.characters(codec=None), max_size=60))
def test_no_text_is_a_crash(text: str) -> None:
    assert mark_from_json(text) in (None, NO_MARK)
