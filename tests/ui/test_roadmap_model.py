"""The model of the roadmap: exact row changes from one plan to the next, and check marks that are passed on."""

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.roadmap import RoadmapItem, Status, plan_roadmap
from dijipilot.ui.models.roadmap_model import RoadmapColumn, RoadmapFilter, RoadmapModel
from dijipilot.ui.theme import LIGHT
from tests.builders import NOON, graph_of, skill, small_curriculum, standing


def items() -> tuple[RoadmapItem, ...]:
    curriculum = small_curriculum()
    plan = plan_roadmap(
        curriculum, graph_of(curriculum), standing(curriculum), {}, {}, RoadmapDecisions(), frozenset(), NOON
    )
    return plan.items


@pytest.fixture
def model() -> RoadmapModel:
    """Return the model of a small roadmap, watched by Qt's own tester."""
    made = RoadmapModel(small_curriculum(), LIGHT)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_items(items())
    return made


def picture(model: RoadmapModel | RoadmapFilter) -> str:
    """Return the roadmap as text, one line a lesson: "[x] 1 Lesson on niche.buyer"."""
    marks = {Qt.CheckState.Checked: "x", Qt.CheckState.PartiallyChecked: "-", Qt.CheckState.Unchecked: " "}
    lines = []
    for row in range(model.rowCount()):
        mark = marks[Qt.CheckState(model.index(row, RoadmapColumn.POSITION).data(Qt.ItemDataRole.CheckStateRole))]
        title = str(model.index(row, RoadmapColumn.TITLE).data()).removeprefix("Lesson on ")
        lines.append(f"[{mark}] {model.index(row, RoadmapColumn.POSITION).data()} {title}")
    return "\n".join(lines)


def test_the_roadmap_reads_as_a_checklist(model: RoadmapModel) -> None:
    done, started, *others = items()

    model.show_items([replace(done, status=Status.DONE), replace(started, status=Status.IN_PROGRESS), *others])

    assert picture(model).splitlines()[:3] == [
        f"[x] 1 {done.title.removeprefix('Lesson on ')}",
        f"[-] 2 {started.title.removeprefix('Lesson on ')}",
        f"[ ] 3 {others[0].title.removeprefix('Lesson on ')}",
    ]


def test_any_plan_follows_any_other_row_by_row(model: RoadmapModel) -> None:
    everything = items()
    chance = random.Random(7)
    resets: list[str] = []
    model.modelReset.connect(lambda: resets.append("reset"))

    for _ in range(60):
        chosen = chance.sample(everything, chance.randint(0, len(everything)))
        wanted = [replace(item, position=at) for at, item in enumerate(chosen, start=1)]
        model.show_items(wanted)
        assert list(model.items) == wanted

    assert resets == []


def test_a_moved_lesson_stays_chosen(model: RoadmapModel, qtbot: QtBot) -> None:
    first, second, *others = items()
    chosen = QPersistentModelIndex(model.index(0, RoadmapColumn.TITLE))

    with qtbot.waitSignal(model.rowsMoved):
        model.show_items([replace(second, position=1), replace(first, position=2), *others])

    assert chosen.row() == 1
    assert chosen.data() == first.title


def test_a_tick_is_passed_on_and_shows_once_the_plan_says_so(model: RoadmapModel, qtbot: QtBot) -> None:
    before = picture(model)

    with qtbot.waitSignal(model.tick_requested) as ticked:
        model.setData(model.index(0, 0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)

    assert ticked.args == [items()[0].skill, True]
    assert picture(model) == before


def test_a_skipped_lesson_is_struck_out_and_says_so(model: RoadmapModel) -> None:
    first, *others = items()

    model.show_items([replace(first, status=Status.SKIPPED), *others])

    assert model.index(0, RoadmapColumn.TITLE).data(Qt.ItemDataRole.FontRole).strikeOut()
    assert model.index(0, RoadmapColumn.STATUS).data() == "Skipped"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Skipped")


def test_the_filter_hides_what_is_settled_and_other_paths(model: RoadmapModel) -> None:
    first, second, *others = items()
    model.show_items([replace(first, status=Status.DONE), replace(second, status=Status.SKIPPED), *others])
    shown = RoadmapFilter(model)

    shown.hide_settled(True)
    assert "[x]" not in picture(shown)
    assert shown.rowCount() == len(others)
    shown.choose_path("Grow")

    assert picture(shown).endswith("ads.first")
    assert shown.rowCount() == 1


def test_the_neighbor_shown_is_not_a_hidden_one(model: RoadmapModel) -> None:
    first, second, third, *others = items()
    model.show_items([first, replace(second, status=Status.DONE), third, *others])
    shown = RoadmapFilter(model)
    shown.hide_settled(True)

    assert shown.skill_after(first.skill, 1) == third.skill
    assert shown.skill_after(first.skill, -1) is None
    assert shown.skill_after(skill("no.such-skill"), 1) is None
