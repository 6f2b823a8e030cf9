"""Turns what services announce into a Qt signal; the only such place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # The window's shell is painted before the services are loaded.
    from dijipilot.services.events import Announcer, Event


class EventBridge(QObject):
    """Emits `happened` on the UI thread, whichever thread announced."""

    happened = Signal(object)

    def __init__(self, announcer: "Announcer", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = announcer.subscribe(self._on_announced)

    def close(self) -> None:
        """Hear nothing more."""
        self._unsubscribe()

    def _on_announced(self, event: "Event") -> None:
        self.happened.emit(event)
