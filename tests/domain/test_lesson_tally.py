"""Lessons are counted so that what is locked counts against nobody."""

from dijipilot.domain.lesson_tally import Tally, tally_lessons

DONE, OPEN, LOCKED, DONE_AND_LOCKED = (True, False), (False, False), (False, True), (True, True)


def test_locked_lessons_are_counted_beside_the_whole() -> None:
    assert tally_lessons([DONE, OPEN, LOCKED, LOCKED]) == Tally(done=1, count=2, locked=2)


def test_what_was_done_counts_although_it_is_locked_now() -> None:
    assert tally_lessons([DONE_AND_LOCKED, LOCKED]) == Tally(done=1, count=1, locked=1)


def test_all_that_can_be_read_being_done_is_complete() -> None:
    assert tally_lessons([DONE, LOCKED]).is_complete
    assert not tally_lessons([DONE, OPEN]).is_complete


def test_nothing_but_locked_lessons_is_not_complete() -> None:
    assert not tally_lessons([LOCKED]).is_complete
    assert not tally_lessons([]).is_complete
