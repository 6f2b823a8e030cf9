"""Which moment of the gap analysis is shown, and with which earlier one it is compared."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.domain.ids import AssessmentId
from dijipilot.ui.widgets.combo import LabeledCombo

Moment = tuple[AssessmentId, str]
"""An assessment and the words for its date."""


class GapMoments(QObject):
    """Two lists of dates, to be laid out by their page. Emits chosen() when the learner chose another."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()
        self._shown = LabeledCombo(self.tr("Sh&ow"), "shownMoment", parent)
        self._before = LabeledCombo(self.tr("Compare wi&th"), "comparedMoment", parent)
        self._shown.combo.currentIndexChanged.connect(self._on_shown_chosen)
        self._before.combo.currentIndexChanged.connect(lambda _: self.chosen.emit())

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """What is to be laid out, in this order."""
        return self._shown, self._before

    def set_visible(self, is_visible: bool) -> None:
        """Show the lists where there is anything to choose."""
        for each in self.widgets:
            each.setVisible(is_visible and bool(self._moments))

    @property
    def shown(self) -> AssessmentId | None:
        """The assessment shown; None for today."""
        return AssessmentId(self._shown.value) if self._shown.value else None

    @property
    def before(self) -> AssessmentId | None:
        """The earlier assessment; None where nothing is compared."""
        return AssessmentId(self._before.value) if self._before.value else None

    @property
    def words_before(self) -> str:
        """The words for the earlier moment."""
        return self._before.combo.currentText()

    @property
    def words_shown(self) -> str:
        """The words for the moment shown."""
        return self._shown.combo.currentText()

    def offer(self, moments: Sequence[Moment]) -> None:
        """Offer these finished assessments, given oldest first; what was chosen stays chosen where it still can."""
        self._moments = tuple(moments)
        self._shown.offer([("", self.tr("Today")), *reversed(self._moments)], self._shown.value)
        self._offer_before()

    def _offer_before(self) -> None:
        """Offer what lies before the moment shown."""
        at = next((at for at, (each, _) in enumerate(self._moments) if each == self.shown), len(self._moments))
        earlier = self._moments[:at]
        self._before.offer([("", self.tr("Nothing")), *reversed(earlier)], self._before.value)
        self._before.setEnabled(bool(earlier))

    def _on_shown_chosen(self) -> None:
        self._offer_before()
        self.chosen.emit()
