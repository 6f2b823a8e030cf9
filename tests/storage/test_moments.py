"""Tests of times as text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.storage import moments

# A day short of both ends of what Python can express: zones differ from UTC by less.
FIRST_DAY = datetime.fromisoformat("0001-01-02")
LAST_DAY = datetime.fromisoformat("9999-12-30")
times = st.datetimes(FIRST_DAY, LAST_DAY, timezones=st.timezones())


@given(times)
def test_a_time_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert moments.from_text(moments.to_text(moment)) == moment.astimezone(UTC)


@given(times, times)
def test_texts_sort_as_times_do(one: datetime, other: datetime) -> None:
    one, other = one.astimezone(UTC), other.astimezone(UTC)
    assert (moments.to_text(one) < moments.to_text(other)) == (one < other)


@given(times.filter(lambda moment: moment.year > 1000))
def test_a_time_in_a_file_name_comes_back(moment: datetime) -> None:
    assert moments.from_file_name(moments.to_file_name(moment)) == moment.astimezone(UTC)


def test_times_are_kept_in_utc() -> None:
    istanbul = datetime(2026, 1, 2, 3, 4, 5, 6, timezone(timedelta(hours=3)))
    assert moments.to_text(istanbul) == "2026-01-02T00:04:05.000006+00:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moments.to_text(datetime(2026, 1, 2))  # noqa: DTZ001  # that is the mistake
    with pytest.raises(ValueError, match="zone"):
        moments.from_text("2026-01-02T00:00:00")
