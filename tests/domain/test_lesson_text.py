"""Text of a lesson says nothing where a value is shown by its repr, as in an error that is logged."""

import pytest

from dijipilot.domain.ids import OptionId
from dijipilot.domain.lesson_text import (
    ChecklistEntry,
    CheckOption,
    CheckQuestion,
    MissionQuestion,
    SealableText,
    Section,
    SectionKind,
    Step,
    VerifiedFact,
)
from tests import builders

SECRET = "charges you at release"
OPTION = CheckOption(OptionId("a"), SECRET, is_right=True, explanation=SECRET)


@pytest.mark.parametrize(
    "text",
    [
        *(Section(SectionKind.WHY, SECRET, SECRET), Step("s1", SECRET), ChecklistEntry("b1", SECRET), OPTION),
        *(CheckQuestion("q1", SECRET, (OPTION,)), VerifiedFact(SECRET, SECRET, "a", "2026-11-23")),
        *(MissionQuestion("qa.1", SECRET, SECRET, ()), builders.lesson_text("niche.buyer")),
    ],
)
def test_text_that_may_be_sealed_shows_its_kind_alone(text: SealableText) -> None:
    assert repr(text) == str(text) == f"{type(text).__name__}(…)"
    assert f"{[text]!r} { ({'text': text})!r}" == f"[{text!r}] {{'text': {text!r}}}"


def test_an_error_of_python_does_not_quote_it() -> None:
    with pytest.raises(ValueError, match="is not in list") as caught:
        [OPTION].index(CheckOption(OptionId("b"), SECRET, is_right=False, explanation=""))

    assert SECRET not in str(caught.value)
