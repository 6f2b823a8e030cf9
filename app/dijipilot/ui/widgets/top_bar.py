"""Back, forward, the breadcrumbs and the way to the search, above every page."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from dijipilot.ui.icons import icon, usual_side
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.buttons import button, without_mnemonics
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label

LONGEST_CRUMB = 34


class TopBar(QWidget):
    """Shows the way to the page as buttons, the page itself as plain text."""

    crumb_chosen = Signal(str)

    def __init__(self, back: QAction, forward: QAction, search: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._search = search
        self._steps: list[list[QWidget]] = []
        self._shown: tuple[tuple[str, str], ...] = ()
        self._back = self._arrow(back, "topBarBackButton", self.tr("Back"))
        self._forward = self._arrow(forward, "topBarForwardButton", self.tr("Forward"))
        self._way = QWidget(self)
        self._crumbs = QHBoxLayout(self._way)
        self._crumbs.setContentsMargins(0, 0, 0, 0)
        self._crumbs.setSpacing(2)
        self.search_button = button(self.tr("Search  (Ctrl+K)"), "topBarSearchButton", search.trigger, self, "search")
        self._row = row = QHBoxLayout(self)
        row.setSpacing(4)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(8)
        row.addWidget(self._way, 1)
        row.addWidget(self.search_button)
        self._draw()

    def show_crumbs(self, crumbs: Sequence[tuple[str, str]]) -> None:
        """Show the way: text and target of each step, the page itself last."""
        if tuple(crumbs) == self._shown:
            return
        self._shown = tuple(crumbs)
        clear(self._crumbs)
        self._steps = []
        for number, (text, target) in enumerate(crumbs):
            step = [self._crumb(number, text, target)]
            if number:
                step.insert(0, label("›", "muted", self._way, wraps=False))
            for widget in step:
                self._crumbs.addWidget(widget)
            self._steps.append(step)
        self._crumbs.addStretch(1)
        # Made later than all else, they would come last.
        for before, after in pairwise((self._forward, *self._way.findChildren(QPushButton), self.search_button)):
            QWidget.setTabOrder(before, after)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the first steps of the way where there is no room for all."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        beside = (self._back, self._forward, self.search_button)
        room = self.width() - sum(widget.sizeHint().width() for widget in beside) - space(64)
        for step in reversed(self._steps):
            room -= sum(widget.sizeHint().width() + 2 for widget in step)
            for widget in step:
                widget.setVisible(room >= 0 or step is self._steps[-1])

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icons with the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_row"):
            self._draw()

    def _arrow(self, action: QAction, object_name: str, name: str) -> QToolButton:
        made = QToolButton(self)
        made.setDefaultAction(action)
        made.setObjectName(object_name)
        made.setAccessibleName(name)
        return made

    def _crumb(self, number: int, text: str, target: str) -> QWidget:
        short = text if len(text) <= LONGEST_CRUMB else text[: LONGEST_CRUMB - 1].rstrip() + "…"
        if not target:
            last: QLabel = label(short, "muted", self._way, wraps=False)
            last.setObjectName("crumbHere")
            last.setContentsMargins(space(6), 0, 0, 0)
            return last
        made = button(
            without_mnemonics(short),
            f"crumb{number}Button",
            lambda: self.crumb_chosen.emit(target),
            self._way,
            "quiet",
            text,
        )
        made.setToolTip(text)
        return made

    def _draw(self) -> None:
        side = usual_side()
        self._row.setContentsMargins(space(12), space(8), space(20), space(4))
        for arrow in (self._back, self._forward):
            arrow.setIconSize(QSize(side, side))
        self._back.defaultAction().setIcon(icon("back"))
        self._forward.defaultAction().setIcon(icon("forward"))
        self.search_button.setIcon(icon("search", self.palette().color(QPalette.ColorRole.PlaceholderText).name()))
