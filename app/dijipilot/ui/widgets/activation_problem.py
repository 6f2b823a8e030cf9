"""Says why a license was not activated, and offers the one thing that may help: a suggestion, or another try."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.ui.widgets.badge import ICON_BY_TONE
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.code_comparison import CodeComparison
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.labels import label, wrappable
from dijipilot.ui.widgets.notice_bar import announce


class ActivationProblem(Card):
    """Never applies a suggestion by itself, and leaves the focus in the field: Enter pressed twice accepts nothing.

    Signals: suggestion_accepted(groups), retry_wanted().
    """

    suggestion_accepted = Signal(object)
    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "bad", padding=16)
        self._groups: tuple[str, ...] = ()
        self._icon = IconLabel("", self)
        self._sentence = label("", "", self)
        self._sentence.setObjectName("activationProblem")
        self._comparison = CodeComparison(self)
        self._use = button(self.tr("&Use suggestion"), "useSuggestionButton", self._on_use, self)
        self._retry = button(self.tr("&Try again"), "tryActivationAgainButton", self.retry_wanted.emit, self)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._icon)
        line.addWidget(self._sentence, 1)
        buttons = FlowLayout()
        for each in (self._use, self._retry):
            buttons.addWidget(each)
        self.column.addLayout(line)
        self.column.addWidget(self._comparison)
        self.column.addLayout(buttons)
        self.hide()

    def show_problem(self, sentence: str, typed: Sequence[str], suggestion: Sequence[str], *, can_retry: bool) -> None:
        """Say what is wrong. typed, suggestion: the groups of two codes, () where there are none."""
        self._groups = tuple(suggestion)
        if suggestion:
            self._comparison.show_codes(typed, suggestion)
        self._use.setAccessibleDescription(self._comparison.accessibleName())
        self._show("caution" if suggestion else "bad", sentence, can_retry=can_retry)
        spoken = (sentence, self._comparison.accessibleName(), self._way())
        announce(self, " ".join(filter(None, spoken)) if suggestion else sentence)

    def show_request(self, sentence: str) -> None:
        """Say what is still wanted."""
        self._groups = ()
        self._show("accent", sentence, can_retry=False)
        announce(self, sentence)

    def _show(self, tone: str, sentence: str, *, can_retry: bool) -> None:
        self.set_tone(tone)
        self._icon.show_icon(ICON_BY_TONE[tone])
        self._sentence.setText(wrappable(sentence))
        self._sentence.setAccessibleName(sentence)
        for widget in (self._comparison, self._use):
            widget.setVisible(bool(self._groups))
        self._retry.setVisible(can_retry)
        self.show()

    def _way(self) -> str:
        """Return which key accepts a suggestion, "" on systems that have none for buttons."""
        keys = self._use.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return self.tr("{keys} uses the suggestion.").format(keys=keys) if keys else ""

    def _on_use(self) -> None:
        self.suggestion_accepted.emit(self._groups)
