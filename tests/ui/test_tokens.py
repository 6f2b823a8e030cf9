"""Readable in every scheme: each color has grounds it is shown on, and reaches the contrast that its use needs."""

import re

import pytest
from msgspec.structs import fields
from PySide6.QtGui import QColor, QFont, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.ui.theme import load_fonts
from dijipilot.ui.tokens import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    SPACING,
    USUAL_POINTS,
    Colors,
    lengths,
    scaled,
)

SCHEMES = {"light": LIGHT, "dark": DARK, "high contrast, dark": CONTRAST_DARK, "high contrast, light": CONTRAST_LIGHT}
EACH = pytest.mark.parametrize("colors", SCHEMES.values(), ids=SCHEMES.keys())

PLAIN = ("window", "surface", "sunken", "hover", "pressed", "selected", "accent_soft")
SOFT = ("good_soft", "caution_soft", "bad_soft")
TEXT: dict[str, tuple[str, ...]] = {
    "text": (*PLAIN, *SOFT),
    "muted": ("window", "surface", "sunken", "hover", "selected", "accent_soft", *SOFT),
    "accent": ("window", "surface", "accent_soft", "hover"),
    "accent_strong": ("window", "surface", "accent_soft", "selected", "pressed"),
    "on_accent": ("accent", "accent_strong"),
    "good": ("window", "surface", "good_soft"),
    "caution": ("window", "surface", "caution_soft"),
    "bad": ("window", "surface", "bad_soft"),
    "window": ("text",),
}
"""Words, and the grounds they stand on."""

SHAPES: dict[str, tuple[str, ...]] = {
    "outline": ("window", "surface"),
    "focus": (*PLAIN, *SOFT),
    "accent": ("window", "surface", "accent_soft", "selected", "sunken"),
    "on_accent": ("accent",),
    "good": ("good_soft",),
    "caution": ("caution_soft",),
    "bad": ("bad_soft", "surface"),
    "mastered": ("surface", "window"),
    "missing": ("surface",),
    "unsettled": ("surface",),
    "not_applicable": ("surface",),
    "disabled": ("surface",),
}
"""Outlines of controls, rings, marks and icons, and what lies beside them."""

DECORATION = {"line", "selected_line"}
"""Parts things that are also parted by space or ground: needs no contrast, but has it where that is wanted."""


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


def weak_pairs(colors: Colors, table: dict[str, tuple[str, ...]], least: float) -> list[str]:
    """Return the pairs of a table that do not reach a contrast."""
    pairs = [(ink, ground) for ink, grounds in table.items() for ground in grounds]
    ratios = {pair: contrast(getattr(colors, pair[0]), getattr(colors, pair[1])) for pair in pairs}
    return [f"{ink} on {ground}: {ratios[ink, ground]:.2f}" for ink, ground in pairs if ratios[ink, ground] < least]


def names_of_colors() -> set[str]:
    """Return the name of every color token."""
    return {each.name for each in fields(Colors) if each.name != "ring"}


@EACH
def test_text_reaches_the_contrast_that_reading_needs(colors: Colors) -> None:
    assert weak_pairs(colors, TEXT, 7.0 if is_high(colors) else 4.5) == []


@EACH
def test_controls_marks_and_focus_can_be_told_from_what_lies_beside_them(colors: Colors) -> None:
    assert weak_pairs(colors, SHAPES, 3.0) == []


@pytest.mark.parametrize("colors", [CONTRAST_DARK, CONTRAST_LIGHT])
def test_high_contrast_parts_things_by_lines_that_can_be_seen(colors: Colors) -> None:
    assert (
        weak_pairs(colors, {"line": ("window", "surface"), "selected_line": ("window", "surface", "selected")}, 3.0)
        == []
    )
    assert colors.ring > LIGHT.ring


def test_no_color_is_left_out_of_the_tables() -> None:
    grounds = {ground for table in (TEXT, SHAPES) for each in table.values() for ground in each}

    assert TEXT.keys() | SHAPES.keys() | grounds | DECORATION == names_of_colors()


def test_the_style_sheet_uses_no_pair_that_the_tables_do_not_hold() -> None:
    allowed = {(ink, ground) for ink, grounds in TEXT.items() for ground in grounds}
    unknown = []
    for selector, body in rules():
        ink, ground = color_of("color", body), color_of("background", body)
        if ink in (None, "disabled"):  # what cannot be used is free to be faint
            continue
        for each in [ground] if ground else ["surface"]:
            # A gradient or picture has no single color.
            if (ink, each) not in allowed and not (ink == "muted" and ":disabled" in selector):
                unknown.append(f"{selector}: {ink} on {each}")

    assert unknown == []


def test_everything_that_takes_the_focus_says_so_by_a_ring() -> None:
    silent = [
        selector
        for selector, body in rules()
        if ":focus" in selector
        and not re.search(r"border[^;]*(\$focus|\$accent)", body)
        # Filled buttons draw their ring themselves; selected lines, reading and frames of lists show it otherwise.
        and not any(word in selector for word in ("primary", "large", ":selected", "QTextBrowser", "QTabBar:focus"))
        and "border: none" not in body
    ]

    assert silent == []


def test_lines_that_come_with_the_focus_do_not_move_what_they_surround() -> None:
    for colors in (LIGHT, CONTRAST_DARK):
        for points in (USUAL_POINTS * 0.8, USUAL_POINTS, USUAL_POINTS * 2):
            length = {name: float(value.removesuffix("px")) for name, value in lengths(colors, points) if "px" in value}
            for step in SPACING[1:]:
                assert length[f"in_line_{step}"] + 1 == length[f"in_ring_{step}"] + length["ring"]


def test_space_grows_with_the_text_but_leaves_the_words_their_room() -> None:
    assert scaled(16, USUAL_POINTS) == 16
    assert scaled(16, USUAL_POINTS * 2) == 24
    assert scaled(16, USUAL_POINTS * 0.8) == 14


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.Bold])
def test_the_typeface_has_every_letter_of_turkish_and_the_signs_we_write(
    weight: QFont.Weight, qapp: QApplication
) -> None:
    load_fonts()
    font = QFont("Inter")
    font.setWeight(weight)
    raw = QRawFont.fromFont(font)

    assert raw.familyName() == "Inter"
    assert [sign for sign in "abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîû₺€$%–…·•›“”’×→±" if
            not raw.supportsCharacter(ord(sign))] == []  # fmt: skip
    assert QFontMetrics(font).horizontalAdvance("ı") < QFontMetrics(font).horizontalAdvance("m")


def is_high(colors: Colors) -> bool:
    """Return whether colors are made for high contrast."""
    return colors in (CONTRAST_DARK, CONTRAST_LIGHT)


def rules() -> list[tuple[str, str]]:
    """Return selector and body of each rule of the style sheet as it is written, tokens not filled in."""
    sheet = (paths.resources_folder() / "academy.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return [(selector.strip(), body) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)]


def color_of(what: str, body: str) -> str | None:
    """Return the token that a rule gives to `color` or `background`, None for none."""
    found = re.search(rf"(?:^|[;{{ ]){what}: \$(\w+)", body)
    return found.group(1) if found else None
