"""The curriculum as a tree, in small text pictures."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.models.curriculum_tree_model import STATE, TARGET_ROLE, CurriculumTreeModel
from dijipilot.ui.models.lesson_filter import LessonFilter, LessonKind
from dijipilot.ui.models.word_filter import WordFilter
from tests.builders import NOON, skill, small_curriculum

FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal


def picture(model: QAbstractItemModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """Return a line for each row: its title and its state, indented."""
    parent = parent or QModelIndex()
    lines = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        lines.append(f"{'  ' * depth}{index.data()} | {index.siblingAtColumn(STATE).data()}")
        lines += picture(model, index, depth + 1)
    return lines


def test_the_model_is_sound(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())
    QAbstractItemModelTester(model, FAIL, model)
    words = WordFilter()
    words.setSourceModel(model)
    QAbstractItemModelTester(words, FAIL, words)

    words.filter_by("niche")
    model.show_progress({skill("niche.buyer"): LessonProgress(skill("niche.buyer"), is_done=True)}, frozenset())
    words.filter_by("")

    assert words.rowCount() == 2


def test_every_level_is_there_with_how_far_it_is(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())

    model.show_progress(
        {
            skill("niche.buyer"): LessonProgress(skill("niche.buyer"), is_done=True),
            skill("niche.demand"): LessonProgress(skill("niche.demand"), ticked_steps=frozenset({"a"})),
        },
        frozenset({skill("price.margin")}),
    )

    assert picture(model)[:8] == [
        "1   Stage 1 | 1 of 5 done, 1 locked",
        "  1.1   Program 1.1 | 1 of 3 done, 1 locked",
        "    1.1.1   Mission 1.1.1 | 1 of 2 done",
        "      1.1.1.1   Lesson on niche.buyer | Done",
        "      1.1.1.2   Lesson on niche.demand | In progress",
        "    1.1.2   Mission 1.1.2 | 0 of 1 done, 1 locked",
        "      1.1.2.1   Lesson on price.cost-stack | Not started",
        "      1.1.2.2   Lesson on price.margin | Locked",
    ]


def test_only_rows_that_change_are_announced(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())
    announced: list[str] = []
    model.dataChanged.connect(lambda first, last: announced.append(first.siblingAtColumn(0).data().split()[0]))

    model.show_progress({skill("niche.buyer"): LessonProgress(skill("niche.buyer"), is_done=True)}, frozenset())

    assert sorted(announced) == ["1", "1.1", "1.1.1", "1.1.1.1"]


def test_a_filter_keeps_the_way_to_what_it_finds_and_what_lies_below(qtbot: QtBot) -> None:
    words = WordFilter()
    words.setSourceModel(CurriculumTreeModel(small_curriculum(), words))

    words.filter_by("PRICE.margin")

    assert [line.split(" |")[0].strip() for line in picture(words)] == [
        "1   Stage 1",
        "1.1   Program 1.1",
        "1.1.2   Mission 1.1.2",
        "1.1.2.2   Lesson on price.margin",
    ]
    words.filter_by("mission 1.2.1")
    assert len(picture(words)) == 5


def test_missions_and_lessons_lead_somewhere(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())

    assert model.index_of("1.1.2").data(TARGET_ROLE) == "mission:1.1.2"
    assert model.index_of("1.1.2.2").data(TARGET_ROLE) == "lesson:price.margin"
    assert not model.index_of("7.7").isValid()


def test_screen_readers_hear_the_whole_row(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())

    spoken = model.index_of("1.1.1.1").data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "1.1.1.1 Lesson on niche.buyer, Not started, 1 h"


def titles(model: QAbstractItemModel) -> list[str]:
    """Return the titles of a tree without how far they are."""
    return [line.split(" |")[0].strip() for line in picture(model)]


def test_a_kind_keeps_only_its_lessons_and_the_way_to_them(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())
    model.show_progress(
        {
            skill("niche.buyer"): LessonProgress(skill("niche.buyer"), is_done=True, bookmarked_at=NOON),
            skill("niche.demand"): LessonProgress(skill("niche.demand"), is_done=True),
        },
        frozenset(),
    )
    kept = LessonFilter()
    kept.setSourceModel(model)
    QAbstractItemModelTester(kept, FAIL, kept)

    kept.keep(LessonKind.BOOKMARKED)
    assert titles(kept)[-1] == "1.1.1.1   Lesson on niche.buyer"
    kept.keep(LessonKind.DONE)
    assert len(titles(kept)) == 5
    kept.filter_by("mission 1.1.1 demand")
    assert titles(kept) == []
    kept.filter_by("program 1.1")
    assert len(titles(kept)) == 5
    kept.keep(LessonKind.ALL)
    kept.filter_by("")

    assert kept.rowCount() == 2
    assert not kept.is_filtering


def test_a_bookmark_is_announced_and_said(qtbot: QtBot) -> None:
    model = CurriculumTreeModel(small_curriculum())
    announced: list[str] = []
    model.dataChanged.connect(lambda first, last: announced.append(first.siblingAtColumn(0).data().split()[0]))

    model.show_progress({skill("niche.buyer"): LessonProgress(skill("niche.buyer"), bookmarked_at=NOON)}, frozenset())

    assert announced == ["1.1.1.1"]
    spoken = model.index_of("1.1.1.1").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("1.1.1.1 Lesson on niche.buyer, bookmarked, Not started")
