"""What stands after a re-check: which verdicts it changed, and where the change shows."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtWidgets import QGridLayout, QWidget

from dijipilot.domain.skill_state import SkillState
from dijipilot.messages import message
from dijipilot.ui.message_text import text_of
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import word_of
from dijipilot.ui.widgets.verdict_chip import VerdictChip

MOST_ROWS = 12
"""So many changes are listed; of all others their number is told."""


class Change(Struct, frozen=True):
    """A skill whose verdict has changed; title: that of its lesson."""

    title: str
    before: SkillState
    after: SkillState


class RecheckEnd(Card):
    """Says so honestly where nothing has changed, or nothing could be asked."""

    def __init__(
        self,
        colors: Colors,
        on_gaps: Callable[[], object],
        on_roadmap: Callable[[], object],
        on_result: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=14, padding=28)
        self._colors = colors
        self._changes: Sequence[Change] = ()
        self._title = label("", "subtitle", self)
        self._title.setObjectName("recheckOutcome")
        self._lead = label(self.tr("What has changed"), "eyebrow", self)
        self._rows = QWidget(self)
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._more = label("", "", self)
        self._more.setObjectName("moreChanges")
        self._effect = label("", "muted", self)
        self.gaps_button = button(self.tr("See my &gaps"), "recheckGapsButton", on_gaps, self, "primary")
        roadmap = button(self.tr("Open my &roadmap"), "recheckRoadmapButton", on_roadmap, self)
        result = button(self.tr("Back to the r&esult"), "recheckResultButton", on_result, self, "quiet")
        buttons = FlowLayout()
        buttons.setContentsMargins(0, 6, 0, 0)
        for each in (self.gaps_button, roadmap, result):
            buttons.addWidget(each)
        self._note = label("", "", self)
        self._note.setObjectName("recheckNote")
        for widget in (self._title, self._lead, self._rows, self._more, self._note, self._effect):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)

    def show_outcome(self, outcome: str, changes: Sequence[Change], note: str = "") -> None:
        """Show what came of it in a sentence, and the verdicts that have changed; note: how far the answers go."""
        self._title.setText(outcome)
        self._changes = changes
        self._fill_rows()
        more = len(changes) - MOST_ROWS
        self._more.setText(self.tr("And {count} more: your gaps show all of them.").format(count=more))
        self._more.setVisible(more > 0)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._effect.setText(text_of(message("recheck.counts_from_now")))
        self._effect.show()

    def show_nothing_left(self, sentence: str) -> None:
        """Say that nothing could be asked."""
        self.show_outcome(sentence, ())
        self._effect.hide()

    @property
    def spoken(self) -> str:
        """What came of it, as it is said."""
        return self._title.text()

    def recolor(self, colors: Colors) -> None:
        """Draw the marks in these colors."""
        self._colors = colors
        self._fill_rows()

    def _fill_rows(self) -> None:
        clear(self._grid)
        for widget in (self._lead, self._rows):
            widget.setVisible(bool(self._changes))
        for row, change in enumerate(self._changes[:MOST_ROWS]):
            title = label(change.title, "", self._rows)
            title.setAccessibleName(
                self.tr("{title}: from {before} to {after}").format(
                    title=change.title, before=word_of(change.before), after=word_of(change.after)
                )
            )
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(VerdictChip(change.before, self._colors, self._rows), row, 1)
            self._grid.addWidget(label(self.tr("\N{RIGHTWARDS ARROW}"), "muted", self._rows, wraps=False), row, 2)
            self._grid.addWidget(VerdictChip(change.after, self._colors, self._rows), row, 3)
