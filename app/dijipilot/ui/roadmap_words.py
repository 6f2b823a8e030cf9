"""What the roadmap says in words: statuses, readiness, reasons, what a lesson gives; and which icon stands for what."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status, tally_of
from dijipilot.domain.roadmap_weeks import done_between, hours_planned
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.tally_words import done_words
from dijipilot.ui.theme import Colors
from dijipilot.ui.translation import QT_TRANSLATE_NOOP
from dijipilot.ui.widgets.state_mark import locked_meaning

if TYPE_CHECKING:
    # A service: the window's shell is painted before they are loaded.
    from dijipilot.services.why import AnswerReason, WhyCard

_CONTEXT = "roadmap status"
_HOUR = 60
_VERDICTS = frozenset(
    {
        "roadmap.why_missing",
        "roadmap.why_missing_one",
        "roadmap.why_missing_many",
        "roadmap.why_unsettled",
        "roadmap.why_unsettled_alone",
    }
)
_TOLD_ELSEWHERE = _VERDICTS | {"roadmap.why_builds_one", "roadmap.why_builds_many", "roadmap.why_after"}
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


def status_color(status: Status, colors: Colors) -> str:
    """Return the color in which a status is written and marked, beside its word and its shape."""
    return {
        Status.TODO: colors.text,
        Status.IN_PROGRESS: colors.accent,
        Status.DONE: colors.good,
        Status.SKIPPED: colors.muted,
        Status.DUE_FOR_REVIEW: colors.caution,
    }[status]


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
        return locked_meaning()
    if item.status in (Status.DONE, Status.SKIPPED) or item.ready:
        return ""
    return QCoreApplication.translate(_CONTEXT, "You can start it at any time; it is easier after the lessons before.")


def minutes_range_text(low: int, high: int) -> str:
    """Return a range of minutes, such as "25 to 40 min"."""
    if low == high:
        return minutes_text(low)
    if high < _HOUR:
        return QCoreApplication.translate(_CONTEXT, "{low} to {high} min").format(low=low, high=high)
    words = QCoreApplication.translate(_CONTEXT, "{low} to {high}")
    return words.format(low=minutes_text(low), high=minutes_text(high))


def why_lines(item: RoadmapItem, card: "WhyCard") -> list[str]:
    """Return why a lesson is on the roadmap: the answers that put it there, else the verdict; then what else counts."""
    answers = [_answer_line(reason) for reason in card.answers] if item.status.is_ahead else []
    keeps_verdict = not answers or item.is_unsettled
    others = [text_of(reason) for reason in item.why if reason.id not in _TOLD_ELSEWHERE]
    verdicts = [text_of(reason) for reason in item.why if reason.id in _VERDICTS]
    return [*(verdicts if keeps_verdict else []), *answers, *others]


def gives_text(item: RoadmapItem) -> str:
    """Return what is gained by a lesson that is still ahead."""
    if item.builds_on_it == 0:
        return QCoreApplication.translate(_CONTEXT, "It closes one gap.")
    if item.builds_on_it == 1:
        return QCoreApplication.translate(_CONTEXT, "It closes one gap and opens the way to one more.")
    words = QCoreApplication.translate(_CONTEXT, "It closes one gap and opens the way to {count} more.")
    return words.format(count=item.builds_on_it)


def _answer_line(reason: "AnswerReason") -> str:
    text = text_of(reason.message).rstrip(".")
    if reason.question is None:
        return text
    words = QCoreApplication.translate(_CONTEXT, "{reason} (question {number})")
    return words.format(reason=text, number=reason.question)


def about_text(roadmap: Roadmap, today: date) -> str:
    """Return how far the roadmap is and, where the weekly hours are known, between which months it may be done."""
    parts = [
        *done_words(tally_of(roadmap.items)),
        QCoreApplication.translate(_CONTEXT, "{time} ahead").format(time=minutes_text(roadmap.minutes_ahead)),
    ]
    between = done_between(roadmap, today)
    if roadmap.pace is None or between is None:
        parts.append(QCoreApplication.translate(_CONTEXT, "say how many hours a week you have to see when it is done"))
    elif roadmap.minutes_ahead:
        (low, high), pace = roadmap.pace.weekly_hours, roadmap.pace
        words = QCoreApplication.translate(
            _CONTEXT, "{first} to {last} weeks at {low:g} to {high:g} hours a week: done {when}"
        )
        when = _months_text(*between)
        parts.append(words.format(first=pace.weeks_low, last=pace.weeks_high, low=low, high=high, when=when))
    return "  ·  ".join(parts)


def weeks_hint(roadmap: Roadmap) -> str:
    """Return what the dates of the weeks are reckoned with."""
    words = QCoreApplication.translate(_CONTEXT, "Reckoned from today at {hours:g} hours a week, the fewest you said")
    if roadmap.pace is None:
        words = QCoreApplication.translate(_CONTEXT, "Reckoned from today at {hours:g} hours a week until you say more")
    return words.format(hours=hours_planned(roadmap))


def _months_text(first: date, last: date) -> str:
    pattern = QCoreApplication.translate(_CONTEXT, "MMMM yyyy")
    from_words, to_words = (QLocale().toString(QDate(day.year, day.month, 1), pattern) for day in (first, last))
    if from_words == to_words:
        return QCoreApplication.translate(_CONTEXT, "in {month}").format(month=from_words)
    if first.year == last.year:
        from_words = QLocale().toString(QDate(first.year, first.month, 1), QCoreApplication.translate(_CONTEXT, "MMMM"))
    return QCoreApplication.translate(_CONTEXT, "between {first} and {last}").format(first=from_words, last=to_words)
