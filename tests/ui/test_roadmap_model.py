"""The model of the roadmap: exact row changes from plan to plan, roll-ups, ticks and drops that are passed on."""

import random
from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dijipilot.domain.decisions import RoadmapDecisions
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status, plan_roadmap
from dijipilot.services.lesson_steps import StepState
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.models.roadmap_cells import RoadmapColumn
from dijipilot.ui.models.roadmap_filter import RoadmapFilter, Wanted, wanted_from
from dijipilot.ui.models.roadmap_model import RoadmapModel
from dijipilot.ui.models.roadmap_nodes import Arrangement, Branch, arrange, key_of
from dijipilot.ui.theme import LIGHT
from tests.builders import NOON, facts, graph_of, skill, small_curriculum, standing

CURRICULUM = small_curriculum()
MONDAY = date(2026, 11, 30)
MARKS = {Qt.CheckState.Checked: "x", Qt.CheckState.PartiallyChecked: "-", Qt.CheckState.Unchecked: " "}


def plan(items: Sequence[RoadmapItem] | None = None) -> Roadmap:
    hours = facts(weekly_hours="up_to_2")
    made = plan_roadmap(
        CURRICULUM, graph_of(CURRICULUM), standing(CURRICULUM), hours, {}, RoadmapDecisions(), frozenset(), NOON
    )
    return replace(made, items=tuple(items)) if items is not None else made


def rows(
    items: Sequence[RoadmapItem] | None = None, by: Arrangement = Arrangement.ORDER, ticked: str = ""
) -> tuple[Branch, ...]:
    """Return the rows of a plan; the lesson on margins has two steps, of which those named are ticked."""
    steps = {skill("price.margin"): tuple(StepState(each, f"Do {each}", each, each in ticked) for each in ("a", "b"))}
    return arrange(plan(items), by, CURRICULUM, steps, MONDAY)


@pytest.fixture
def model() -> RoadmapModel:
    """Return the model of a small roadmap, watched by Qt's own tester."""
    made = RoadmapModel(CURRICULUM, LIGHT)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_branches(rows())
    return made


def picture(model: QAbstractItemModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """Return the roadmap as lines: "[x] 1 niche.buyer", what is below a row set in."""
    lines = []
    for row in range(model.rowCount(parent or QModelIndex())):
        first = model.index(row, RoadmapColumn.POSITION, parent or QModelIndex())
        mark = MARKS[Qt.CheckState(first.data(Qt.ItemDataRole.CheckStateRole))]
        title = str(first.siblingAtColumn(RoadmapColumn.TITLE).data()).removeprefix("Lesson on ")
        lines.append(" ".join(part for part in ("  " * depth + f"[{mark}]", first.data(), title) if part))
        lines.extend(picture(model, first, depth + 1))
    return lines


def cells(model: RoadmapModel, key: str) -> list[str]:
    index = model.index_of(key)
    return [str(index.siblingAtColumn(column).data()) for column in (RoadmapColumn.TIME, RoadmapColumn.STATUS)]


def with_status(*statuses: Status) -> list[RoadmapItem]:
    """Return the plan's lessons, the first of them with these statuses."""
    items = list(plan().items)
    return [replace(item, status=status) for item, status in zip(items, statuses, strict=False)] + items[
        len(statuses) :
    ]


def test_the_roadmap_reads_as_a_checklist_with_steps(model: RoadmapModel) -> None:
    model.show_branches(rows(with_status(Status.DONE, Status.IN_PROGRESS), ticked="a"))

    assert picture(model)[:5] == [
        "[x] 1 price.cost-stack",
        "[-] 2 price.margin",
        "  [x] Do a",
        "  [ ] Do b",
        "[ ] 3 niche.buyer",
    ]


def test_any_plan_follows_any_other_row_by_row_in_every_arrangement(model: RoadmapModel) -> None:
    everything = plan().items
    chance = random.Random(7)
    resets: list[str] = []

    for arrangement in Arrangement:
        model.show_anew(rows(by=arrangement))
        connection = model.modelReset.connect(lambda: resets.append("reset"))
        for _ in range(20):
            chosen = chance.sample(everything, chance.randint(0, len(everything)))
            wanted = [
                replace(item, position=at, status=chance.choice(list(Status))) for at, item in enumerate(chosen, 1)
            ]
            model.show_branches(rows(wanted, arrangement))
            assert list(model.items) == wanted
            anew = RoadmapModel(CURRICULUM, LIGHT)
            anew.show_anew(rows(wanted, arrangement))
            assert picture(model) == picture(anew)
        model.modelReset.disconnect(connection)

    assert resets == []


def test_a_moved_lesson_stays_chosen(model: RoadmapModel, qtbot: QtBot) -> None:
    first, second, *others = plan().items
    chosen = QPersistentModelIndex(model.index(0, RoadmapColumn.TITLE))

    with qtbot.waitSignal(model.rowsMoved):
        model.show_branches(rows([replace(second, position=1), replace(first, position=2), *others]))

    assert chosen.row() == 1
    assert chosen.data() == first.title


def test_programs_and_missions_tell_how_many_are_done_and_what_is_left(model: RoadmapModel) -> None:
    model.show_anew(rows(with_status(Status.DONE), Arrangement.PROGRAMS))

    program = "program:1.1"
    below = model.items_below(program)
    left = sum(item.minutes for item in below if item.status.is_ahead)
    assert cells(model, program) == [minutes_text(left), f"1 of {len(below)} done"]
    spoken = model.index_of(program).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"1 of {len(below)} done")


