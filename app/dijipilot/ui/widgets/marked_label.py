"""Lets words of a plain label stand out for a while, and gives the label back as it was."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from dijipilot.ui.widgets.lesson_view import MarkKind, TextMark

_TINT = 0.25


class MarkedLabel:
    """For one label, whose words are plain text."""

    def __init__(self, label: QLabel) -> None:
        self._label = label
        self._plain = label.text()
        self._format = label.textFormat()
        self._shown = ""

    def show_marks(self, marks: Sequence[TextMark]) -> None:
        """Let these words stand out; marks in order, none over another."""
        parts, at = [], 0
        for mark in marks:
            parts.append(escape(self._plain[at : mark.start]))
            parts.append(f"<span style='{self._style(mark)}'>{escape(self._plain[mark.start : mark.end])}</span>")
            at = mark.end
        self._shown = "".join((*parts, escape(self._plain[at:]))).replace("\n", "<br>")
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setText(self._shown)

    def restore(self) -> None:
        """Show the words as before; where the label was given others in the meantime, those stay."""
        self._label.setTextFormat(self._format)
        if self._label.text() == self._shown:
            self._label.setText(self._plain)

    def _style(self, mark: TextMark) -> str:
        # Not the label's own, in which the style sheet leaves the ground open.
        palette = QApplication.palette()
        strong = palette.color(QPalette.ColorRole.Highlight)
        if mark.kind is MarkKind.FOUND_CURRENT:
            on_it = palette.color(QPalette.ColorRole.HighlightedText).name()
            return f"background-color: {strong.name()}; color: {on_it}"
        return f"background-color: {_mixed(strong, palette.color(QPalette.ColorRole.Base)).name()}"


def _mixed(color: QColor, ground: QColor) -> QColor:
    def mix(one: int, other: int) -> int:
        return round(_TINT * one + (1 - _TINT) * other)

    return QColor(mix(color.red(), ground.red()), mix(color.green(), ground.green()), mix(color.blue(), ground.blue()))
