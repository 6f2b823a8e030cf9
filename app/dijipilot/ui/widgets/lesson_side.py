"""What stands beside a lesson: the learner's note, the highlights, and the lessons of the mission."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from dijipilot.domain.highlights import Highlight
from dijipilot.ui.dates import date_text
from dijipilot.ui.icons import icon
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_outline import LessonOutline
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.note_field import NoteField
from dijipilot.ui.widgets.side_panel import SidePanel

CHARACTERS = 36
_LONGEST_QUOTE = 90
_NOTE_LINES_BESIDE, _NOTE_LINES_BELOW = 7, 3


class LessonSide(QWidget):
    """Emits what the learner does; the note field is told of by its own signal."""

    highlight_chosen = Signal(Highlight)
    highlight_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content = QWidget(self)
        content.setProperty("role", "column")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 24, 24, 24)
        self._column.setSpacing(8)
        self._note_label = QLabel(self.tr("My &note"), content)
        self._note_label.setProperty("role", "strong")
        self.note = NoteField(content)
        self.note.setAccessibleName(self.tr("My note on this lesson"))
        self.note.setPlaceholderText(self.tr("Write here; it is saved as you type"))
        self._note_label.setBuddy(self.note)
        self.quotes: tuple[QWidget, ...] = ()
        """The rows in which words of the lesson stand, or stood."""
        self._highlights = QVBoxLayout()
        self._highlights.setSpacing(2)
        self.outline = LessonOutline(content)
        self._column.addWidget(self._note_label)
        self._column.addWidget(self.note)
        self._column.addSpacing(12)
        self._column.addLayout(self._highlights)
        self._column.addSpacing(12)
        self._column.addWidget(self.outline)
        self._column.addStretch(1)
        panel = SidePanel(content, "lessonSidePanel", self.tr("Note, highlights and lessons of this mission"), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)

    def show_highlights(
        self, highlights: Sequence[Highlight], words_of: Callable[[Highlight], str | None] | None = None
    ) -> None:
        """List the highlights; those whose words are no longer in the lesson say so.

        words_of: returns the words as they stand in the lesson, None where they are gone. Without it there is no text
        here, and without highlights nothing to say of them.
        """
        clear(self._highlights)
        self.quotes = ()
        count = len(highlights)
        if not count and words_of is None:
            return
        heading = self.tr("Highlights ({count})").format(count=count) if count else self.tr("Highlights")
        self._highlights.addWidget(label(heading, "strong", self))
        if not count:
            told = self.tr("Select words in the lesson to highlight them.")
            self._highlights.addWidget(label(told, "small", self))
        for number, highlight in enumerate(highlights, start=1):
            words = words_of(highlight) if words_of else None
            is_gone = words_of is not None and words is None
            row = self._row(number, highlight, words or highlight.kept_words, is_gone)
            self.quotes += (row,)
            self._highlights.addWidget(row)

    def stand_beside(self, is_beside: bool) -> None:
        """Keep the distance that fits the place: beside the text, or below it."""
        self.note.show_lines(_NOTE_LINES_BESIDE if is_beside else _NOTE_LINES_BELOW)
        if bool(self.property("below")) is is_beside:
            self.setProperty("below", not is_beside)
            self.style().unpolish(self)
            self.style().polish(self)
        self._column.setContentsMargins(14 if is_beside else 36, 24 if is_beside else 8, 24, 16)

    def width_wanted(self) -> int:
        """Return how wide it is where it stands beside the text, in pixels."""
        return self.fontMetrics().averageCharWidth() * CHARACTERS + 14

    def minimumSizeHint(self) -> QSize:
        """Be content with little height."""
        return QSize(super().minimumSizeHint().width(), 120)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the crosses with the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for cross in self.findChildren(QToolButton):
                cross.setIcon(icon("close"))

    def _row(self, number: int, highlight: Highlight, words: str, is_gone: bool) -> QWidget:
        row = QWidget(self)
        words = " ".join(words.split()) or self.tr("Words you marked on {day}").format(day=date_text(highlight.at))
        quote = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rstrip()}…"
        link = LinkRow(
            quote,
            f"highlight{number}Button",
            partial(self.highlight_chosen.emit, highlight),
            row,
            detail=self.tr("The lesson no longer says this.") if is_gone else "",
            icon_name="marker",
            icon_words=self.tr("Highlight"),
        )
        cross = QToolButton(row)
        cross.setObjectName(f"removeHighlight{number}Button")
        cross.setAccessibleName(self.tr("Remove highlight: {words}").format(words=quote))
        cross.setToolTip(self.tr("Remove highlight"))
        cross.setIcon(icon("close"))
        cross.clicked.connect(partial(self.highlight_removed.emit, str(highlight.id)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(link, 1)
        line.addWidget(cross)
        return row
