"""Text of a page: headings, paragraphs and chips, dressed by the style sheet through the property `role`."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

LONGEST_WORD = 24
"""Characters; a longer word is a path or an address, which may go on in the next line after each of its parts."""


def wrappable(text: str) -> str:
    """Return text in which long words may be broken where they have parts."""
    return " ".join(
        re.sub(r"([/\\._-])", "\\1\u200b", word) if len(word) > LONGEST_WORD else word for word in text.split(" ")
    )


def label(text: str, role: str = "", parent: QWidget | None = None, *, wraps: bool = True) -> QLabel:
    """Return plain text.

    role: title, subtitle, lead, reading, readingStrong, strong, muted, small, eyebrow, figure, good, bad, or none.
    """
    made = SectionHeading(text, parent) if role == "subtitle" else QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setProperty("role", role)
    if wraps:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def chip(text: str, tone: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a short word in a rounded box. tone: accent, good, caution, bad, or none."""
    made = label(text, "chip", parent, wraps=False)
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def separator(parent: QWidget | None = None) -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame(parent)
    line.setProperty("role", "line")
    return line


class SectionHeading(QLabel):
    """The heading of a part of a page; screen readers jump from one to the next."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        """Change the words, also for screen readers."""
        super().setText(text)
        self.setAccessibleName(text)


class Heading(QLabel):
    """The heading of a page: takes the focus when its page comes up, so that screen readers begin there."""

    def __init__(self, text: str = "", parent: QWidget | None = None, role: str = "title") -> None:
        super().__init__(text, parent)
        self.setObjectName("pageHeading")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        # Not a tab stop: the keyboard is for what can be pressed.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)

    def show_text(self, text: str) -> None:
        """Change the words, also for screen readers."""
        self.setText(text)
        self.setAccessibleName(text)
