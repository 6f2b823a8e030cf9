"""What the statuses of roadmap items are called and which icon stands for each."""

from PySide6.QtCore import QCoreApplication

from dijipilot.domain.roadmap import RoadmapItem, Status
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


def readiness_word(item: RoadmapItem) -> str:
    """Return whether a lesson can be started, or why not."""
    if item.is_in_preparation:
        return QCoreApplication.translate(_CONTEXT, "In preparation")
    if item.locked:
        return QCoreApplication.translate(_CONTEXT, "Locked")
    if item.status in (Status.DONE, Status.SKIPPED):
        return ""
    return QCoreApplication.translate(_CONTEXT, "Now") if item.ready else QCoreApplication.translate(_CONTEXT, "Later")


def readiness_text(item: RoadmapItem) -> str:
    """Return a sentence on what keeps a lesson from being started, "" where nothing does."""
    if item.is_in_preparation:
        return QCoreApplication.translate(_CONTEXT, "The text of this lesson is in preparation.")
    if item.locked:
        return QCoreApplication.translate(_CONTEXT, "Locked: its outline is open, its text opens with a license.")
    if item.status in (Status.DONE, Status.SKIPPED) or item.ready:
        return ""
    return QCoreApplication.translate(_CONTEXT, "You can start it at any time; it is easier after the lessons before.")
