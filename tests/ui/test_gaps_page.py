"""The gap analysis: one set of numbers for map, table and files, all of it reachable by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.domain.gaps import Counts, GapAnalysis, SkillState, analyze_gaps
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.gap_table_model import GapColumn, GapTableModel
from dijipilot.ui.pages.gaps_page import GapsPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.theme import LIGHT, Scheme, Theme
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.gap_map_drawing import lay_out_map
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.state_mark import paint_mark
from tests.builders import graph_of, skills, small_curriculum, standing
from tests.ui.finding import find, focused

COUNTED = (
    (GapColumn.MASTERED, "mastered"),
    (GapColumn.MISSING, "missing"),
    (GapColumn.UNSETTLED, "unsettled"),
    (GapColumn.NOT_APPLICABLE, "not_applicable"),
    (GapColumn.LOCKED, "locked"),
    (GapColumn.MINUTES, "minutes"),
    (GapColumn.VALUE, "value"),
)
Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> GapsPage:
    """Return the page of the simulated learner."""
    shown = go("gaps")
    assert isinstance(shown, GapsPage)
    return shown


def map_of(page: Page) -> GapMap:
    return find(page, GapMap, "gapMap")


def small_analysis() -> GapAnalysis:
    curriculum = small_curriculum()
    where = standing(curriculum, mastered="niche.buyer", unsettled="price.margin")
    return analyze_gaps(curriculum, graph_of(curriculum), where, frozenset(skills("ads.first")))


def rows(model: GapTableModel, parent: QModelIndex, depth: int) -> Iterator[tuple[int, QModelIndex]]:
    """Yield every row with its depth, as one reads."""
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        yield depth, index
        yield from rows(model, index, depth + 1)


def counts_in_order(analysis: GapAnalysis) -> Iterator[tuple[int, Counts]]:
    for stage in analysis.stages:
        yield 0, stage.counts
        for program in stage.programs:
            yield 1, program.counts
            for mission in program.missions:
                yield 2, mission.counts


def test_table_and_words_hold_the_numbers_of_the_analysis(page: GapsPage, window: MainWindow) -> None:
    assert window.academy is not None
    assert window.profile is not None
    analysis = window.academy.plan.gaps(window.profile.id)
    model = find(page, QTreeView, "gapTable").model()
    assert isinstance(model, GapTableModel)

    shown = [
        (depth, [index.siblingAtColumn(column).data(Qt.ItemDataRole.UserRole) for column, _ in COUNTED])
        for depth, index in rows(model, QModelIndex(), 0)
        if depth < 3
    ]

    assert shown == [
        (depth, [counts.as_dict()[name] for _, name in COUNTED]) for depth, counts in counts_in_order(analysis)
    ]
    assert words_of_counts(analysis.totals) in find(page, QLabel, "gapTotals").text()
    assert map_of(page).accessibleDescription() == words_of_counts(analysis.totals)


def test_skills_of_the_table_add_up_to_their_mission(page: GapsPage) -> None:
    model = find(page, QTreeView, "gapTable").model()
    assert isinstance(model, GapTableModel)

    for depth, index in rows(model, QModelIndex(), 0):
        if depth == 2:
            for column, _ in COUNTED:
                parts = [
                    model.index(row, column, index).data(Qt.ItemDataRole.UserRole)
                    for row in range(model.rowCount(index))
                ]
                assert sum(parts) == index.siblingAtColumn(column).data(Qt.ItemDataRole.UserRole)


def test_arrow_keys_walk_through_all_missions(page: GapsPage, window: MainWindow, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.setFocus()
    QTest.keyClick(gap_map, Qt.Key.Key_Home)
    seen = []
    for _ in range(100):
        assert gap_map.current is not None
        seen.append(gap_map.current.number)
        QTest.keyClick(gap_map, Qt.Key.Key_Right)
        if gap_map.current.number == seen[-1]:
            break

    assert window.academy is not None
    assert seen == [mission.number for mission in window.academy.library.curriculum.missions()]


def test_down_goes_to_the_program_below_and_up_comes_back(page: GapsPage, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.choose("1.1.1")

    QTest.keyClick(gap_map, Qt.Key.Key_Down)
    assert gap_map.current is not None
    assert gap_map.current.number == "1.2.1"
    QTest.keyClick(gap_map, Qt.Key.Key_Up)
    assert gap_map.current.number == "1.1.1"


def test_enter_opens_a_mission_and_its_button_leads_to_the_lesson(
    page: GapsPage, window: MainWindow, qtbot: QtBot
) -> None:
    gap_map = map_of(page)
    gap_map.choose("2.5.1")

    QTest.keyClick(gap_map, Qt.Key.Key_Return)
    assert focused().objectName() == "openLesson1Button"
    assert find(page, QLabel, "missionPanelTitle").text().startswith("2.5.1")
    QTest.keyClick(focused(), Qt.Key.Key_Space)

    assert window.pages.target().startswith("lesson:")


def test_a_click_chooses_the_mission_under_the_pointer(page: GapsPage, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.choose("1.2.2")
    there: QPoint = gap_map.current_box().center().toPoint()
    gap_map.choose("1.1.1")

    QTest.mouseClick(gap_map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)

    assert gap_map.current is not None
    assert gap_map.current.number == "1.2.2"


def test_the_way_back_leads_to_the_mission_chosen(page: GapsPage, window: MainWindow) -> None:
    map_of(page).choose("3.2.2")

    window.go_to("home")
    window.pages.back()

    assert window.pages.target() == "gaps:3.2.2"


def test_another_look_keeps_the_mission_chosen(page: GapsPage, theme: Theme, qtbot: QtBot) -> None:
    map_of(page).choose("3.2.2")

    theme.dress(Scheme.DARK)
    qtbot.waitUntil(lambda: not page.is_stale)

    assert page.place() == "3.2.2"


def test_the_table_takes_the_room_of_the_detail(page: GapsPage) -> None:
    tabs = find(page, QTabWidget, "gapTabs")

    tabs.setCurrentIndex(1)

    assert not find(page, QLabel, "missionPanelTitle").isVisible()
    assert find(page, QTreeView, "gapTable").isVisible()


def test_the_analysis_is_saved_as_table_and_as_pdf(page: GapsPage, window: MainWindow, tmp_path: Path) -> None:
    table, report = tmp_path / "gaps.csv", tmp_path / "gaps.pdf"

    page.save_csv(table)
    page.save_pdf(report)

    assert window.academy is not None
    lines = table.read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(window.academy.library.curriculum.skills)
    assert report.read_bytes().startswith(b"%PDF")
    assert str(report) in window.notice_bar.text


def test_the_model_keeps_the_rules_of_qt() -> None:
    model = GapTableModel(LIGHT)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_analysis(small_analysis(), LIGHT)
    model.show_analysis(small_analysis(), LIGHT)

    assert model.index_of_mission("1.1.2").data() == "1.1.2  Mission 1.1.2"
    assert not model.index_of_mission("9.9.9").isValid()
    assert tester is not None


def test_a_mirrored_map_begins_at_the_right(qapp: QApplication) -> None:
    usual = lay_out_map(small_analysis(), 800, qapp.font())
    mirrored = lay_out_map(small_analysis(), 800, qapp.font(), is_mirrored=True)

    for here, there in zip(usual.missions(), mirrored.missions(), strict=True):
        assert there.box.right() == pytest.approx(800 - here.box.left())
        assert there.mission == here.mission


def test_marks_differ_without_color(qapp: QApplication) -> None:
    drawn = {state: _gray_picture(state) for state in SkillState}

    for state, picture in drawn.items():
        for other, different in drawn.items():
            assert state is other or _difference(picture, different) > 12


def _gray_picture(state: SkillState) -> QImage:
    picture = QImage(16, 16, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_mark(painter, picture.rect().toRectF(), state, LIGHT)
    painter.end()
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def _difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of two gray pictures, 0..255."""
    pairs = [
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) for x in range(16) for y in range(16)
    ]
    return sum(pairs) / len(pairs)
