"""The commands of the View menu that choose the colors: one is ticked, and all follow what is chosen elsewhere."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from dijipilot.ui.look import Scheme
from dijipilot.ui.theme import Theme

ACTION_BY_SCHEME = {scheme: f"look_{scheme.value}" for scheme in Scheme}
"""Names of the commands, which work at any time, also before the academy is open."""


class LookActions(QObject):
    """Makes each of the commands show its scheme; an object of its own, so that it lets go when its window does."""

    def __init__(self, actions_by_name: Mapping[str, QAction], theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._action_by_scheme = {scheme: actions_by_name[name] for scheme, name in ACTION_BY_SCHEME.items()}
        group = QActionGroup(self)
        for scheme, action in self._action_by_scheme.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _, chosen=scheme: theme.dress(chosen))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._action_by_scheme[self._theme.scheme].setChecked(True)
