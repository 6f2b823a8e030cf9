"""Marks words in a lesson: shows what is highlighted, and offers the marker where words are selected."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.domain.highlights import Highlight, MarkedPlace, mark_place, whole_words
from dijipilot.domain.ids import EventId
from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.lesson_view import LessonView, MarkKind, TextMark

_LAYER = "highlights"
_BELOW = 4


class LessonMarks(QObject):
    """For the texts of one lesson by part. holder: what they all stand in; the button appears in it."""

    highlight_wanted = Signal(str, MarkedPlace)
    """part, place"""
    removal_wanted = Signal(str)

    def __init__(self, view_by_part: Mapping[str, LessonView], holder: QWidget) -> None:
        super().__init__(holder)
        self._view_by_part = view_by_part
        self._holder = holder
        self._highlights: tuple[Highlight, ...] = ()
        self._place_by_id: dict[EventId, tuple[int, int] | None] = {}
        self._part = ""
        self.button = button("", "highlightButton", self.press, holder)
        self.button.hide()
        for part, view in view_by_part.items():
            view.selection_settled.connect(partial(self._on_selection_settled, part))

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these where their words stand; those whose words are gone are not shown in the text."""
        self._highlights = tuple(highlights)
        for part, view in self._view_by_part.items():
            places = (self._place_of(each) for each in highlights if each.part == part)
            view.show_marks(_LAYER, [TextMark(*place, MarkKind.HIGHLIGHTED) for place in places if place])
        self.button.hide()

    def words_of(self, highlight: Highlight) -> str | None:
        """Return the words marked as they stand in their part, None where they are gone."""
        place = self._place_of(highlight)
        return self._view_by_part[highlight.part].toPlainText()[slice(*place)] if place else None

    def go_to(self, highlight: Highlight) -> LessonView | None:
        """Select a highlight and return its text, which takes the focus; None where its words are gone."""
        view, place = self._view_by_part.get(highlight.part), self._place_of(highlight)
        if view is None or place is None:
            return None
        view.setTextCursor(view.cursor_over(*place))
        self._on_selection_settled(highlight.part)
        return view

    def press(self) -> bool:
        """Highlight the words selected, or remove the highlight there; return whether there was either."""
        view = self._view_by_part.get(self._part)
        if view is None:
            return False
        existing = self._highlight_at_cursor(view)
        cursor = view.textCursor()
        if existing is not None:
            self.removal_wanted.emit(existing.id)
        elif cursor.hasSelection():
            text = view.toPlainText()
            selected = whole_words(text, cursor.selectionStart(), cursor.selectionEnd())
            self.highlight_wanted.emit(self._part, mark_place(text, *selected))
        else:
            return False
        cursor.clearSelection()
        view.setTextCursor(cursor)
        self.button.hide()
        return True

    def _on_selection_settled(self, part: str) -> None:
        self._part = part
        view = self._view_by_part[part]
        for other in self._view_by_part.values():
            if other is not view and other.textCursor().hasSelection():
                cursor = other.textCursor()
                cursor.clearSelection()
                other.setTextCursor(cursor)
        existing = self._highlight_at_cursor(view)
        if existing is None and not view.textCursor().hasSelection():
            self.button.hide()
            return
        text = self.tr("Remove highlight") if existing else self.tr("Highlight")
        self.button.setText(text)
        self.button.setAccessibleName(text)
        self.button.setIcon(icon("close" if existing else "marker", self.button.palette().buttonText().color().name()))
        self._place_button(view)

    def _place_button(self, view: LessonView) -> None:
        self.button.adjustSize()
        corner = view.place_of(view.textCursor().selectionEnd()).bottomLeft()
        at = view.viewport().mapTo(self._holder, corner) + QPoint(0, _BELOW)
        farthest = self._holder.width() - self.button.width()
        self.button.move(max(0, min(at.x(), farthest)), at.y())
        self.button.raise_()
        self.button.show()

    def _highlight_at_cursor(self, view: LessonView) -> Highlight | None:
        cursor = view.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        for highlight in self._highlights:
            place = self._place_of(highlight) if highlight.part == self._part else None
            # The caret alone is in a highlight from before its first letter to before its last.
            if place and start < place[1] and max(end, start + 1) > place[0]:
                return highlight
        return None

    def _place_of(self, highlight: Highlight) -> tuple[int, int] | None:
        """Return where the words stand; each is looked for once, as the texts stay what they are."""
        if highlight.id not in self._place_by_id:
            view = self._view_by_part.get(highlight.part)
            self._place_by_id[highlight.id] = highlight.mark.find_in(view.toPlainText()) if view is not None else None
        return self._place_by_id[highlight.id]
