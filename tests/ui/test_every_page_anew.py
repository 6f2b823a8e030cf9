"""What holds for every page in every look, when it is built in one and when it changes to another, without records."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dijipilot.ui.look import Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.page_table import PAGES
from dijipilot.ui.pages.page import Page, ScrollPage
from dijipilot.ui.theme import Theme
from tests.ui.clipping import clipped
from tests.ui.conftest import OpenWindow, settle
from tests.ui.lasting_window import lasting_window
from tests.ui.test_every_page import TARGETS

Go = Callable[[str], Page]
Dressed = tuple[MainWindow, Theme]

SMALL, LARGE = (Scheme.LIGHT, 80), (Scheme.LIGHT, 200)
LARGE_DARK, LARGE_CONTRAST = (Scheme.DARK, 200), (Scheme.HIGH_CONTRAST, 200)


@pytest.fixture(scope="module")
def dressed(qapp: QApplication, filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dressed]:
    """Return a window for all looks: most pages are built anew in each, the one shown changes from look to look."""
    with lasting_window(qapp, filled_home, tmp_path_factory) as opened:
        yield opened


@pytest.fixture(scope="module")
def look(request: pytest.FixtureRequest, dressed: Dressed) -> None:
    """Dress that window for all tests of one look, one after the other."""
    dressed[1].dress(*request.param)


@pytest.fixture
def window(dressed: Dressed, qtbot: QtBot) -> MainWindow:
    """Return that window, open and in front."""
    qtbot.waitUntil(lambda: dressed[0].academy is not None)
    dressed[0].activateWindow()
    return dressed[0]


def in_looks(*looks: tuple[Scheme, int]) -> pytest.MarkDecorator:
    """Run a test in each of these colors and text sizes."""
    names = [f"{scheme}-{percent}" for scheme, percent in looks]
    return pytest.mark.parametrize("look", looks, ids=names, indirect=True, scope="module")


@in_looks(SMALL, LARGE)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.usefixtures("look")
def test_no_column_of_text_is_cut_off_at_its_side_at_any_text_size(target: str, go: Go, qtbot: QtBot) -> None:
    page = go(target)

    if isinstance(page, ScrollPage):
        content, viewport = page.content, page.scroll_area.viewport()
        qtbot.waitUntil(lambda: 0 < content.minimumSizeHint().width() <= viewport.width(), timeout=3000)


@in_looks(LARGE_DARK, LARGE_CONTRAST)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.usefixtures("look")
def test_nothing_is_clipped_at_twice_the_text_size_in_dark_and_in_high_contrast(
    target: str, window: MainWindow, go: Go, qtbot: QtBot
) -> None:
    def shows_everything() -> None:
        assert clipped(window) == []

    go(target)

    qtbot.waitUntil(shows_everything)


def test_pages_of_a_new_profile_are_all_shown_without_records(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window._on_name_given("Bo", "home")

    for entry in PAGES:
        window.go_to(entry.name)
        assert window.pages.page is not None
        settle(window.pages.page, qtbot)
