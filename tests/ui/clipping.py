"""Finds text that has less room than it needs: cut off or elided words, and columns wider than what shows them."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTextBrowser,
    QToolButton,
    QWidget,
)

BREAK = "\u200b"
"""Where a long word may go on in the next line."""

SLACK = 2
"""Pixels by which sizes may differ from rounding."""


def clipped(root: QWidget) -> list[str]:
    """Return one line for every visible widget below another that does not show all its words."""
    return [f"{_name(widget)}: {problem}" for widget in root.findChildren(QWidget) if widget.isVisible()
            for problem in _problems(widget)]  # fmt: skip


def _problems(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _problems_of_label(widget)
    elif isinstance(widget, QCheckBox | QRadioButton) and not widget.text():
        return
    elif isinstance(widget, QToolButton):
        # Qt reckons three pixels too many for one with a style sheet, and layouts leave them out.
        yield from _too_small(widget, 4)
    elif isinstance(widget, QAbstractButton):
        yield from _too_small(widget)
    elif isinstance(widget, QTabBar):
        yield from _problems_of_tabs(widget)
    elif isinstance(widget, QComboBox):
        if widget.height() + SLACK < widget.sizeHint().height():
            yield f"{widget.height()} high, wants {widget.sizeHint().height()}"
    elif isinstance(widget, QTextBrowser):
        yield from _problems_of_text(widget)
    elif isinstance(widget, QScrollArea):
        yield from _problems_of_area(widget)
    yield from _outside(widget)


def _problems_of_label(label: QLabel) -> Iterator[str]:
    if not label.text() and label.pixmap().isNull():
        return
    if not label.wordWrap():
        yield from _too_small(label)
        return
    wanted = label.heightForWidth(label.width())
    if label.height() + SLACK < wanted:
        yield f"{label.height()} high, its lines want {wanted}: {label.text()[:40]!r}"
    words = label.text().replace(BREAK, " ").split()
    longest = max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)
    if label.contentsRect().width() + SLACK < longest:
        yield f"{label.width()} wide, its longest word wants {longest}: {label.text()[:40]!r}"


def _too_small(widget: QLabel | QAbstractButton, slack: int = SLACK) -> Iterator[str]:
    wanted = widget.sizeHint()
    if widget.hasHeightForWidth():
        high = widget.heightForWidth(widget.width())
        if widget.height() + slack < high:
            yield f"{widget.height()} high, wants {high}: {_words(widget)!r}"
        return
    if widget.width() + slack < wanted.width():
        yield f"{widget.width()} wide, wants {wanted.width()}: {_words(widget)!r}"
    if widget.height() + slack < wanted.height():
        yield f"{widget.height()} high, wants {wanted.height()}: {_words(widget)!r}"


def _problems_of_tabs(tabs: QTabBar) -> Iterator[str]:
    wanted = tabs.sizeHint()
    if tabs.width() + SLACK < wanted.width():
        yield f"{tabs.width()} wide, its tabs want {wanted.width()}"
    if tabs.height() + SLACK < wanted.height():
        yield f"{tabs.height()} high, its tabs want {wanted.height()}"


def _problems_of_text(text: QTextBrowser) -> Iterator[str]:
    document: QTextDocument = text.document()
    if text.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        wanted = round(document.size().height())
        if text.viewport().height() + SLACK < wanted:
            yield f"{text.viewport().height()} high, its text wants {wanted}"


def _problems_of_area(area: QScrollArea) -> Iterator[str]:
    content = area.widget()
    if content is None or area.horizontalScrollBar().isVisible():
        return
    if content.width() > area.viewport().width() + SLACK:
        yield f"content {content.width()} wide, shown {area.viewport().width()}"


def _outside(widget: QWidget) -> Iterator[str]:
    """Tell of a widget that sticks out of what holds it at its sides; lists and drawings scroll."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return
    place = QRect(QPoint(0, 0), parent.size())
    if widget.width() > 1 and (widget.x() < -SLACK or widget.geometry().right() > place.right() + SLACK):
        yield f"from {widget.x()} to {widget.geometry().right()}, but what holds it is {parent.width()} wide"


def _words(widget: QLabel | QAbstractButton) -> str:
    return widget.text()[:40]


def _name(widget: QWidget) -> str:
    holder: QWidget | None = widget
    while holder is not None and not holder.objectName():
        holder = holder.parentWidget()
    return f"{type(widget).__name__} in {holder.objectName() if holder else 'nothing'}"
