"""How far an assessment is: the checkpoints as a picture and in words, what the last answer brought, and time left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.assessment.checkpoints import Checkpoints, Found, found_between
from dijipilot.ui.durations import time_left_text
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.checkpoint_picture import CheckpointPicture
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce

if TYPE_CHECKING:
    from dijipilot.domain.assessment.screens import Progress


class AssessmentProgress(QWidget):
    """It moves by what was found out, not by what was clicked."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._is_still = False
        self._is_opening = False
        self.picture = CheckpointPicture(self)
        self._settled = label("", "strong", self)
        self._settled.setObjectName("assessmentSettled")
        self._found = label("", "muted", self)
        self._found.setObjectName("assessmentFound")
        self._found.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._words = QWidget(self)
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(16)
        words.addWidget(self._settled, 1)
        words.addWidget(self._found, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.picture)
        column.addWidget(self._words)

    def begin(self, checkpoints: Checkpoints, *, is_still: bool = False) -> None:
        """Show where a sitting begins or goes on; nothing was just found out. is_still: for who wants no motion."""
        self._is_still = is_still
        self.picture.show_checkpoints(checkpoints, self._colors)
        self._show_settled(checkpoints)
        self._found.clear()

    def answered(self, checkpoints: Checkpoints) -> None:
        """Show what an answer has brought."""
        before = self.picture.checkpoints
        self.picture.show_checkpoints(checkpoints, self._colors, fills=not self._is_still)
        self._show_settled(checkpoints)
        words = self._found_words(found_between(before, checkpoints)) if before is not None else ""
        self._found.setText(words)
        if words:
            announce(self, words)

    def recolor(self, colors: Colors) -> None:
        """Draw in these colors."""
        self._colors = colors
        self.picture.recolor(colors)

    def _show_settled(self, checkpoints: Checkpoints) -> None:
        if self._is_opening:
            told = self.tr("First, what your shop is like: it decides which of {all} checkpoints concern you")
            self._settled.setText(told.format(all=checkpoints.applicable))
            return
        self._settled.setText(
            self.tr("{settled} of {all} checkpoints settled").format(
                settled=checkpoints.settled, all=checkpoints.applicable
            )
        )

    def show_opening(self, is_opening: bool) -> None:
        """Say what the opening questions are for, while nothing can be settled yet; later how much is settled."""
        self._is_opening = is_opening
        self._found.setVisible(not is_opening or bool(self._found.text()))
        if self.picture.checkpoints is not None:
            self._show_settled(self.picture.checkpoints)

    def show_words(self, is_shown: bool) -> None:
        """Show the words below the picture, or leave their room to others."""
        self._words.setVisible(is_shown)

    def _found_words(self, found: Found) -> str:
        if found.reopened > found.settled:
            return self.tr("{count} checkpoints are open again: the next answers will tell").format(
                count=found.reopened - found.settled
            )
        if found.settled == 1:
            return self.tr("That settled 1 checkpoint in {program}").format(program=found.title)
        if found.settled and found.programs == 1:
            return self.tr("That settled {count} checkpoints in {program}").format(
                count=found.settled, program=found.title
            )
        if found.settled and found.most_there > 1:
            return self.tr("That settled {count} checkpoints, {there} of them in {program}").format(
                count=found.settled, there=found.most_there, program=found.title
            )
        if found.settled:
            return self.tr("That settled {count} checkpoints in {programs} programs").format(
                count=found.settled, programs=found.programs
            )
        if found.left_out:
            return self.tr("{count} checkpoints do not concern your shop and are left out").format(count=found.left_out)
        if found.clearer == 1:
            return self.tr("That made 1 checkpoint clearer")
        if found.clearer:
            return self.tr("That made {count} checkpoints clearer").format(count=found.clearer)
        return self.tr("Noted: it decides what is asked next")


def answered_text(widget: QWidget, progress: "Progress") -> str:
    """Return how many questions are answered and how long it takes still."""
    return widget.tr("{count} answered, {time}").format(
        count=progress.screens, time=time_left_text(progress.seconds_left)
    )


def short_text(widget: QWidget, progress: "Progress", most: int) -> str:
    """Return which question of a short re-check this is; most: how many there are at most."""
    number = min(most, progress.screens + 1)
    return widget.tr("Question {number} of at most {most}").format(number=number, most=most)
