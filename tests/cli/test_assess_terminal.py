"""dijipilot assess for people: numbered options, back, pause, stop, help, and a summary at the end."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from dijipilot.bootstrap import open_academy
from dijipilot.cli import assess_terminal
from dijipilot.domain.assessment.responses import latest_by_screen
from dijipilot.storage.answers import answers_of, assessments_of
from dijipilot.storage.database import open_for_reading
from tests.cli.conftest import Terminal

FACTS = "1\n1\n1\n"
"""Sells on Shopify, print on demand, no orders yet: the facts of the small curriculum, in order."""


def questions(out: str) -> list[str]:
    return re.findall(r"^(Question \d+),", out, re.MULTILINE)


def stored(run: Terminal) -> list[tuple[str, tuple[str, ...], bool]]:
    """Return screen, choice and whether it is not sure, of the answers that count in the latest assessment."""
    database = open_for_reading(run.paths)
    academy = open_academy(run.paths, for_writing=False)
    profile = academy.profiles.current()
    academy.close()
    assert profile is not None
    latest = latest_by_screen(answers_of(database, assessments_of(database, profile.id)[-1].id))
    database.close()
    return [(answer.screen, answer.chosen, answer.is_not_sure) for answer in latest.values()]


def test_an_assessment_goes_from_the_first_question_to_a_summary(fresh: Terminal) -> None:
    outcome = fresh("assess", "--profile", "Ayşe", typed=FACTS + "1 2\n1\n" + "n\n" * 5)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Assessment of Ayşe, about 5 minutes\n")
    assert questions(outcome.out)[:3] == ["Question 1", "Question 2", "Question 3"]
    assert "Result of Ayşe" in outcome.out
    for verdict in ("mastered", "missing", "unsettled", "left out"):
        assert re.search(rf"^ +\d+ {verdict}", outcome.out, re.MULTILINE)
    assert "The gaps that are worth most to close\n" in outcome.out
    assert "dijipilot roadmap" in outcome.out
    assert fresh("result").code == 0


def test_numbers_choose_and_words_say_not_sure_and_none_of_these(fresh: Terminal) -> None:
    out = fresh("assess", typed="1, 2\nN\n5\n2\n0\n").out

    answers = stored(fresh)
    assert answers[0] == ("sales_channels", ("shopify", "etsy"), False)
    assert answers[1] == ("business_model", (), True)
    assert answers[2] == ("monthly_orders", ("from_21_to_100",), False)
    assert "Type a number from 1 to 3" in out
    checklist = next(answer for answer in answers if answer[0] == "checklist.1")
    assert checklist == ("checklist.1", (), False)


@pytest.mark.parametrize("typed", ["", "7", "0", "1 9", "x", "1 x", "-1", "²", "9999999999", "1 3"])
def test_what_cannot_be_used_is_explained_and_nothing_is_saved(fresh: Terminal, typed: str) -> None:
    outcome = fresh("assess", typed=f"{typed}\n")

    explained = "Type a number from 1 to 3" in outcome.out or "stands alone" in outcome.out
    assert explained
    assert outcome.code == 0
    assert stored(fresh) == []


def test_only_one_may_be_chosen_where_one_is_asked_for(fresh: Terminal) -> None:
    outcome = fresh("assess", typed="1\n1\n1 2\n")

    assert "Choose one option only." in outcome.out
    assert len(stored(fresh)) == 2


def test_help_explains_every_key(fresh: Terminal) -> None:
    out = fresh("assess", typed="?\n").out

    assert all(f"\n{key}  " in out for key in "0nbps")


def test_back_shows_what_was_chosen_and_enter_keeps_it(fresh: Terminal) -> None:
    outcome = fresh("assess", typed="1\nb\n\nb\n2\n")

    assert questions(outcome.out) == [
        "Question 1",
        "Question 2",
        "Question 1",
        "Question 2",
        "Question 1",
        "Question 2",
    ]
    assert "* 1  shopify" in outcome.out
    assert stored(fresh) == [("sales_channels", ("etsy",), False)]


def test_back_at_the_first_question_says_so(fresh: Terminal) -> None:
    assert "This is the first question." in fresh("assess", typed="b\n").out


def test_not_sure_can_be_kept_too(fresh: Terminal) -> None:
    outcome = fresh("assess", typed="n\nb\n\n")

    assert "* n  Not sure" in outcome.out
    assert stored(fresh) == [("sales_channels", (), True)]


@pytest.mark.parametrize("typed", ["1\np\n", "1\n"])
def test_pausing_and_a_closed_input_save_everything_and_say_how_to_go_on(fresh: Terminal, typed: str) -> None:
    outcome = fresh("assess", "--profile", "Ayşe Öz", typed=typed)

    assert outcome.code == 0
    assert outcome.err == 'Paused. Every answer is saved. To go on: dijipilot assess --profile "Ayşe Öz"\n'
    again = fresh("assess", typed="s\n")
    assert again.err == "Going on with the assessment of Ayşe Öz: 1 question answered so far.\n"
    assert questions(again.out) == ["Question 2"]


def test_an_interruption_pauses(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(assess_terminal, "_read", interrupt)

    outcome = fresh("assess")

    assert outcome.code == 130
    assert outcome.err.startswith("Paused. Every answer is saved.")


def test_stop_ends_with_what_is_known(fresh: Terminal) -> None:
    outcome = fresh("assess", typed="1\ns\n")

    assert "Result of Learner" in outcome.out
    assert fresh("history", "--json").data["assessments"][0]["finished_at"] is not None


def test_the_time_an_answer_takes_is_measured(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: Iterator[float] = iter([100.0, 107.5])
    monkeypatch.setattr(assess_terminal, "time", SimpleNamespace(monotonic=lambda: next(ticks, 200.0)))

    fresh("assess", typed="1\n")

    database = open_for_reading(fresh.paths)
    (profile,) = fresh("profile", "list", "--json").data["profiles"]
    (answer,) = answers_of(database, assessments_of(database, profile["id"])[-1].id)
    database.close()
    assert answer.response_seconds == 7.5


def test_a_script_is_not_judged_by_the_clock(fresh: Terminal) -> None:
    fresh("assess", "--jsonl", typed='{"answer": ["shopify"]}\n')

    database = open_for_reading(fresh.paths)
    (profile,) = fresh("profile", "list", "--json").data["profiles"]
    (answer,) = answers_of(database, assessments_of(database, profile["id"])[-1].id)
    database.close()
    assert answer.response_seconds is None


def test_new_begins_beside_an_unfinished_one_and_minutes_set_its_length(fresh: Terminal) -> None:
    fresh("assess", typed="1\n")

    outcome = fresh("assess", "--new", "--minutes", "3", typed="p\n")

    assert "about 3 minutes" in outcome.out
    assert questions(outcome.out) == ["Question 1"]
    assert "* 1  shopify" in outcome.out
    assert len(fresh("history", "--json").data["assessments"]) == 2


def test_an_unfinished_assessment_keeps_its_length(fresh: Terminal) -> None:
    fresh("assess", typed="1\n")

    outcome = fresh("assess", "--minutes", "3", typed="p\n")

    assert "It keeps its length." in outcome.err


def test_more_goes_on_with_the_last_finished_one(fresh: Terminal) -> None:
    fresh("assess", "--minutes", "0.4", "--jsonl", typed='{"answer": "not_sure"}\n' * 9)
    before = fresh("history", "--json").data["assessments"]

    fresh("assess", "--more", "--jsonl", typed='{"answer": "not_sure"}\n' * 9)

    after = fresh("history", "--json").data["assessments"]
    assert [each["assessment"] for each in after] == [each["assessment"] for each in before]
    assert after[0]["screens"] > before[0]["screens"]


def test_more_without_a_finished_one_is_wrong_usage(fresh: Terminal) -> None:
    outcome = fresh("assess", "--more", "3")

    assert outcome.code == 2
    assert "no finished assessment" in outcome.err


def test_a_narrow_terminal_gets_narrow_lines(fresh: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    out = fresh("assess", typed="1\n").out

    longest = max(len(line) for line in out.splitlines() if "settled" not in line and "back" not in line)
    assert longest <= 40
