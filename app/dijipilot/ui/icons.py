"""The icons: plain shapes in one color, which is the palette's and never their own."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.ui.tokens import icon_side, scale_of

SIDE = 20
"""Usual width and height, in device-independent pixels."""

_SIDES = (16, 20, 24, 32, 48, 64, 96)
"""Sizes that are drawn beside the usual one of this text size; a control takes the next larger one."""


def usual_side() -> int:
    """Return width and height of an icon beside body text, in device-independent pixels."""
    return icon_side(QApplication.font().pointSizeF())


def grown(pixels: float) -> int:
    """Return the side of a mark that is so large beside text of the usual size, beside the text shown now."""
    return round(pixels * scale_of(QApplication.font().pointSizeF()))


def icon(name: str, color: str | None = None, color_when_selected: str | None = None) -> QIcon:
    """Return an icon of resources/icons in this color, or in that of text; dimmed where its control is disabled."""
    palette = QApplication.palette()
    usual = color or palette.color(QPalette.ColorRole.WindowText).name()
    dimmed = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    return _drawn(name, usual, color_when_selected or usual, dimmed, usual_side())


@lru_cache(maxsize=256)
def _drawn(name: str, usual: str, selected: str, dimmed: str, side_of_text: int) -> QIcon:
    """Draw an icon, once: trees ask for the same few over and over.

    The size beside body text is drawn as it is, also for screens of twice the density: scaled from another it blurs.
    """
    result = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, usual), (QIcon.Mode.Selected, selected), (QIcon.Mode.Disabled, dimmed)):
        for side in sorted({*_SIDES, side_of_text, 2 * side_of_text}):
            result.addPixmap(pixmap(name, shade, side), mode)
    return result


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, side: int = SIDE, scale: float = 1.0) -> QPixmap:
    """Return an icon as a picture for screens of this scale."""
    svg = (paths.resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", QColor(color).name()).encode()))
    pixels = round(side * scale)
    picture = QPixmap(QSize(pixels, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture
