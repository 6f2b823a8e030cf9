"""Words of the gap analysis that stand in several places: on the map, beside it, in the table and on paper."""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from dijipilot.domain.gap_changes import Change, GapChanges
from dijipilot.domain.gaps import GapAnalysis, MissionGap
from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.exchange.gap_messages import headline_messages
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.translation import QT_TRANSLATE_NOOP
from dijipilot.ui.widgets.mastery_bar import words_of_counts
from dijipilot.ui.widgets.state_mark import word_of

_CONTEXT = "gap words"
_WORD_BY_CHANGE = {
    Change.ROSE: QT_TRANSLATE_NOOP("gap words", "Rose"),
    Change.FELL: QT_TRANSLATE_NOOP("gap words", "Fell"),
    Change.SAME: QT_TRANSLATE_NOOP("gap words", "Untouched"),
    Change.NOT_COMPARED: QT_TRANSLATE_NOOP("gap words", "Not comparable"),
}


class ShownGaps(Struct, frozen=True):
    """What the page shows. of: when it was so, "" for now; changes and since: what it is compared with.

    hides_locked: whether what is locked was left out.
    """

    analysis: GapAnalysis
    changes: GapChanges | None = None
    since: str = ""
    of: str = ""
    hides_locked: bool = False


def change_word(change: Change) -> str:
    """Return what a change is called."""
    return QCoreApplication.translate(_CONTEXT, _WORD_BY_CHANGE[change])


def share_text(counts: Counts) -> str:
    """Return how many skills are mastered of those that count, else that none applies or how many are locked."""
    if not counts.applicable:
        return word_of(SkillState.NOT_APPLICABLE)
    whole = counts.counted.applicable
    if not whole:
        return QCoreApplication.translate(_CONTEXT, "{count} locked").format(count=counts.locked_gaps)
    return QCoreApplication.translate(_CONTEXT, "{mastered} of {all}").format(mastered=counts.mastered, all=whole)


def share_words(counts: Counts) -> list[str]:
    """Return the share with what it is of, then how many more skills are locked and left out of it."""
    share = share_text(counts)
    if not counts.counted.applicable:
        return [share]
    words = QCoreApplication.translate(_CONTEXT, "{share} mastered").format(share=share)
    more = QCoreApplication.translate(_CONTEXT, "{count} more locked").format(count=counts.locked_gaps)
    return [words, more] if counts.locked_gaps else [words]


def value_text(value: float) -> str:
    """Return what closing is worth."""
    return QCoreApplication.translate(_CONTEXT, "worth {value}").format(value=f"{value:g}")


def value_meaning() -> str:
    """Return the sentence that explains the numbers of worth."""
    return QCoreApplication.translate(
        _CONTEXT,
        "Worth counts the impact of a skill (1 to 5) for itself and once more for every open skill that builds on it.",
    )


def headline_text(analysis: GapAnalysis) -> str:
    """Return the result in words, a line each: the strongest program and the gap worth most."""
    return "\n".join(text_of(each) for each in headline_messages(analysis, minutes_text))


def totals_text(analysis: GapAnalysis) -> str:
    """Return the counts of the whole, and how long closing everything takes."""
    return QCoreApplication.translate(_CONTEXT, "{counts}. Closing all gaps takes {time} of lessons.").format(
        counts=words_of_counts(analysis.totals), time=minutes_text(analysis.totals.minutes)
    )


def changes_text(analysis: GapAnalysis, changes: GapChanges, since: str) -> str:
    """Return how many skills moved. since: the words for the earlier moment."""
    rose, fell, same = (changes.count(change, analysis.skills) for change in (Change.ROSE, Change.FELL, Change.SAME))
    return QCoreApplication.translate(
        _CONTEXT, "Since {since}: {rose} skills rose, {fell} fell, {same} are as they were."
    ).format(since=since, rose=rose, fell=fell, same=same)


def words_of_mission(mission: MissionGap) -> str:
    """Return a mission with its counts in words, as a screen reader says it."""
    return f"{mission.number}  {mission.title}\n{words_of_counts(mission.counts)}"
