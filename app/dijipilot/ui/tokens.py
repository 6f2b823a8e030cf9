"""The tokens of the look: colors with a meaning, type sizes, spacing and lines. Qt-free numbers and names."""

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct

USUAL_POINTS = 10.5
"""Body text at its usual size; all other lengths are meant for it and grow with it."""

READING_RATIO = 1.18
"""Text of a lesson, in terms of all other text."""

SIZE_RATIOS: Mapping[str, float] = {
    "size_small": 0.88,
    "size_body": 1.0,
    "size_large": 1.14,
    "size_reading": READING_RATIO,
    "size_subtitle": 1.32,
    "size_hero": 1.6,
    "size_title": 1.9,
    "size_figure": 2.2,
}
"""The type scale, as multiples of body text."""

SPACING = (2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 48)
"""The spacing scale, in pixels at the usual text size: no distance between two things is made up on the spot."""

RADII: Mapping[str, int] = {"radius_small": 5, "radius": 7, "radius_large": 10}
ICON_PIXELS_PER_POINT = 1.6
INDICATOR = 14
"""Inner side of a check box or radio button, in pixels at the usual text size; its line of 2 comes on top."""

CONTROL = 20
"""Least inner height of buttons and fields, in pixels at the usual text size."""

_LINE_PER_POINT = 1.65
"""A line of text in pixels: a least height in the style sheet below it would let layouts cut off the words."""


class Colors(Struct, frozen=True):
    """Every color there is, by what it means.

    Text reaches 4.5:1 on the grounds it stands on (7:1 in high contrast), outlines of controls and focus 3:1; a test
    holds the pairs. ring: how thick, in pixels, the line around what has the focus is.
    """

    # Grounds, from the window up
    window: str
    surface: str
    sunken: str
    hover: str
    pressed: str
    selected: str
    # Lines: around what is selected, between things, around controls, around what has the focus
    selected_line: str
    line: str
    outline: str
    focus: str
    # Words
    text: str
    muted: str
    disabled: str
    # What leads on
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    # What went well, calls for care, went wrong
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    bad: str
    bad_soft: str
    # States of a skill, as areas and marks
    mastered: str
    missing: str
    unsettled: str
    not_applicable: str
    ring: int = 2

    @property
    def is_dark(self) -> bool:
        """Whether light words stand on dark ground."""
        return int(self.window[1:3], 16) < 128


LIGHT = Colors(
    window="#f5f6f8",
    surface="#ffffff",
    sunken="#eceff3",
    hover="#e9edf3",
    pressed="#dde3eb",
    selected="#e4edfb",
    selected_line="#e4edfb",
    line="#dbe0e7",
    outline="#818b9a",
    focus="#1f5fc4",
    text="#1a2230",
    muted="#525d6e",
    disabled="#818b9a",
    accent="#1f5fc4",
    accent_strong="#174a9c",
    accent_soft="#e4edfb",
    on_accent="#ffffff",
    good="#1a7048",
    good_soft="#e0f3e8",
    caution="#805300",
    caution_soft="#fdf1d6",
    bad="#b3322b",
    bad_soft="#fce8e6",
    mastered="#2b8a5f",
    missing="#d0632d",
    unsettled="#b0821a",
    not_applicable="#8791a0",
)

DARK = Colors(
    window="#14181f",
    surface="#1d232c",
    sunken="#262d38",
    hover="#2b323d",
    pressed="#343d4a",
    selected="#233553",
    selected_line="#233553",
    line="#343d4a",
    outline="#7f8a9a",
    focus="#86b3ff",
    text="#e7ebf1",
    muted="#a8b2c1",
    disabled="#7f8a9a",
    accent="#86b3ff",
    accent_strong="#a9c9ff",
    accent_soft="#233553",
    on_accent="#0d1a2e",
    good="#6ed3a0",
    good_soft="#1c3a2c",
    caution="#f0c25c",
    caution_soft="#3d3219",
    bad="#ff9d94",
    bad_soft="#452422",
    mastered="#55b98a",
    missing="#ec8a57",
    unsettled="#d8b04c",
    not_applicable="#737e8d",
)

