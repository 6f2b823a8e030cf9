"""Turns what services announce into a Qt signal; the only such place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # The window's shell is painted before the services are loaded.
    from dijipilot.services.events import Announcer, Event


class EventBridge(QObject):
    """Emits `happened` on the UI thread, whichever thread announced."""

    happened = Signal(object)

    def __init__(self, announcer: "Announcer | None", parent: QObject | None = None) -> None:
        """Listen to an announcer; None where there are no services yet, and nothing happens."""
        super().__init__(parent)
        self._unsubscribe = announcer.subscribe(self._on_announced) if announcer else None

    def close(self) -> None:
        """Hear nothing more."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    def _on_announced(self, event: "Event") -> None:
        self.happened.emit(event)
