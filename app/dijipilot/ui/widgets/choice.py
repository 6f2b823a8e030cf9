"""A native check box or radio button whose label wraps, which Qt's own labels do not."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFrame, QHBoxLayout, QLabel, QRadioButton, QWidget


class Choice(QFrame):
    """One option: `control` is the native button, named after the text; a click anywhere presses it.

    is_plain: without a box around it. Radio buttons exclude each other by a QButtonGroup of their page.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        text: str,
        object_name: str,
        parent: QWidget | None = None,
        *,
        allows_many: bool = True,
        is_plain: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "plainChoice" if is_plain else "choice")
        self.control: QAbstractButton = QCheckBox(self) if allows_many else QRadioButton(self)
        # Exclusion is a matter of the group: each radio button is alone in its own box.
        self.control.setAutoExclusive(False)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.show_text(text, object_name)
        self._lay_out(is_plain)
        self.control.toggled.connect(self._on_control_toggled)

    @property
    def is_chosen(self) -> bool:
        """Whether it is chosen."""
        return self.control.isChecked()

    def show_text(self, text: str, object_name: str) -> None:
        """Offer something else, under another name."""
        self.control.setObjectName(object_name)
        self.control.setAccessibleName(text)
        self.label.setText(text)

    def choose(self, is_chosen: bool = True) -> None:
        """Choose it, or not."""
        self.control.setChecked(is_chosen)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the control also from its label and the space around it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.control.setFocus(Qt.FocusReason.MouseFocusReason)
            self.control.click()
        super().mouseReleaseEvent(event)

    def _lay_out(self, is_plain: bool) -> None:
        row = QHBoxLayout(self)
        margins = (0, 2, 0, 2) if is_plain else (10, 8, 14, 8)
        row.setContentsMargins(*margins)
        row.setSpacing(2)
        row.addWidget(self.control, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.label.setContentsMargins(0, 3, 0, 3)

    def minimumSizeHint(self) -> QSize:
        """Let the label wrap rather than widen the page."""
        return QSize(120, super().minimumSizeHint().height())

    def _on_control_toggled(self, is_chosen: bool) -> None:
        self.setProperty("chosen", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)
        self.toggled.emit(is_chosen)
