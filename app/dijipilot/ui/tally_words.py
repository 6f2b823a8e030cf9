"""How many lessons are done, in words: the same wherever lessons are counted."""

from PySide6.QtCore import QCoreApplication

from dijipilot.domain.lesson_tally import Tally

_CONTEXT = "tally"


def done_words(tally: Tally) -> list[str]:
    """Return how many lessons are done, then how many more are locked, where any is."""
    done = QCoreApplication.translate(_CONTEXT, "{done} of {all} lessons done")
    return _words(tally, done, QCoreApplication.translate(_CONTEXT, "{count} more locked"))


def done_text(tally: Tally) -> str:
    """Return the same in few words, for a cell of a table."""
    done = QCoreApplication.translate(_CONTEXT, "{done} of {all} done")
    return ", ".join(_words(tally, done, QCoreApplication.translate(_CONTEXT, "{count} locked")))


def tally_chips(tally: Tally) -> list[tuple[str, str]]:
    """Return words and tones of the chips that say it."""
    tone = "good" if tally.is_complete else "accent" if tally.done else ""
    return list(zip(done_words(tally), (tone, ""), strict=False))


def _words(tally: Tally, done: str, more: str) -> list[str]:
    if tally.locked and not tally.count:
        return [QCoreApplication.translate(_CONTEXT, "{count} locked").format(count=tally.locked)]
    counted = [done.format(done=tally.done, all=tally.count)]
    return [*counted, more.format(count=tally.locked)] if tally.locked else counted
