"""Finds the license or the code in whatever somebody pasted: a mail, quoted or not, or the code alone."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from dijipilot.errors import BadInput, UsageProblem
from dijipilot.licensing.code import ActivationCode, CodeRejected, read_code
from dijipilot.messages import message

MAX_TEXT = 65_536
MAX_GROUPS = 1_000
"""So many times five groups are read as a code; a mail has a handful of them."""

LINE_CHARACTERS = 64

# One dash on either side: mail programs make one long dash of several, or a minus.
_BEGIN = "-BEGIN DIJIPILOT LICENSE-"
_END = "-END DIJIPILOT LICENSE-"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_NOT_CONTENT = dict.fromkeys(map(ord, "->"))
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")

# Between groups may stand a line break with the quote marks of a mail. No part of it can match in two ways, so the time
# does not grow faster than the text.
_FIVE_GROUPS = re.compile(r"(?<![^\W_])[^\W_]{5}(?:[\W_]{0,16}[^\W_]{5}){4}(?![^\W_])")

# What to tell where several groups of five are in the text and none is a code.
_CLOSEST_FIRST = (
    "license.code_newer",
    "license.code_typo",
    "license.code_typo_somewhere",
    "license.code_character",
    "license.code_character_foreign",
    "license.code_length",
)


class LicenseBlock(Struct, frozen=True):
    """A license file as text, from BEGIN to END, lines of 64 that end with LF; nothing about it is verified yet.

    Written with repr or str it says nothing: some of these open without a code.
    """

    text: str

    def __repr__(self) -> str:
        return f"LicenseBlock({len(self.text)} characters)"


def read_pasted(text: str) -> ActivationCode | LicenseBlock:
    """Return the license that a text holds, else its code; a text in which neither is found is read as a code.

    Raises CodeRejected, BadInput for a block that is not whole, UsageProblem for a text that is too long or holds
    several of a kind.
    """
    if len(text) > MAX_TEXT:
        raise UsageProblem(message("license.text_too_long"))
    plain = _without_invisible(text)
    return _find_block(plain.translate(_DASHES)) or _find_code(plain) or read_code(text)


def _without_invisible(text: str) -> str:
    """Leave out soft hyphens, marks of direction and the like, which stand inside words."""
    if text.isascii():
        return text
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _find_block(text: str) -> LicenseBlock | None:
    pieces = text.split(_BEGIN)[1:]
    if not pieces:
        return None
    parts = [piece.partition(_END) for piece in pieces]
    contents = {_without_quote_marks(body) for body, end, _ in parts if end}
    blocks = [_block_of(content) for content in contents if _BASE64.fullmatch(content)]
    if not blocks:
        raise BadInput(message("license.not_genuine"))
    _refuse_several(len(blocks))
    return blocks[0]


def _without_quote_marks(body: str) -> str:
    """Return what stands in a block, without quote marks of mails, blanks, and dashes of its first and last line."""
    return "".join(body.translate(_NOT_CONTENT).split())


def _block_of(content: str) -> LicenseBlock:
    lines = [content[start : start + LINE_CHARACTERS] for start in range(0, len(content), LINE_CHARACTERS)]
    return LicenseBlock("\n".join((f"----{_BEGIN}----", *lines, f"----{_END}----", "")))


def _find_code(text: str) -> ActivationCode | None:
    """Return the one code among five groups of five, None where there are no such groups."""
    codes: set[ActivationCode] = set()
    rejected: list[CodeRejected] = []
    for found in islice(_read_groups(text), MAX_GROUPS):
        if isinstance(found, CodeRejected):
            rejected.append(found)
        else:
            codes.add(found)
    if codes:
        _refuse_several(len(codes))
        return codes.pop()
    if rejected:
        raise min(rejected, key=lambda error: _CLOSEST_FIRST.index(error.message.id))
    return None


def _read_groups(text: str) -> Iterator[ActivationCode | CodeRejected]:
    """Yield what each five groups are read as. A code ends what it is made of; anything else may overlap the next."""
    match = _FIVE_GROUPS.search(text)
    while match is not None:
        start = match.start() + 1
        try:
            yield read_code(match[0])
            start = match.end()
        except CodeRejected as error:
            yield error
        match = _FIVE_GROUPS.search(text, start)


def _refuse_several(count: int) -> None:
    if count > 1:
        raise UsageProblem(message("license.several_pasted", count=count))
