"""Markdown to plain words, for the search index and for the terminal."""

import re

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_LINE_MARK = re.compile(r"^\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d+[.)]\s+|#{1,6}\s+|>\s?)", re.MULTILINE)
# It may go on in the next line, but not in the next paragraph.
_EMPHASIS = re.compile(r"(\*\*|\*|__|`)(?=\S)((?:.|\n(?!\s*\n))+?)(?<=\S)\1")
_BLANKS = re.compile(r"\s+")


def plain_text(markdown: str) -> str:
    """Return the words of a Markdown text on one line, without its marks."""
    text = _LINE_MARK.sub("", _LINK.sub(r"\1", markdown))
    # Twice: emphasis stands within emphasis now and then, never deeper.
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    return _BLANKS.sub(" ", text.replace("|", " ")).strip()
