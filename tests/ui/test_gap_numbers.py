"""The picture of the gaps, its table and `gaps --json` say the same, whoever the learner is."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTabBar, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.cli.main import main
from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.skill_state import SkillState
from dijipilot.paths import UserPaths
from dijipilot.ui.models.gap_table_model import GapColumn
from dijipilot.ui.widgets.gap_map import GapMap
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find
from tests.ui.sample_learner import FACTS, choose, known_skills, numbered_ids, slow_clock

COLUMNS = {
    "mastered": GapColumn.MASTERED,
    "missing": GapColumn.MISSING,
    "unsettled": GapColumn.UNSETTLED,
    "not_applicable": GapColumn.NOT_APPLICABLE,
    "locked": GapColumn.LOCKED,
    "minutes": GapColumn.MINUTES,
    "value": GapColumn.VALUE,
}
NO_ETSY = FACTS | {"sales_channels": ["shopify"], "buyer_markets": ["home_only"]}
Learner = Callable[[Academy, Screen], list[str]]


def beginner(academy: Academy, screen: Screen) -> list[str]:
    """Answer as somebody who can do nothing yet."""
    return FACTS[screen.id] if screen.kind is ScreenKind.FACT else choose(academy, screen, frozenset())


def expert(academy: Academy, screen: Screen) -> list[str]:
    """Answer as somebody who can do everything."""
    every = frozenset(academy.library.curriculum.skills)
    return FACTS[screen.id] if screen.kind is ScreenKind.FACT else choose(academy, screen, every)


def mixed(academy: Academy, screen: Screen) -> list[str]:
    """Answer as somebody who can do a part of it, in a shop to which not everything applies."""
    facts = screen.kind is ScreenKind.FACT
    return NO_ETSY[screen.id] if facts else choose(academy, screen, known_skills(academy))


@pytest.mark.parametrize(
    ("learner", "much"),
    [(beginner, SkillState.MISSING), (expert, SkillState.MASTERED), (mixed, SkillState.NOT_APPLICABLE)],
)
def test_picture_table_and_data_agree(
    learner: Learner,
    much: SkillState,
    paths: UserPaths,
    open_window: OpenWindow,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    academy = open_academy(paths, True, slow_clock(), numbered_ids())
    sitting = academy.assess.begin(academy.profiles.choose("Ada").id)
    while (screen := sitting.screen) is not None:
        sitting.answer(learner(academy, screen))
    academy.close()
    window = open_window()
    window.go_to("gaps")
    assert window.pages.page is not None
    settle(window.pages.page, qtbot)

    assert main(["--home", str(paths.home), "gaps", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    skills = _skills(data)
    marks = find(window, GapMap, "gapMap").marks()
    assert [(mark.skill.skill, mark.skill.state, mark.skill.locked) for mark in marks] == [
        (skill["id"], skill["state"], skill["locked"]) for skill in skills
    ]
    drawn = Counter(mark.skill.state for mark in marks)
    assert all(data["totals"][state.value] == drawn[state] for state in SkillState)
    assert drawn[much] > 10
    assert sum(mark.skill.minutes for mark in marks) == data["totals"]["minutes"]
    find(window, QTabBar, "gapTabs").setCurrentIndex(1)
    assert _rows(find(window, QTreeView, "gapTable")) == _counts(data)


def _skills(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        skill
        for stage in data["stages"]
        for program in stage["programs"]
        for mission in program["missions"]
        for skill in mission["skills"]
    ]


def _counts(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the numbers of every stage, program and mission, as one reads."""
    levels = []
    for stage in data["stages"]:
        levels.append(stage)
        for program in stage["programs"]:
            levels.extend((program, *program["missions"]))
    return [{name: level[name] for name in COLUMNS} for level in levels]


def _rows(view: QTreeView) -> list[dict[str, Any]]:
    """Return the numbers of the same rows of the table."""
    model, rows = view.model(), []

    def walk(parent: QModelIndex, depth: int) -> None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            rows.append(
                {name: index.siblingAtColumn(column).data(Qt.ItemDataRole.UserRole) for name, column in COLUMNS.items()}
            )
            if depth < 2:
                walk(index, depth + 1)

    walk(QModelIndex(), 0)
    return rows
