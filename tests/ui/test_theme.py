"""Readable in light and dark, at every size."""

from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from dijipilot.ui.theme import DARK, LARGEST_PERCENT, LIGHT, SMALLEST_PERCENT, Colors, Scheme, Theme, style_sheet

BOTH = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])


def luminance(name: str) -> float:
    """Return the relative luminance of WCAG."""
    color = QColor(name)
    levels = (color.redF(), color.greenF(), color.blueF())
    parts = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in levels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@BOTH
def test_text_reaches_the_contrast_that_reading_needs(colors: Colors) -> None:
    grounds = (colors.window, colors.surface)
    pairs = [(each, ground) for each in (colors.text, colors.muted, colors.accent) for ground in grounds]
    pairs += [(colors.text, each) for each in (colors.sunken, colors.hover, colors.accent_soft)]
    pairs += [(colors.accent_strong, colors.accent_soft), (colors.on_accent, colors.accent)]
    pairs += [(colors.good, colors.good_soft), (colors.caution, colors.caution_soft), (colors.bad, colors.bad_soft)]
    pairs += [(colors.muted, colors.sunken), (colors.bad, colors.surface), (colors.good, colors.surface)]

    weak = [(one, other, round(contrast(one, other), 2)) for one, other in pairs if contrast(one, other) < 4.5]

    assert weak == []


@BOTH
def test_outlines_of_controls_can_be_seen(colors: Colors) -> None:
    for ground in (colors.window, colors.surface):
        assert contrast(colors.outline, ground) >= 3
        assert contrast(colors.accent, ground) >= 3


@BOTH
def test_the_style_sheet_fills_every_token(colors: Colors) -> None:
    sheet = style_sheet(colors, 10.5)

    assert "$" not in sheet.split("*/", 1)[1]
    assert colors.accent in sheet


def test_both_palettes_name_the_same_colors() -> None:
    assert asdict(LIGHT).keys() == asdict(DARK).keys()
    assert set(asdict(LIGHT).values()).isdisjoint({""})


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
