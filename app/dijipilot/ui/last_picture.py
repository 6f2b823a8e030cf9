"""The window as it was left, kept as a picture: the next start paints it before anything else is loaded.

It stands there for the fraction of a second that loading takes, and only where the records are exactly those it was
taken of. Text that the pack holds encrypted is left out of it. Nothing here may need the namespace Qt or anything
heavy: a window without them is painted in half the time.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

import dijipilot
from dijipilot.paths import UserPaths
from dijipilot.ui.look import Scheme
from dijipilot.ui.window_state import WindowState

FORMAT = "png"
QUICK = 80
"""Quality means how little time is spent on making a PNG small; it is written while the window closes."""

_KEY, _TITLE, _LEARNER = "state", "title", "learner"


class LastPicture(NamedTuple):
    """What the window showed. title: what stood above it; learner: whose records it showed."""

    image: QImage
    title: str
    learner: str


class LastPictures:
    """Where the picture of a home is kept. learner: whose picture is wanted, None for whoever was here last.

    ground: color of the system's windows, which changes between light and dark; the window may follow it.
    """

    def __init__(self, paths: UserPaths, state: WindowState, ground: str, learner: str | None = None) -> None:
        self._paths = paths
        self._state = state
        self._ground = ground
        self._learner = learner

    def read(self) -> LastPicture | None:
        """Return the picture if it is true; a file that cannot be used is as none."""
        reader = QImageReader(str(self._paths.last_picture), FORMAT.encode())
        learner = reader.text(_LEARNER)
        if reader.text(_KEY) != self._key() or self._learner not in (None, learner):
            return None
        image = reader.read()
        return None if image.isNull() else LastPicture(image, reader.text(_TITLE), learner)

    def keep(self, picture: LastPicture) -> None:
        """Keep a picture in the place of an earlier one. Where the disk does not take it, the next start has none."""
        image, file = picture.image, self._paths.last_picture
        for name, text in ((_KEY, self._key()), (_TITLE, picture.title), (_LEARNER, picture.learner)):
            image.setText(name, text)
        new = file.with_name(f"{file.name}.{os.getpid()}.new")
        writer = QImageWriter(str(new), FORMAT.encode())
        writer.setQuality(QUICK)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            if writer.write(image):
                new.replace(file)
        with suppress(OSError):
            new.unlink(missing_ok=True)

    def _key(self) -> str:
        """Return what must be the same for a picture to be true: the app, its look, and the files of the records."""
        database, state = self._paths.database, self._state
        files = (database, database.with_name(f"{database.name}-wal"))
        scheme = f"{state.scheme.value} {self._ground}" if state.scheme is Scheme.SYSTEM else state.scheme.value
        return " ".join((dijipilot.__version__, scheme, str(state.text_percent), *map(_state_of, files)))


def _state_of(file: Path) -> str:
    """Return what changes whenever a file is written to."""
    try:
        found = file.stat()
    except OSError:
        return "none"
    return f"{found.st_size}/{found.st_mtime_ns}" if found.st_size else "none"


def paint_over(image: QImage, window: QWidget, areas: Iterable[QWidget], ground: QColor) -> None:
    """Leave nothing but the ground of what these parts of a window show in its picture."""
    ratio = image.devicePixelRatio()
    # In pixels of the image: a part may begin or end within one, and then all of it is painted over.
    image.setDevicePixelRatio(1.0)
    painter = QPainter(image)
    for area in areas:
        seen = QRectF(_seen_of(area, window))
        painter.fillRect(QRectF(seen.topLeft() * ratio, seen.size() * ratio).toAlignedRect(), ground)
    painter.end()
    image.setDevicePixelRatio(ratio)


def _seen_of(area: QWidget, window: QWidget) -> QRect:
    """Return what is in sight of a part of a window, in the window's coordinates."""
    if not area.isVisibleTo(window):
        return QRect()
    seen, above = QRect(area.mapTo(window, QPoint(0, 0)), area.size()), area.parentWidget()
    while above is not None and above is not window:
        seen &= QRect(above.mapTo(window, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return seen


class PictureCover(QWidget):
    """Lies over the whole window and shows the picture, until there is something to see beneath."""

    def __init__(self, picture: LastPicture, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("pictureCover")
        self.setAccessibleName(self.tr("Opening your academy"))
        self._image = picture.image
        self.setGeometry(window.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture; where the window has another size than it had, the ground alone."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._image.size() == self.size() * ratio:
            painter.drawImage(self.rect(), self._image)
        else:
            painter.fillRect(self.rect(), self._image.pixelColor(self._image.width() // 2, self._image.height() - 1))
        painter.end()
