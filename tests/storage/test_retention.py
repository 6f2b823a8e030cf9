"""Tests of which backups are kept, on honest clocks and on wrong ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.storage.retention import DAILY, KEEP_ALL_FOR, MONTHLY, WEEKLY, choose_kept
from tests.builders import NOON

times = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01"), timezones=st.just(UTC))
many_times = st.lists(times, max_size=60)


@given(many_times, times)
def test_what_is_kept_was_there_and_the_newest_always_is(backups: list[datetime], now: datetime) -> None:
    kept = choose_kept(backups, now)
    assert kept <= set(backups)
    assert not backups or max(backups) in kept


@given(many_times, times)
def test_nothing_of_the_last_two_days_or_of_the_future_goes(backups: list[datetime], now: datetime) -> None:
    assert {time for time in backups if time > now - KEEP_ALL_FOR} <= choose_kept(backups, now)


@given(many_times, times)
def test_older_ones_are_bounded_in_number(backups: list[datetime], now: datetime) -> None:
    older = [time for time in choose_kept(backups, now) if time <= now - KEEP_ALL_FOR]
    assert len(older) <= DAILY + WEEKLY + MONTHLY


@given(many_times, times)
def test_thinning_twice_is_thinning_once(backups: list[datetime], now: datetime) -> None:
    kept = choose_kept(backups, now)
    assert choose_kept(kept, now) == kept


@given(many_times, times, times)
def test_a_wrong_clock_for_once_still_leaves_days_weeks_and_months(
    backups: list[datetime], wrong: datetime, now: datetime
) -> None:
    after_accident = choose_kept(backups, wrong)
    months = {(time.year, time.month) for time in backups}
    left = {(time.year, time.month) for time in choose_kept(after_accident, now)}
    assert len(left) >= min(len(months), MONTHLY)


def test_backups_every_half_hour_for_four_hundred_days_keep_the_rule() -> None:
    kept: set[datetime] = set()
    now = NOON
    for _ in range(400):
        for half_hour in range(16):
            kept.add(now + timedelta(minutes=30 * half_hour))
        now += timedelta(days=1)
        kept = choose_kept(kept, now)
    older = sorted((time for time in kept if time <= now - KEEP_ALL_FOR), reverse=True)
    assert len(kept) - len(older) == 31
    assert [(now.date() - time.date()).days for time in older[:DAILY]] == list(range(2, 2 + DAILY))
    assert 240 <= (now - older[-1]).days <= 280
    assert len(older) <= DAILY + WEEKLY + MONTHLY
