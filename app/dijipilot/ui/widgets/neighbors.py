"""The lessons before and after this one, at the top of a lesson: whole titles in as little height as they need."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.link_row import LinkRow

Neighbor = tuple[str, str]
"""Title and target."""


class Neighbors(QWidget):
    """The order in which lessons follow each other is chosen at the end of the lesson, where it has its words."""

    def __init__(self, on_chosen: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_chosen = on_chosen
        self._shown: tuple[Neighbor | None, Neighbor | None] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def show_neighbors(self, previous: Neighbor | None, following: Neighbor | None) -> None:
        """Show title and target of each neighbor, None where there is none."""
        if self._shown == (previous, following):
            return
        self._shown = (previous, following)
        clear(self._row)
        if previous is not None:
            self._row.addWidget(self._link(previous, "topPreviousButton", self.tr("Previous lesson"), "back"), 1)
        else:
            self._row.addStretch(1)
        if following is not None:
            link = self._link(following, "topNextButton", self.tr("Next lesson"), "forward")
            # The arrow stands at the side it points to.
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            link.setLayoutDirection(Qt.LayoutDirection.LeftToRight if is_mirrored else Qt.LayoutDirection.RightToLeft)
            self._row.addWidget(link, 1)
        else:
            self._row.addStretch(1)

    def _link(self, neighbor: Neighbor, object_name: str, meaning: str, icon_name: str) -> LinkRow:
        title, target = neighbor
        go = partial(self._on_chosen, target)
        link = LinkRow(title, object_name, go, self, icon_name=icon_name, icon_words=meaning)
        link.setToolTip(f"{meaning}: {title}")
        # Qt shows what was just added when it is idle again, and what is hidden takes no focus.
        link.show()
        return link
