"""Our own icons: plain shapes in one color, which is the palette's and never their own."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from dijipilot import paths

SIDE = 20
"""Usual width and height, in device-independent pixels."""

_SIDES = (16, 20, 24, 32, 48, 64, 96)
"""Sizes that are drawn; a control takes the next larger one."""


def icon(name: str, color: str | None = None) -> QIcon:
    """Return an icon of resources/icons in this color, or in that of text; dimmed where its control is disabled."""
    palette = QApplication.palette()
    usual = color or palette.color(QPalette.ColorRole.WindowText).name()
    dimmed = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    return _drawn(name, usual, dimmed)


@lru_cache(maxsize=256)
def _drawn(name: str, usual: str, dimmed: str) -> QIcon:
    """Draw an icon, once: trees ask for the same few over and over."""
    result = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, usual), (QIcon.Mode.Selected, usual), (QIcon.Mode.Disabled, dimmed)):
        for side in _SIDES:
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
