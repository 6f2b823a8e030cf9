"""What holds for every page in a window of its own: at any text size, and without records."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.page_table import PAGES
from dijipilot.ui.pages.page import Page, ScrollPage
from dijipilot.ui.theme import Theme
from tests.ui.conftest import OpenWindow, settle
from tests.ui.test_every_page import TARGETS

Go = Callable[[str], Page]


@pytest.mark.parametrize("percent", [80, 200])
@pytest.mark.parametrize("target", TARGETS)
def test_no_column_of_text_is_cut_off_at_its_side_at_any_text_size(
    target: str, percent: int, window: MainWindow, theme: Theme, go: Go, qtbot: QtBot
) -> None:
    theme.dress(text_percent=percent)

    page = go(target)

    if isinstance(page, ScrollPage):
        content, viewport = page.content, page.scroll_area.viewport()
        qtbot.waitUntil(lambda: 0 < content.minimumSizeHint().width() <= viewport.width(), timeout=3000)


def test_pages_of_a_new_profile_are_all_shown_without_records(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window._on_name_given("Bo", "home")

    for entry in PAGES:
        window.go_to(entry.name)
        assert window.pages.page is not None
        settle(window.pages.page, qtbot)
