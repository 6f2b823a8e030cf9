"""The one big card of Home: what to do now, with its one large button."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from dijipilot.domain.home_view import HomeView, ResumeView
from dijipilot.messages import Message
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.state_mark import locked_word

LESSON_TARGET = "lesson:"
ASSESSMENT_TARGET = "assessment:begin"

GoTo = Callable[[str], object]


def why_text(why: tuple[Message, ...], most: int = 1) -> str:
    """Return the first reasons in words."""
    return "  ·  ".join(map(text_of, why[:most]))


class HeroCard(Card):
    """Words on one side, the large button on the other; a bar where something is half done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "accent", gap=12, padding=24)
        self._row = QHBoxLayout()
        self._row.setSpacing(24)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self._row.addLayout(self._words, 1)
        self.column.addLayout(self._row)

    def _say(self, text: str, role: str) -> None:
        if text:
            self._words.addWidget(label(text, role, self))

    def _offer(self, made: QPushButton) -> None:
        self._row.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)


class ContinueCard(HeroCard):
    """The lesson to continue, or the one to begin with, and why."""

    def __init__(self, resume: ResumeView, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        has_begun = resume.has_begun
        where = self._where(resume)
        self._say(self.tr("Continue where you stopped") if has_begun else self.tr("Your next lesson"), "eyebrow")
        self._say(resume.title, "hero")
        self._say(where, "")
        if not has_begun:
            self._say(why_text(resume.why, 2), "muted")
        start = self.tr("See its &outline") if resume.is_locked else self.tr("&Start this lesson")
        self._offer(
            button(
                self.tr("&Continue this lesson") if has_begun else start,
                "continueButton",
                partial(go, LESSON_TARGET + resume.skill),
                self,
                "large",
            )
        )
        if has_begun and resume.steps:
            self.column.addWidget(self._bar(resume, where))

    def _bar(self, resume: ResumeView, where: str) -> QProgressBar:
        bar = QProgressBar(self)
        bar.setRange(0, resume.steps)
        bar.setValue(resume.steps_done)
        bar.setTextVisible(False)
        bar.setAccessibleName(where)
        return bar

    def _where(self, resume: ResumeView) -> str:
        minutes = minutes_text(resume.minutes_left)
        if not resume.has_begun or not resume.steps:
            where = self.tr("Lesson {number}  ·  {minutes}").format(number=resume.number, minutes=minutes)
            return f"{where}  ·  {locked_word()}" if resume.is_locked else where
        steps = self.tr("{done} of {all} steps done").format(done=resume.steps_done, all=resume.steps)
        return self.tr("Lesson {number}  ·  {steps}  ·  about {minutes} left").format(
            number=resume.number, steps=steps, minutes=minutes
        )


class AssessmentCard(HeroCard):
    """The assessment to begin with, or the one that waits."""

    def __init__(self, view: HomeView, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        start = partial(go, ASSESSMENT_TARGET)
        if view.paused_screens is None:
            self._say(self.tr("Five minutes"), "eyebrow")
            self._say(self.tr("Find out where your shop stands"), "hero")
            sentence = self.tr(
                "Plain questions about what you do in your shop cover {skills} skills. You get a gap analysis and a "
                "roadmap of the lessons that are worth your time."
            )
            self._say(sentence.format(skills=view.skills), "")
            self._offer(button(self.tr("&Start the assessment"), "startAssessmentButton", start, self, "large"))
        else:
            self._say(self.tr("Paused"), "eyebrow")
            self._say(self.tr("Your assessment is waiting"), "hero")
            self._say(paused_text(self, view.paused_screens), "")
            self._offer(button(self.tr("&Go on with it"), "resumeAssessmentButton", start, self, "large"))


class AllDoneCard(HeroCard):
    """Nothing is left on the roadmap."""

    def __init__(self, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say(self.tr("Your roadmap"), "eyebrow")
        self._say(self.tr("Nothing is left to do. Well done."), "hero")
        self._say(
            self.tr("A new assessment shows what has changed; the library holds everything else there is to learn."), ""
        )
        again = partial(go, "assessment")
        self._offer(button(self.tr("Take the &assessment again"), "assessAgainButton", again, self, "large"))


class PausedRow(Card):
    """One line for an assessment that waits beside something more important."""

    def __init__(self, screens: int, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent, "caution", padding=14)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self.tr("Your assessment is waiting"), "strong", self))
        words.addWidget(label(paused_text(self, screens), "", self))
        row.addLayout(words, 1)
        start = partial(go, ASSESSMENT_TARGET)
        row.addWidget(button(self.tr("&Go on with it"), "resumeAssessmentButton", start, self))
        self.column.addLayout(row)


def paused_text(widget: QWidget, screens: int) -> str:
    """Return how far a paused assessment is."""
    if screens == 1:
        return widget.tr("One question is answered and saved.")
    return widget.tr("{count} questions are answered and saved.").format(count=screens)
