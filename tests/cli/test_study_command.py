"""dijipilot study: progress in one lesson, changed and shown."""

import pytest

from tests.cli.conftest import Terminal, keys


def test_progress_in_a_lesson_is_shown_as_data(run: Terminal) -> None:
    data = run("study", "1.1.1.1", "--json").data

    assert keys(data) == ["lesson", "skill", "done", "steps", "checklist", "check", "check_passed", "note"]
    assert keys(data["steps"][0]) == ["id", "markdown", "ticked"]
    assert keys(data["checklist"][0]) == ["id", "text", "ticked"]
    assert keys(data["check"][0]) == ["id", "prompt", "options", "answered"]
    assert not data["done"]


def test_steps_and_boxes_are_ticked_and_unticked(run: Terminal) -> None:
    before = run("study", "1.1.1.1", "--json").data
    step, box = before["steps"][0]["id"], before["checklist"][0]["id"]

    ticked = run("study", "1.1.1.1", "--tick", step, "--tick", box, "--json").data
    unticked = run("study", "1.1.1.1", "--untick", step, "--json").data

    assert (ticked["steps"][0]["ticked"], ticked["checklist"][0]["ticked"]) == (True, True)
    assert (unticked["steps"][0]["ticked"], unticked["checklist"][0]["ticked"]) == (False, True)
    assert f"  [x] {box}: " in run("study", "1.1.1.1").out


def test_the_knowledge_check_is_answered_and_passed(run: Terminal) -> None:
    questions = run("study", "1.1.1.1", "--json").data["check"]
    answers = [word for question in questions for word in ("--check", question["id"], "right")]

    outcome = run("study", "1.1.1.1", *answers, "--json")

    assert outcome.data["check_passed"]
    assert outcome.data["check"][0]["answered"] == "right"
    assert outcome.err.endswith("The knowledge check is passed.\n")


def test_a_note_is_kept_found_and_removed(run: Terminal) -> None:
    assert run("study", "1.1.1.1", "--note", "Ask the beekeepers.").out.endswith("Note: Ask the beekeepers.\n")
    assert run("search", "beekeepers", "--json").data["hits"][0]["kind"] == "note"

    assert run("study", "1.1.1.1", "--note", "", "--json").data["note"] == ""


@pytest.mark.parametrize("words", ["--tick none", "--check none none"])
def test_what_the_lesson_does_not_have_is_wrong_usage(run: Terminal, words: str) -> None:
    assert run("study", "1.1.1.1", *words.split()).code == 2


def test_a_lesson_in_preparation_has_nothing_to_tick(run: Terminal) -> None:
    assert "still being written" in run("study", "1.1.2.2").out
    assert run("study", "1.1.2.2", "--tick", "step").code == 2


def test_a_lesson_can_be_looked_at_before_anybody_learns_here(fresh: Terminal) -> None:
    assert fresh("study", "1.1.1.1", "--json").data["note"] == ""
    assert not fresh.paths.database.exists()
