"""Two lessons may not say nearly the same, whichever words are swapped; figures and titles may recur."""

from pathlib import Path

import pytest

from dijipilot.content.repetition_checks import likeness
from tests.content.mini_curriculum import MISSION, change, lint, prose

FIRST, SECOND = prose(10, 101), prose(10, 102)
SAID = "A buyer pays today and the bank sends the money on Friday"


def say(sources: Path, one: str, other: str) -> int:
    """Let the two lessons say these sentences; return the line of the second."""
    change(sources, MISSION, FIRST, one)
    return change(sources, MISSION, SECOND, other)


@pytest.mark.parametrize(
    "other",
    [
        f"{SAID}.",
        "The bank sends the money on Friday, and a buyer pays today.",
        "A buyer pays today, and the platform sends the money on Friday!",
        "A buyer pays 23.00 today and the bank sends the money on Friday.",
    ],
)
def test_a_sentence_in_nearly_the_same_words_is_told(sources: Path, other: str) -> None:
    line = say(sources, f"{SAID}.", other)

    problems = lint(sources)

    assert [problem.line for problem in problems] == [line - 1], "\n".join(map(str, problems))
    assert f"{MISSION}:" in problems[0].what
    assert "Say something of this lesson." in problems[0].what


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Two of ten words differ.
        (f"{SAID}.", "A buyer pays late and the shop sends the money on Friday."),
        # Short sentences cannot help being alike.
        ("The bank sends the money on Friday.", "The bank sends the money on Friday."),
        # The figures of the example shop are the same in every lesson, and so is its introduction.
        ("What is left is 23.00 - 2.30 - 12.40 = 8.30.", "What is left is 23.00 - 2.30 - 12.40 = 8.30."),
        (
            "In one quarter Mara's mug shop (invented, in dollars) delivered 160 mug and 50 shirt orders.",
            "In one quarter Mara's mug shop (invented, in dollars) delivered 160 mug and 50 shirt orders.",
        ),
        # A title is quoted as it is.
        (
            "We do as in *How Do You Do Thing 2?* today.",
            "We do as in *How Do You Do Thing 2?* today.",
        ),
    ],
)
def test_what_may_recur_is_not_told(sources: Path, one: str, other: str) -> None:
    say(sources, one, other)

    assert lint(sources) == []


def test_a_lesson_may_repeat_itself(sources: Path) -> None:
    change(sources, MISSION, FIRST, f"{SAID}. {SAID}.")

    assert lint(sources) == []


def test_explanations_of_the_knowledge_check_are_compared_too(sources: Path) -> None:
    change(sources, MISSION, FIRST, f"{SAID}.")
    text = (sources / MISSION).read_text("utf-8")
    before, found, after = text.rpartition("It is near.")
    (sources / MISSION).write_text(f"{before}{SAID}.{after}", encoding="utf-8")

    assert found
    assert [problem.line for problem in lint(sources)] == [before.count("\n") + 1]


def test_likeness_is_the_share_of_common_words() -> None:
    assert likeness(frozenset("abcd"), frozenset("abcd")) == 1
    assert likeness(frozenset("abcd"), frozenset("abce")) == 0.75
    assert likeness(frozenset("abcd"), frozenset("efgh")) == 0
