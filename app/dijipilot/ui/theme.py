"""The one object that dresses the application: font, palette and style sheet, made from the tokens."""

from string import Template

from msgspec.structs import asdict
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.ui.look import LARGEST_PERCENT, SMALLEST_PERCENT, USUAL_PERCENT, Scheme
from dijipilot.ui.tokens import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    READING_RATIO,
    USUAL_POINTS,
    Colors,
    lengths,
    scaled,
)

__all__ = [
    "DARK",
    "LIGHT",
    "READING_RATIO",
    "Colors",
    "Theme",
    "load_fonts",
    "palette_of",
    "space",
    "style_sheet",
]

FONT_FAMILY = "Inter"


class Theme(QObject):
    """Dresses the application; follows the system while the learner wants it to."""

    changing = Signal()
    """Everything there is will be dressed anew: the last moment to let go of what need not be."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._scheme = Scheme.SYSTEM
        self._text_percent = USUAL_PERCENT
        self._system_points = max(USUAL_POINTS, application.font().pointSizeF())
        load_fonts()
        if not application.styleSheet():
            # What has a sheet was dressed by a theme before; Qt would dress every widget anew.
            application.setStyle("Fusion")
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_look_changed)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._on_system_look_changed)

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
        """Whether light words on dark ground are shown now."""
        return self.colors.is_dark

    @property
    def colors(self) -> Colors:
        """The colors shown now; a system that does not say counts as light, and as content with usual contrast."""
        if self._scheme is Scheme.SYSTEM:
            hints = self._application.styleHints()
            return colors_for(hints.colorScheme() is Qt.ColorScheme.Dark, wants_contrast(hints))
        # High contrast chosen here is always light on black: who needs it should know what they get.
        return colors_for(self._scheme is not Scheme.LIGHT, self._scheme is Scheme.HIGH_CONTRAST)

    def dress(self, scheme: Scheme | None = None, text_percent: int | None = None) -> None:
        """Show this scheme and text size; what is not given stays."""
        self._scheme = self._scheme if scheme is None else scheme
        if text_percent is not None:
            self._text_percent = min(max(text_percent, SMALLEST_PERCENT), LARGEST_PERCENT)
        points = self._system_points * self._text_percent / 100
        sheet = style_sheet(self.colors, points)
        is_other = sheet != self._application.styleSheet()
        if is_other:
            self.changing.emit()
        font = QFont(FONT_FAMILY)
        font.setPointSizeF(points)
        self._application.setFont(font)
        self._application.setPalette(palette_of(self.colors))
        if is_other:
            # Qt dresses every widget anew, also where nothing changes.
            self._application.setStyleSheet(sheet)
        self.changed.emit()

    def _on_system_look_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.dress()


def wants_contrast(hints: QStyleHints) -> bool:
    """Return whether the system is set to high contrast; one that cannot say is not."""
    if not hasattr(hints, "accessibility"):  # since Qt 6.10
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def colors_for(is_dark: bool, has_contrast: bool) -> Colors:
    """Return the colors for light or dark, and usual or high contrast."""
    if has_contrast:
        return CONTRAST_DARK if is_dark else CONTRAST_LIGHT
    return DARK if is_dark else LIGHT


def space(pixels: float) -> int:
    """Return a distance that is meant for the usual text size, in pixels at the text size shown now."""
    return scaled(pixels, QApplication.font().pointSizeF())


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt."""
    for file in sorted((paths.resources_folder() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def style_sheet(colors: Colors, points: float) -> str:
    """Return the style sheet for these colors and a body text of so many points."""
    sheet = (paths.resources_folder() / "academy.qss").read_text(encoding="utf-8")
    icons = (paths.resources_folder() / "icons").as_posix()
    # A picture in a style sheet keeps its own color, so there is one for light and one for dark ground.
    accent, ground = ("light", "dark") if colors.is_dark else ("dark", "light")
    pictures = {
        "tick": f"{icons}/tick_on_{accent}.svg",
        "menu_tick": f"{icons}/tick_on_{ground}.svg",
        "arrow": f"{icons}/arrow_on_{ground}.svg",
    }
    return Template(sheet).substitute(asdict(colors) | dict(lengths(colors, points)) | pictures)


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
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.disabled))
    return palette
