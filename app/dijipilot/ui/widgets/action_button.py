"""A button for a command that also stands in a context menu or has a shortcut: text and state are the command's."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from dijipilot.ui.widgets.buttons import button


def action_button(action: QAction, object_name: str, parent: QWidget | None = None, role: str = "") -> QPushButton:
    """Return a button that triggers the action and follows it."""
    made = button(action.text(), object_name, action.trigger, parent, role)

    def follow() -> None:
        made.setText(action.text())
        made.setAccessibleName(action.text().replace("&&", "\0").replace("&", "").replace("\0", "&"))
        made.setEnabled(action.isEnabled())
        made.setVisible(action.isVisible())
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip(f"{action.toolTip()} ({shortcut})" if shortcut else action.toolTip())

    action.changed.connect(follow)
    follow()
    return made
