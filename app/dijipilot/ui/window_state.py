"""What the window remembers by itself: where it stood, and how it looked before any data was read."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from dijipilot.ui.look import USUAL_PERCENT, Scheme

_GEOMETRY, _SCHEME, _TEXT_PERCENT = "window/geometry", "look/scheme", "look/textPercent"


class WindowState:
    """An INI file beside the learner's data. What cannot be used in it is as if it were not there."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """The color scheme last chosen."""
        chosen = str(self._settings.value(_SCHEME, Scheme.SYSTEM.value))
        return Scheme(chosen) if chosen in list(Scheme) else Scheme.SYSTEM

    @property
    def text_percent(self) -> int:
        """The text size last chosen."""
        chosen = str(self._settings.value(_TEXT_PERCENT, USUAL_PERCENT))
        return int(chosen) if chosen.isascii() and chosen.isdecimal() else USUAL_PERCENT

    def remember_look(self, scheme: Scheme, text_percent: int) -> None:
        """Keep how the window looks."""
        self._settings.setValue(_SCHEME, scheme.value)
        self._settings.setValue(_TEXT_PERCENT, text_percent)
        self._settings.sync()

    def remember_geometry(self, window: QMainWindow) -> None:
        """Keep where the window stands."""
        self._settings.setValue(_GEOMETRY, window.saveGeometry())
        self._settings.sync()

    def restore_geometry(self, window: QMainWindow) -> bool:
        """Put the window where it stood; Qt moves it onto a screen that exists. Return whether anything was known."""
        geometry = self._settings.value(_GEOMETRY)
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)
