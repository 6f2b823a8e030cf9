"""A line that opens and closes what lies below it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.ui.widgets.link_row import LinkRow


class Fold(QWidget):
    """Holds a widget that is shown when its line is pressed."""

    opened = Signal()

    def __init__(self, title: str, content: QWidget, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.content = content
        self.line = LinkRow(title, object_name, self._on_line_clicked, self, icon_name="forward")
        self.line.setCheckable(True)
        content.setParent(self)
        content.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(content)
        self._draw()

    def open(self, is_open: bool = True) -> None:
        """Open it, or close it."""
        self.line.setChecked(is_open)
        self._on_line_clicked()

    def _on_line_clicked(self) -> None:
        is_open = self.line.isChecked()
        self.content.setVisible(is_open)
        self._draw()
        if is_open:
            self.opened.emit()

    def _draw(self) -> None:
        is_open = self.line.isChecked()
        self.line.show_icon("down" if is_open else "forward")
        state = self.tr("open") if is_open else self.tr("closed")
        self.line.setAccessibleDescription(state)
