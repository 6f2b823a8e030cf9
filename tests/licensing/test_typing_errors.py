"""Whatever one or two symbols of a code are mistyped, it is noticed before anything is looked up."""

import random

import pytest

from dijipilot.licensing.code import ActivationCode, CodeRejected, make_code, read_code
from tests.licensing.typing_errors import DOUBLE_SAMPLE, TypingFigures, count_detected


def codes(count: int) -> list[ActivationCode]:
    chance = random.Random(7)
    return [make_code(chance.getrandbits(110).to_bytes(14, "big")) for _ in range(count)]


@pytest.fixture(scope="module")
def figures() -> TypingFigures:
    return count_detected(codes(3))


def test_every_single_double_and_swapped_symbol_is_noticed(figures: TypingFigures) -> None:
    assert (figures.singles, figures.doubles, figures.codes) == (3 * 775, 3 * 288_300, 3)
    assert figures.singles_detected == figures.singles
    assert figures.doubles_detected == figures.doubles
    assert figures.swaps_detected == figures.swaps > 3 * 270
    assert figures.sampled_doubles_detected == figures.sampled_doubles == 3 * DOUBLE_SAMPLE


def test_the_right_code_is_suggested_for_each_single_error(figures: TypingFigures) -> None:
    assert figures.suggested_right == figures.singles == 3 * 25 * 31
    assert figures.suggested_wrong == 0


def test_a_double_error_may_look_like_a_single_one(figures: TypingFigures) -> None:
    assert 0.55 < figures.sampled_doubles_suggested / figures.sampled_doubles < 0.75


def test_of_two_groups_that_changed_places_about_one_in_32_goes_unnoticed() -> None:
    unnoticed = 0
    for code in codes(2000):
        one, two, three, four, five = code.printed.split("-")
        try:
            read_code("-".join((one, four, three, two, five)))
        except CodeRejected:
            continue
        unnoticed += 1

    assert unnoticed / 2000 == pytest.approx(1 / 32, abs=0.02)
