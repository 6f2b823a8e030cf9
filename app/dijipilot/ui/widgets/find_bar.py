"""The bar for finding words in a page: a field, a count, and the way on and back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from dijipilot.ui.icons import icon

_FIELD_CHARACTERS = 52


class FindBar(QFrame):
    """Says what to look for; shows how much was found. Enter goes on, Shift+Enter back, Esc closes."""

    text_changed = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = QLineEdit(self)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(self.tr("Find in this page"))
        self.field.setPlaceholderText(self.tr("Find in this page"))
        self._count = QLabel(self)
        self._count.setObjectName("findCount")
        self._count.setProperty("role", "muted")
        back, on = lambda: self.step_wanted.emit(-1), lambda: self.step_wanted.emit(1)
        self._tools = [
            self._tool("up", "findPreviousButton", self.tr("Previous place (Shift+F3)"), back),
            self._tool("down", "findNextButton", self.tr("Next place (F3)"), on),
            self._tool("close", "findCloseButton", self.tr("Close (Esc)"), self.closed.emit),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 6, 12, 6)
        self.field.setMaximumWidth(self.fontMetrics().averageCharWidth() * _FIELD_CHARACTERS)
        row.addWidget(self.field, 2)
        row.addSpacing(6)
        row.addWidget(self._count)
        row.addSpacing(6)
        for tool in self._tools[:2]:
            row.addWidget(tool)
        row.addStretch(1)
        row.addWidget(self._tools[2])
        self.field.textChanged.connect(self.text_changed)
        self.hide()

    def show_count(self, at: int, count: int) -> None:
        """Show that this is the hit of number `at`, counted from 1, of so many."""
        told = self.tr("{at} of {count}").format(at=at, count=count) if count else self.tr("Not in this page")
        self._count.setText(told if self.field.text().strip() else "")
        for tool in self._tools[:2]:
            tool.setEnabled(count > 0)

    @property
    def count_text(self) -> str:
        """What is said of how much was found."""
        return self._count.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, go back, close."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icons with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_tools"):
            for tool in self._tools:
                tool.setIcon(icon(str(tool.property("icon_name"))))

    def _tool(self, icon_name: str, object_name: str, text: str, on_click: Callable[[], object]) -> QToolButton:
        tool = QToolButton(self)
        tool.setObjectName(object_name)
        tool.setAccessibleName(text)
        tool.setToolTip(text)
        tool.setProperty("icon_name", icon_name)
        tool.setIcon(icon(icon_name))
        tool.clicked.connect(lambda: on_click())
        return tool
