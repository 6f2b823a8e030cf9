"""How far an assessment is: screens answered, time left, checkpoints settled, as a bar and in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dijipilot.domain.assessment.screens import Progress
from dijipilot.ui.durations import time_left_text
from dijipilot.ui.widgets.labels import label


class AssessmentProgress(QWidget):
    """The bar shows checkpoints settled: it moves by what was found out, not by what was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answered = label("", "muted", self, wraps=False)
        self._answered.setObjectName("assessmentAnswered")
        self._settled = label("", "strong", self, wraps=False)
        self._settled.setObjectName("assessmentSettled")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("assessmentBar")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Checkpoints settled"))
        words = QHBoxLayout()
        words.addWidget(self._settled)
        words.addStretch(1)
        words.addWidget(self._answered, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(words)
        column.addWidget(self.bar)

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self._answered.setText(
            self.tr("{count} answered, {time}").format(
                count=progress.screens, time=time_left_text(progress.seconds_left)
            )
        )
        self._show_settled(progress)

    def show_short(self, progress: Progress, most: int) -> None:
        """Show which question of a short re-check this is; most: how many there are at most."""
        number = min(most, progress.screens + 1)
        self._answered.setText(self.tr("Question {number} of at most {most}").format(number=number, most=most))
        self._show_settled(progress)

    def _show_settled(self, progress: Progress) -> None:
        settled = self.tr("{settled} of {all} checkpoints settled").format(
            settled=progress.settled, all=progress.checkpoints
        )
        self._settled.setText(settled)
        self.bar.setRange(0, max(1, progress.checkpoints))
        self.bar.setValue(progress.settled)
        self.bar.setAccessibleDescription(settled)
