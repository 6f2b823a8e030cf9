"""Remembers how far a page was scrolled, by what it showed, across starts."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea

from dijipilot.ui.pages.page import PageContext

PREFIX = "scroll."
"""Settings of a profile: followed by what was shown; the value is in thousandths of the whole way."""


class ScrollMemory:
    """For one scroll area."""

    def __init__(self, context: PageContext, area: QScrollArea) -> None:
        self._context = context
        self._area = area
        self._kept: dict[str, int] = {}

    def keep(self, shown: str) -> None:
        """Remember how far what is shown is scrolled."""
        bar = self._area.verticalScrollBar()
        far = round(1000 * bar.value() / bar.maximum()) if bar.maximum() else 0
        if not shown or self._context.academy.is_read_only or self._far(shown) == far:
            return
        self._kept[shown] = far
        self._context.academy.profiles.set_setting(self._context.profile_id, PREFIX + shown, str(far))

    def restore(self, shown: str) -> None:
        """Scroll to where this was left, once it has been laid out."""
        far = self._far(shown)
        QTimer.singleShot(0, self._area, lambda: self._scroll(far))

    def _scroll(self, far: int) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(round(far * bar.maximum() / 1000))

    def _far(self, shown: str) -> int:
        if shown not in self._kept:
            value = self._context.academy.profiles.setting(self._context.profile_id, PREFIX + shown, "0")
            self._kept[shown] = int(value) if value.isascii() and value.isdecimal() else 0
        return self._kept[shown]
