"""dijipilot simulate: figures for four ways to choose questions, the same for the same seed."""

from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, keys

FEW = ("simulate", "--learners", "2", "--seed", "7", "--minutes", "0.8")


@pytest.fixture
def academy(fresh: Terminal, tmp_path: Path) -> Terminal:
    """Return a terminal on a home with the program's own pack: simulated shops know nothing of the small one."""
    return fresh.on(tmp_path / "academy")


def test_the_data_of_a_simulation_has_figures_for_each_strategy(academy: Terminal) -> None:
    data = academy(*FEW, "--json").data

    assert keys(data) == ["learners", "seed", "population", "minutes", "strategies"]
    assert (data["learners"], data["seed"], data["population"], data["minutes"]) == (2, 7, "reference", 0.8)
    assert keys(data["strategies"]) == ["adaptive", "half_split", "random", "no_questions"]
    assert keys(data["strategies"]["adaptive"]) == [
        *("accuracy", "accuracy_interval", "calibration_error", "calibration_interval"),
        *("sure_share", "sure_share_interval", "sure_accuracy", "sure_accuracy_interval"),
        *("false_mastery", "false_mastery_interval", "flagged", "flagged_interval", "screens", "seconds"),
    ]
    assert 0 < data["strategies"]["adaptive"]["seconds"] <= 48
    assert data["strategies"]["no_questions"]["screens"] == 0


def test_the_same_seed_gives_the_same_table_and_another_one_another(academy: Terminal) -> None:
    first = academy(*FEW, "--population", "stressed")

    lines = first.out.splitlines()
    assert lines[0] == "2 learners of the stressed population, seed 7, 0.8 min"
    assert [line.split("  ")[0] for line in lines[2:]] == ["adaptive", "half-split", "random order", "no questions"]
    assert first.err == ""
    assert academy(*FEW, "--population", "stressed").out == first.out
    assert academy(*FEW, "--population", "stressed", "--seed", "8").out.splitlines()[1:] != lines[1:]


def test_the_number_of_processes_changes_nothing(academy: Terminal) -> None:
    words = ("simulate", "--learners", "3", "--seed", "5", "--minutes", "1", "--json")

    assert academy(*words, "--processes", "1").out == academy(*words, "--processes", "3").out


@pytest.mark.parametrize("population", ["over_claiming", "always_top", "random_clicks"])
def test_there_are_populations_that_do_not_answer_for_themselves(academy: Terminal, population: str) -> None:
    data = academy(
        "simulate", "--learners", "1", "--seed", "1", "--minutes", "0.8", "--population", population, "--json"
    ).data

    assert data["population"] == population


def test_progress_is_counted_on_a_terminal(academy: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dijipilot.cli.simulate._is_terminal", lambda: True)

    outcome = academy("simulate", "--learners", "1", "--seed", "1", "--minutes", "0.1")

    assert outcome.err == "".join(f"\r{done} of 4 assessments" for done in (1, 2, 3, 4)) + "\n"


@pytest.mark.parametrize(
    "words", ["--learners 0 --seed 1", "--learners 4 --seed -1", "--learners x --seed 1", "--learners 4", "--seed 1"]
)
def test_learners_and_seed_are_needed_and_checked(fresh: Terminal, words: str) -> None:
    assert fresh("simulate", *words.split()).code == 2


def test_an_unknown_population_is_wrong_usage(fresh: Terminal) -> None:
    assert fresh(*FEW, "--population", "martians").code == 2
