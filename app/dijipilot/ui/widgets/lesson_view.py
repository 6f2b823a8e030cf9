"""Shows text of the content pack: reads no file, follows no link, and grows with its text instead of scrolling."""

import math
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QEvent, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit, QWidget

from dijipilot.ui.widgets.focus_ring import FocusRing, holder_of

LINE_CHARACTERS = 68
"""Characters in a line of comfortable reading."""

RING_OUTSET = 6
"""Pixels between the text and the ring around it."""

_LINE_HEIGHT_PERCENT = 130
_SMALLEST_WIDTH = 120
_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_MARKER_RGB = (255, 206, 58)
_MARKER_ALPHA_ON_LIGHT, _MARKER_ALPHA_ON_DARK = 120, 72
"""A marker pen lets the ground through, so that text on it keeps 4.5:1."""


class MarkKind(Enum):
    """Why words stand out; later ones lie above earlier ones."""

    HIGHLIGHTED = 1
    FOUND = 2
    FOUND_CURRENT = 3


class TextMark(Struct, frozen=True):
    """Words that stand out, from start to end in the plain text."""

    start: int
    end: int
    kind: MarkKind


class TextLink(Struct, frozen=True):
    """Words that lead somewhere, from start to end in the plain text."""

    start: int
    end: int
    target: str


class LessonView(QTextBrowser):
    """Markdown in its page's own column; the page scrolls, not the text."""

    link_clicked = Signal(str)
    selection_settled = Signal()
    """Words were selected, or no longer are, and the mouse or key is up again."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reading")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, 0, 0)
        self._ring: FocusRing | None = None
        self._markdown = ""
        self._look = ""
        self._links: tuple[TextLink, ...] = ()
        self._marks_by_layer: dict[str, tuple[TextMark, ...]] = {}
        self._height_by_width: dict[int, int] = {}
        self._is_laid_out = False
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_markdown(self, markdown: str) -> None:
        """Show this text."""
        if markdown != self._markdown:
            self._links, self._marks_by_layer = (), {}
        # Dressed first: a document keeps the sizes it is written with, so it would be written again.
        self.ensurePolished()
        self._markdown = markdown
        self._look = self._present_look()
        self.setMarkdown(markdown)
        self._space_lines()
        self._draw_links()
        self._draw_marks()
        self._height_by_width = {}
        self.updateGeometry()

    def show_links(self, links: Sequence[TextLink]) -> None:
        """Let these words lead somewhere too, where they do not yet: quietly, as a dotted line below them."""
        self._links = tuple(links)
        self._draw_links()

    def show_marks(self, layer: str, marks: Sequence[TextMark]) -> None:
        """Let these words stand out, in the place of what stood out for the same reason."""
        self._marks_by_layer[layer] = tuple(marks)
        self._draw_marks()

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """Return a cursor over these characters."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(min(end, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def place_of(self, position: int) -> QRect:
        """Return where a character stands, in the coordinates of the viewport."""
        return self.cursorRect(self.cursor_over(position, position))

    def place_of_link(self, target: str) -> QRect:
        """Return where the words stand that lead to a target; an empty rectangle where none do."""
        return next((self.place_of(link.start) for link in self._links if link.target == target), QRect())

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing for any address: a lesson consists of its text alone."""
        return None

    def hasHeightForWidth(self) -> bool:
        """Grow with the text."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text in a column of this width."""
        self._dress()
        if width not in self._height_by_width:
            document = self.document()
            shown = document.textWidth()
            document.setTextWidth(width)
            self._height_by_width[width] = math.ceil(document.size().height()) + 2
            if self._is_laid_out:
                document.setTextWidth(shown)
        return self._height_by_width[width]

    def sizeHint(self) -> QSize:
        """Ask for the height of the text as wide as it stands."""
        # Not by the viewport: Qt made it, and for the first such widget PySide looks through all kinds there are.
        width = max(self.contentsRect().width(), _SMALLEST_WIDTH)
        # Before it has a place, its width says nothing; the height will be asked for with the width.
        return QSize(width, self.heightForWidth(width) if self._is_laid_out else 0)

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(_SMALLEST_WIDTH, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out in the width it is shown in."""
        self._is_laid_out = True
        self._dress()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Write the text anew in other colors or sizes: a document keeps those it was made with."""
        super().changeEvent(event)
        # Before it has a place, its look changes with each parent; then it is looked at when the height is asked for.
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._is_laid_out:
            self._dress()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that scroll to the page."""
        if _is_scrolling(Qt.Key(event.key())) and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Tell that a selection by keyboard is made."""
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift:
            self.selection_settled.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that a selection by mouse is made."""
        super().mouseReleaseEvent(event)
        self.selection_settled.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is; a click needs no such help."""
        super().focusInEvent(event)
        self._mark_focus(event.reason() in _BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._mark_focus(False)

    def _mark_focus(self, is_marked: bool) -> None:
        if is_marked:
            # Made when it is needed: a lesson has many texts, and only now it is sure what this one scrolls with.
            self._ring = self._ring or FocusRing(self, holder_of(self), RING_OUTSET)
            self._ring.mark()
        elif self._ring is not None:
            self._ring.hide()

    def _dress(self) -> None:
        if self._markdown and self._look != self._present_look():
            self.show_markdown(self._markdown)

    def _present_look(self) -> str:
        palette = self.palette()
        colors = (palette.color(role).name() for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Link))
        return ",".join((self.font().toString(), *colors))

    def _space_lines(self) -> None:
        """Give every paragraph air between its lines."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            spacing = block.blockFormat()
            spacing.setLineHeight(_LINE_HEIGHT_PERCENT, 1)
            if not block.next().isValid():
                # What comes below the text keeps its own distance.
                spacing.setBottomMargin(0)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(spacing)
            block = block.next()
        cursor.endEditBlock()
        self.document().clearUndoRedoStacks()

    def _draw_links(self) -> None:
        for link in self._links:
            cursor = self.cursor_over(link.start, link.end)
            if not cursor.charFormat().isAnchor():
                quiet = QTextCharFormat()
                quiet.setAnchor(True)
                quiet.setAnchorHref(link.target)
                quiet.setForeground(self.palette().color(QPalette.ColorRole.Text))
                quiet.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                cursor.mergeCharFormat(quiet)
        self.document().clearUndoRedoStacks()

    def _draw_marks(self) -> None:
        marks = [mark for layer in self._marks_by_layer.values() for mark in layer]
        self.setExtraSelections([self._selection(mark) for mark in sorted(marks, key=lambda each: each.kind.value)])

    def _selection(self, mark: TextMark) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        if mark.kind is MarkKind.FOUND_CURRENT:
            look.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
            look.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        elif mark.kind is MarkKind.FOUND:
            tint = QColor(self.palette().color(QPalette.ColorRole.Highlight))
            tint.setAlpha(60)
            look.setBackground(tint)
        else:
            is_dark = self.palette().color(QPalette.ColorRole.WindowText).lightness() > 128
            look.setBackground(QColor(*_MARKER_RGB, _MARKER_ALPHA_ON_DARK if is_dark else _MARKER_ALPHA_ON_LIGHT))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self.cursor_over(mark.start, mark.end)
        selection.format = look
        return selection

    def _on_anchor_clicked(self, address: QUrl) -> None:
        self.link_clicked.emit(address.toString())


def _is_scrolling(key: Qt.Key) -> bool:
    # No constant of the module: PySide makes all names of keys at the first mention, while the page is awaited.
    return key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down) or key in (
        Qt.Key.Key_Space,
        Qt.Key.Key_Escape,
    )