def test_weeks_hold_what_begins_in_them_and_what_is_over_stands_last(model: RoadmapModel) -> None:
    model.show_anew(rows(with_status(Status.DONE), Arrangement.WEEKS))

    shown = picture(model)
    assert shown[0] == "[ ] Week 1: Nov 30 to Dec 6"
    assert shown[-2:] == ["[x] Done and skipped", "  [x] 1 price.cost-stack"]


def test_ticks_are_passed_on_and_show_once_the_plan_says_so(model: RoadmapModel, qtbot: QtBot) -> None:
    model.show_anew(rows(by=Arrangement.PROGRAMS))
    before, role = picture(model), Qt.ItemDataRole.CheckStateRole

    with qtbot.waitSignal(model.tick_requested) as ticked:
        model.setData(model.index_of(key_of("price.margin")), Qt.CheckState.Checked.value, role)
    with qtbot.waitSignal(model.step_tick_requested) as step_ticked:
        model.setData(model.index_of("step:price.margin/b"), Qt.CheckState.Checked.value, role)
    with qtbot.waitSignal(model.group_tick_requested) as group_ticked:
        model.setData(model.index(0, 0), Qt.CheckState.Checked.value, role)

    assert ticked.args == ["price.margin", True]
    assert step_ticked.args == ["price.margin", "b", True]
    assert str(group_ticked.args[0]).startswith("program:")
    assert picture(model) == before


def test_a_skipped_lesson_is_struck_out_and_says_so(model: RoadmapModel) -> None:
    model.show_branches(rows(with_status(Status.SKIPPED)))

    assert model.index(0, RoadmapColumn.TITLE).data(Qt.ItemDataRole.FontRole).strikeOut()
    assert model.index(0, RoadmapColumn.STATUS).data() == "Skipped"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Skipped")


def test_no_two_statuses_share_a_shape_or_a_word(model: RoadmapModel) -> None:
    model.show_branches(rows(with_status(*Status)))
    indexes = [model.index(row, RoadmapColumn.STATUS) for row in range(len(Status))]

    shapes = {index.data(Qt.ItemDataRole.DecorationRole).cacheKey() for index in indexes}

    assert len(shapes) == len({index.data() for index in indexes}) == len(Status)


def drop(model: RoadmapModel, dragged: str, parent: QModelIndex, row: int) -> None:
    data, action = model.mimeData([model.index_of(key_of(dragged))]), Qt.DropAction.MoveAction
    model.dropMimeData(data, action, row, 0, parent)


