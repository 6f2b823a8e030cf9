"""Takes license files that are dropped anywhere on the window, before a field there takes their names as text."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QWindow

ENDING = ".djlicense"

_OF_DROPS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class LicenseDrops(QObject):
    """Watches a window; emits file_dropped(path)."""

    file_dropped = Signal(Path)

    def __init__(self, window: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds a license file, and leave everything else to what lies under the pointer."""
        if event.type() not in _OF_DROPS or not isinstance(event, QDropEvent):
            return False
        file = license_file_in(event.mimeData())
        if file is None:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.file_dropped.emit(file)
        return True


def license_file_in(data: QMimeData) -> Path | None:
    """Return the license file among what is dragged or was copied, None where there is none."""
    files = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((file for file in files if file.name.lower().endswith(ENDING)), None)
