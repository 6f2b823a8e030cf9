"""What is locked is shown honestly everywhere, counts against nobody, can be hidden, and opens in all places."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QProgressBar, QTabBar, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import Academy
from dijipilot.domain.gaps import GapAnalysis
from dijipilot.domain.gaps_in_reach import without_locked
from dijipilot.domain.ids import ProfileId
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.domain.skill_state import Counts
from dijipilot.paths import UserPaths
from dijipilot.ui.gap_words import share_text, share_words
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.curriculum_tree_model import STATE, TITLE
from dijipilot.ui.models.gap_table_model import GapColumn
from dijipilot.ui.models.roadmap_cells import RoadmapColumn
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.widgets.gap_map import GapMap
from dijipilot.ui.widgets.mastery_bar import MasteryBar
from dijipilot.ui.widgets.public_outline import PublicOutline
from tests.accessibility.test_tab_order import round_by_tab
from tests.checkout_licenses import development_code
from tests.ui import small_shop
from tests.ui.conftest import OpenWindow, settle
from tests.ui.finding import find
from tests.ui.lasting_window import lasting_window
from tests.ui.small_shop import is_seen, press, visible, visible_text
from tests.ui.test_every_page import controls

# Said of a dialog that opens, by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Go = Callable[[str], Page]
LOCKED_MISSION, FREE_MISSION = "1.1.2", "1.1.1"
EDITION = "Academy Pro (development)"


@pytest.fixture(scope="module")
def unlicensed_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of the simulated learner without a license."""
    home = Path(shutil.copytree(filled_home, tmp_path_factory.mktemp("unlicensed") / "academy"))
    shutil.rmtree(UserPaths(home).licenses)
    return home


