"""Finds words in a page, in texts and labels, and shows them where they stand."""

from msgspec import Struct
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from dijipilot.content.folding import fold
from dijipilot.ui.widgets.find_bar import FindBar
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.lesson_view import LessonView, MarkKind, TextMark
from dijipilot.ui.widgets.marked_label import MarkedLabel
from dijipilot.ui.widgets.notice_bar import announce

_LAYER = "found"
_AROUND = 140
"""Pixels kept in sight above and below what was found."""


class Hit(Struct, frozen=True):
    """Words found in a text or a label."""

    widget: LessonView | QLabel
    start: int
    end: int


class PageFinder(QObject):
    """Looks through every text and label below `content`, also in what is folded."""

    def __init__(self, bar: FindBar, content: QWidget, area: QScrollArea) -> None:
        super().__init__(bar)
        self._bar, self._content, self._area = bar, content, area
        self._hits: list[Hit] = []
        self._labels: dict[QLabel, MarkedLabel] = {}
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

    def look_again(self) -> None:
        """Find anew what may have changed, and stay at the same hit."""
        if self.is_open:
            at = self._at
            self._unmark()
            wanted = fold(self._bar.field.text()).strip()
            self._hits = self._find(wanted) if wanted else []
            self._at = min(at, max(0, len(self._hits) - 1))
            self._mark()
            self._bar.show_count(self._at + 1, len(self._hits))

    def step(self, by: int) -> None:
        """Go to the next or previous place; after the last comes the first."""
        if not self.is_open:
            self.open()
        elif self._hits:
            self._at = (self._at + by) % len(self._hits)
            self._show()

    def _find(self, wanted: str) -> list[Hit]:
        for each in self._content.findChildren(Fold):
            each.make()
        shown: list[LessonView | QLabel] = [
            *self._content.findChildren(LessonView),
            *self._content.findChildren(QLabel),
        ]
        hits = [
            Hit(widget, start, end)
            for widget in shown
            if self._can_be_seen(widget) and widget.property("role") != "chip"
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
                self._labels.setdefault(widget, MarkedLabel(widget)).show_marks(found)

    def _unmark(self) -> None:
        for widget in {hit.widget for hit in self._hits}:
            if isinstance(widget, LessonView):
                widget.show_marks(_LAYER, [])
        for marked in self._labels.values():
            marked.restore()
        self._labels = {}


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
