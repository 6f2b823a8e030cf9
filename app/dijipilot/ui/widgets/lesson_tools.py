"""The tools of a reader in one row: bookmark, notes, find, paper."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from dijipilot.ui.icons import icon


class LessonTools(QWidget):
    """Emits the name of the tool pressed: bookmark, notes, find, print or pdf."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_by_tool: dict[str, str] = {
            "bookmark": "bookmark",
            "notes": "panel",
            "find": "search",
            "paper": "print",
        }
        self._tool_by_name = {name: self._build(name) for name in self._icon_by_tool}
        self._name("notes", self.tr("Notes beside the text"), "Ctrl+B")
        self._name("find", self.tr("Find in this page"), "Ctrl+F")
        self._name("paper", self.tr("Print or save as PDF"), "")
        for name in ("bookmark", "notes"):
            self._tool_by_name[name].setCheckable(True)
        for name in ("bookmark", "notes", "find"):
            self._tool_by_name[name].clicked.connect(lambda _, tool=name: self.pressed.emit(tool))
        self._offer_paper(((self.tr("&Print…"), "print"), (self.tr("&Save as PDF…"), "pdf")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for tool in self._tool_by_name.values():
            row.addWidget(tool)
        self.show_bookmarked(False)

    def show_bookmarked(self, is_on: bool) -> None:
        """Show whether the lesson is bookmarked."""
        self._icon_by_tool["bookmark"] = "bookmark_on" if is_on else "bookmark"
        self._tool_by_name["bookmark"].setChecked(is_on)
        self._name("bookmark", self.tr("Remove the bookmark") if is_on else self.tr("Bookmark this lesson"), "Ctrl+D")
        self._draw()

    def show_notes_shown(self, is_shown: bool) -> None:
        """Show whether the notes stand beside the text."""
        self._tool_by_name["notes"].setChecked(is_shown)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icons with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_tool_by_name"):
            self._draw()

    def _build(self, name: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setObjectName(f"{name}Tool")
        return tool

    def _name(self, name: str, text: str, keys: str) -> None:
        self._tool_by_name[name].setAccessibleName(text)
        self._tool_by_name[name].setToolTip(f"{text} ({keys})" if keys else text)

    def _offer_paper(self, choices: Sequence[tuple[str, str]]) -> None:
        menu = QMenu(self)
        for text, name in choices:
            action = QAction(text, menu)
            action.setObjectName(f"{name}LessonAction")
            action.triggered.connect(lambda _, tool=name: self.pressed.emit(tool))
            menu.addAction(action)
        self._tool_by_name["paper"].setMenu(menu)
        self._tool_by_name["paper"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _draw(self) -> None:
        for name, tool in self._tool_by_name.items():
            tool.setIcon(icon(self._icon_by_tool[name]))