def test_a_lesson_is_dropped_before_the_one_below_or_at_the_end(model: RoadmapModel) -> None:
    moves: list[tuple[str, str]] = []
    model.move_requested.connect(lambda moved, before: moves.append((moved, before)))
    order = [item.skill for item in model.items]

    drop(model, order[0], QModelIndex(), 3)
    drop(model, order[0], QModelIndex(), len(order))
    drop(model, order[0], QModelIndex(), -1)
    drop(model, order[0], model.index_of(key_of("price.margin")), 0)

    assert moves == [(order[0], order[3]), (order[0], ""), (order[0], "")]


def test_by_program_a_lesson_stays_in_its_mission(model: RoadmapModel) -> None:
    model.show_anew(rows(by=Arrangement.PROGRAMS))
    moves: list[tuple[str, str]] = []
    model.move_requested.connect(lambda moved, before: moves.append((moved, before)))
    mission = model.index_of(key_of("price.margin")).parent()
    foreign = model.index_of(key_of("ads.first")).parent()

    drop(model, "price.margin", foreign, 0)
    drop(model, "price.margin", mission, 0)

    assert moves == [("price.margin", model.items_below(str(model.row_at(mission).key))[0].skill)]  # type: ignore[union-attr]


def test_the_filter_hides_what_is_not_wanted_and_keeps_steps_with_their_lesson(model: RoadmapModel) -> None:
    model.show_branches(rows(with_status(Status.DONE)))
    shown = RoadmapFilter(model, CURRICULUM)

    for wanted, expected in (
        (Wanted(hides_settled=True), ["price.margin", "niche.buyer"]),
        (Wanted(path="Grow"), ["ads.first"]),
        (Wanted(most_minutes=30), ["price.cost-stack", "price.margin"]),
        (Wanted(words="MARGİN"), ["price.margin"]),
        (Wanted(words="no such lesson"), []),
    ):
        shown.show_wanted(wanted)
        lessons = [line.split(" ")[-1] for line in picture(shown) if not line.startswith("  ")]
        assert lessons[: len(expected)] == expected, wanted
        assert len(lessons) == shown.count()
        assert ("  [ ] Do a" in picture(shown)) == ("price.margin" in lessons)


def test_groups_without_a_wanted_lesson_are_hidden(model: RoadmapModel) -> None:
    model.show_anew(rows(by=Arrangement.PROGRAMS))
    shown = RoadmapFilter(model, CURRICULUM)

    shown.show_wanted(Wanted(words="margin"))

    assert [line.strip() for line in picture(shown)][2:] == ["[ ] 2 price.margin", "[ ] Do a", "[ ] Do b"]


def test_what_cannot_be_read_is_hidden_on_request(model: RoadmapModel) -> None:
    locked, drafted, *others = (replace(item, is_in_preparation=False) for item in plan().items)
    items = [replace(locked, locked=True), replace(drafted, is_in_preparation=True), *others]
    model.show_branches(rows(items))
    shown = RoadmapFilter(model, CURRICULUM)

    shown.show_wanted(Wanted(hides_unreadable=True))

    assert shown.count() == len(others)


def test_the_neighbor_shown_is_not_a_hidden_one(model: RoadmapModel) -> None:
    items = with_status(Status.TODO, Status.DONE)
    model.show_branches(rows(items))
    shown = RoadmapFilter(model, CURRICULUM)
    shown.show_wanted(Wanted(hides_settled=True))

    assert shown.skill_after(items[0].skill, 1) == items[2].skill
    assert shown.skill_after(items[0].skill, -1) is None
    assert shown.skill_after("no.such-skill", 1) is None


@pytest.mark.parametrize("text", ["", "yes|Grow", "[1]", '{"path": 3, "most_minutes": true, "later": 1}'])
def test_filters_that_cannot_be_read_hide_nothing(text: str) -> None:
    assert wanted_from(text) == Wanted()


def test_filters_come_back_as_they_were_kept() -> None:
    wanted = Wanted(True, True, "Grow", 30, "fees")

    assert wanted_from(wanted.to_text()) == wanted
    assert wanted.choices == 4
