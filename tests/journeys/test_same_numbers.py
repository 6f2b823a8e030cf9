"""The map of gaps, its table and `gaps --json` say the same of every mission and skill."""

import json
from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTabBar, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.cli.main import main
from dijipilot.paths import UserPaths
from dijipilot.ui.models.gap_table_model import GapColumn
from dijipilot.ui.widgets.gap_map import GapMap
from tests.journeys.hands import Mouse
from tests.ui.conftest import OpenWindow
from tests.ui.finding import find

COLUMNS = {
    "mastered": GapColumn.MASTERED,
    "missing": GapColumn.MISSING,
    "unsettled": GapColumn.UNSETTLED,
    "not_applicable": GapColumn.NOT_APPLICABLE,
    "locked": GapColumn.LOCKED,
    "minutes": GapColumn.MINUTES,
    "value": GapColumn.VALUE,
}


def told(index: QModelIndex) -> dict[str, Any]:
    """Return the numbers of one row of the table."""
    return {name: index.siblingAtColumn(column).data(Qt.ItemDataRole.UserRole) for name, column in COLUMNS.items()}


def counts(node: dict[str, Any]) -> dict[str, Any]:
    """Return the numbers of one level of the data."""
    return {name: node[name] for name in COLUMNS}


def test_map_table_and_data_agree(
    qtbot: QtBot,
    qapp: QApplication,
    learner_paths: UserPaths,
    open_window: OpenWindow,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hands = Mouse(qtbot, open_window)
    hands.window.go_to("gaps")
    drawn = hands.see("gapMap")
    find(hands.window, QTabBar, "gapTabs").setCurrentIndex(1)
    table = hands.window.findChild(QTreeView, "gapTable")
    assert isinstance(drawn, GapMap)
    assert isinstance(table, QTreeView)
    assert qapp is not None

    assert main(["--home", str(learner_paths.home), "gaps", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    missions = [mission for stage in data["stages"] for program in stage["programs"] for mission in program["missions"]]

    assert [
        (mission.number, [(skill.skill, skill.state) for skill in mission.skills]) for mission in drawn.missions
    ] == [(mission["number"], [(skill["id"], skill["state"]) for skill in mission["skills"]]) for mission in missions]
    model = table.model()
    for row, stage in enumerate(data["stages"]):
        stage_index = model.index(row, 0)
        assert told(stage_index) == counts(stage)
        for program_row, program in enumerate(stage["programs"]):
            program_index = model.index(program_row, 0, stage_index)
            assert told(program_index) == counts(program)
            for mission_row, mission in enumerate(program["missions"]):
                assert told(model.index(mission_row, 0, program_index)) == counts(mission)
    states = Counter(skill["state"] for mission in missions for skill in mission["skills"])
    assert sum(states.values()) == 159
    assert all(
        data["totals"][state] == states[state] for state in ("mastered", "missing", "unsettled", "not_applicable")
    )
