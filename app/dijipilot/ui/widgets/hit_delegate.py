"""Draws a hit of a search in two lines: its title, and below it where the words were found, in bold."""

import html

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dijipilot.content.search import MATCH_MARK
from dijipilot.ui.models.search_model import SNIPPET_ROLE

_Index = QModelIndex | QPersistentModelIndex
_PADDING = 6
_SNIPPET_RATIO = 0.92


class HitDelegate(QStyledItemDelegate):
    """Groups and rows without a snippet are drawn as usual."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row's background as the style does, then the two lines."""
        snippet = index.data(SNIPPET_ROLE)
        if snippet is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        left = 26 if not option.icon.isNull() else _PADDING
        area = option.rect.adjusted(left, _PADDING, -_PADDING, -_PADDING)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setFont(option.font)
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        document = self._document(option, str(snippet), area.width())
        painter.translate(area.left(), area.top() + option.fontMetrics.height() + 2)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, option.palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setClipRect(QRectF(0, 0, area.width(), document.size().height()))
        document.documentLayout().draw(painter, context)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Make room for the second line."""
        size = super().sizeHint(option, index)
        if index.data(SNIPPET_ROLE) is None:
            return size
        return QSize(size.width(), round(option.fontMetrics.height() * (2 + 0.2)) + 2 * _PADDING)

    def _document(self, option: QStyleOptionViewItem, snippet: str, width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = option.font
        font.setPointSizeF(font.pointSizeF() * _SNIPPET_RATIO)
        document.setDefaultFont(font)
        wrapping = QTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.NoWrap)
        document.setDefaultTextOption(wrapping)
        document.setHtml(marked_html(snippet))
        document.setTextWidth(width)
        return document


def marked_html(snippet: str) -> str:
    """Return a snippet as HTML: every second piece between marks is a match, in bold."""
    pieces = html.escape(" ".join(snippet.split())).split(MATCH_MARK)
    return "".join(f"<b>{piece}</b>" if at % 2 else piece for at, piece in enumerate(pieces))
