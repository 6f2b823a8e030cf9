"""Dressed in what was chosen, or in what the system wants."""

import pytest
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QApplication

from dijipilot.paths import UserPaths
from dijipilot.ui.look import LARGEST_PERCENT, SMALLEST_PERCENT, Scheme
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.theme import Theme, colors_for, space, style_sheet
from dijipilot.ui.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Colors
from dijipilot.ui.window_state import WindowState
from tests.ui.finding import find

EACH = pytest.mark.parametrize("colors", [LIGHT, DARK, CONTRAST_DARK, CONTRAST_LIGHT])


@EACH
def test_the_style_sheet_fills_every_token(colors: Colors) -> None:
    sheet = style_sheet(colors, 10.5)

    assert "$" not in sheet.split("*/", 1)[1]
    assert colors.accent in sheet


def test_a_system_of_high_contrast_is_followed_in_light_and_dark() -> None:
    assert colors_for(is_dark=True, has_contrast=True) == CONTRAST_DARK
    assert colors_for(is_dark=False, has_contrast=True) == CONTRAST_LIGHT
    assert colors_for(is_dark=True, has_contrast=False) == DARK


def test_the_learner_can_choose_high_contrast(theme: Theme, qapp: QApplication) -> None:
    theme.dress(Scheme.HIGH_CONTRAST)

    assert theme.colors == CONTRAST_DARK
    assert theme.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#000000"


def test_space_in_layouts_grows_with_the_text(theme: Theme) -> None:
    usual = space(20)

    theme.dress(text_percent=200)

    assert space(20) == usual * 3 // 2


def test_the_view_menu_chooses_the_colors_and_shows_which_are_chosen(window: MainWindow, theme: Theme) -> None:
    find(window, QAction, "look_high_contrastAction").trigger()
    assert theme.scheme is Scheme.HIGH_CONTRAST

    theme.dress(Scheme.DARK)

    ticked = [name for name, action in window.actions_by_name.items() if action.isChecked()]
    assert ticked == ["look_dark"]


def test_high_contrast_is_remembered(window: MainWindow, theme: Theme, paths: UserPaths) -> None:
    theme.dress(Scheme.HIGH_CONTRAST, 120)

    assert WindowState(paths.window_state).scheme is Scheme.HIGH_CONTRAST


def test_a_system_that_does_not_say_counts_as_light(theme: Theme) -> None:
    theme.dress(Scheme.SYSTEM)

    assert theme.colors == LIGHT


def test_the_learner_can_choose_dark(theme: Theme, qapp: QApplication) -> None:
    theme.dress(Scheme.DARK)

    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert DARK.surface in qapp.styleSheet()


def test_text_sizes_stay_between_the_smallest_and_the_largest(theme: Theme, qapp: QApplication) -> None:
    usual = qapp.font().pointSizeF()

    theme.dress(text_percent=1000)

    assert theme.text_percent == LARGEST_PERCENT
    assert qapp.font().pointSizeF() == pytest.approx(usual * 2)
    theme.dress(text_percent=0)
    assert theme.text_percent == SMALLEST_PERCENT
