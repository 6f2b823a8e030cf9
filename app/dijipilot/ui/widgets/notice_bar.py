"""A bar that says what happened without stopping anybody; preferred to a dialog."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from dijipilot.ui.icons import icon, usual_side
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.badge import ICON_BY_TONE
from dijipilot.ui.widgets.buttons import PushButton
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.labels import wrappable


class NoticeBar(QFrame):
    """Shows one notice at a time. tone: accent (news), good, caution, bad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._icon = IconLabel("", self)
        self._icon.setObjectName("noticeIcon")
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
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self._draw()
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_notice(
        self, text: str, tone: str = "accent", action: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, with a button when there is something to do about it; screen readers say it."""
        self.setProperty("tone", tone)
        for widget in (self, self._icon):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._icon.show_icon(ICON_BY_TONE[tone])
        # A notice often names a file.
        self._text.setText(wrappable(text))
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
        return self._text.accessibleName() if not self.isHidden() else ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow colors and text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_row"):
            self._draw()

    def _draw(self) -> None:
        self._close.setIcon(icon("close"))
        self._close.setIconSize(QSize(usual_side(), usual_side()))
        self._row.setContentsMargins(space(20), space(6), space(12), space(6))
        self._row.setSpacing(space(10))

    def _on_action_clicked(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()


def announce(widget: QWidget, text: str) -> None:
    """Have screen readers say a sentence, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
