"""Over many questions neither length nor place of an option may tell that it is the best."""

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.answer_checks import answer_problems, distribution, is_shunned, is_telling
from dijipilot.content.loader import load_sources
from tests.content.mini_curriculum import MISSION, lint

THIRD = Fraction(1, 3)
LONG, MIDDLE, SHORT = "The long one of three", "The middle one", "The short one"


@pytest.mark.parametrize(
    ("questions", "enough"), [(1, None), (4, None), (5, 5), (9, 7), (10, 8), (12, 9), (30, 17), (40, 21)]
)
def test_the_more_questions_the_nearer_the_bound_comes_to_half(questions: int, enough: int | None) -> None:
    telling = [count for count in range(questions + 1) if is_telling(count, [THIRD] * questions)]

    assert (telling[0] if telling else None) == enough


def test_a_place_without_a_right_answer_is_told_of_twelve_questions() -> None:
    assert not is_shunned(0, [THIRD] * 11)
    assert is_shunned(0, [THIRD] * 12)
    assert not is_shunned(1, [THIRD] * 30)
    assert not is_shunned(0, [])


def test_a_distribution_of_unequal_chances_is_exact() -> None:
    assert distribution([Fraction(1, 3), Fraction(1, 4)]) == [Fraction(6, 12), Fraction(5, 12), Fraction(1, 12)]
    assert sum(distribution([THIRD] * 40)) == 1


def write_check(sources: Path, right_texts: list[str], right_places: list[int]) -> None:
    """Give each of the two lessons four questions, whose right options read so and stand there."""
    text = (sources / MISSION).read_text("utf-8")
    for position, skill in enumerate(["base.first", "base.second"]):
        start = text.index(f"      - id: check.{skill}.1")
        end = text.index("    verified:", start)
        questions = ""
        for serial in range(1, 5):
            number = position * 4 + serial - 1
            texts = [LONG, MIDDLE, SHORT]
            texts.remove(right_texts[number])
            texts.insert(right_places[number], right_texts[number])
            questions += f'      - id: check.{skill}.{serial}\n        prompt: "Which?"\n        options:\n'
            for place, option in enumerate(texts):
                right = "right: true, " if place == right_places[number] else ""
                questions += f'          - {{id: o{place}, text: "{option}", {right}explanation: "So it is."}}\n'
        text = text[:start] + questions + text[end:]
    (sources / MISSION).write_text(text, encoding="utf-8")


def test_right_answers_of_any_length_and_place_are_no_problem(sources: Path) -> None:
    write_check(sources, [LONG] * 4 + [SHORT, MIDDLE] * 2, [0, 1, 2, 0, 1, 2, 0, 1])

    # The shortest has less than two thirds of the longest; here that is not what is looked at.
    assert [problem.what for problem in lint(sources) if "check questions" in problem.what] == []


def test_right_answers_that_are_the_longest_are_told_of_their_mission(sources: Path) -> None:
    write_check(sources, [LONG] * 7 + [SHORT], [0, 1, 2, 0, 1, 2, 0, 1])

    assert [(problem.line, problem.what) for problem in lint(sources) if "check questions" in problem.what] == [
        (1, "mission 1.1.1: in 7 of 8 check questions the best option is the longest. Shorten some of them.")
    ]


def test_what_no_mission_shows_by_itself_is_told_of_the_program(sources: Path) -> None:
    write_check(sources, [LONG] * 8, [0, 1, 2, 0, 1, 2, 0, 1])
    loaded = load_sources(sources)
    one, other, *rest = loaded.missions
    # Four questions in each of two missions are too few to tell.
    half = replace(one, value=replace(one.value, lessons=one.value.lessons[:1]))
    rest_of_it = replace(other, value=replace(other.value, lessons=one.value.lessons[1:]))

    problems = list(answer_problems(replace(loaded, missions=(half, rest_of_it, *rest))))

    assert [problem.what for problem in problems] == [
        "program 1.1: in 8 of 8 check questions the best option is the longest. Shorten some of them."
    ]


def test_right_answers_that_stand_at_one_place_are_told(sources: Path) -> None:
    write_check(sources, [LONG, MIDDLE, SHORT, SHORT] * 2, [1] * 7 + [0])

    assert [problem.what for problem in lint(sources) if "check questions" in problem.what] == [
        "mission 1.1.1: in 7 of 8 check questions the right option stands at place 2. Reorder some options."
    ]


def write_items(sources: Path, best: str, other: str) -> None:
    """Add eight situations to the first mission whose best option reads so."""
    path = sources / MISSION
    items = ""
    for serial in range(3, 11):
        items += f"""\
  - id: item.base.first.{serial}
    kind: situation
    skills: [base.first]
    prompt: "What did you do then?"
    options:
      - {{id: one, text: "{other}", evidence: {{base.first: -1}}, reveals: "Less."}}
      - {{id: two, text: "{best}", evidence: {{base.first: 1}}, reveals: "More."}}
      - {{id: three, text: "{other}", evidence: {{base.first: -1}}, reveals: "Less."}}
    explanation: "So it is."
    teaches: "1.1.1.1"
"""
    text = path.read_text("utf-8")
    path.write_text(text.replace("questions:\n", items + "questions:\n", 1), encoding="utf-8")


def test_best_options_of_items_that_are_the_longest_are_told(sources: Path) -> None:
    write_items(sources, "I looked it up first", "I asked a friend")

    # Amounts are not counted: the scenario of the mission asks for one.
    assert [problem.what for problem in lint(sources)] == [
        "mission 1.1.1: in 8 of 11 items the best option is the longest. Shorten some of them."
    ]


def test_best_options_of_items_that_are_not_the_longest_are_no_problem(sources: Path) -> None:
    write_items(sources, "I asked a friend", "I looked it up first")

    assert lint(sources) == []


def test_items_of_a_mission_in_preparation_are_not_looked_at_yet(sources: Path) -> None:
    write_items(sources, "I looked it up first", "I asked a friend")
    text = (sources / MISSION).read_text("utf-8")
    (sources / MISSION).write_text(text.replace("status: ready", "status: draft"), encoding="utf-8")

    assert [problem.what for problem in lint(sources) if "longest" in problem.what] == []
