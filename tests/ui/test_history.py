"""Back and forward, as in a browser."""

import pytest

from dijipilot.ui.history import LONGEST, History


def test_back_and_forward_retrace_the_way() -> None:
    history = History()
    for target in ("home", "library", "lesson:a"):
        history.visit(target)

    assert [history.back(), history.back(), history.forward()] == ["library", "home", "library"]


def test_a_new_step_forgets_what_lay_ahead() -> None:
    history = History()
    for target in ("home", "library"):
        history.visit(target)
    history.back()

    history.visit("search")

    assert not history.can_go_forward
    assert history.back() == "home"


def test_going_where_one_is_is_no_step() -> None:
    history = History()
    history.visit("home")

    history.visit("home")

    assert not history.can_go_back


def test_the_start_has_nothing_before_it() -> None:
    with pytest.raises(IndexError):
        History().back()


def test_a_view_that_changed_is_remembered_as_it_was_left() -> None:
    history = History()
    history.visit("search")
    history.replace("search:refund")
    history.visit("home")

    assert history.back() == "search:refund"


def test_the_way_back_is_not_endless() -> None:
    history = History()
    for number in range(LONGEST + 20):
        history.visit(f"lesson:{number}")

    steps = 0
    while history.can_go_back:
        history.back()
        steps += 1

    assert steps == LONGEST
