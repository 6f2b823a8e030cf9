"""Back, forward, the breadcrumbs and the way to the search, above every page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import button, without_mnemonics
from dijipilot.ui.widgets.labels import label

LONGEST_CRUMB = 34


class TopBar(QWidget):
    """Shows the way to the page as buttons, the page itself as plain text."""

    crumb_chosen = Signal(str)

    def __init__(self, back: QAction, forward: QAction, search: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._search = search
        self._back = self._arrow(back, "topBarBackButton", self.tr("Back"))
        self._forward = self._arrow(forward, "topBarForwardButton", self.tr("Forward"))
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(2)
        self.search_button = button(self.tr("Search  (Ctrl+K)"), "topBarSearchButton", search.trigger, self, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 20, 4)
        row.setSpacing(4)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(8)
        row.addLayout(self._crumbs)
        row.addStretch(1)
        row.addWidget(self.search_button)
        self._draw()

    def show_crumbs(self, crumbs: Sequence[tuple[str, str]]) -> None:
        """Show the way: text and target of each step, the page itself last."""
        while self._crumbs.count():
            taken = self._crumbs.takeAt(0)
            if taken is not None and (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (text, target) in enumerate(crumbs):
            if number:
                self._crumbs.addWidget(label("›", "muted", self, wraps=False))
            self._crumbs.addWidget(self._crumb(number, text, target))

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icons with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "search_button"):
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
            last: QLabel = label(short, "muted", self, wraps=False)
            last.setContentsMargins(6, 0, 0, 0)
            return last
        made = button(
            without_mnemonics(short),
            f"crumb{number}Button",
            lambda: self.crumb_chosen.emit(target),
            self,
            "quiet",
            text,
        )
        made.setToolTip(text)
        return made

    def _draw(self) -> None:
        self._back.defaultAction().setIcon(icon("back"))
        self._forward.defaultAction().setIcon(icon("forward"))
        self.search_button.setIcon(icon("search", side=16))
