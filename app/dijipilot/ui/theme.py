"""Colors, type sizes and spacing as tokens, and the one object that dresses the application in them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from dijipilot import paths

FONT_FAMILY = "Inter"
SMALLEST_PERCENT, USUAL_PERCENT, LARGEST_PERCENT = 80, 100, 200
"""The learner's own text size, on top of the system's."""

READING_RATIO = 1.18
"""Text of a lesson, in terms of all other text."""

_BODY_POINTS = 10.5
_ICON_PIXELS_PER_POINT = 1.6
_SIZE_RATIOS: Mapping[str, float] = {
    "size_small": 0.88,
    "size_body": 1.0,
    "size_large": 1.14,
    "size_reading": READING_RATIO,
    "size_subtitle": 1.32,
    "size_title": 1.9,
    "size_figure": 2.2,
}


@dataclass(frozen=True, slots=True)
class Colors:
    """Every color there is. Text reaches 4.5:1 on the surfaces it stands on, outlines of controls 3:1."""

    window: str
    surface: str
    sunken: str
    hover: str
    line: str
    outline: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    caution: str
    caution_soft: str
    bad: str
    bad_soft: str
    mastered: str
    missing: str
    unsettled: str
    not_applicable: str


LIGHT = Colors(
    window="#f5f6f8",
    surface="#ffffff",
    sunken="#eceff3",
    hover="#e6eaf0",
    line="#dbe0e7",
    outline="#818b9a",
    text="#1a2230",
    muted="#525d6e",
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
    unsettled="#b98a1d",
    not_applicable="#aab2be",
)

DARK = Colors(
    window="#14181f",
    surface="#1d232c",
    sunken="#262d38",
    hover="#2d3541",
    line="#343d4a",
    outline="#7f8a9a",
    text="#e7ebf1",
    muted="#a8b2c1",
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
    not_applicable="#5b6573",
)


class Scheme(StrEnum):
    """What the learner chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application; follows the system while the learner wants it to."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._scheme = Scheme.SYSTEM
        self._text_percent = USUAL_PERCENT
        self._system_points = max(_BODY_POINTS, application.font().pointSizeF())
        load_fonts()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def scheme(self) -> Scheme:
        """What the learner chose."""
        return self._scheme

    @property
    def text_percent(self) -> int:
        """Text size in percent of the usual one."""
        return self._text_percent

    @property
    def is_dark(self) -> bool:
        """Whether dark colors are shown now; a system that does not say counts as light."""
        if self._scheme is Scheme.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    @property
    def colors(self) -> Colors:
        """The colors shown now."""
        return DARK if self.is_dark else LIGHT

    def dress(self, scheme: Scheme | None = None, text_percent: int | None = None) -> None:
        """Show this scheme and text size; what is not given stays."""
        self._scheme = self._scheme if scheme is None else scheme
        if text_percent is not None:
            self._text_percent = min(max(text_percent, SMALLEST_PERCENT), LARGEST_PERCENT)
        points = self._system_points * self._text_percent / 100
        font = QFont(FONT_FAMILY)
        font.setPointSizeF(points)
        self._application.setFont(font)
        self._application.setPalette(palette_of(self.colors))
        self._application.setStyleSheet(style_sheet(self.colors, points))
        self.changed.emit()

    def _on_system_scheme_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.dress()


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt."""
    for file in sorted((paths.resources_folder() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def style_sheet(colors: Colors, points: float) -> str:
    """Return the style sheet for these colors and a body text of so many points."""
    sheet = (paths.resources_folder() / "academy.qss").read_text(encoding="utf-8")
    sizes = {name: f"{points * ratio:.1f}pt" for name, ratio in _SIZE_RATIOS.items()}
    sizes["size_icon"] = f"{round(points * _ICON_PIXELS_PER_POINT)}px"
    icons = (paths.resources_folder() / "icons").as_posix()
    # A picture in a style sheet keeps its own color, so there is one for light and one for dark ground.
    tick_ground, arrow_ground = ("light", "dark") if colors is DARK else ("dark", "light")
    pictures = {"tick": f"{icons}/tick_on_{tick_ground}.svg", "arrow": f"{icons}/arrow_on_{arrow_ground}.svg"}
    return Template(sheet).substitute(asdict(colors), **sizes, **pictures, icons=icons)


def palette_of(colors: Colors) -> QPalette:
    """Return the palette that native controls draw themselves with."""
    role = QPalette.ColorRole
    color_by_role = {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.surface,
        role.AlternateBase: colors.sunken,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.surface,
        role.ButtonText: colors.text,
        role.BrightText: colors.on_accent,
        role.ToolTipBase: colors.surface,
        role.ToolTipText: colors.text,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Light: colors.surface,
        role.Midlight: colors.line,
        role.Mid: colors.line,
        role.Dark: colors.outline,
        role.Shadow: colors.outline,
    }
    palette = QPalette()
    for each, color in color_by_role.items():
        palette.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.outline))
    return palette
