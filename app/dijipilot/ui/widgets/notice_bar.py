"""A bar that says what happened without stopping anybody; preferred to a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import PushButton


class NoticeBar(QFrame):
    """Shows one notice at a time. tone: accent (news), good, caution, bad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._text = QLabel(self)
        self._text.setObjectName("noticeText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = PushButton(self)
        self._action.setObjectName("noticeActionButton")
        self._action.setAccessibleName(self.tr("Do what the notice offers"))
        self._close = QToolButton(self)
        self._close.setObjectName("noticeCloseButton")
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._on_action: Callable[[], object] | None = None
        self._is_fresh = False
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_notice(
        self, text: str, tone: str = "accent", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, with a button when there is something to do about it; screen readers say it."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._close.setIcon(icon("close"))
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._action.setText(action)
        self._action.setAccessibleName(action.replace("&", "") or self.tr("Do what the notice offers"))
        self._action.setVisible(bool(action))
        self._on_action = on_action
        self._is_fresh = True
        self.show()
        announce(self, text)

    def expire(self) -> None:
        """Hide news once the learner has moved on; what calls for care stays until it is closed.

        Called whenever a page is shown. The first time after a notice does not count: that is the page to which what
        the notice is about has led.
        """
        if self._is_fresh:
            self._is_fresh = False
        elif self.property("tone") not in ("caution", "bad"):
            self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or "" while the bar is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def _on_action_clicked(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()


def announce(widget: QWidget, text: str) -> None:
    """Have screen readers say a sentence, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
