"""Finds controls by the names that people who automate the window would use, and says which one is missing."""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

Found = TypeVar("Found", bound=QObject)


def find(root: QObject, kind: type[Found], name: str = "") -> Found:
    """Return the one control of this kind and object name below another."""
    found = root.findChildren(kind, name) if name else root.findChildren(kind)
    assert len(found) == 1, f"{len(found)} of {kind.__name__} {name!r} below {root.objectName()!r}"
    return found[0]


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def delete_what_is_gone() -> None:
    """Let nothing be found that was replaced: it is deleted once an event loop runs, which may be after a test."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
