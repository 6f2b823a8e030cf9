"""How far a lesson is, in a word, an icon and a tone: never in a color alone."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.translation import QT_TRANSLATE_NOOP


class LessonStatus(Struct, frozen=True):
    """icon: of resources/icons; tone: of chips, "" for none."""

    text: str
    icon: str
    tone: str = ""

    @property
    def words(self) -> str:
        """The text in the language of the window."""
        return QCoreApplication.translate("lesson status", self.text)


LOCKED = LessonStatus(QT_TRANSLATE_NOOP("lesson status", "Locked"), "lock")
IN_PREPARATION = LessonStatus(QT_TRANSLATE_NOOP("lesson status", "In preparation"), "drafting")
DONE = LessonStatus(QT_TRANSLATE_NOOP("lesson status", "Done"), "done", "good")
IN_PROGRESS = LessonStatus(QT_TRANSLATE_NOOP("lesson status", "In progress"), "started", "accent")
NOT_STARTED = LessonStatus(QT_TRANSLATE_NOOP("lesson status", "Not started"), "todo")


def status_of(lesson: Lesson, progress: LessonProgress | None, is_locked: bool) -> LessonStatus:
    """Return how far a lesson is; what was done stays done, whatever happens to its text."""
    if progress is not None and progress.is_done:
        return DONE
    if is_locked:
        return LOCKED
    if not lesson.is_ready:
        return IN_PREPARATION
    return IN_PROGRESS if progress is not None and progress.is_started else NOT_STARTED
