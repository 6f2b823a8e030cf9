"""Which licenses open something, in words: the same wherever something locked is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

_CONTEXT = "locked"


def openers_text(editions: Sequence[str]) -> str:
    """Return which editions open something, any of them, "" where that is not known."""
    if not editions:
        return ""
    if len(editions) == 1:
        return QCoreApplication.translate(_CONTEXT, "“{edition}” opens it.").format(edition=editions[0])
    words = QCoreApplication.translate(_CONTEXT, "Any of these opens it: {editions}.")
    return words.format(editions=", ".join(editions))
