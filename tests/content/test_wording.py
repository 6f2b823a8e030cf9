"""Words are counted as people read them, and sums are reckoned exactly."""

import pytest

from dijipilot.content.plain_text import plain_text
from dijipilot.content.wording import are_lengths_alike, count_markdown_words, count_words, sentences, wrong_sum


@pytest.mark.parametrize(
    "right",
    [
        "24.00 + 5.00 - 14.00 - 2.90 = 12.10",
        "29 * 0.1 = 2.9",
        "0.1 + 0.2 = 0.3",
        "(8 + 8) / 3 = 5.33",
        "2 / 3 = 0.667",
        "1 / 8 = 0.13",
        "1 / 8 = 0.12",
        "5 - 7 = -2",
        "-(2 - 5) * 2 = 6",
        "1000 / 4 = 250.00",
    ],
)
def test_a_right_sum_is_right_as_far_as_it_is_written_out(right: str) -> None:
    assert wrong_sum(right) is None


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ("1 + 1 = 3", "the left side makes 2"),
        ("2 / 3 = 0.66", "the left side makes 0.6666666667"),
        ("1 + 1", "must be numbers"),
        ("1 + 1 = 2 = 2", "must be numbers"),
        ("1 + x = 2", "must be numbers"),
        ("1 + 1 = two", "must be numbers"),
        ("2 ** 9999999 = 1", "cannot be calculated"),
        ("7 // 2 = 3", "cannot be calculated"),
        ("(1 + 1 = 2", "cannot be calculated"),
        ("1 1 = 2", "cannot be calculated"),
        (" = 2", "cannot be calculated"),
        ("1 / (2 - 2) = 0", "divides by zero"),
        ("(" * 150 + "1" + ")" * 150 + " = 1", "must be numbers"),
        ("0123 + 1 = 124", "cannot be calculated"),
    ],
)
def test_a_wrong_or_strange_sum_is_refused_and_never_run(wrong: str, part: str) -> None:
    what = wrong_sum(wrong)

    assert what is not None
    assert part in what


def test_signs_that_stand_alone_are_no_words() -> None:
    assert count_words("24.00 - 14.00 = 10.00 — right") == 4


def test_markdown_marks_and_addresses_are_no_words() -> None:
    markdown = "1. **Open** the [order page](https://example.com/x y) now.\n   - *two* `words`\n\n> quoted"

    assert plain_text(markdown) == "Open the order page now. two words quoted"
    assert count_markdown_words(markdown) == 8


def test_a_product_sign_between_numbers_is_no_emphasis() -> None:
    assert plain_text("2 * 3 * 4 = 24") == "2 * 3 * 4 = 24"


def test_emphasis_may_go_on_in_the_next_line_but_not_in_the_next_paragraph() -> None:
    assert plain_text("next, in *How Do You\nSee It?* (now)") == "next, in How Do You See It? (now)"
    assert plain_text("one *star\n\nanother* star") == "one *star another* star"


def test_sentences_end_where_they_end() -> None:
    assert list(sentences("One costs 2.50 dollars. Two! *Three?*\n\nFour")) == [
        "One costs 2.50 dollars.",
        "Two!",
        "Three?",
        "Four",
    ]


@pytest.mark.parametrize(
    ("texts", "is_alike"),
    [
        (["$1.00", "$1,000.00", "-$20.50"], True),
        (["Yes, at once", "No", "Later"], True),
        (["a" * 20, "b" * 30], True),
        (["a" * 20, "b" * 31], False),
        ([], True),
    ],
)
def test_options_are_alike_within_a_third(texts: list[str], is_alike: bool) -> None:
    assert are_lengths_alike(texts) is is_alike
