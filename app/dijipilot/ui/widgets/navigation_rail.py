"""The words on the left that lead to the main places."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import button

NARROWEST = 196
BESIDE_WORDS = 74
"""What a line takes beside its words: icon, padding and margins."""

RailEntry = tuple[str, str, str]
"""Name, words and icon of a place."""


class NavigationRail(QFrame):
    """One tab stop; arrows move, Enter or a click goes."""

    place_chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("railFrame")
        self._entries = tuple(entries)
        brand = QLabel(self.tr("DijiPilot Academy"), self)
        brand.setObjectName("brandLabel")
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
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 12)
        column.setSpacing(6)
        column.addWidget(brand)
        column.addWidget(self.list, 1)
        column.addWidget(self.profile_button)
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
        self.profile_button.setText(name.replace("&", "&&"))
        self.profile_button.setAccessibleName(self.tr("Profile: {name}").format(name=name))
        self.profile_button.setVisible(bool(name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow colors and text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.EnabledChange):
            self._draw()

    def _draw(self) -> None:
        if not hasattr(self, "profile_button"):
            return
        for row, (_, _, name) in enumerate(self._entries):
            self.list.item(row).setIcon(icon(name))
        self.profile_button.setIcon(icon("profile"))
        height = self.fontMetrics().height()
        self.list.setIconSize(QSize(height + 3, height + 3))
        widest = max(self.fontMetrics().horizontalAdvance(text) for _, text, _ in self._entries)
        self.setFixedWidth(max(NARROWEST, widest + height + BESIDE_WORDS))

    def _on_selection_settled(self) -> None:
        """Go where a screen reader or voice control points: it selects an entry without moving the cursor there."""
        selected = self.list.selectedItems()
        if selected and selected[0] is not self.list.currentItem():
            self._on_item_chosen(selected[0])

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        self.place_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
