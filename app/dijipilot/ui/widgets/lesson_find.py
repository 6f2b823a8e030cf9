"""Find in page: a bar with a field and a count, and the places where the words stand."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QWidget

from dijipilot.content.folding import fold
from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.lesson_view import LessonView, MarkKind, TextMark
from dijipilot.ui.widgets.notice_bar import announce

_LAYER = "found"
_FIELD_CHARACTERS = 52
_AROUND = 140
"""Pixels kept in sight above and below what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in a text or a label."""

    widget: LessonView | QLabel
    start: int
    end: int


class FindBar(QFrame):
    """Says what to look for; shows how much was found. Enter goes on, Shift+Enter back, Esc closes."""

    text_changed = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.field = QLineEdit(self)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(self.tr("Find in this page"))
        self.field.setPlaceholderText(self.tr("Find in this page"))
        self._count = QLabel(self)
        self._count.setObjectName("findCount")
        self._count.setProperty("role", "muted")
        back, on = lambda: self.step_wanted.emit(-1), lambda: self.step_wanted.emit(1)
        self._tools = [
            self._tool("up", "findPreviousButton", self.tr("Previous place (Shift+F3)"), back),
            self._tool("down", "findNextButton", self.tr("Next place (F3)"), on),
            self._tool("close", "findCloseButton", self.tr("Close (Esc)"), self.closed.emit),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 6, 12, 6)
        self.field.setMaximumWidth(self.fontMetrics().averageCharWidth() * _FIELD_CHARACTERS)
        row.addWidget(self.field, 2)
        row.addSpacing(6)
        row.addWidget(self._count)
        row.addSpacing(6)
        for tool in self._tools[:2]:
            row.addWidget(tool)
        row.addStretch(1)
        row.addWidget(self._tools[2])
        self.field.textChanged.connect(self.text_changed)
        self.hide()

    def show_count(self, at: int, count: int) -> None:
        """Show that this is the hit of number `at`, counted from 1, of so many."""
        told = self.tr("{at} of {count}").format(at=at, count=count) if count else self.tr("Not in this page")
        self._count.setText(told if self.field.text().strip() else "")
        for tool in self._tools[:2]:
            tool.setEnabled(count > 0)

    @property
    def count_text(self) -> str:
        """What is said of how much was found."""
        return self._count.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, go back, close."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icons with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_tools"):
            for tool in self._tools:
                tool.setIcon(icon(str(tool.property("icon_name"))))

    def _tool(self, icon_name: str, object_name: str, text: str, on_click: Callable[[], object]) -> QToolButton:
        tool = QToolButton(self)
        tool.setObjectName(object_name)
        tool.setAccessibleName(text)
        tool.setToolTip(text)
        tool.setProperty("icon_name", icon_name)
        tool.setIcon(icon(icon_name))
        tool.clicked.connect(lambda: on_click())
        return tool


class PageFinder(QObject):
    """Looks through every text and label below `content`, also in what is folded."""

    def __init__(self, bar: FindBar, content: QWidget, area: QScrollArea) -> None:
        super().__init__(bar)
        self._bar, self._content, self._area = bar, content, area
        self._hits: list[Hit] = []
        self._at = 0
        self._came_from: QWidget | None = None
        bar.text_changed.connect(self.look_for)
        bar.step_wanted.connect(self.step)
        bar.closed.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the bar is there."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Show the bar, with what was looked for last."""
        if not self.is_open:
            self._came_from = self._content.window().focusWidget()
        self._bar.show()
        self._bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.field.selectAll()
        self.look_for(self._bar.field.text())

    def close(self) -> None:
        """Hide the bar and all marks; give the focus back to where it was."""
        if not self.is_open:
            return
        focused: QWidget | None = self._content.window().focusWidget()
        had_focus = focused is not None and self._bar.isAncestorOf(focused)
        self._bar.hide()
        self._unmark()
        self._hits = []
        if had_focus and self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def look_for(self, text: str) -> None:
        """Show every place with these words, whatever their case and accents, and go to the first in sight."""
        self._unmark()
        wanted = fold(text).strip()
        self._hits = self._find(wanted) if wanted else []
        top = self._area.verticalScrollBar().value()
        below = (number for number, hit in enumerate(self._hits) if self._height_of(hit) >= top)
        self._at = next(below, 0)
        self._show()

    def step(self, by: int) -> None:
        """Go to the next or previous place; after the last comes the first."""
        if not self.is_open:
            self.open()
        elif self._hits:
            self._at = (self._at + by) % len(self._hits)
            self._show()

    def _find(self, wanted: str) -> list[Hit]:
        shown: list[LessonView | QLabel] = [
            *self._content.findChildren(LessonView),
            *self._content.findChildren(QLabel),
        ]
        hits = [
            Hit(widget, start, end)
            for widget in shown
            if self._can_be_seen(widget)
            for start, end in _places(widget.toPlainText() if isinstance(widget, LessonView) else widget.text(), wanted)
        ]
        return sorted(hits, key=lambda hit: (self._height_of(hit), hit.start))

    def _can_be_seen(self, widget: QWidget) -> bool:
        fold_around = _fold_around(widget)
        return widget.isVisibleTo(self._content) or (fold_around is not None and fold_around.isVisibleTo(self._content))

    def _height_of(self, hit: Hit) -> int:
        """Return how far down a hit stands; in what is folded, its line counts."""
        widget: QWidget = hit.widget
        if not widget.isVisibleTo(self._content):
            widget = _fold_around(widget) or widget
        down = hit.widget.place_of(hit.start).top() if isinstance(hit.widget, LessonView) else 0
        return widget.mapTo(self._content, QPoint(0, down)).y()

    def _show(self) -> None:
        self._mark()
        count = len(self._hits)
        self._bar.show_count(self._at + 1, count)
        if not self._bar.field.text().strip():
            return
        announce(self._bar, self._bar.count_text)
        if count:
            hit = self._hits[self._at]
            if not hit.widget.isVisibleTo(self._content) and (closed := _fold_around(hit.widget)) is not None:
                closed.open()
            self._bring_into_sight()
            # What was unfolded has its place only after the layout.
            QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        body = self._area.widget()
        if self._hits and body is not None and body.isAncestorOf(self._hits[self._at].widget):
            hit = self._hits[self._at]
            down = hit.widget.place_of(hit.start).center() if isinstance(hit.widget, LessonView) else QPoint(0, 0)
            at = hit.widget.mapTo(body, down)
            self._area.ensureVisible(at.x(), at.y(), 0, _AROUND)

    def _mark(self) -> None:
        marks: dict[LessonView | QLabel, list[TextMark]] = {}
        for number, hit in enumerate(self._hits):
            kind = MarkKind.FOUND_CURRENT if number == self._at else MarkKind.FOUND
            marks.setdefault(hit.widget, []).append(TextMark(hit.start, hit.end, kind))
        for widget, found in marks.items():
            if isinstance(widget, LessonView):
                widget.show_marks(_LAYER, found)
            else:
                is_current = any(mark.kind is MarkKind.FOUND_CURRENT for mark in found)
                _dress(widget, "current" if is_current else "yes")

    def _unmark(self) -> None:
        for widget in {hit.widget for hit in self._hits}:
            if isinstance(widget, LessonView):
                widget.show_marks(_LAYER, [])
            else:
                _dress(widget, "")


def _dress(label: QLabel, found: str) -> None:
    label.setProperty("found", found)
    label.style().unpolish(label)
    label.style().polish(label)


def _fold_around(widget: QWidget) -> Fold | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Fold):
        above = above.parentWidget()
    return above


def _places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where folded words stand in a text as it is: folding may change how long it is."""
    letters = [(letter, at) for at, character in enumerate(text) for letter in fold(character)]
    folded = "".join(letter for letter, _ in letters)
    places, start = [], folded.find(wanted)
    while start >= 0:
        places.append((letters[start][1], letters[start + len(wanted) - 1][1] + 1))
        start = folded.find(wanted, start + len(wanted))
    return places
