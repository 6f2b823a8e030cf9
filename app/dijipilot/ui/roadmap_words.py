"""What the statuses of roadmap items are called and which icon stands for each."""

from PySide6.QtCore import QCoreApplication

from dijipilot.domain.roadmap import Status
from dijipilot.ui.translation import QT_TRANSLATE_NOOP

_CONTEXT = "roadmap status"
_WORD_BY_STATUS = {
    Status.TODO: QT_TRANSLATE_NOOP("roadmap status", "To do"),
    Status.IN_PROGRESS: QT_TRANSLATE_NOOP("roadmap status", "In progress"),
    Status.DONE: QT_TRANSLATE_NOOP("roadmap status", "Done"),
    Status.SKIPPED: QT_TRANSLATE_NOOP("roadmap status", "Skipped"),
    Status.DUE_FOR_REVIEW: QT_TRANSLATE_NOOP("roadmap status", "Due for review"),
}
ICON_BY_STATUS = {
    Status.TODO: "todo",
    Status.IN_PROGRESS: "started",
    Status.DONE: "done",
    Status.SKIPPED: "skip",
    Status.DUE_FOR_REVIEW: "review",
}


def status_word(status: Status) -> str:
    """Return what a status is called."""
    return QCoreApplication.translate(_CONTEXT, _WORD_BY_STATUS[status])
