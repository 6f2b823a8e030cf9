"""dijipilot assess --recheck: a few questions on top of what is known, for people and for scripts."""

import json
from typing import Any

import pytest

from dijipilot.services.assess import Assess
from tests.cli.conftest import Terminal, keys

ANSWERS = '{"answer": "not_sure"}\n' * 8


def lines(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_script_is_asked_at_most_six_questions_and_told_what_changed(run: Terminal) -> None:
    outcome = run("assess", "--recheck", "--jsonl", typed=ANSWERS)

    *questions, end = lines(outcome.out)
    assert outcome.code == 0
    assert len(questions) <= 6
    assert {each["type"] for each in questions} <= {"question"}
    assert keys(end) == ["type", "changes", "verdict"]
    assert (end["type"], end["verdict"]) == ("recheck", None)
    assert all(keys(each) == ["skill", "before", "after"] for each in end["changes"])


def test_a_recheck_about_a_lesson_ends_with_its_verdict_as_gaps_say_it(run: Terminal) -> None:
    *questions, end = lines(run("assess", "--recheck", "1.1.2.2", "--jsonl", typed=ANSWERS).out)

    assert len(questions) <= 2
    gaps = run("gaps", "--json").data
    states = {
        skill["id"]: skill["state"]
        for stage in gaps["stages"]
        for program in stage["programs"]
        for mission in program["missions"]
        for skill in mission["skills"]
    }
    assert end["verdict"] == states["price.margin"]


def test_a_recheck_leaves_the_result_as_it_was_taken(run: Terminal) -> None:
    before = run("result", "--json").data

    run("assess", "--recheck", "1.1.2.2", "--jsonl", typed=ANSWERS)

    after = run("result", "--json").data
    assert {**after, "more": None} == {**before, "more": None}
    assert len(run("history", "--json").data["assessments"]) == 1


def test_people_are_asked_as_in_the_assessment_and_told_the_verdict(run: Terminal) -> None:
    outcome = run("assess", "--recheck", "price.margin", typed="?\n" + "n\n" * 2)

    assert outcome.code == 0
    assert outcome.out.startswith("Re-check of Ayşe: 1.1.2.2 Lesson on price.margin\n")
    assert "Question 1, 2 at most, " in outcome.out
    assert "pause" not in outcome.out
    assert "1.1.2.2 Lesson on price.margin: " in outcome.out
    assert "The result of the assessment stays as it was taken." in " ".join(outcome.out.split())


def test_leaving_early_keeps_what_was_answered(run: Terminal) -> None:
    outcome = run("assess", "--recheck", "price.margin", typed="")

    assert (outcome.code, outcome.err) == (0, "Stopped. What you answered is saved and counts.\n")


@pytest.mark.parametrize("words", [(), ("price.margin",)])
def test_where_nothing_is_left_to_ask_it_says_so(
    words: tuple[str, ...], run: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assess, "recheck", lambda *_: None)

    outcome = run("assess", "--recheck", *words)
    script = run("assess", "--recheck", *words, "--jsonl")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("There is no")
    (end,) = lines(script.out)
    assert end["changes"] == []
    assert (end["verdict"] is None) is (not words)


def test_an_unknown_lesson_is_wrong_usage_and_makes_no_profile(fresh: Terminal) -> None:
    outcome = fresh("assess", "--recheck", "9.9.9.9")

    assert (outcome.code, outcome.out) == (2, "")
    assert fresh("profile", "list", "--json").data["profiles"] == []


@pytest.mark.parametrize("other", [("--new",), ("--more",)])
def test_a_recheck_is_neither_new_nor_more(other: tuple[str, ...], run: Terminal) -> None:
    assert run("assess", "--recheck", *other).code == 2
