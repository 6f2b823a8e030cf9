"""A line that opens and closes what lies below it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.ui.widgets.link_row import LinkRow


class Fold(QWidget):
    """Holds a widget that is shown when its line is pressed.

    make_content: returns it, given its parent; called when it is first asked for, as most folds are never opened.
    """

    opened = Signal()

    def __init__(
        self, title: str, make_content: Callable[[QWidget], QWidget], object_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make_content = make_content
        self._content: QWidget | None = None
        self.line = LinkRow(title, object_name, self._on_line_clicked, self, icon_name="forward")
        self.line.setCheckable(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.line)
        self._draw()

    def make(self) -> QWidget:
        """Make what lies below the line, unless that was done; return it."""
        if self._content is None:
            self._content = self._make_content(self)
            self._content.setParent(self)
            self._content.hide()
            self._column.addWidget(self._content)
        return self._content

    def open(self, is_open: bool = True) -> None:
        """Open it, or close it."""
        self.line.setChecked(is_open)
        self._on_line_clicked()

    def _on_line_clicked(self) -> None:
        is_open = self.line.isChecked()
        if is_open or self._content is not None:
            self.make().setVisible(is_open)
        self._draw()
        if is_open:
            self.opened.emit()

    def _draw(self) -> None:
        is_open = self.line.isChecked()
        self.line.show_icon("down" if is_open else "forward")
        state = self.tr("open") if is_open else self.tr("closed")
        self.line.setAccessibleDescription(state)
