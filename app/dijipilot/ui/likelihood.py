"""A probability of mastery in words; the verdicts' own limits are among the steps, so word and verdict agree."""

from bisect import bisect_right

from PySide6.QtCore import QCoreApplication

from dijipilot.domain.standing import MASTERED_FROM, MISSING_TO
from dijipilot.ui.translation import QT_TRANSLATE_NOOP

_CONTEXT = "likelihood"
_STEPS = (0.03, MISSING_TO, 0.35, 0.65, MASTERED_FROM, 0.97)
_WORDS = (
    QT_TRANSLATE_NOOP("likelihood", "Almost certainly not"),
    QT_TRANSLATE_NOOP("likelihood", "Very unlikely"),
    QT_TRANSLATE_NOOP("likelihood", "Rather not"),
    QT_TRANSLATE_NOOP("likelihood", "Could be either"),
    QT_TRANSLATE_NOOP("likelihood", "Rather yes"),
    QT_TRANSLATE_NOOP("likelihood", "Very likely"),
    QT_TRANSLATE_NOOP("likelihood", "Almost certain"),
)


def likelihood_text(probability: float) -> str:
    """Return how likely it is that a skill is mastered, in words."""
    return QCoreApplication.translate(_CONTEXT, _WORDS[_step(probability)])


def percent_text(probability: float) -> str:
    """Return a probability in percent; never 0 or 100: nothing is that certain."""
    percent = min(99, max(1, round(100 * probability)))
    return QCoreApplication.translate(_CONTEXT, "{percent}\N{NO-BREAK SPACE}%").format(percent=percent)


def _step(probability: float) -> int:
    if probability == MISSING_TO:
        return _STEPS.index(MISSING_TO)
    return bisect_right(_STEPS, probability)
