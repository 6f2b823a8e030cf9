"""Shows text of the content pack: reads no file, follows no link, and grows with its text instead of scrolling."""

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

LINE_CHARACTERS = 70
"""Characters in a line of comfortable reading."""

_LINE_HEIGHT_PERCENT = 140
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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if takes_focus else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, 0, 0, 0)
        self._markdown = ""
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_markdown(self, markdown: str) -> None:
        """Show this text."""
        self._markdown = markdown
        self.setMarkdown(markdown)
        self._space_lines()
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give nothing for any address: a lesson consists of its text alone."""
        return None

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        return QSize(super().sizeHint().width(), self._text_height())

    def minimumSizeHint(self) -> QSize:
        """Accept any width, but the height of the text."""
        return QSize(80, self._text_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

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

    def _text_height(self) -> int:
        self.document().setTextWidth(self.viewport().width())
        return int(self.document().size().height()) + 4

    def _fit(self) -> None:
        height = self._text_height()
        if height != self.height():
            self.setFixedHeight(height)

    def _on_anchor_clicked(self, address: QUrl) -> None:
        self.link_clicked.emit(address.toString())
