"""Shows text of the content pack: reads no file, follows no link, and grows with its text instead of scrolling."""

import math

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

LINE_CHARACTERS = 70
"""Characters in a line of comfortable reading."""

_LINE_HEIGHT_PERCENT = 140
_SMALLEST_WIDTH = 120
_SCROLLING_KEYS = frozenset(
    {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape}
)


class LessonView(QTextBrowser):
    """Markdown in its page's own column; the page scrolls, not the text."""

    link_clicked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, takes_focus: bool = True) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_focus else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, 0, 0)
        self._markdown = ""
        self._height_by_width: dict[int, int] = {}
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_markdown(self, markdown: str) -> None:
        """Show this text."""
        self._markdown = markdown
        self.setMarkdown(markdown)
        self._space_lines()
        self._height_by_width = {}
        self.updateGeometry()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing for any address: a lesson consists of its text alone."""
        return None

    def hasHeightForWidth(self) -> bool:
        """Grow with the text."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text in a column of this width."""
        if width not in self._height_by_width:
            document = self.document()
            shown = document.textWidth()
            document.setTextWidth(width)
            self._height_by_width[width] = math.ceil(document.size().height()) + 2
            document.setTextWidth(shown)
        return self._height_by_width[width]

    def sizeHint(self) -> QSize:
        """Ask for the height of the text as wide as it stands."""
        width = max(self.viewport().width(), _SMALLEST_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(_SMALLEST_WIDTH, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Write the text anew in other colors or sizes: a document keeps those it was made with."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._markdown:
            self.show_markdown(self._markdown)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that scroll to the page."""
        if event.key() in _SCROLLING_KEYS and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _space_lines(self) -> None:
        """Give every paragraph air between its lines."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            spacing = block.blockFormat()
            spacing.setLineHeight(_LINE_HEIGHT_PERCENT, 1)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(spacing)
            block = block.next()
        cursor.endEditBlock()
        self.document().clearUndoRedoStacks()

    def _on_anchor_clicked(self, address: QUrl) -> None:
        self.link_clicked.emit(address.toString())
