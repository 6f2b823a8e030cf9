"""A term a lesson emphasizes is in the glossary, and the glossary names lessons that use their terms."""

from pathlib import Path

import pytest

from dijipilot.content.written_texts import emphasized
from tests.content.mini_curriculum import MISSION, change, lint


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("*margin*", None),
        ("*margins*", None),
        ("*Contribution*", None),
        ("**mark-up**", None),
        ("*How Do You Do Thing 2?*", None),
        ("*mark-up*", 'it emphasizes "mark-up", which is not in the glossary. Explain it there, or write it without'),
        ("*margine*", 'it emphasizes "margine", which is not in the glossary. Did you mean "margin"?'),
        ("*How Do You Do It?*", 'it quotes "How Do You Do It?", which is the title of no lesson.'),
    ],
)
def test_an_emphasized_term_is_explained(sources: Path, written: str, told: str | None) -> None:
    line = change(sources, MISSION, "**margin** matters", f"margin and {written} matter")

    problems = lint(sources)

    assert [(problem.file, problem.line) for problem in problems] == ([(MISSION, line - 1)] if told else [])
    assert all(told and told in problem.what for problem in problems)


def test_an_emphasized_term_names_the_lesson(sources: Path) -> None:
    change(sources, MISSION, '    tip: "', '    tip: "*Margin* again. ')
    change(sources, "glossary.yaml", 'lessons: ["1.1.1.1"]', 'lessons: ["1.1.1.2"]')
    second = (sources / MISSION).read_text("utf-8").rpartition('    tip: "')
    (sources / MISSION).write_text(f"{second[0]}{second[1]}*Margin* again. {second[2]}", encoding="utf-8")

    assert [problem.what for problem in lint(sources)] == [
        'lesson 1.1.1.1: it emphasizes "Margin", and term.margin does not name the lesson. Add "1.1.1.1" there.'
    ]


def test_an_answer_quotes_titles_and_terms_that_exist(sources: Path) -> None:
    line = change(sources, MISSION, "    answer: |\n      ", "    answer: |\n      *Margins* differ from a *mark-up*. ")

    assert [(problem.line, problem.what.partition(":")[0]) for problem in lint(sources)] == [
        (line, "question qa.base.cancel")
    ]


def test_a_lesson_that_does_not_use_the_term_is_told(sources: Path) -> None:
    line = change(sources, "glossary.yaml", 'lessons: ["1.1.1.1"]', 'lessons: ["1.1.1.1", "1.1.1.2", "1.1.2.1"]')

    problems = lint(sources)

    # 1.1.2.1 is a draft: what it will use is not known.
    assert [(problem.line, problem.what) for problem in problems] == [
        (line, 'term term.margin: lesson 1.1.1.2 does not use "Margin". Use it there, or remove the number.')
    ]


@pytest.mark.parametrize("used", ["Margins", "contribution", "The MARGIN", "margin,"])
def test_any_name_of_a_term_counts_as_its_use(sources: Path, used: str) -> None:
    change(sources, MISSION, "**margin** matters", f"{used} matters")

    assert lint(sources) == []


def test_a_word_that_only_begins_like_a_term_is_not_its_use(sources: Path) -> None:
    change(sources, MISSION, "**margin** matters", "marginal matters")

    assert ["does not use" in problem.what for problem in lint(sources)] == [True]


def test_emphasis_is_told_from_strong_text_and_multiplication() -> None:
    markdown = "*One* **two** and 2 * 3 * 4 = 24, *three\n  words here*, 5*6*7, **a *nested* term**"

    assert list(emphasized(markdown)) == ["One", "three words here", "nested"]
