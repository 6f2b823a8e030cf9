"""Text that the pack holds encrypted is left out of the picture kept of the window, and nothing else is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from dijipilot.content.search import MATCH_MARK
from dijipilot.domain.highlights import mark_place
from dijipilot.errors import PackDamaged
from dijipilot.messages import message
from dijipilot.services.library import Library
from dijipilot.ui.last_picture import paint_over
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_nodes import key_of
from dijipilot.ui.models.search_model import SNIPPET_ROLE
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.roadmap_view import RoadmapView
from tests.licensing.disk_search import SecretText, everything_in
from tests.ui.conftest import settle
from tests.ui.finding import find
from tests.ui.lasting_window import lasting_window
from tests.ui.sample_learner import LESSON, SECOND_LESSON
from tests.ui.test_every_page import TARGETS
from tests.ui.test_last_picture import pictures

Go = Callable[[str], Page]
MISSION = "2.5.1"
SHOWING = (f"lesson:{SECOND_LESSON}", f"mission:{MISSION}", "search:release the order", "roadmap")
"""Pages on which text of lessons stands."""


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """Return a window for all tests here."""
    with lasting_window(qapp, filled_home, tmp_path_factory) as (made, _):
        yield made


@pytest.fixture
def window(one_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return that window, open and in front."""
    qtbot.waitUntil(lambda: one_window.academy is not None)
    assert one_window.academy is not None
    assert one_window.profile is not None
    one_window.academy.profiles.set_setting(one_window.profile.id, FACTS_ASKED, "yes")
    one_window._pictures = pictures(one_window.academy.paths)
    return one_window


@pytest.fixture
def all_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the pack hold every lesson encrypted, and open."""
    for question in ("is_sealed", "has_sealed_questions"):
        monkeypatch.setattr(Library, question, lambda *_: True)


@pytest.fixture(scope="module")
def secret(one_window: MainWindow) -> SecretText:
    """Return the text of all lessons and of all questions and answers."""
    while one_window.academy is None:
        QApplication.processEvents()
    return everything_in(one_window.academy.pack)


def show(target: str, window: MainWindow, go: Go, qtbot: QtBot) -> Page:
    """Go to a place and unfold there what there is to unfold."""
    page = go(target)
    if target.startswith("lesson:"):
        highlight(page, qtbot)
    elif target.startswith("mission:"):
        library = page.context.academy.library
        question = library.questions(library.curriculum.mission_by_skill[LESSON].number)[0]
        page = go(f"{target}/{question.id}")
        bar = find(page, QScrollArea, "pageScrollArea").verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
    elif target == "roadmap":
        find(page, RoadmapView).open_again([key_of(SECOND_LESSON)])
        find(page, RoadmapView).scroll_to_top(key_of(SECOND_LESSON))
    return page


def highlight(page: Page, qtbot: QtBot) -> None:
    """Highlight the beginning of the lesson."""
    text = find(page, LessonView, "whyText").toPlainText()
    reading, profile = page.context.academy.reading, page.context.profile_id
    reading.highlight(profile, SECOND_LESSON, "why", mark_place(text, 0, 60))
    settle(page, qtbot)


def seen_of(widget: QWidget, window: QWidget) -> QRect:
    """Return what is in sight of a widget."""
    return widget.visibleRegion().boundingRect().translated(widget.mapTo(window, QPoint(0, 0)))


def colors_in(image: QImage, area: QRect) -> set[str]:
    part = image.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    # Lines of this format are whole pixels.
    pixels = np.frombuffer(part.constBits(), np.uint32)
    return {QColor.fromRgb(int(pixel)).name() for pixel in np.unique(pixels)}


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield what a widget shows in words."""
    if isinstance(widget, LessonView):
        yield widget.toPlainText()
    elif isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QTreeView):
        yield from rows_of(widget, QModelIndex())


def rows_of(view: QTreeView, parent: QModelIndex) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            yield str(index.data(SNIPPET_ROLE) or "").replace(MATCH_MARK, "")
        branch = model.index(row, 0, parent)
        if view.isExpanded(branch):
            yield from rows_of(view, branch)


def with_secret_text(window: MainWindow, secret: SecretText) -> list[QWidget]:
    """Return the widgets in sight that show text of lessons."""
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    return [each for each in shown if any([*secret.windows_in(text.encode())] for text in texts_of(each))]


