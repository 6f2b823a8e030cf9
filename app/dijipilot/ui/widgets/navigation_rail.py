"""The words on the left that lead to the main places."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dijipilot.ui.icons import icon, pixmap, usual_side
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.buttons import button, without_mnemonics

NARROWEST = 196

RailEntry = tuple[str, str, str]
"""Name, words and icon of a place."""


class NavigationRail(QFrame):
    """One tab stop; arrows move, Enter or a click goes."""

    place_chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("railFrame")
        self._entries = tuple(entries)
        self._logo = QLabel(self)
        self._brand = QLabel(self.tr("DijiPilot Academy"), self)
        self._brand.setObjectName("brandLabel")
        self.list = QListWidget(self)
        self.list.setObjectName("navigationRail")
        self.list.setAccessibleName(self.tr("Places"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name, text, _ in self._entries:
            item = QListWidgetItem(text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
        self.profile_button = button("", "railProfileButton", lambda: self.place_chosen.emit("settings"), self, "quiet")
        self.profile_button.hide()
        self._brand_row = QHBoxLayout()
        self._brand_row.addWidget(self._logo)
        self._brand_row.addWidget(self._brand, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._brand_row)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.profile_button)
        self.list.itemClicked.connect(self._on_item_chosen)
        self.list.itemActivated.connect(self._on_item_chosen)
        # Keys and clicks select and move at once, and a moment later both are the same.
        self.list.itemSelectionChanged.connect(lambda: QTimer.singleShot(0, self, self._on_selection_settled))
        self._draw()

    def light(self, name: str) -> None:
        """Show which place is shown, "" for none of them."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(-1)
        self.list.clearSelection()

    def show_profile(self, name: str) -> None:
        """Show whose records these are, "" for nobody yet."""
        self.profile_button.setText(without_mnemonics(name))
        self.profile_button.setAccessibleName(self.tr("Profile: {name}").format(name=name))
        self.profile_button.setVisible(bool(name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow colors and text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self._draw()

    def _draw(self) -> None:
        if not hasattr(self, "_column"):
            return
        side, accent = usual_side(), self.palette().color(QPalette.ColorRole.Link).name()
        for row, (_, _, name) in enumerate(self._entries):
            self.list.item(row).setIcon(icon(name, None, accent))
        self.profile_button.setIcon(icon("profile"))
        self._logo.setPixmap(pixmap("app", accent, side, self.devicePixelRatioF()))
        self.list.setIconSize(QSize(side, side))
        self._column.setContentsMargins(space(10), space(12), space(10), space(10))
        self._column.setSpacing(space(10))
        self._brand_row.setContentsMargins(space(10), 0, 0, 0)
        self._brand_row.setSpacing(space(8))
        self.setFixedWidth(max(NARROWEST, self._width_of_words() + 2 * space(10)))

    def _width_of_words(self) -> int:
        """Return what the widest line takes; the list itself knows what the style puts around its words.

        Where the window is too low for all lines, the bar that scrolls them must not cover any.
        """
        bar = self.list.verticalScrollBar().sizeHint().width()
        lines = max(self.list.sizeHintForColumn(0), 0) + bar
        brand = usual_side() + space(8) + space(10) + self._brand.sizeHint().width()
        return max(lines, brand)

    def _on_selection_settled(self) -> None:
        """Go where a screen reader or voice control points: it selects an entry without moving the cursor there."""
        selected = self.list.selectedItems()
        if selected and selected[0] is not self.list.currentItem():
            self._on_item_chosen(selected[0])

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        self.place_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