@pytest.fixture(scope="module")
def one_window(qapp: object, unlicensed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """Return a window for all tests here that only look."""
    with lasting_window(qapp, unlicensed_home, tmp_path_factory) as (made, _):  # type: ignore[arg-type]
        yield made


@pytest.fixture
def window(one_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return that window, open and in front, past the questions of the roadmap."""
    qtbot.waitUntil(lambda: one_window.academy is not None)
    academy, ada = academy_of(one_window)
    academy.profiles.set_setting(ada, FACTS_ASKED, "yes")
    one_window.activateWindow()
    return one_window


@pytest.fixture
def learner_paths(unlicensed_home: Path, tmp_path: Path) -> UserPaths:
    """Return a home of one's own without a license, for tests that change something."""
    return UserPaths(Path(shutil.copytree(unlicensed_home, tmp_path / "unlicensed")))


@pytest.fixture
def paths(learner_paths: UserPaths) -> UserPaths:
    """Return that home, over which windows are opened."""
    return learner_paths


def academy_of(window: MainWindow) -> tuple[Academy, ProfileId]:
    """Return what a window works with, and its learner."""
    assert window.academy is not None
    assert window.profile is not None
    return window.academy, window.profile.id


def roadmap_of(window: MainWindow) -> Roadmap:
    """Return the roadmap."""
    academy, ada = academy_of(window)
    return academy.plan.roadmap(ada)


def gaps_of(window: MainWindow) -> GapAnalysis:
    """Return the gap analysis."""
    academy, ada = academy_of(window)
    return academy.plan.gaps(ada)


def counted(items: tuple[RoadmapItem, ...]) -> tuple[int, int, int]:
    """Return how many lessons are done, how many count, and how many more are locked."""
    left_out = [item for item in items if item.locked and item.status is not Status.DONE]
    done = sum(item.status is Status.DONE for item in items)
    return done, len(items) - len(left_out), len(left_out)


def locked_gap(window: MainWindow) -> RoadmapItem:
    """Return a locked lesson of the roadmap that builds on others."""
    curriculum = academy_of(window)[0].library.curriculum
    return next(
        item
        for item in roadmap_of(window).items
        if item.locked and curriculum.lesson_by_skill[item.skill].prerequisites
    )


def row_of(view: QTreeView, words: str, parent: QModelIndex | None = None) -> QModelIndex:
    """Return the first row whose words in any column begin like this."""
    model, parent = view.model(), parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        columns = range(model.columnCount(parent))
        if any(str(index.siblingAtColumn(each).data() or "").startswith(words) for each in columns):
            return index
        below = row_of(view, words, index)
        if below.isValid():
            return below
    return QModelIndex()


# What counts


def test_home_counts_lessons_and_skills_without_what_is_locked(window: MainWindow, go: Go) -> None:
    done, count, locked = counted(roadmap_of(window).items)
    totals = gaps_of(window).totals
    assert locked > 0

    told = visible_text(go("home"))

    assert f"{done} of {count} lessons done and {locked} more locked" in told
    assert f"of {totals.counted.applicable} skills mastered" in told
    assert f"{totals.locked_gaps} more skills need lessons that are locked; they do not count here." in told
    for stage in gaps_of(window).stages:
        assert f"{stage.counts.mastered} of {stage.counts.counted.applicable}" in told


def test_the_bars_of_home_leave_it_out_too(window: MainWindow, go: Go) -> None:
    bars = [bar.accessibleName() for bar in go("home").findChildren(MasteryBar) if bar.isVisible()]

    launch = gaps_of(window).stages[1].counts
    assert bars[1] == (
        f"Mastered: {launch.counted.mastered}, Unsettled: {launch.counted.unsettled}, "
        f"Missing: {launch.counted.missing}, Locked: {launch.locked_gaps}"
    ).replace("Unsettled: 0, ", "").replace("Missing: 0, ", "")


def test_the_roadmap_counts_without_what_is_locked(window: MainWindow, go: Go) -> None:
    done, count, locked = counted(roadmap_of(window).items)

    page = go("roadmap")

    assert (
        find(page, QLabel, "roadmapAbout").text().startswith(f"{done} of {count} lessons done  ·  {locked} more lock")
    )
    bar = find(page, QProgressBar, "roadmapBar")
    assert (bar.value(), bar.maximum()) == (done, count)


def test_groups_of_the_roadmap_count_without_what_is_locked(window: MainWindow, go: Go) -> None:
    page = go("roadmap")
    find(page, QTabBar, "roadmapArrangement").setCurrentIndex(1)
    view = find(page, QTreeView, "roadmapTable")
    curriculum = academy_of(window)[0].library.curriculum

    for number in ("2.2", "2.5"):
        title = next(program.title for program in curriculum.programs if program.number == number)
        row = row_of(view, title)
        done, count, locked = counted(tuple(each for each in roadmap_of(window).items if each.program == number))
        words = f"{locked} locked" if not count else f"{done} of {count} done, {locked} locked"
        assert row.siblingAtColumn(RoadmapColumn.STATUS).data() == words
    find(page, QTabBar, "roadmapArrangement").setCurrentIndex(0)


def test_the_library_counts_without_what_is_locked(window: MainWindow, go: Go) -> None:
    view = find(go("library"), QTreeView, "libraryTree")
    locked = academy_of(window)[0].library.locked_skills()
    curriculum = academy_of(window)[0].library.curriculum

    for program in curriculum.programs:
        lessons = [lesson for mission in program.missions for lesson in mission.lessons]
        shut = sum(lesson.skill in locked for lesson in lessons)
        state = str(row_of(view, f"{program.number} ").siblingAtColumn(STATE).data())
        if shut == len(lessons):
            assert state == f"{shut} locked"
        elif shut:
            assert state.endswith(f" of {len(lessons) - shut} done, {shut} locked")
        else:
            assert state.endswith(f" of {len(lessons)} done")


def test_missions_count_without_what_is_locked(window: MainWindow, go: Go) -> None:
    assert "3 locked" in visible_text(go(f"mission:{LOCKED_MISSION}"))
    assert "0 of 3 lessons done" in visible_text(go(f"mission:{FREE_MISSION}"))


def test_the_map_of_gaps_and_its_table_tell_shares_of_what_counts(window: MainWindow, go: Go) -> None:
    page = go("gaps")
    analysis = gaps_of(window)
    launch = analysis.stages[1]
    assert share_words(launch.counts) == [
        f"{launch.counts.mastered} of {launch.counts.counted.applicable} mastered",
        f"{launch.counts.locked_gaps} more locked",
    ]
    find(page, QTabBar, "gapTabs").setCurrentIndex(1)
    table = find(page, QTreeView, "gapTable")
    for program in analysis.programs:
        row = row_of(table, f"{program.number} ")
        assert row.siblingAtColumn(GapColumn.STATE).data() == share_text(program.counts)
    find(page, QTabBar, "gapTabs").setCurrentIndex(0)
    near = go("gaps:2.1.3")
    assert "  ·  ".join(share_words(analysis.programs[3].counts)) in visible_text(near)


@pytest.mark.parametrize(
    ("counts", "share", "told"),
    [
        (Counts(mastered=3, missing=2), "3 of 5", ["3 of 5 mastered"]),
        (Counts(mastered=3, missing=2, locked=2, locked_missing=2), "3 of 3", ["3 of 3 mastered", "2 more locked"]),
        (Counts(missing=2, unsettled=1, locked=3, locked_missing=2, locked_unsettled=1), "3 locked", ["3 locked"]),
        (Counts(not_applicable=2, locked=2), "Does not apply", ["Does not apply"]),
    ],
)
def test_a_share_says_what_it_is_of(counts: Counts, share: str, told: list[str]) -> None:
    assert share_text(counts) == share
    assert share_words(counts) == told


# The honest view


def test_a_locked_lesson_shows_all_that_is_public(window: MainWindow, go: Go) -> None:
    academy, ada = academy_of(window)
    item = locked_gap(window)
    lesson = academy.library.curriculum.lesson_by_skill[item.skill]
    gap = next(gap for gap in gaps_of(window).skills if gap.skill == item.skill)

    page = go(f"lesson:{item.skill}")
    told = visible_text(page)

    for part in (
        lesson.title,
        lesson.can_do,
        item.path,
        item.difficulty,
        f"“{lesson.title}” is locked. Its outline is open; the text opens with an activation code.",
        f"“{EDITION}” opens it.",
        "What it would close for you",
        f"Closing this gap is worth {gap.value:g}.",
        f"It takes about {lesson.minutes} minutes.",
        "questions that sellers ask are answered in its mission.",
    ):
        assert part in told
    for number, need in enumerate(academy.outlines.needs(ada, [lesson]), start=1):
        row = visible(page, f"prerequisite{number}Button")
        assert need.lesson.title in row.accessibleName()
        assert ("You have this" in row.accessibleName()) == need.is_met
    assert not is_seen(page, "finishLessonButton")


def test_a_prerequisite_leads_to_its_lesson(window: MainWindow, go: Go) -> None:
    item = locked_gap(window)
    first = academy_of(window)[0].library.curriculum.lesson_by_skill[item.skill].prerequisites[0]
    page = go(f"lesson:{item.skill}")

    visible(page, "prerequisite1Button").click()  # type: ignore[attr-defined]

    assert window.pages.target() == f"lesson:{first}"


def test_no_price_and_no_nagging_stands_at_what_is_locked(window: MainWindow, go: Go) -> None:
    item = locked_gap(window)
    page = go(f"lesson:{item.skill}")

    (outline,) = (each for each in page.findChildren(PublicOutline) if each.isVisible())
    labels = outline.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    told = " ".join(label.text() for label in labels).replace(item.title, "").lower()

    assert "locked" in told
    assert not [word for word in ("buy", "price", "$", "€", "upgrade", "now", "!", "offer") if word in told]
    assert [each for each in outline.findChildren(QAbstractButton) if each.property("role") == "primary"] == []


@pytest.mark.parametrize("place", ["lesson", "mission"])
def test_every_control_of_a_locked_view_and_its_dialog_is_named_and_reached_by_tab(
    window: MainWindow, go: Go, place: str
) -> None:
    page = go(targets_of(window)[place])
    assert [
        each for each in controls(page) if each.isVisible() and not (each.objectName() and each.accessibleName())
    ] == []

    press(window, "openWithLicenseButton")
    dialog = visible(window, "licenseDialog")
    stops = round_by_tab(visible(window, "licenseField"))

    assert {"licenseField", "activateButton", "chooseLicenseButton"} <= {stop.objectName() for stop in stops}
    dialog.close()
    small_shop.settle()


def test_a_locked_mission_shows_its_lessons_and_which_gaps_it_closes(window: MainWindow, go: Go) -> None:
    academy, ada = academy_of(window)
    outline = academy.outlines.mission(
        ada, academy.library.curriculum.mission_by_skill[locked_gap(window).skill].number
    )
    assert outline is not None

    page = go(f"mission:{academy.library.curriculum.mission_by_skill[outline.locked[0].skill].number}")
    told = visible_text(page)

    for lesson in outline.locked:
        assert lesson.title in told
        assert lesson.can_do in told
    for gap in outline.gaps:
        assert f"{gap.title}  ·  {gap.state.value}, worth {gap.value:g}" in told
    assert f"“{EDITION}” opens it." in told
    assert f"{outline.questions} questions that sellers ask are answered in it." in told
    assert not is_seen(page, "continueMissionButton")


def test_search_and_roadmap_and_gaps_say_in_words_what_is_locked(window: MainWindow, go: Go) -> None:
    item = locked_gap(window)
    page = go(f"roadmap:{item.skill}")
    view = find(page, QTreeView, "roadmapTable")
    title = row_of(view, item.title).siblingAtColumn(RoadmapColumn.TITLE)
    assert title.data(Qt.ItemDataRole.AccessibleTextRole) == f"{item.title}, Locked"
    assert title.data(Qt.ItemDataRole.DecorationRole) is not None
    told = visible_text(page)
    assert "Locked: its outline is open, its text opens with a license." in told
    assert f"“{EDITION}” opens it." in told

    near = go(f"gaps:{item.mission}")
    table = find(near, QTreeView, "programTable")
    table.setCurrentIndex(row_of(table, f"{item.lesson} "))
    small_shop.settle()
    assert "Locked: its outline is open, its text opens with a license." in visible_text(near)


def test_a_locked_view_keeps_to_what_is_known_of_the_learner(
    paths: UserPaths, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    academy, ada = academy_of(window)
    item = locked_gap(window)
    needed = academy.library.curriculum.lesson_by_skill[item.skill].prerequisites[0]
    window.go_to(f"lesson:{item.skill}")
    page = window.pages.page
    assert page is not None
    settle(page, qtbot)

    academy.learn.finish(ada, needed)
    settle(page, qtbot)

    assert "You have this" in visible(page, "prerequisite1Button").accessibleName()


# Opening


PLACES = ("lesson", "mission", "library", "search", "roadmap", "gaps", "home")


@pytest.mark.parametrize("place", PLACES)
def test_what_opens_is_seen_at_once_on_the_page_that_stands_there(
    place: str, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    target = targets_of(window)[place]
    page = look_at(window, target, qtbot)
    assert shows_locked(page, place)

    academy_of(window)[0].licenses.activate(development_code().printed)
    settle(page, qtbot)

    assert not shows_locked(page, place)


def test_pages_that_were_looked_at_before_show_what_has_opened_since(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    targets = targets_of(window)
    for target in targets.values():
        look_at(window, target, qtbot)

    academy_of(window)[0].licenses.activate(development_code().printed)

    assert [place for place, target in targets.items() if shows_locked(look_at(window, target, qtbot), place)] == []


def targets_of(window: MainWindow) -> dict[str, str]:
    """Return where something locked stands, by page; the roadmap has asked its questions."""
    academy, ada = academy_of(window)
    academy.profiles.set_setting(ada, FACTS_ASKED, "yes")
    item = locked_gap(window)
    special = {
        "lesson": f"lesson:{item.skill}",
        "mission": f"mission:{item.mission}",
        "search": f"search:{item.lesson}",
    }
    return {place: special.get(place, place) for place in PLACES}


def look_at(window: MainWindow, target: str, qtbot: QtBot) -> Page:
    """Go to a place and return the page there, refreshed."""
    window.go_to(target)
    page = window.pages.page
    assert page is not None
    settle(page, qtbot)
    return page


def shows_locked(page: Page, place: str) -> bool:
    """Tell whether a page says anywhere that something is locked."""
    if place == "search":
        view = find(page, QTreeView, "searchResults")
        group = view.model().index(0, 0)
        spoken = str(view.model().index(0, 0, group).data(Qt.ItemDataRole.AccessibleTextRole))
        return ", locked" in spoken
    if place == "gaps":
        drawn = find(page, GapMap, "gapMap")
        return any(skill.locked for mission in drawn.missions for skill in mission.skills)
    trees = {"library": ("libraryTree", STATE), "roadmap": ("roadmapTable", RoadmapColumn.READINESS)}
    if place in trees:
        name, column = trees[place]
        return any("ocked" in words for words in words_in(find(page, QTreeView, name), int(column)))
    return "ocked" in visible_text(page)


def words_in(view: QTreeView, column: int, parent: QModelIndex | None = None) -> Iterator[str]:
    """Yield the words of a column, in all rows."""
    model, parent = view.model(), parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, column, parent)
        yield str(index.data() or "")
        yield from words_in(view, column, index.siblingAtColumn(0))


def test_what_was_locked_is_read_ticked_and_searched_once_it_is_open(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    academy, ada = academy_of(window)
    item = locked_gap(window)
    window.go_to(f"lesson:{item.skill}")
    academy.licenses.activate(development_code().printed)
    page = window.pages.page
    assert page is not None
    settle(page, qtbot)

    press(window, "step1Box")

    assert len(academy.learn.progress_of(ada, item.skill).ticked_steps) == 1
    assert academy.library.lesson(item.skill) is not None
    assert "Questions sellers ask (" in visible_text(page)


# Hiding


def test_the_library_hides_what_is_locked_and_remembers_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.go_to("library")
    press(window, "libraryHideLockedBox")
    assert not any("Locked" in words for words in words_in(library_of(window), STATE))
    assert not row_of(library_of(window), "1.1.2 ").isValid()
    assert row_of(library_of(window), "1.1.1 ").isValid()
    window.close()

    again = open_window()
    again.go_to("library")

    assert find(again, QCheckBox, "libraryHideLockedBox").isChecked()
    assert not row_of(library_of(again), "1.1.2 ").isValid()
    press(again, "libraryHideLockedBox")
    assert row_of(library_of(again), "1.1.2 ").isValid()


def library_of(window: MainWindow) -> QTreeView:
    """Return the tree of the library."""
    return find(window, QTreeView, "libraryTree")


def test_where_only_locked_lessons_fit_the_library_says_so(open_window: OpenWindow) -> None:
    window = open_window()
    window.go_to("library")
    title = str(row_of(library_of(window), "1.1.2.1").siblingAtColumn(TITLE).data()).split("   ")[1]
    press(window, "libraryHideLockedBox")

    visible(window, "libraryFilterField").setText(title)  # type: ignore[attr-defined]
    assert "Only locked lessons fit" in visible_text(window)
    press(window, "showLockedLessonsButton")

    assert row_of(library_of(window), "1.1.2.1").isValid()
    assert not find(window, QCheckBox, "libraryHideLockedBox").isChecked()


def test_words_still_find_what_is_not_locked_while_the_rest_is_hidden(open_window: OpenWindow) -> None:
    window = open_window()
    window.go_to("library")
    press(window, "libraryHideLockedBox")

    visible(window, "libraryFilterField").setText("niche")  # type: ignore[attr-defined]

    assert row_of(library_of(window), "1.1.1 ").isValid()
    assert not row_of(library_of(window), "1.1.2 ").isValid()


def test_the_gaps_hide_what_is_locked_in_map_and_table_and_remember_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.go_to("gaps")
    press(window, "gapsHideLockedBox")
    wanted = without_locked(gaps_of(window))
    assert [mission.skills for mission in find(window, GapMap, "gapMap").missions] == [
        mission.skills for mission in wanted.missions
    ]
    find(window, QTabBar, "gapTabs").setCurrentIndex(1)
    table = find(window, QTreeView, "gapTable")
    assert row_of(table, "2.2 ").siblingAtColumn(GapColumn.MISSING).data(Qt.ItemDataRole.UserRole) == 0
    window.close()

    again = open_window()
    again.go_to("gaps")

    assert find(again, QCheckBox, "gapsHideLockedBox").isChecked()
    assert len([skill for mission in find(again, GapMap, "gapMap").missions for skill in mission.skills]) == len(
        wanted.skills
    )


def test_with_everything_open_there_is_nothing_to_hide(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    academy, _ = academy_of(window)

    academy.licenses.activate(development_code().printed)
    for place, name in (("library", "libraryHideLockedBox"), ("gaps", "gapsHideLockedBox")):
        window.go_to(place)
        page = window.pages.page
        assert page is not None
        settle(page, qtbot)
        assert not is_seen(page, name)
