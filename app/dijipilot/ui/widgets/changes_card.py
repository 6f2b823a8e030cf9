"""What changed on the roadmap since the learner last looked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.roadmap import RoadmapChange
from dijipilot.domain.roadmap_changes import ChangeKind
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label

MOST_TITLES = 3


class ChangesCard(Card):
    """Hidden while there is nothing to tell."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, tone="accent", gap=4, padding=14)
        self._heading = label("", "strong", self)
        self._text = label("", "", self)
        self._text.setObjectName("roadmapChanges")
        dismiss = button(self.tr("&Understood"), "dismissChangesButton", self._on_dismissed, self, "quiet")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self._text)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.hide()

    def show_changes(self, changes: Sequence[RoadmapChange]) -> None:
        """Tell what came, went and moved."""
        groups = (
            (ChangeKind.ADDED, self.tr("{count} new: {titles}")),
            (ChangeKind.REMOVED, self.tr("{count} gone: {titles}")),
            (ChangeKind.MOVED, self.tr("{count} moved: {titles}")),
        )
        lines = []
        for kind, sentence in groups:
            titles = [change.title for change in changes if change.kind is kind]
            if titles:
                lines.append(sentence.format(count=len(titles), titles=self._shortened(titles)))
        self._heading.setText(self.tr("Your roadmap was planned anew since you last looked"))
        self._text.setText("\n".join(lines))
        self.setVisible(bool(changes))

    def _shortened(self, titles: Sequence[str]) -> str:
        shown = "; ".join(titles[:MOST_TITLES])
        more = len(titles) - MOST_TITLES
        return self.tr("{shown}; and {count} more").format(shown=shown, count=more) if more > 0 else shown

    def _on_dismissed(self) -> None:
        self.hide()
        self.dismissed.emit()