@pytest.mark.parametrize("target", SHOWING)
def test_text_of_sealed_lessons_is_not_in_the_picture(
    target: str, window: MainWindow, go: Go, qtbot: QtBot, all_sealed: None
) -> None:
    page = show(target, window, go, qtbot)
    areas = [area for each in page.secret_areas() if not (area := seen_of(each, window)).isEmpty()]
    before = window.grab().toImage()
    assert any(len(colors_in(before, area)) > 10 for area in areas)

    picture = window._take_picture()

    assert picture is not None
    ground = window._theme.colors.window
    assert [colors_in(picture.image, area) for area in areas] == [{ground}] * len(areas)
    elsewhere = picture.image.copy()
    paint_over(before, window, page.secret_areas(), QColor(ground))
    assert elsewhere == before
    bar = seen_of(window.rail, window)
    assert len(colors_in(picture.image, bar)) > 1


@pytest.mark.parametrize("target", dict.fromkeys((*SHOWING, *TARGETS)))
def test_no_page_shows_text_of_lessons_beside_its_secret_areas(
    target: str, window: MainWindow, go: Go, qtbot: QtBot, secret: SecretText, all_sealed: None
) -> None:
    page = show(target, window, go, qtbot)

    areas = page.secret_areas()
    beside = [
        f"{type(each).__name__} {each.objectName()}: {words}"
        for each in with_secret_text(window, secret)
        for text in texts_of(each)
        for _, words in secret.windows_in(text.encode())
        if not any(area is each or area.isAncestorOf(each) for area in areas)
    ]

    assert beside == []
    assert target not in SHOWING or with_secret_text(window, secret) != []


@pytest.mark.parametrize("target", SHOWING)
def test_text_that_lies_open_in_the_pack_stays_in_the_picture(
    target: str, window: MainWindow, go: Go, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for question in ("is_sealed", "has_sealed_questions"):
        monkeypatch.setattr(Library, question, lambda *_: False)
    page = show(target, window, go, qtbot)

    picture = window._take_picture()

    assert page.secret_areas() == ()
    assert picture is not None
    assert picture.image == window.grab().toImage()


def test_a_roadmap_without_unfolded_lessons_stays_in_the_picture(window: MainWindow, go: Go, all_sealed: None) -> None:
    page = go("roadmap")
    find(page, RoadmapView).collapseAll()

    assert page.secret_areas() == ()


def test_where_it_cannot_be_told_what_is_sealed_no_picture_is_kept(
    window: MainWindow, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise PackDamaged(message("pack.not_shipped"))

    go(f"lesson:{SECOND_LESSON}")
    monkeypatch.setattr(Library, "is_sealed", fail)

    assert window._take_picture() is None


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_what_is_scrolled_away_and_what_stands_around_is_not_painted_over(qtbot: QtBot, ratio: float) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    area = QScrollArea(window)
    area.setGeometry(21, 11, 101, 51)
    text = QWidget()
    text.resize(400, 400)
    area.setWidget(text)
    area.verticalScrollBar().setValue(30)
    with qtbot.waitExposed(window):
        window.show()
    image = QImage(int(200 * ratio), int(100 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#ffffff"))

    paint_over(image, window, [text], QColor("#336699"))

    assert image.devicePixelRatio() == ratio
    view = area.viewport()
    seen = QRect(view.mapTo(window, QPoint(0, 0)), view.size())
    expected = QRectF(seen.x() * ratio, seen.y() * ratio, seen.width() * ratio, seen.height() * ratio).toAlignedRect()
    assert colors_in(image, expected) == {"#336699"}
    image.setDevicePixelRatio(1.0)
    painter = QPainter(image)
    painter.fillRect(expected, QColor("#ffffff"))
    painter.end()
    assert colors_in(image, image.rect()) == {"#ffffff"}


def test_a_part_that_is_hidden_is_not_painted_over(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(40, 40)
    part = QWidget(window)
    part.resize(20, 20)
    part.hide()
    with qtbot.waitExposed(window):
        window.show()
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))

    paint_over(image, window, [part], QColor("#336699"))

    assert colors_in(image, image.rect()) == {"#ffffff"}
