"""The icons: plain shapes in one color, which is the palette's and never their own."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from dijipilot import paths
from dijipilot.ui.tokens import icon_side, scale_of

SIDE = 20
"""Usual width and height, in device-independent pixels."""


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
    return _icon(name, usual, color_when_selected or usual, dimmed)


@lru_cache(maxsize=256)
def _icon(name: str, usual: str, selected: str, dimmed: str) -> QIcon:
    """Return an icon, the same one each time: trees ask for the same few over and over."""
    return QIcon(_Shapes(name, usual, selected, dimmed))


class _Shapes(QIconEngine):
    """Draws an icon when it is wanted, in the size that is wanted: drawn ahead, most would never be seen."""

    def __init__(self, name: str, usual: str, selected: str, dimmed: str) -> None:
        super().__init__()
        self._name = name
        self._colors = (usual, selected, dimmed)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a rectangle."""
        scale = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        painter.drawPixmap(rect, pixmap(self._name, self._color(mode), side, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return a picture of so many pixels."""
        return pixmap(self._name, self._color(mode), min(size.width(), size.height()))

    def clone(self) -> QIconEngine:
        """Return another one like this."""
        return _Shapes(self._name, *self._colors)

    def _color(self, mode: QIcon.Mode) -> str:
        usual, selected, dimmed = self._colors
        return {QIcon.Mode.Disabled: dimmed, QIcon.Mode.Selected: selected}.get(mode, usual)


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, side: int = SIDE, scale: float = 1.0) -> QPixmap:
    """Return an icon as a picture for screens of this scale."""
    renderer = QSvgRenderer(QByteArray(_shape(name).replace("currentColor", QColor(color).name()).encode()))
    pixels = round(side * scale)
    picture = QPixmap(QSize(pixels, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@lru_cache(maxsize=64)
def _shape(name: str) -> str:
    return (paths.resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