CONTRAST_DARK = Colors(
    window="#000000",
    surface="#000000",
    sunken="#1c1c1c",
    hover="#2b2b2b",
    pressed="#404040",
    selected="#00344d",
    selected_line="#66d4ff",
    line="#8f8f8f",
    outline="#ffffff",
    focus="#ffe600",
    text="#ffffff",
    muted="#dcdcdc",
    disabled="#a0a0a0",
    accent="#66d4ff",
    accent_strong="#a6e7ff",
    accent_soft="#002d42",
    on_accent="#000000",
    good="#7df5a5",
    good_soft="#002b17",
    caution="#ffd75e",
    caution_soft="#332600",
    bad="#ffb3ab",
    bad_soft="#420d09",
    mastered="#7df5a5",
    missing="#ffa066",
    unsettled="#ffd75e",
    not_applicable="#b4b4b4",
    ring=3,
)

CONTRAST_LIGHT = Colors(
    window="#ffffff",
    surface="#ffffff",
    sunken="#ededed",
    hover="#e2e2e2",
    pressed="#cfcfcf",
    selected="#d6e5ff",
    selected_line="#003d91",
    line="#6b6b6b",
    outline="#000000",
    focus="#a8006a",
    text="#000000",
    muted="#2e2e2e",
    disabled="#666666",
    accent="#003d91",
    accent_strong="#002b66",
    accent_soft="#dfeaff",
    on_accent="#ffffff",
    good="#004d2a",
    good_soft="#d9f5e4",
    caution="#553500",
    caution_soft="#ffefc9",
    bad="#860a05",
    bad_soft="#ffe3e0",
    mastered="#00693c",
    missing="#a63d00",
    unsettled="#755200",
    not_applicable="#666666",
    ring=3,
)


def scale_of(points: float) -> float:
    """Return how much larger body text of so many points is than usual."""
    return points / USUAL_POINTS


def scaled(pixels: float, points: float) -> int:
    """Return a distance for body text of so many points.

    It grows half as fast as the text: at twice the size, words need the width more than the space between them.
    """
    return max(1, round(pixels * (1 + scale_of(points)) / 2))


def lengths(colors: Colors, points: float) -> Iterator[tuple[str, str]]:
    """Yield name and value of every length the style sheet may use.

    `space_8` is a step of the spacing scale. `in_line_8` and `in_ring_8` are the same step less the usual line, or
    the ring of the focus, around it: a control does not move when it takes the focus.
    """
    yield from ((name, f"{points * ratio:.1f}pt") for name, ratio in SIZE_RATIOS.items())
    yield from ((name, f"{scaled(pixels, points)}px") for name, pixels in RADII.items())
    for step in SPACING:
        space = scaled(step, points)
        yield f"space_{step}", f"{space}px"
        yield f"in_line_{step}", f"{max(0, space - 1)}px"
        yield f"in_ring_{step}", f"{max(0, space - colors.ring)}px"
    indicator = round(INDICATOR * scale_of(points))
    for name, ratio in (("control", 1.0), ("control_large", SIZE_RATIOS["size_large"])):
        yield name, f"{max(scaled(CONTROL, points), math.ceil(points * ratio * _LINE_PER_POINT))}px"
    yield "ring", f"{colors.ring}px"
    yield "ring_less_line", f"{colors.ring - 1}px"
    yield "indicator", f"{indicator}px"
    yield "indicator_round", f"{(indicator + 4) / 2:g}px"
    yield "size_icon", f"{icon_side(points)}px"
    yield "size_arrow", f"{round(13 * scale_of(points))}px"


def icon_side(points: float) -> int:
    """Return width and height, in pixels, of an icon beside body text of so many points."""
    return round(points * ICON_PIXELS_PER_POINT)
