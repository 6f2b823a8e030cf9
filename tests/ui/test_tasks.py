"""Work off the UI thread: outcomes come back to it, in order, and not at all once their page is gone."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from dijipilot.ui.tasks import Lane, Tasks, start_lanes


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Return real lanes."""
    lanes = start_lanes()
    yield lanes
    lanes.close()


def fail(error: Exception) -> None:
    """Receive an error that must not come."""
    raise AssertionError(error)


def test_a_job_runs_elsewhere_and_its_outcome_arrives_on_the_ui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[tuple[int, int]] = []

    tasks.run_task(
        threading.get_ident, owner, lambda worker: seen.append((worker, threading.get_ident())), fail, Lane.COMPUTE
    )

    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_an_error_arrives_as_one(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    errors: list[Exception] = []

    def job() -> int:
        raise ValueError("broken")

    tasks.run_task(job, owner, lambda _: errors.append(AssertionError()), errors.append)

    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_the_database_lane_takes_one_job_after_the_other(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    order: list[int] = []
    running: list[int] = []

    def job(number: int) -> int:
        running.append(number)
        assert running == [number]
        running.remove(number)
        return number

    for number in range(50):
        tasks.run_task(partial(job, number), owner, order.append, fail)

    qtbot.waitUntil(lambda: len(order) == 50)
    assert order == list(range(50))


def test_ten_thousand_outcomes_all_arrive(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    arrived: list[int] = []

    for number in range(10_000):
        tasks.run_task(partial(int, number), owner, arrived.append, fail)

    qtbot.waitUntil(lambda: len(arrived) == 10_000, timeout=30_000)


def test_the_outcome_for_a_page_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    gone, there = QObject(), QObject()
    arrived: list[str] = []
    may_end = threading.Event()
    tasks.run_task(may_end.wait, gone, lambda _: arrived.append("gone"), fail)
    tasks.run_task(int, there, lambda _: arrived.append("there"), fail)

    delete(gone)
    may_end.set()

    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == ["there"]


@pytest.mark.parametrize("is_widget", [True, False], ids=["a widget", "its helper"])
def test_it_is_known_who_waits_for_a_job(is_widget: bool, tasks: Tasks, qtbot: QtBot) -> None:
    page, other = QWidget(), QWidget()
    part = QWidget(page)
    owner = part if is_widget else QObject(part)
    qtbot.addWidget(page)
    qtbot.addWidget(other)
    go_on = threading.Event()
    arrived: list[bool] = []

    tasks.run_task(go_on.wait, owner, arrived.append, fail)

    waiting = [tasks.has_jobs_of(each) for each in (page, part, other)]
    # Before anything can fail: the lanes would wait for the job.
    go_on.set()

    assert waiting == [True, True, False]
    qtbot.waitUntil(lambda: arrived == [True])
    assert not tasks.has_jobs_of(page)
