"""What a text says of another lesson is true: its number exists, and the title beside it is its own."""

from pathlib import Path

import pytest

from tests.content.mini_curriculum import MISSION, change, lint

EXPLANATION = "Fees are a share of the price."


@pytest.mark.parametrize(
    "text",
    [
        "See lesson 1.1.1.2.",
        "See lessons 1.1.1.1 and 1.1.2.2, program 1.2 and mission 1.1.2.",
        "*How Do You Do Thing 2?* (lesson 1.1.1.2) says more.",
        "Lesson 1.1.1.2, *How Do You Do Thing 2?*, says more.",
        "In lesson 1.1.1.2 (*How Do You Do Thing 2?*) it is.",
        "It costs 1.10 and 2.20, on 1.2.2026.",
        "Program 1.1. And mission 1.1.1.",
    ],
)
def test_a_true_mention_is_no_problem(sources: Path, text: str) -> None:
    change(sources, MISSION, EXPLANATION, text)

    assert lint(sources) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("See lesson 1.1.1.9.", 'the text names lesson "1.1.1.9", which does not exist. Did you mean "1.1.1.'),
        ("See 1.1.1.2 and 9.9.9.9", 'the text names lesson "9.9.9.9", which does not exist. Correct it, or remove it.'),
        ("See mission 1.1.7.", 'the text names mission "1.1.7", which does not exist.'),
        ("See program 1.30.", 'the text names program "1.30", which does not exist.'),
        (
            "*How Do You Do Thing 1?* (lesson 1.1.1.2) says more.",
            'calls lesson 1.1.1.2 "How Do You Do Thing 1?"; its title is "How Do You Do Thing 2?". Quote that.',
        ),
        (
            "“What is base?” (lesson 1.1.2.1) says more.",
            'lesson 1.1.2.1 "What is base?"; its title is "What is base.th',
        ),
        ("In lesson 1.1.1.2 (*How Do You Do Thing?*) it is.", 'lesson 1.1.1.2 "How Do You Do Thing?"; its title is'),
        ("Lesson 1.1.1.2, *How Do You Do It?*, says more.", 'lesson 1.1.1.2 "How Do You Do It?"; its title is'),
    ],
)
def test_a_mention_that_leads_elsewhere_is_told(sources: Path, text: str, told: str) -> None:
    line = change(sources, MISSION, EXPLANATION, text)

    problems = lint(sources)

    assert [(problem.file, problem.line) for problem in problems] == [(MISSION, line)]
    assert told in problems[0].what


def test_a_title_may_run_over_two_lines(sources: Path) -> None:
    line = change(sources, MISSION, "**margin** matters", "margin: *How Do\n      You Do?* (lesson\n      1.1.1.2)")

    told = [(problem.line, problem.what) for problem in lint(sources) if "calls lesson" in problem.what]

    assert told == [
        (
            line - 1,
            'lesson 1.1.1.1: the text calls lesson 1.1.1.2 "How Do You Do?"; its title is "How Do You Do Thing 2?". '
            "Quote that.",
        )
    ]


@pytest.mark.parametrize(
    "old",
    ['"Who pays for the light?"', '"It is near."', '"A lamp from İstanbul."', '"I took a rival\'s price"'],
)
def test_questions_checks_options_and_glossary_are_read_too(sources: Path, old: str) -> None:
    name = "glossary.yaml" if "lamp" in old else MISSION
    line = change(sources, name, old, f"{old[:-2]} 1.1.1.9{old[-2:]}")

    assert (name, line) in {
        (problem.file, problem.line) for problem in lint(sources) if '"1.1.1.9", which does not exist' in problem.what
    }
