"""dijipilot result and history: verdicts with reasons, as data and as text."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.bootstrap import open_academy
from dijipilot.domain.ids import AssessmentId, ProfileId
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.services.assess import Assess, AssessmentResult
from tests.cli.conftest import Terminal, keys
from tests.ui.sample_learner import fill


def test_the_data_of_a_result_has_the_keys_of_the_contract(run: Terminal) -> None:
    data = run("result", "--json").data

    assert keys(data) == [
        *("assessment", "finished_at", "seconds", "screens", "skills", "not_applicable", "flags"),
        *("held_out", "more"),
    ]
    skill = data["skills"]["price.margin"]
    assert keys(skill) == ["probability", "verdict", "reasons", "outlook"]
    assert keys(skill["outlook"]) == ["kind", "id", "chance", "text"]
    assert skill["outlook"]["kind"] in ("rests_on_one", "firm")
    assert keys(data["more"]) == ["minutes", "settles", "screens"]
    assert data["more"]["minutes"] == 2
    assert skill["verdict"] == "mastered"
    assert keys(skill["reasons"][0]) == ["kind", "id", "strength", "text"]
    assert skill["reasons"][0]["strength"] > 0


def test_the_skills_of_a_result_are_those_that_apply(run: Terminal) -> None:
    data = run("result", "--json").data

    assert data["not_applicable"] == ["etsy.listing", "etsy.tags"]
    assert len(data["skills"]) == 6


def test_a_result_of_the_whole_curriculum_speaks_of_all_159_skills(fresh: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "whole"
    academy = open_academy(UserPaths(home), for_writing=True)
    academy.assess.begin(academy.profiles.choose("Ayşe").id).stop()
    academy.close()

    data = fresh.on(home)("result", "--json").data

    assert len({*data["skills"], *data["not_applicable"]}) == 159
    assert not {*data["skills"]} & {*data["not_applicable"]}
    assert data["finished_at"] is not None


def test_an_unfinished_assessment_has_a_result_without_an_end(fresh: Terminal) -> None:
    fresh("assess", "--jsonl", typed='{"answer": "not_sure"}\n')

    data = fresh("result", "--json").data

    assert data["finished_at"] is None
    assert data["more"] is None
    assert data["screens"] == 1


def test_a_result_reads_as_text(run: Terminal) -> None:
    out = run("result").out

    assert out.startswith("Result of Ayşe: finished ")
    assert "  mastered   9" in out
    assert "1.1.2.2 Lesson on price.margin" in out
    assert "+ You can show: Something to show for price.margin." in out
    assert "2 skills left out: not for this shop" in out


def test_a_result_says_what_would_change_a_verdict_and_what_more_time_would_settle(run: Terminal) -> None:
    data, out = run("result", "--json").data, " ".join(run("result").out.split())

    assert f"> {data['skills']['price.margin']['outlook']['text']}" in out
    assert "wo more minutes" in out


def test_the_act_that_did_not_count_is_told_with_what_was_expected(fresh: Terminal, tmp_path: Path) -> None:
    home = tmp_path / "whole"
    academy = open_academy(UserPaths(home), for_writing=True)
    fill(academy)
    academy.close()
    whole = fresh.on(home)

    data, out = whole("result", "--json").data, whole("result").out

    held_out = data["held_out"]
    assert keys(held_out) == ["act", "ticked", "expected"]
    assert f"We expected a tick with {round(100 * held_out['expected'])} %" in " ".join(out.split())
    assert out.splitlines()[-1].endswith("it.")
    assert data["more"]["settles"] == round(data["more"]["settles"], 1)
    assert data["more"]["screens"] > 0


@pytest.mark.parametrize("flag", ["over_claiming", "hurried", "contradictory"])
def test_a_flag_is_told_as_in_the_window(flag: str, run: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Assess.result

    def flagged(assess: Assess, profile: ProfileId, wanted: AssessmentId | None = None) -> AssessmentResult:
        result = plain(assess, profile, wanted)
        assert result is not None
        return replace(result, standing=replace(result.standing, flags=(flag,)))

    monkeypatch.setattr(Assess, "result", flagged)

    assert run("result", "--json").data["flags"] == [flag]
    assert f"Note: {message(f'flag.{flag}').english()}" in " ".join(run("result").out.split())


def test_an_earlier_result_can_be_asked_for(run: Terminal) -> None:
    first = run("result", "--json").data
    run("assess", "--new", "--jsonl", typed='{"stop": true}\n')

    assert run("result", "--json").data["assessment"] != first["assessment"]
    earlier = run("result", "--json", "--assessment", first["assessment"]).data
    assert earlier == {**first, "more": None}
    assert run("result", "--assessment", "none").code == 2


def test_a_learner_without_an_assessment_has_no_result(fresh: Terminal) -> None:
    fresh("profile", "add", "Bora")

    outcome = fresh("result", "--json")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "Bora has taken no assessment yet. Take one first: dijipilot assess.\n"


def test_the_history_lists_every_assessment(run: Terminal) -> None:
    run("assess", "--new", "--jsonl", typed='{"answer": "not_sure"}\n')

    first, second = run("history", "--json").data["assessments"]

    assert keys(first) == [
        *("assessment", "started_at", "finished_at", "screens", "seconds"),
        *("mastered", "missing", "unsettled", "not_applicable"),
    ]
    assert first["finished_at"] is not None
    assert first["not_applicable"] == 2
    assert second["finished_at"] is None
    lines = run("history").out.splitlines()
    assert len(lines) == 2
    assert "not finished yet" in lines[1]
