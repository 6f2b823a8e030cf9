"""Remembers how far a page was scrolled, by what it showed, across starts."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollArea

from dijipilot.ui.pages.page import PageContext

PREFIX = "scroll."
"""Settings of a profile: followed by what was shown; the value is in thousandths of the whole way."""

LAYOUT_MS = 300
"""A page is laid out in several rounds, in which its height changes; after this it has come to rest."""


class ScrollMemory(QObject):
    """For one scroll area."""

    def __init__(self, context: PageContext, area: QScrollArea) -> None:
        super().__init__(area)
        self._context = context
        self._bar = area.verticalScrollBar()
        self._kept: dict[str, int] = {}
        self._wanted: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LAYOUT_MS)
        self._rest.timeout.connect(self._stop_wanting)
        self._bar.rangeChanged.connect(self._on_range_changed)
        self._bar.actionTriggered.connect(self._stop_wanting)

    def keep(self, shown: str) -> None:
        """Remember how far what is shown is scrolled."""
        if not self._bar.maximum():
            return
        far = round(1000 * self._bar.value() / self._bar.maximum())
        if self._context.academy.is_read_only or self._far(shown) == far:
            return
        self._kept[shown] = far
        self._context.academy.profiles.set_setting(self._context.profile_id, PREFIX + shown, str(far))

    def restore(self, shown: str) -> None:
        """Scroll to where this was left, as soon as it is laid out."""
        self._wanted = self._far(shown)
        self._on_range_changed()

    def _on_range_changed(self) -> None:
        if self._wanted is not None:
            self._bar.setValue(round(self._wanted * self._bar.maximum() / 1000))
            if self._bar.maximum():
                self._rest.start()

    def _stop_wanting(self) -> None:
        self._wanted = None

    def _far(self, shown: str) -> int:
        if shown not in self._kept:
            value = self._context.academy.profiles.setting(self._context.profile_id, PREFIX + shown, "0")
            self._kept[shown] = int(value) if value.isascii() and value.isdecimal() else 0
        return self._kept[shown]
