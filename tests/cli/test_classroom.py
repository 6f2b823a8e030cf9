"""The classroom: one file on a stick readies every machine, and doing it once more changes nothing."""

import socket
from pathlib import Path

import pytest

from tests.cli import classroom
from tests.cli.classroom import FOR_ALL, PER_HOME, ClassroomFigures, ready_classroom

MACHINES = 50


@pytest.mark.parametrize("way", [FOR_ALL, PER_HOME])
def test_one_file_readies_fifty_fresh_homes_without_typing_or_network(tmp_path: Path, way: str) -> None:
    figures = ready_classroom(tmp_path, MACHINES, way, processes=1)

    assert len(figures.seconds) == MACHINES
    assert sorted(path.name for path in (tmp_path / "stick").iterdir()) == ["room4.djlicense"]


def test_a_machine_that_does_not_open_the_lesson_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "main", lambda words: 0)

    with pytest.raises(AssertionError):
        ready_classroom(tmp_path, 1, PER_HOME, processes=0)


def test_a_network_that_is_asked_for_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask_a_server(words: object) -> int:
        return socket.socket().fileno()

    monkeypatch.setattr(classroom, "main", ask_a_server)

    with pytest.raises(AssertionError, match="a socket was asked for"):
        ready_classroom(tmp_path, 1, PER_HOME, processes=0)


def test_figures_are_told_in_a_line() -> None:
    told = ClassroomFigures(PER_HOME, (0.1, 0.3, 0.2), 1, is_cut_off=True).told()

    assert told == (
        "3 machines readied per home, 1 of them as processes (without a network): median 0.20 s, slowest 0.30 s, "
        "nothing typed"
    )
