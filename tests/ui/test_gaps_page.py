"""The gap analysis: one set of numbers for map, table and files, all of it reachable by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTabBar, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.domain.gap_changes import Change, compare_gaps
from dijipilot.domain.gaps import GapAnalysis, analyze_gaps
from dijipilot.domain.ids import AssessmentId
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.ui.gap_words import headline_text, share_text
from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.gap_sort import GapSort
from dijipilot.ui.models.gap_table_model import GapColumn, GapTableModel
from dijipilot.ui.pages.gaps_page import GapsPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.print_preview import PrintPreview
from dijipilot.ui.theme import LIGHT, Theme
from dijipilot.ui.widgets.gap_card import GapCard
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.gap_map_layout import lay_out_map
from dijipilot.ui.widgets.gap_map_parts import MapSubject
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.state_mark import paint_mark, word_of
from tests.builders import facts, graph_of, skills, small_curriculum, standing
from tests.ui.conftest import settle
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


def rows(model: GapSort, parent: QModelIndex, depth: int) -> Iterator[tuple[int, QModelIndex]]:
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


def table_of(page: GapsPage) -> QTreeView:
    """Turn to the table, which is built by then."""
    find(page, QTabBar, "gapTabs").setCurrentIndex(1)
    return find(page, QTreeView, "gapTable")


def test_table_and_words_hold_the_numbers_of_the_analysis(page: GapsPage, window: MainWindow) -> None:
    assert window.academy is not None
    assert window.profile is not None
    analysis = window.academy.plan.gaps(window.profile.id)
    model = table_of(page).model()
    assert isinstance(model, GapSort)

    shown = [
        (depth, [index.siblingAtColumn(column).data(Qt.ItemDataRole.UserRole) for column, _ in COUNTED])
        for depth, index in rows(model, QModelIndex(), 0)
        if depth < 3
    ]

    assert shown == [
        (depth, [counts.as_dict()[name] for _, name in COUNTED]) for depth, counts in counts_in_order(analysis)
    ]
    assert find(page, QLabel, "gapHeadline").text() == headline_text(analysis)
    assert words_of_counts(analysis.totals) in find(page, QWidget, "gapLegend").accessibleName()
    assert map_of(page).accessibleDescription() == words_of_counts(analysis.totals)


def test_skills_of_the_table_add_up_to_their_mission(page: GapsPage) -> None:
    model = table_of(page).model()
    assert isinstance(model, GapSort)

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


def test_down_goes_to_the_row_below_and_up_comes_back(page: GapsPage, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.choose("1.1.1")

    QTest.keyClick(gap_map, Qt.Key.Key_Down)
    assert gap_map.current is not None
    assert gap_map.current.number == "2.1.1"
    QTest.keyClick(gap_map, Qt.Key.Key_Up)
    assert gap_map.current.number == "1.1.1"


def test_enter_goes_near_and_on_to_skill_reasons_and_lesson(page: GapsPage, window: MainWindow, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.choose("2.5.1")

    QTest.keyClick(gap_map, Qt.Key.Key_Return)
    assert window.pages.target() == "gaps:2.5.1"
    assert find(page, QLabel, "programTitle").text().startswith("2.5")
    assert find(page, QLabel, "missionPanelTitle").text().startswith("2.5.1")
    assert focused().objectName() == "programTable"
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert find(page, QLabel, "reasonTitle").text().startswith("2.5.1.1")
    assert find(page, QLabel, "reasonTitle").isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert window.pages.target().startswith("lesson:")


def test_escape_and_the_way_back_lead_to_the_whole_map(page: GapsPage, window: MainWindow) -> None:
    gap_map = map_of(page)
    gap_map.choose("3.2.2")
    for is_by_key in (True, False):
        QTest.keyClick(gap_map, Qt.Key.Key_Return)
        assert not gap_map.isVisible()

        if is_by_key:
            QTest.keyClick(focused(), Qt.Key.Key_Escape)
        else:
            window.pages.back()

        assert window.pages.target() == "gaps"
        assert gap_map.isVisible()
        assert gap_map.current is not None
        assert gap_map.current.number == "3.2.2"


def test_a_click_opens_the_mission_under_the_pointer(page: GapsPage, window: MainWindow) -> None:
    gap_map = map_of(page)
    gap_map.choose("1.2.2")
    there: QPoint = gap_map.current_box().center().toPoint()

    QTest.mouseClick(gap_map, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)

    assert window.pages.target() == "gaps:1.2.2"


def test_moving_by_keyboard_shows_the_mission_in_words(page: GapsPage) -> None:
    gap_map = map_of(page)
    gap_map.setFocus()
    card = find(gap_map, GapCard, "gapCard")
    assert not card.isVisible()

    QTest.keyClick(gap_map, Qt.Key.Key_End)

    assert card.isVisible()
    assert gap_map.current is not None
    words = [each.text() for each in card.findChildren(QLabel) if not each.isHidden()]
    for gap in gap_map.current.skills:
        assert words[words.index(gap.title) + 1].startswith(word_of(gap.state))
    assert gap_map.rect().contains(card.geometry())


def test_the_whole_map_is_seen_at_once(page: GapsPage, qtbot: QtBot) -> None:
    gap_map, area = map_of(page), page.scroll_area.viewport()

    # The height that the map asks for follows its width, once it has got one.
    qtbot.waitUntil(lambda: not page.scroll_area.verticalScrollBar().isVisible())

    last = gap_map.marks()[-1].box.toRect()
    assert area.rect().contains(gap_map.mapTo(area, last.bottomRight()))


def test_what_is_painted_is_what_the_marks_say(page: GapsPage) -> None:
    gap_map = map_of(page)
    page.heading.setFocus()
    page.setFocus()
    picture = gap_map.grab().toImage()
    scale = picture.devicePixelRatio()
    ground = {SkillState.MASTERED: LIGHT.mastered, SkillState.UNSETTLED: LIGHT.unsettled}

    for mark in gap_map.marks():
        box = mark.box
        lower = QPointF(box.left() + box.width() * 0.3, box.top() + box.height() * 0.78) * scale
        seen = picture.pixelColor(lower.toPoint()).name()
        assert seen == ground.get(mark.skill.state, LIGHT.surface), mark.skill.lesson


def test_the_gaps_worth_most_carry_their_rank(page: GapsPage, window: MainWindow) -> None:
    analysis = analysis_of(window)
    layout = lay_out_map(MapSubject(analysis), 1000, page.font(), 460)

    ranked = sorted((place.rank, place.mission.counts.value) for place in layout.missions() if place.rank)

    values = sorted((mission.counts.value for mission in analysis.missions), reverse=True)
    assert ranked == list(enumerate(values[:3], 1))


def test_a_program_of_which_nothing_applies_says_so(qapp: QApplication) -> None:
    curriculum = small_curriculum()
    where = standing(curriculum, answers=facts(sales_channels="shopify"))
    etsy = analyze_gaps(curriculum, graph_of(curriculum), where, frozenset()).programs[1]
    assert etsy.counts.applicable == 0

    assert share_text(etsy.counts) == "Does not apply"


def test_another_look_keeps_the_program_seen_from_near(go: Go, theme: Theme, qtbot: QtBot) -> None:
    page = go("gaps:3.2.2")

    theme.dress(Scheme.DARK)
    qtbot.waitUntil(lambda: not page.is_stale)

    assert page.place() == "3.2.2"
    assert find(page, QLabel, "programTitle").isVisible()


def test_the_table_takes_the_room_of_the_map(page: GapsPage) -> None:
    find(page, QTabBar, "gapTabs").setCurrentIndex(1)

    assert not map_of(page).isVisible()
    assert find(page, QTreeView, "gapTable").isVisible()


def test_the_table_sorts_each_level_by_what_it_takes_to_close(page: GapsPage) -> None:
    view = table_of(page)

    view.sortByColumn(GapColumn.MINUTES, Qt.SortOrder.DescendingOrder)

    model = view.model()
    for stage in range(model.rowCount()):
        above = model.index(stage, 0)
        minutes = [
            model.index(row, GapColumn.MINUTES, above).data(Qt.ItemDataRole.UserRole)
            for row in range(model.rowCount(above))
        ]
        assert minutes == sorted(minutes, reverse=True)


def test_a_comparison_shows_the_same_moves_in_picture_table_and_words(
    page: GapsPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.academy is not None
    assert window.profile is not None
    first = window.academy.assess.history(window.profile.id)[0]
    learn_everything(window)
    choice = find(page, QComboBox, "comparedMoment")
    settle(page, qtbot)
    choice.setCurrentIndex(choice.findData(first.id))
    settle(page, qtbot)

    before = window.academy.plan.gaps_as_shown(window.profile.id, first.id)
    assert before is not None
    changes = compare_gaps(before, analysis_of(window))
    drawn = {mark.skill.skill: mark.change for mark in map_of(page).marks()}
    assert drawn == dict(changes.change_by_skill)
    rose = list(drawn.values()).count(Change.ROSE)
    assert rose > 0
    assert f"{rose} skills rose" in find(page, QLabel, "gapHeadline").text()
    view = table_of(page)
    model = view.model()
    shown = [str(model.index(row, GapColumn.CHANGE).data()) for row in range(model.rowCount())]
    assert sum(int(words.split()[1]) for words in shown if words.startswith("▲")) == rose
    assert not view.isColumnHidden(GapColumn.CHANGE)


def test_an_earlier_assessment_is_shown_as_it_was_told(page: GapsPage, window: MainWindow, qtbot: QtBot) -> None:
    assert window.academy is not None
    assert window.profile is not None
    first = window.academy.assess.history(window.profile.id)[0]
    learn_everything(window)
    choice = find(page, QComboBox, "shownMoment")
    settle(page, qtbot)

    choice.setCurrentIndex(choice.findData(first.id))
    settle(page, qtbot)

    states = [mark.skill.state for mark in map_of(page).marks()]
    assert states.count(SkillState.MASTERED) == first.mastered
    assert states.count(SkillState.MISSING) == first.missing
    assert not find(page, QComboBox, "comparedMoment").isEnabled()


def test_what_is_shown_is_saved_as_table_and_as_pdf(page: GapsPage, window: MainWindow, tmp_path: Path) -> None:
    table, report = tmp_path / "gaps.csv", tmp_path / "gaps.pdf"

    page.exports.save_csv(table)
    page.exports.save_pdf(report)

    assert window.academy is not None
    lines = table.read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(window.academy.library.curriculum.skills)
    assert report.read_bytes().startswith(b"%PDF")
    assert str(report) in window.notice_bar.text


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_print_shows_a_preview_first(page: GapsPage, window: MainWindow) -> None:
    action = window.actions_by_name["print"]
    assert action.isEnabled()

    action.trigger()

    preview = find(window, PrintPreview, "printPreview")
    assert preview.isVisible()
    preview.done(0)


def test_a_refresh_leaves_the_ring_where_the_learner_put_it(page: GapsPage, window: MainWindow, qtbot: QtBot) -> None:
    gap_map = map_of(page)
    gap_map.setFocus()
    QTest.keyClick(gap_map, Qt.Key.Key_End)
    assert gap_map.current is not None
    last = gap_map.current.number

    page.mark_stale()
    settle(page, qtbot)

    assert gap_map.current.number == last


def test_an_earlier_moment_that_was_never_told_is_none(window: MainWindow) -> None:
    assert window.academy is not None
    assert window.profile is not None

    assert window.academy.plan.gaps_as_shown(window.profile.id, AssessmentId("0" * 32)) is None


def test_a_page_without_paper_prints_nothing(go: Go, window: MainWindow) -> None:
    go("help")

    assert not window.actions_by_name["print"].isEnabled()


def analysis_of(window: MainWindow) -> GapAnalysis:
    assert window.academy is not None
    assert window.profile is not None
    return window.academy.plan.gaps(window.profile.id)


def learn_everything(window: MainWindow) -> None:
    """Finish every lesson that has a text, and with it raise many skills."""
    assert window.academy is not None
    assert window.profile is not None
    for skill in window.academy.library.curriculum.skills[:60]:
        if window.academy.library.lesson(skill) is not None:
            window.academy.learn.open_lesson(window.profile.id, skill)
            window.academy.learn.finish(window.profile.id, skill)


def test_the_model_keeps_the_rules_of_qt() -> None:
    model = GapTableModel(LIGHT)
    testers = [
        QAbstractItemModelTester(each, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for each in (model, GapSort(model))
    ]

    model.show_analysis(small_analysis(), LIGHT)
    model.show_analysis(small_analysis(), LIGHT)

    assert model.index_of_mission("1.1.2").data() == "1.1.2  Mission 1.1.2"
    assert not model.index_of_mission("9.9.9").isValid()
    assert testers


def test_a_mirrored_map_begins_at_the_right(qapp: QApplication) -> None:
    subject = MapSubject(small_analysis())
    usual = lay_out_map(subject, 800, qapp.font())
    mirrored = lay_out_map(subject, 800, qapp.font(), is_mirrored=True)

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
